"""Every term brings its own proof; the words of published texts that did harm are caught."""

import pytest

from lightkeeper.warn.language import Term, find_loaded_words, read_terms

TERMS = [pytest.param(term, id=term.name) for term in read_terms()]


@pytest.mark.parametrize("term", TERMS)
def test_a_term_catches_what_it_says_it_catches(term: Term) -> None:
    for example in term.caught:
        assert term.name in {word.term for word in find_loaded_words(example, term.language)}, example


@pytest.mark.parametrize("term", TERMS)
def test_a_term_leaves_good_words_alone(term: Term) -> None:
    for example in term.fine:
        assert not find_loaded_words(example, term.language), example


def test_a_finding_points_at_the_place_and_copies_nothing() -> None:
    text = "Last year a campaign against sexting began."
    (word,) = find_loaded_words(text)
    assert text[slice(*word.span)] == "sexting"
    assert "sexting" not in word.why


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("The inspector said that control is lost as soon as a picture has been passed on.", "control_lost"),
        ("Parents should say that such pictures are not normal and that this can be dangerous.", "not_normal"),
        ("The force begins a week of films about sexting.", "sexting"),
        ("Children may not know that they are putting themselves in harms' way.", "put_themselves_at_risk"),
        ("To them it is harmless.", "harmless"),
    ],
)
def test_what_published_texts_said_is_caught(text: str, term: str) -> None:
    assert term in {word.term for word in find_loaded_words(text)}


@pytest.mark.parametrize("marks", ["“{}”", '"{}"', "‘{}’"])
def test_a_word_in_a_quotation_is_marked_as_quoted(marks: str) -> None:
    (word,) = find_loaded_words("She said: " + marks.format("they think it is harmless") + " and left.")
    assert word.quoted


def test_an_apostrophe_is_no_quotation() -> None:
    (word,) = find_loaded_words("The child's friends thought it harmless, the parents' group said.")
    assert not word.quoted


def test_a_curly_and_a_straight_apostrophe_are_the_same() -> None:
    assert len(find_loaded_words("It isn't normal.")) == len(find_loaded_words("It isn’t normal.")) == 1


def test_a_line_break_hides_nothing() -> None:
    assert find_loaded_words("They put themselves\nat risk.")
