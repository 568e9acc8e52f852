"""Four steps before anything goes out, at least two people, every reason kept. Pure: it stores nothing.

The way is data (`approval.toml`). A step is given to the words as they are: when a word changes, what was
agreed before no longer counts and the warning goes back to its author.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from typing import Any

from lightkeeper.core.errors import ImpossibleMove, NotAllowed
from lightkeeper.warn.circumstances import Circumstances
from lightkeeper.warn.formats.outline import Standing
from lightkeeper.warn.gate import pass_gate
from lightkeeper.warn.warning import PublicWarning
from lightkeeper.warn.wording import read_table

_LEAST_PEOPLE = 2


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody of the team, by the name under which steps are kept."""

    name: str
    roles: frozenset[str]


@dataclass(frozen=True, slots=True)
class Step:
    """One step that was taken, for ever."""

    name: str
    state: str  # after it
    person: str
    reason: str
    at: datetime
    fingerprint: str  # of the words it was given to


@dataclass(frozen=True, slots=True)
class Approval:
    """All steps of one warning so far, over all of its versions."""

    warning_id: str
    steps: tuple[Step, ...] = ()

    @property
    def state(self) -> str:
        return self.steps[-1].state if self.steps else str(read_table("approval.toml")["first"])

    @property
    def published_before(self) -> bool:
        return any(step.name == "publish" for step in self.steps)


@dataclass(frozen=True, slots=True)
class Answer:
    """Whether a person may take a step; `reason` is what the page shows where not."""

    allowed: bool
    reason: str = ""

    def __bool__(self) -> bool:
        return self.allowed


def may_take(approval: Approval, name: str, person: Person, warning: PublicWarning, now: datetime) -> Answer:
    """Whether this person may take this step with these words. The gate is asked in `take_step` only."""
    rule = _rule(name)
    reasons = (
        _wrong_state(approval, rule),
        _wrong_role(rule, person),
        _same_person(approval, rule, person),
        _changed_words(approval, rule, warning),
        _too_few_people(approval, rule, person),
        _embargoed(rule, warning, now),
    )
    reason = next((reason for reason in reasons if reason), "")
    return Answer(not reason, reason)


def take_step(
    approval: Approval,
    name: str,
    person: Person,
    reason: str,
    warning: PublicWarning,
    circumstances: Circumstances,
) -> Approval:
    """Take a step and keep it with its reason.

    Raises ImpossibleMove from a wrong state, NotAllowed with the reason, and what `pass_gate` raises.
    """
    rule = _rule(name)
    if approval.state not in rule["from"]:
        raise ImpossibleMove(approval.state, rule["to"])
    if warning.id != approval.warning_id:
        raise NotAllowed("this approval belongs to another warning")
    if not reason.strip():
        raise NotAllowed("a step needs a reason, for whoever asks later")
    answer = may_take(approval, name, person, warning, circumstances.now)
    if not answer:
        raise NotAllowed(answer.reason)
    if rule.get("gate"):
        pass_gate(warning, circumstances)
    step = Step(name, rule["to"], person.name, reason.strip(), circumstances.now, warning.fingerprint())
    return replace(approval, steps=(*approval.steps, step))


def steps_open_to(approval: Approval, person: Person, warning: PublicWarning, now: datetime) -> tuple[str, ...]:
    """The steps this person may take now, for a page's buttons."""
    names = (rule["name"] for rule in read_table("approval.toml")["step"])
    return tuple(name for name in names if may_take(approval, name, person, warning, now))


def standing_of(approval: Approval, warning: PublicWarning, now: datetime) -> Standing:
    """How these words must be shown now: a draft, approved, run out, or withdrawn.

    While an update is being written the words that were published last stay published.
    """
    if approval.state == "withdrawn" and approval.published_before:
        return Standing(withdrawn=approval.steps[-1].at)
    published = [step.fingerprint for step in approval.steps if step.name == "publish"][-1:]
    approved = published == [warning.fingerprint()]
    return Standing(approved=approved, expired=approved and now >= warning.expires)


def draw_states() -> str:
    """The table of steps as Markdown, for the reference."""
    rows = [
        "| step | from | to | who | not the one who | asks the gate |",
        "| --- | --- | --- | --- | --- | --- |",
    ]
    rows += [f"| {' | '.join(_row(rule))} |" for rule in read_table("approval.toml")["step"]]
    return "\n".join(rows) + "\n"


def _row(rule: dict[str, Any]) -> Iterator[str]:
    yield rule["name"]
    yield ", ".join(rule["from"])
    yield rule["to"]
    yield " or ".join(rule["role"])
    yield ", ".join(rule.get("not_by", ())) or "–"
    yield "yes" if rule.get("gate") else "no"


def _wrong_state(approval: Approval, rule: dict[str, Any]) -> str:
    return (
        "" if approval.state in rule["from"] else f"a warning that is {_say(approval.state)} cannot take this step"
    )


def _wrong_role(rule: dict[str, Any], person: Person) -> str:
    return "" if person.roles & set(rule["role"]) else f"this step is for: {', '.join(map(_say, rule['role']))}"


def _same_person(approval: Approval, rule: dict[str, Any], person: Person) -> str:
    theirs = {step.name for step in _round(approval) if step.person == person.name}
    return "you wrote it: another person must look at it" if theirs & set(rule.get("not_by", ())) else ""


def _changed_words(approval: Approval, rule: dict[str, Any], warning: PublicWarning) -> str:
    agreed = {step.fingerprint for step in _round(approval)}
    if not rule.get("gate") or not agreed or agreed == {warning.fingerprint()}:
        return ""
    return "the words changed after somebody agreed to them: return it to its author"


def _too_few_people(approval: Approval, rule: dict[str, Any], person: Person) -> str:
    if rule["name"] != "publish":
        return ""
    people = {step.person for step in _round(approval)} | {person.name}
    return "" if len(people) >= _LEAST_PEOPLE else "at least two people must have looked at it"


def _embargoed(rule: dict[str, Any], warning: PublicWarning, now: datetime) -> str:
    if rule["name"] == "publish" and warning.embargo and now < warning.embargo:
        return "it is under embargo until its time has come"
    return ""


def _round(approval: Approval) -> tuple[Step, ...]:
    """The steps since the author last had it: what was agreed to an earlier text does not count."""
    back = [place for place, step in enumerate(approval.steps) if step.state == "draft"]
    return approval.steps[back[-1] + 1 :] if back else approval.steps


@cache
def _rules() -> dict[str, dict[str, Any]]:
    return {rule["name"]: rule for rule in read_table("approval.toml")["step"]}


def _rule(name: str) -> dict[str, Any]:
    try:
        return _rules()[name]
    except KeyError:
        raise NotAllowed(f"a step is one of: {', '.join(_rules())}") from None


def _say(name: str) -> str:
    return name.replace("_", " ")
