"""Writes the desk's reference from its rules, so that it cannot lie."""

from collections.abc import Iterable

from lightkeeper.desk.outcomes import OUTCOMES
from lightkeeper.desk.people import Role
from lightkeeper.desk.policy import PERMISSIONS
from lightkeeper.desk.rules import read_rules
from lightkeeper.desk.states import MEANINGS, MOVES, OPEN
from lightkeeper.desk.triage import QUESTIONS, RULES

_HEAD = """# The desk: states, permissions, bands, outcomes, times
<!-- Written by lightkeeper.desk.reference from src/lightkeeper/desk/rules; a test compares. -->
"""


def write_reference() -> str:
    """The page `docs/reference/desk.md` as Markdown."""
    parts = (
        _HEAD,
        _states(),
        _moves(),
        _permissions(),
        _bands(),
        _questions(),
        _clock(),
        _outcomes(),
        _retention(),
    )
    return "\n".join(parts)


def _table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    names = tuple(head)
    lines = [f"| {' | '.join(names)} |", f"|{' --- |' * len(names)}"]
    lines += [f"| {' | '.join(row)} |" for row in rows]
    return "\n".join(lines) + "\n"


def _states() -> str:
    rows = ((state, means, "yes" if state in OPEN else "no") for state, means in MEANINGS.items())
    return "## States\n" + _table(("state", "means", "open"), rows)


def _moves() -> str:
    rows = (
        (
            move.now,
            move.wanted,
            " or ".join(move.roles),
            " and ".join(move.needs) or "–",
            ", ".join(f"P{band}" for band in move.two_bands) or "–",
        )
        for move in MOVES
    )
    head = ("from", "to", "who", "must say", "two different people for")
    return "## Moves\nWhat is not in this table is impossible.\n\n" + _table(head, rows)


def _permissions() -> str:
    rows = (
        (
            f"`{rule.name}`",
            rule.does,
            *("yes" if role in rule.roles else "" for role in Role),
            "own team and area" if rule.about == "case" else "",
            "never while held" if rule.leaves else "",
            "yes" if rule.again else "",
        )
        for rule in PERMISSIONS.values()
    )
    head = ("action", "to", *Role, "which cases", "leaves the house", "signs in again")
    words = (
        "## Permissions\nAn action that is not here may be done by nobody. A restricted case is open to named "
        "people only, who say why each session. An administrator looks after people and sees no case.\n\n"
    )
    return words + _table(head, rows)


def _bands() -> str:
    rows = ((f"P{rule['band']}", rule["says"], _ways(rule["when"])) for rule in RULES)
    words = (
        "## Bands\nAny one rule gives its band; the most urgent wins; there is no score. A rule only asks whether "
        "something is there, so knowing more can only raise a band. `cue.` comes from words in the report, "
        "`fact.` from an officer's answer or the form.\n\n"
    )
    return words + _table(("band", "because", "when"), rows)


def _ways(ways: list[list[str]]) -> str:
    return " or ".join(" and ".join(f"`{sign}`" for sign in way) for way in ways)


def _questions() -> str:
    rows = ((question.asks, question.to_child["en"], question.to_child["cy"]) for question in QUESTIONS)
    words = "## Questions\nWhat nobody has said yet stands on the case; this is the order of asking.\n\n"
    return words + _table(("the desk asks", "to a child", "i blentyn"), rows)


def _clock() -> str:
    rows = ((band, _span(minutes)) for band, minutes in read_rules("response")["minutes"].items())
    words = (
        "## Response times\nFrom the report to the first decision. A team sets its own under `[team.NAME]`.\n\n"
    )
    return words + _table(("band", "within"), rows)


def _span(minutes: int) -> str:
    if minutes < 120:
        return f"{minutes} minutes"
    return f"{minutes // 60} hours" if minutes < 2880 else f"{minutes // 1440} days"


def _outcomes() -> str:
    rows = (
        (f"`{one.code}`", one.says, one.condition or "–", ", ".join(f"`{sign}`" for sign in one.not_if) or "–")
        for one in OUTCOMES.values()
    )
    return "## Outcomes\n" + _table(("code", "means", "condition", "not while"), rows)


def _retention() -> str:
    rows = ((f"`{code}`", f"{days:,} days") for code, days in read_rules("retention")["days"].items())
    words = "## Keeping\nFrom the closing until a case is due to be forgotten. A hold stops the clock.\n\n"
    return words + _table(("outcome", "kept"), rows)
