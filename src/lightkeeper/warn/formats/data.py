"""A warning as open JSON for newsrooms and other systems, without what is the team's alone."""

import json
from typing import Any

from lightkeeper.warn.exchange import as_json
from lightkeeper.warn.formats.outline import Standing
from lightkeeper.warn.warning import PublicWarning

# What it was made from would show, by its gaps, what was left out; who decided is for the team's own log.
_OURS = ("behind", "approval", "pupils", "embargo", "reviewed_by")


def write_data(warning: PublicWarning, standing: Standing) -> bytes:
    """The published fields under their own names, and how far the warning has come."""
    data = {"schema": "lightkeeper.warning/1", "status": say_status(standing), **_without_ours(as_json(warning))}
    return (json.dumps(data, ensure_ascii=False, indent=2) + "\n").encode()


def say_status(standing: Standing) -> str:
    if standing.withdrawn:
        return "withdrawn"
    if not standing.approved:
        return "draft"
    return "expired" if standing.expired else "published"


def _without_ours(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _without_ours(part) for name, part in value.items() if name not in _OURS}
    if isinstance(value, list):
        return [_without_ours(part) for part in value]
    return value
