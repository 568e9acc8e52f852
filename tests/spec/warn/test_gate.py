"""The gate by example: what it refuses, what it lets through, and that the reference says the same."""

import importlib.util
import sys
import tomllib
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from lightkeeper.core.errors import Held, TooFewToShow, WarningRefused
from lightkeeper.warn.gate import CHECKS, pass_gate
from lightkeeper.warn.language import find_loaded_words
from lightkeeper.warn.refusal import excerpt
from lightkeeper.warn.warning import Kind


def _load_cases() -> ModuleType:
    spec = importlib.util.spec_from_file_location("warn_cases", Path(__file__).with_name("cases.py"))
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["warn_cases"] = module  # dataclasses look their module up
    spec.loader.exec_module(module)
    return module


cases = _load_cases()
REFUSED = [pytest.param(case, id=case.title) for case in cases.read_cases("refusals.toml")]
ALLOWED = [pytest.param(case, id=case.title) for case in cases.read_cases("allowed.toml")]


@pytest.mark.parametrize("kind", [Kind.BULLETIN, Kind.LETTER])
def test_nothing_speaks_against_the_warning_that_the_cases_change(kind: Kind) -> None:
    warning = cases.good(kind)
    assert pass_gate(warning, cases.Circumstances(cases.NOON)) is warning


@pytest.mark.parametrize("case", REFUSED)
def test_the_gate_refuses(case: "cases.Case") -> None:
    assert case.check in {refusal.check for refusal in case.refusals}


@pytest.mark.parametrize("case", REFUSED)
def test_a_refusal_says_why_and_what_must_change(case: "cases.Case") -> None:
    for refusal in case.refusals:
        assert refusal.field
        assert refusal.why.strip().endswith((".", "!"))
        assert len(refusal.mend) > 5
        assert excerpt(case.warning, refusal) is not None


@pytest.mark.parametrize("case", REFUSED)
def test_a_refused_warning_does_not_pass(case: "cases.Case") -> None:
    with pytest.raises((Held, TooFewToShow, WarningRefused), match="this cannot go out yet"):
        pass_gate(case.warning, case.circumstances)


@pytest.mark.parametrize("case", ALLOWED)
def test_the_gate_lets_through(case: "cases.Case") -> None:
    assert case.refusals == ()


def test_every_check_has_a_case() -> None:
    """A check that no case needs could be taken out without a test falling over."""
    refused = [case.values[0] for case in REFUSED]
    for check in CHECKS:
        assert any(list(check(case.warning, case.circumstances)) for case in refused), check.__name__


def test_a_hold_is_told_without_the_number_of_held_cases() -> None:
    case = cases.read_cases("refusals.toml")[0]
    one = cases.refusals_of(case.warning, case.circumstances)
    two = cases.refusals_of(case.warning, cases.Circumstances(cases.NOON, frozenset({"R-1", "R-2"})))
    assert one == two
    assert "R-1" not in str(one)


def test_the_reference_says_what_the_gate_says() -> None:
    assert cases.PAGE.read_text("utf-8") == cases.write_page(), "run: python tests/spec/warn/cases.py"


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(text, id=text["title"])
        for text in tomllib.loads(Path(__file__).with_name("published_texts.toml").read_text("utf-8"))["text"]
    ],
)
def test_the_words_of_published_warnings_are_caught_and_nothing_else(text: dict[str, Any]) -> None:
    assert {word.term for word in find_loaded_words(text["text"])} == set(text["caught"])
