"""Made-up services for the tests of help. The numbers are those set aside for drama."""

from collections.abc import Callable
from datetime import date

import pytest

from lightkeeper.help.service import Audience, Confidence, Evidence, Kind, Phone, Service, Verification

Maker = Callable[..., Service]


@pytest.fixture(scope="session")
def today() -> date:
    return date(2026, 11, 21)


@pytest.fixture(scope="session")
def checked(today: date) -> Verification:
    return Verification(today, ("A. Person", "B. Person"), "rang it")


@pytest.fixture(scope="session")
def make_service() -> Maker:
    """Makes a service of a good source that nobody has checked; what is given is changed."""

    def make(**changes: object) -> Service:
        given: dict[str, object] = {
            "id": "made-up",
            "name": "Made Up",
            "organization": "Made Up Trust",
            "status": "active",
            "kind": Kind.HELPLINE,
            "description": {"en": "Someone to talk to.", "cy": "Rhywun i siarad."},
            "audience": (Audience.CHILD, Audience.PARENT),
            "service_areas": ("GB",),
            "priority": 5,
            "evidence": Evidence("their own page", "2026", date(2026, 11, 1), Confidence.HIGH),
            "review_by": date(2027, 1, 1),
            "phones": (Phone("07700 900123"),),
            "url": "https://example.com/",
        }
        return Service(**{**given, **changes})  # type: ignore[arg-type]

    return make


@pytest.fixture(scope="session")
def evidence_of() -> Callable[[Confidence], Evidence]:
    return lambda confidence: Evidence("somewhere", "2026", date(2026, 11, 1), confidence)
