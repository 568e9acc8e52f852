"""From figures to words: what is named, what is rounded, and what is never taken over."""

from dataclasses import replace

import pytest

from lightkeeper.core.errors import UnreadableInput
from lightkeeper.core.place import place, places
from lightkeeper.warn.circumstances import Circumstances
from lightkeeper.warn.compose import Choices, compose_warning
from lightkeeper.warn.figures import Counted, Figures
from lightkeeper.warn.gate import refusals_of
from lightkeeper.warn.warning import Kind, NumberApproval, texts
from lightkeeper.warn.wording import LANGUAGES, wording

WILTSHIRE = place("wiltshire")


def read(warning: object) -> str:
    return "\n".join(text for _, text in texts(warning))  # type: ignore[arg-type]


@pytest.mark.parametrize("kind", list(Kind))
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_kind_in_every_language_passes_once_it_is_reviewed(
    kind: Kind, language: str, choices: Choices, figures: Figures, circumstances: Circumstances
) -> None:
    signed = replace(
        choices, language=language, reviewed_by="A fluent reader" if language != "en" else "", quote=None
    )
    assert refusals_of(compose_warning(kind, WILTSHIRE, signed, figures), circumstances) == ()


@pytest.mark.parametrize("slug", sorted(places()))
def test_every_force_can_send_every_letter(
    slug: str, choices: Choices, figures: Figures, circumstances: Circumstances
) -> None:
    for kind in (Kind.LETTER, Kind.BULLETIN):
        assert refusals_of(compose_warning(kind, place(slug), choices, figures), circumstances) == ()


def test_without_an_approval_a_number_is_rounded_and_says_about(choices: Choices, figures: Figures) -> None:
    odd = replace(figures, total=replace(figures.total, number=83))
    warning = compose_warning(Kind.WARNING, WILTSHIRE, choices, odd)
    assert warning.count is not None
    assert warning.count.number == 85
    assert "about 85 reports" in warning.summary
    assert "83" not in read(warning)


def test_with_an_approval_the_exact_number_is_said(
    choices: Choices, figures: Figures, inspector: NumberApproval
) -> None:
    exact = replace(choices, exact=inspector, at_least=True)
    odd = replace(figures, total=replace(figures.total, number=17))
    warning = compose_warning(Kind.WARNING, WILTSHIRE, exact, odd)
    assert warning.headline == "At least 17 reports of online blackmail in Wiltshire"


def test_a_small_number_is_not_rounded_out_of_the_gates_sight(choices: Choices, figures: Figures) -> None:
    few = replace(figures, total=replace(figures.total, number=4))
    warning = compose_warning(Kind.WARNING, WILTSHIRE, choices, few)
    assert warning.count is not None
    assert warning.count.number == 4


def test_a_bulletin_says_both_numbers_with_their_dates(choices: Choices, figures: Figures) -> None:
    warning = compose_warning(Kind.BULLETIN, WILTSHIRE, choices, figures)
    for part in ("85 reports from 1 September 2025 to 28 February 2026", "40 from 1 March 2025", "a real rise"):
        assert part in warning.summary
    assert warning.headline.startswith("More reports")


def test_a_difference_that_chance_explains_is_called_no_rise(choices: Choices, figures: Figures) -> None:
    assert figures.comparison is not None
    unclear = replace(figures, comparison=replace(figures.comparison, low=0.8, high=1.6))
    warning = compose_warning(Kind.BULLETIN, WILTSHIRE, choices, unclear)
    assert warning.headline.startswith("Reports of")
    assert "can come by chance" in warning.summary
    assert "rise" not in warning.summary


def test_only_platforms_and_ages_with_enough_reports_are_named(choices: Choices, figures: Figures) -> None:
    warning = compose_warning(Kind.WARNING, WILTSHIRE, choices, figures)
    assert warning.platforms == ("Instagram", "Snapchat")
    assert warning.ages == ("16 to 17",)


def test_an_appeal_takes_nothing_from_the_figures(choices: Choices, figures: Figures) -> None:
    marked = replace(figures, total=Counted(7777, figures.total.first, figures.total.last))
    warning = compose_warning(Kind.APPEAL, WILTSHIRE, choices, marked)
    assert warning.count is warning.change is None
    assert warning.platforms == warning.ages == ()
    assert not any(
        character.isdigit() for character in warning.headline + warning.summary + "".join(warning.pattern)
    )


def test_a_letter_names_neither_platform_nor_age(choices: Choices, figures: Figures) -> None:
    warning = compose_warning(Kind.LETTER, WILTSHIRE, choices, figures)
    assert warning.platforms == warning.ages == ()


def test_a_force_speaks_welsh_under_its_welsh_name(choices: Choices, figures: Figures) -> None:
    warning = compose_warning(Kind.BULLETIN, place("gwent"), replace(choices, language="cy"), figures)
    assert warning.force == "Heddlu Gwent"
    assert "Gwent Police" not in read(warning)


@pytest.mark.parametrize(
    ("kind", "without", "said"),
    [
        (Kind.WARNING, "figures", "needs figures"),
        (Kind.BULLETIN, "comparison", "--against"),
        (Kind.LETTER, "school", "the school that sends it"),
    ],
)
def test_what_is_missing_is_said(kind: Kind, without: str, said: str, choices: Choices, figures: Figures) -> None:
    figures_given = None if without == "figures" else replace(figures, comparison=None)
    given = replace(choices, school=None) if without == "school" else choices
    with pytest.raises(UnreadableInput, match=said):
        compose_warning(kind, WILTSHIRE, given, figures_given)


def test_both_languages_say_the_same_things() -> None:
    def paths(table: object, at: str = "") -> set[str]:
        if isinstance(table, dict):
            return {path for name, part in table.items() for path in paths(part, f"{at}/{name}")}
        return {f"{at} x{len(table)}" if isinstance(table, list) else at}

    assert paths(wording("en").table) == paths(wording("cy").table)


def test_an_unknown_slot_is_an_error_and_not_an_empty_space() -> None:
    with pytest.raises(UnreadableInput, match="slot"):
        wording("en").say("kind/warning/headline", Count="At least 17 reports")


def test_an_unknown_language_is_refused() -> None:
    with pytest.raises(UnreadableInput, match="en, cy"):
        wording("tlh")
