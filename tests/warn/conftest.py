"""A warning against which nothing speaks, for tests that change one thing in it."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from lightkeeper.core.place import place
from lightkeeper.warn.circumstances import Circumstances
from lightkeeper.warn.compose import Choices, compose_warning
from lightkeeper.warn.figures import Comparison, Counted, Figures
from lightkeeper.warn.warning import Kind, NumberApproval, PublicWarning, Quote, School

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


@pytest.fixture
def now() -> datetime:
    return NOON


@pytest.fixture
def circumstances() -> Circumstances:
    return Circumstances(NOON)


@pytest.fixture
def figures() -> Figures:
    """85 reports in half a year against 40 in the half year before."""
    return Figures(
        total=Counted(85, date(2025, 9, 1), date(2026, 2, 28)),
        version="sextortion-1",
        definition="reports of a child under 18 being blackmailed with a picture, real or faked",
        by_platform=(("instagram", 50), ("snapchat", 30), ("kik", 3), ("not said", 2)),
        by_age=(("16 to 17", 50), ("13 to 15", 30), ("under 13", 5)),
        comparison=Comparison(
            Counted(40, date(2025, 3, 1), date(2025, 8, 31)), 2.16, 1.46, 3.24, 0.00006, "for the team"
        ),
    )


@pytest.fixture
def school() -> School:
    return School(
        "Harbour View School",
        ("Ms Lantern", "Mr Keel"),
        "Ms Lantern",
        "Designated Safeguarding Lead",
        "https://www.example.org/",
        900,
    )


@pytest.fixture
def choices(school: School) -> Choices:
    return Choices(
        issued=NOON,
        school=school,
        quote=Quote("Tell someone. We will listen.", "Detective Inspector", "Child Exploitation Team"),
        behind=("R-1", "R-2"),
        page="https://www.example.org/warnings/1",
    )


@pytest.fixture
def good(choices: Choices, figures: Figures) -> PublicWarning:
    """A bulletin for a police force area."""
    return compose_warning(Kind.BULLETIN, place("wiltshire"), replace(choices, school=None), figures)


@pytest.fixture
def letter(choices: Choices, figures: Figures) -> PublicWarning:
    """A school's letter to parents."""
    return compose_warning(Kind.LETTER, place("wiltshire"), choices, figures)


@pytest.fixture
def inspector() -> NumberApproval:
    return NumberApproval("the child protection lead", "inspector", "The area asked how many.")
