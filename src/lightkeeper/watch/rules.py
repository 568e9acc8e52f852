"""The small-number rules: read from data, so that a force can be stricter without touching code."""

import tomllib
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from lightkeeper.core.errors import UnreadableInput


@dataclass(frozen=True, slots=True)
class Rules:
    """What may be published. `rules.toml` says what each of them means."""

    version: str
    smallest: int
    round_to: int
    most_variables: int
    least_days: int
    least_days_of_rows: int
    percent_base: int
    variables: frozenset[str]
    approvers: frozenset[str]
    approvers_of_small: frozenset[str]

    def __post_init__(self) -> None:
        if self.smallest < 2 or self.round_to < 1:
            raise UnreadableInput(
                "small-number rules need a smallest count of 2 or more and rounding to 1 or more"
            )

    def is_small(self, count: int) -> bool:
        return 0 < count < self.smallest

    def rounded(self, count: int) -> int:
        """To the nearest step, halves up."""
        return (count + self.round_to // 2) // self.round_to * self.round_to

    def reach(self, count: int) -> tuple[int, int]:
        """The smallest and the largest count that is shown in the same way as this one."""
        if self.is_small(count):
            return 1, self.smallest - 1
        shown = self.rounded(count)
        low = shown - self.round_to // 2
        return (0, 0) if count == 0 else (max(self.smallest, low), low + self.round_to - 1)


def default_rules() -> Rules:
    return _rules_of(files("lightkeeper.watch").joinpath("rules.toml").read_text(encoding="utf-8"))


def read_rules(path: Path) -> Rules:
    """Read a force's own rules. Raises UnreadableInput when something is missing or of the wrong kind."""
    try:
        return _rules_of(path.read_text(encoding="utf-8"))
    except OSError:
        raise UnreadableInput(f"cannot open {path}") from None
    except UnicodeDecodeError:
        raise UnreadableInput(f"{path.name} is not text in UTF-8") from None


def _rules_of(text: str) -> Rules:
    try:
        data = tomllib.loads(text)
        return Rules(
            version=str(data["version"]),
            smallest=int(data["smallest"]),
            round_to=int(data["round_to"]),
            most_variables=int(data["most_variables"]),
            least_days=int(data["least_days"]),
            least_days_of_rows=int(data["least_days_of_rows"]),
            percent_base=int(data["percent_base"]),
            variables=frozenset(data["variables"]),
            approvers=frozenset(data["approvers"]),
            approvers_of_small=frozenset(data["approvers_of_small"]),
        )
    except (KeyError, TypeError, ValueError, OverflowError, RecursionError):
        raise UnreadableInput("these small-number rules are not complete; rules.toml shows every one") from None
