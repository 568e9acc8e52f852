"""What a figure counts. Two figures with different definitions are never joined or compared."""

from collections.abc import Iterable
from dataclasses import dataclass

from lightkeeper.core.errors import UnreadableInput
from lightkeeper.core.report import Harm, Report


@dataclass(frozen=True, slots=True)
class Definition:
    """The words and the version of what is counted, and which harms make a report count (none named: every one).

    The same twelve incidents were once printed as "images shared" by one paper and as "sextortion" by
    another; only a definition that travels with the figure shows that they are one (FACTS A26).
    """

    version: str
    words: str
    harms: frozenset[Harm] = frozenset()

    def covers(self, report: Report) -> bool:
        return not self.harms or any(harm in self.harms for harm in report.harms)

    def as_json(self) -> dict[str, str | list[str]]:
        return {"version": self.version, "words": self.words, "harms": sorted(self.harms)}


EVERY_REPORT = Definition("all-1", "every report of online harm to a child under 18")
SEXTORTION = Definition(
    "sextortion-1",
    "reports of a child under 18 being blackmailed with a picture, real or faked",
    frozenset({Harm.SEXTORTION}),
)
IMAGE_SHARED = Definition(
    "image-shared-1",
    "reports of a picture of a child under 18 being passed on without leave",
    frozenset({Harm.IMAGE_SHARED}),
)
DEFINITIONS = {one.version: one for one in (EVERY_REPORT, SEXTORTION, IMAGE_SHARED)}


def the_one_definition(definitions: Iterable[Definition]) -> Definition:
    """The definition that all of these share. Raises UnreadableInput when they differ."""
    found = set(definitions)
    if len(found) != 1:
        versions = " and ".join(sorted(one.version for one in found))
        raise UnreadableInput(f"figures of different definitions cannot be set side by side: {versions}")
    return found.pop()
