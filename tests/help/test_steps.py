import pytest

from lightkeeper.core.errors import UnreadableInput
from lightkeeper.help.pages import read_pages
from lightkeeper.help.service import Audience
from lightkeeper.help.steps import STEP_ORDER, advice_steps, find_steps
from lightkeeper.help.wording import LANGUAGES

EVERY_PAGE = [page for language in LANGUAGES for page in read_pages(language).values()]
# What the design promises, whatever else stands between.
PROMISED = ("keep", "stop", "no_pay", "report", "block")
SCHOOL_FIRST = {"tell", "report_school"}  # a school tells its lead and the police before anything else


@pytest.mark.parametrize("page", EVERY_PAGE, ids=lambda page: f"{page.language}/{page.address}")
def test_every_page_opens_with_what_to_do_in_the_one_order(page):
    assert page.now
    places = [STEP_ORDER.index(key) for key in page.now if key not in SCHOOL_FIRST]
    assert places == sorted(places)


@pytest.mark.parametrize("page", EVERY_PAGE, ids=lambda page: f"{page.language}/{page.address}")
def test_nobody_is_told_to_block_before_words_are_kept_and_somebody_knows(page):
    if "block" in page.now:
        before = page.now[: page.now.index("block")]
        assert {"keep", "stop", "no_pay", "report"} <= set(before)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("audience", Audience)
def test_the_advice_order_has_words_for_everyone(audience, language):
    steps = advice_steps(audience, language)
    assert tuple(step.key for step in steps if step.key in PROMISED) == PROMISED
    assert all(step.do and step.why for step in steps)


@pytest.mark.parametrize("audience", [Audience.CHILD, Audience.FRIEND, Audience.PARENT])
def test_nobody_is_told_to_hint_to_the_account(audience):
    (block,) = [step for step in advice_steps(audience, "en") if step.key == "block"]
    assert "Do not say that you told" in block.why or "no hint" in block.why


def test_keeping_never_means_the_picture():
    for audience in Audience:
        (keep,) = [step for step in advice_steps(audience, "en") if step.key == "keep"]
        assert "ever" in keep.do + keep.why
        assert "picture" in keep.do + keep.why


def test_a_step_without_words_is_refused():
    with pytest.raises(UnreadableInput, match="no words"):
        find_steps(("dance",), Audience.CHILD, "en")
