"""Where a case can be and who may move it, read from `rules/states.toml` and drawn into the reference."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from lightkeeper.core.errors import ImpossibleMove
from lightkeeper.desk.people import Role
from lightkeeper.desk.rules import read_rules


class State(StrEnum):
    RECEIVED = "received"
    TRIAGED = "triaged"
    WORKING = "working"
    REFERRED = "referred"
    CLOSED = "closed"
    REOPENED = "reopened"


@dataclass(frozen=True, slots=True)
class Move:
    """One permitted step: who may take it, what they must say, and for which bands two people are needed."""

    now: State
    wanted: State
    roles: tuple[Role, ...]
    needs: tuple[str, ...]  # "outcome", "reason"
    two_bands: tuple[int, ...]


def _read_move(row: dict[str, Any]) -> Move:
    return Move(
        now=State(row["from"]),
        wanted=State(row["to"]),
        roles=tuple(Role(role) for role in row["roles"]),
        needs=tuple(row.get("needs", ())),
        two_bands=tuple(row.get("two_bands", ())),
    )


_RULES = read_rules("states")
MEANINGS: dict[State, str] = {State(row["name"]): row["means"] for row in _RULES["state"]}
OPEN: frozenset[State] = frozenset(State(row["name"]) for row in _RULES["state"] if row["open"])
MOVES: tuple[Move, ...] = tuple(_read_move(row) for row in _RULES["move"])
_BY_STEP = {(move.now, move.wanted): move for move in MOVES}


def find_move(now: State, wanted: State) -> Move:
    """The permitted step from one state to another. Raises ImpossibleMove."""
    try:
        return _BY_STEP[now, wanted]
    except KeyError:
        raise ImpossibleMove(now, wanted) from None


def moves_from(now: State) -> tuple[Move, ...]:
    return tuple(move for move in MOVES if move.now is now)
