"""Who may do what: one answer as a value, `Yes` or `No(reason)`; the page shows the reason an action raises."""

from dataclasses import dataclass, field

from lightkeeper.core.errors import NotAllowed
from lightkeeper.desk.case import Case
from lightkeeper.desk.people import Officer, Role
from lightkeeper.desk.rules import read_rules


@dataclass(frozen=True, slots=True)
class Permission:
    """One row of the permission table."""

    name: str
    does: str
    roles: tuple[Role, ...]
    about: str  # "case" or "house"
    leaves: bool = False
    again: bool = False
    reason: bool = False
    writes: bool = False


@dataclass(frozen=True, slots=True)
class Yes:
    """Allowed. `reason`: the officer must say why. `again`: the officer must sign in once more."""

    reason: bool = False
    again: bool = False


@dataclass(frozen=True, slots=True)
class No:
    """Not allowed, and why, in words for the officer."""

    reason: str


@dataclass(frozen=True, slots=True)
class About:
    """What an action is about, as far as permission depends on it."""

    team: str
    area: str | None = None
    restricted: bool = False
    allowed: frozenset[str] = field(default_factory=frozenset)
    held: bool = False


PERMISSIONS: dict[str, Permission] = {
    row["name"]: Permission(**{**row, "roles": tuple(Role(role) for role in row["roles"])})
    for row in read_rules("permissions")["action"]
}


def about_case(case: Case, held: bool = False) -> About:
    """What policy must know of a case. Whether it is held, the casebook says (`held_reports`)."""
    return About(case.team, case.report.area, case.restricted, case.allowed, held)


def may(officer: Officer, action: str, about: About | None = None) -> Yes | No:
    """Whether the officer may do it, to this case or in the house at large. An unknown action is never allowed."""
    rule = PERMISSIONS.get(action)
    if rule is None:
        return No("nobody may do this")
    if officer.role not in rule.roles:
        return No(f"this needs the role {' or '.join(rule.roles)}")
    if rule.about == "house":
        return Yes(rule.reason, rule.again)
    if about is None:
        return No("this is about a case, and there is none")
    return (
        _refuse_case(officer, about)
        or _refuse_held(rule, about)
        or Yes(rule.reason or about.restricted, rule.again)
    )


def _refuse_case(officer: Officer, about: About) -> No | None:
    if about.team not in officer.teams:
        return No("this case belongs to another team")
    if officer.areas and about.area not in officer.areas:
        return No("this case is in another area")
    if about.restricted and officer.id not in about.allowed:
        return No("this case is restricted to named people")
    return None


def _refuse_held(rule: Permission, about: About) -> No | None:
    if rule.leaves and about.held:
        return No(
            "this is held for a live investigation; nothing of it leaves until a named person lifts the hold"
        )
    return None


def require(officer: Officer, action: str, about: About | None = None) -> Yes:
    """The same answer as an act: raises NotAllowed with the reason that `may` gives."""
    answer = may(officer, action, about)
    if isinstance(answer, No):
        raise NotAllowed(answer.reason)
    return answer
