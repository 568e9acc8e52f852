"""Reads the cases of refusals.toml and allowed.toml, and makes the table of docs/reference/gate.md from them."""

import re
import tomllib
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from lightkeeper.core.place import place
from lightkeeper.warn.approval import draw_states
from lightkeeper.warn.circumstances import Circumstances, Clearance, SaidCount
from lightkeeper.warn.compose import Choices, compose_warning
from lightkeeper.warn.exchange import as_json, from_json
from lightkeeper.warn.figures import Comparison, Counted, Figures
from lightkeeper.warn.gate import CHECKS, refusals_of
from lightkeeper.warn.refusal import Refusal
from lightkeeper.warn.warning import Kind, PublicWarning, Quote, School
from lightkeeper.warn.wording import read_table

HERE = Path(__file__).parent
PAGE = HERE.parents[2] / "docs" / "reference" / "gate.md"
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


@dataclass(frozen=True)
class Case:
    """One change of a good warning, and which check must refuse it (none: it must pass)."""

    title: str
    check: str
    warning: PublicWarning
    circumstances: Circumstances

    @property
    def refusals(self) -> tuple[Refusal, ...]:
        return refusals_of(self.warning, self.circumstances)


def read_cases(name: str) -> list[Case]:
    return [_case(entry) for entry in tomllib.loads((HERE / name).read_text("utf-8"))["case"]]


def good(kind: Kind) -> PublicWarning:
    """A warning against which nothing speaks: a bulletin for an area, or a school's letter."""
    comparison = Comparison(Counted(40, date(2025, 3, 1), date(2025, 8, 31)), 2.16, 1.46, 3.24, 0.00006, "-")
    figures = Figures(
        total=Counted(85, date(2025, 9, 1), date(2026, 2, 28)),
        version="sextortion-1",
        definition="reports of a child under 18 being blackmailed with a picture",
        by_platform=(("instagram", 50), ("snapchat", 30)),
        comparison=comparison,
    )
    school = School("Harbour View School", ("Ms Lantern",), "Ms Lantern", "Lead", "https://www.example.org/", 900)
    choices = Choices(
        issued=NOON,
        school=school if kind is Kind.LETTER else None,
        quote=Quote("Tell someone. We will listen.", "Detective Inspector", "Child Exploitation Team"),
        behind=("R-1", "R-2"),
    )
    return compose_warning(kind, place("wiltshire"), choices, figures)


def write_page() -> str:
    """The reference of the gate: its rules' numbers, its steps, and every refusal as it is said."""
    numbers, targets = read_table("numbers.toml"), read_table("targets.toml")
    parts = [
        "# The gate\n",
        "<!-- made by tests/spec/warn/cases.py from its cases; run that file to make it anew -->\n",
        f"{len(CHECKS)} checks look at every warning before a person does, and again at every step of approval.",
        "Each answer names the check, the place, why, and what must change.\n",
        "## The four steps\n",
        draw_states(),
        "At least two people take part. A step needs a reason, and belongs to the words as they were: when a word",
        "changes, the steps before it no longer count. Nothing is published before its embargo ends.\n",
        "## Numbers\n",
        f"- Below {numbers['least']}: only by the named decision of an inspector or above.",
        f"- Not rounded to {numbers['round_to']}: only by a named decision, with rank and reason.",
        f"- A period has two dates and at least {numbers['least_days']} days.",
        f"- A percentage needs at least {numbers['least_base_for_percent']} reports to start from.\n",
        "## Reading grades\n",
        "| part | highest grade |\n| --- | --- |",
        *(f"| {name.replace('_', ' ')} | {grade} |" for name, grade in targets.items() if "words" not in name),
        "\n## What it refuses\n",
        "| what was wrong | check | where | why | what must change |\n| --- | --- | --- | --- | --- |",
        *(_row(case) for case in read_cases("refusals.toml")),
        "\n## What it lets through\n",
        *(f"- {case.title}" for case in read_cases("allowed.toml")),
    ]
    return "\n".join(parts) + "\n"


def _row(case: Case) -> str:
    said = next(one for one in case.refusals if one.check == case.check)
    cells = (case.title, said.check, f"`{said.field}`", said.why, said.mend)
    return f"| {' | '.join(cell.replace('|', '/') for cell in cells)} |"


def _case(entry: dict[str, Any]) -> Case:
    data = as_json(good(Kind.LETTER if entry.get("on") == "letter" else Kind.BULLETIN))
    for path, value in entry.get("set", {}).items():
        *parents, last = _steps(path)
        _down(data, parents)[last] = None if value == "none" else value
    if "drop" in entry:
        *parents, last = _steps(entry["drop"])
        del _down(data, parents)[last]
    held = frozenset(entry.get("held", ()))
    cleared = {one: Clearance(**entry["cleared"]) for one in held} if "cleared" in entry else {}
    warning = from_json(PublicWarning, data)
    published = tuple(from_json(SaidCount, one) for one in entry.get("published", ()))
    return Case(entry["title"], entry.get("check", ""), warning, Circumstances(NOON, held, cleared, published))


def _steps(path: str) -> list[Any]:
    return [int(part) if part.isdigit() else part for part in re.findall(r"\w+", path)]


def _down(data: Any, steps: list[Any]) -> Any:
    for step in steps:
        data = data[step]
    return data


if __name__ == "__main__":
    PAGE.write_text(write_page(), "utf-8")
