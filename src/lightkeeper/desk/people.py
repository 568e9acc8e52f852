"""Who sits at the desk: an officer has one role, and sees the cases of their teams and areas."""

from dataclasses import dataclass, field
from enum import StrEnum


class Role(StrEnum):
    """What a person is here for. An administrator looks after people and never sees a case."""

    READER = "reader"
    OFFICER = "officer"
    LEAD = "lead"
    ADMINISTRATOR = "administrator"


@dataclass(frozen=True, slots=True)
class Officer:
    """One named person. `areas` empty means every area of their teams."""

    id: str  # the name they sign in with
    name: str
    role: Role
    teams: frozenset[str] = field(default_factory=frozenset)
    areas: frozenset[str] = field(default_factory=frozenset)


#: The desk itself, when it opens envelopes or counts at night. It may do nothing that needs a person.
CLOCKWORK = Officer(id="lightkeeper", name="Lightkeeper", role=Role.READER)
