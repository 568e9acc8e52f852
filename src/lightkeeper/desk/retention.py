"""Keeping and forgetting: which finished cases are due, and the certificate that is left of them."""

import hashlib
import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from lightkeeper.desk.case import Case
from lightkeeper.desk.rules import read_rules
from lightkeeper.desk.states import State


@dataclass(frozen=True, slots=True)
class Due:
    """A finished case, the day from which it is due to be forgotten, and what keeps it if something does."""

    case: Case
    since: datetime
    kept_by: str = ""  # "" when nothing does


def due_cases(cases: Iterable[Case], held: frozenset[str], now: datetime) -> tuple[Due, ...]:
    """Every closed case whose time is over. A held one is listed and kept."""
    found = []
    for case in cases:
        since = forget_from(case)
        if since is not None and since <= now:
            found.append(Due(case, since, "a hold" if case.report.id in held else ""))
    return tuple(sorted(found, key=lambda one: (one.since, one.case.id)))


def days_kept(team: str, outcome: str) -> int | None:
    """How long a team keeps a case that ended so; None when no rule says it."""
    table = read_rules("retention")
    days: int | None = table.get("team", {}).get(team, {}).get(outcome, table["days"].get(outcome))
    return days


def forget_from(case: Case) -> datetime | None:
    """When a case becomes due; None while it is open, referred, or has an outcome without a rule."""
    if case.state is not State.CLOSED or case.closed is None or case.outcome is None:
        return None
    days = days_kept(case.team, case.outcome)
    return case.closed + timedelta(days=days) if days is not None else None


def certify(cases: Iterable[Case], by: str, now: datetime) -> dict[str, Any]:
    """What is left of forgotten cases: counts by outcome and month, and a hash of each case's id and end.

    The hashes let somebody who still holds a case's id check that it was among them; they give nothing back.
    """
    gone = tuple(cases)
    hashes = sorted(
        hashlib.sha256(f"{case.id}\n{case.closed and case.closed.isoformat()}".encode()).hexdigest()
        for case in gone
    )
    body: dict[str, Any] = {
        "forgotten_at": now.isoformat(),
        "by": by,
        "cases": len(gone),
        "by_outcome": dict(sorted(Counter(case.outcome or "" for case in gone).items())),
        "closed_in": dict(sorted(Counter(f"{case.closed:%Y-%m}" for case in gone if case.closed).items())),
        "hashes": hashes,
    }
    return {**body, "hash": hashlib.sha256(json.dumps(body, sort_keys=True).encode()).hexdigest()}
