"""Django has one settings module a process: the two sites' tests run as two commands, and say so when mixed."""

import os

import pytest


def use_site(site: str) -> None:
    """Choose the site for this process. Raises UsageError when the other one has been chosen."""
    wanted = f"lightkeeper.web.shared.settings.{site}"
    chosen = os.environ.setdefault("DJANGO_SETTINGS_MODULE", wanted)
    if chosen != wanted:
        raise pytest.UsageError(
            f"tests/web/{site} runs alone, with {wanted} (chosen is {chosen}): pytest tests/web/{site}"
        )
