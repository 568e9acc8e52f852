"""Whatever is thrown at a parser or a form: a value or one clear error, soon, and nothing of it in the error."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.trust.fuzz import Found, disguised_images, fuzz, throw
from tests.trust.parsers import SECRET, parsers

from lightkeeper.core.errors import UnreadableInput
from lightkeeper.report.form import read_screen, screen_named

FEW = 4_000
ONCE_BROKE = Path(__file__).with_name("once_broke")  # a folder for each parser
PARSERS = parsers()


def test_some_thousand_broken_inputs(request):
    found = fuzz(FEW, seed=11)
    assert found.wrong == []
    assert sum(found.tried.values()) == FEW
    assert set(found.tried) == set(PARSERS)


@pytest.mark.parametrize("name", PARSERS)
@given(data=st.one_of(st.binary(max_size=400), st.text(max_size=400).map(str.encode)))
@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow])
def test_anything_at_all(name, data):
    found = Found()
    throw(name, PARSERS[name], data, found)
    assert found.wrong == []


BROKE = sorted(path for path in ONCE_BROKE.rglob("*") if path.is_file())


@pytest.mark.parametrize("path", BROKE, ids=lambda path: f"{path.parent.name}-{path.name}")
def test_what_broke_once_is_answered(path):
    """Inputs that the longer searches found."""
    found, name = Found(), path.parent.name.replace("_", " ")
    throw(name, PARSERS[name], path.read_bytes(), found)
    assert found.wrong == []


def test_what_is_not_answered_properly_is_found_out():
    """The judge itself: it must be able to fail."""
    found = Found()

    def breaks(data: bytes) -> None:
        raise RuntimeError(data)

    def tells(data: bytes) -> None:
        raise UnreadableInput(f"cannot read {SECRET}")

    throw("breaks", breaks, b"x", found)
    throw("tells", tells, b"x", found)
    assert len(found.wrong) == 2


def test_no_disguised_image_gets_into_an_answer():
    what = screen_named("what")
    assert what is not None
    for number, hidden in enumerate(disguised_images(600, seed=12)):
        answers, problems = read_screen(what, {"what": [hidden]})
        assert (answers, [one.reason for one in problems]) == ({}, ["picture"]), number
