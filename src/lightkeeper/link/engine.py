"""What every engine does: reports and decisions in, suspects and links out."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from lightkeeper.core.errors import UnreadableInput
from lightkeeper.core.report import Report, read_reports
from lightkeeper.core.suspect import Decision, Link, Suspect
from lightkeeper.link.weigh import Class

Tell = Callable[[str, float], None]  # what is being done, and how much of the whole work is done, 0 to 1


@dataclass(frozen=True, slots=True)
class Linkage:
    """Which reports are one offender, and why.

    `links` hold the joins of strength `linked` (enough of them to hold each suspect together) and the
    `possible` ones, which an officer should look at and which join nothing.
    """

    assignments: dict[str, str]  # report id -> suspect id; every report once
    links: tuple[Link, ...]
    suspects: tuple[Suspect, ...]
    weights: tuple[Class, ...] = ()  # the learned table: how far each kind of agreement was believed
    worlds: float = 1.0  # languages and countries that the reports come from, as counted

    def __repr__(self) -> str:
        return f"Linkage({len(self.assignments)} reports, {len(self.suspects)} suspects)"


class Engine(Protocol):
    """Links reports. All engines give the same partition for the same reports and decisions."""

    def link_reports(self, reports: Iterable[Report], decisions: Sequence[Decision] = ()) -> Linkage: ...

    def link_files(
        self, paths: Sequence[Path], folder: Path, decisions: Sequence[Decision], tell: Tell
    ) -> tuple[int, int]: ...


def read_files(paths: Sequence[Path]) -> Iterator[Report]:
    """The reports of files, one after the other. Raises UnreadableInput or InvalidReport."""
    for path in paths:
        try:
            with path.open("rb") as file:
                yield from read_reports(file)
        except OSError as error:
            raise UnreadableInput(f"cannot read {path.name}: {error.strerror}") from None
