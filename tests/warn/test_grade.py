"""The reading grade against worked values, and against what a reader would say."""

import pytest

from lightkeeper.warn.grade import count_syllables, reading_grade, split_sentences, worst_sentences

SPOKEN = {
    1: "cat help asked blocked friend scared trust name made notes played don't year change",
    2: "picture money message police someone people safely wanted trusted reading children quiet",
    3: "together gloucestershire area everything suicide sexual another",
    4: "suicidal information community investigate",
    5: "immediately",
}


@pytest.mark.parametrize(
    ("word", "count"),
    [(word, count) for count, words in SPOKEN.items() for word in words.split()],
)
def test_syllables_are_counted_as_spoken(word: str, count: int) -> None:
    assert count_syllables(word) == count


def test_the_grade_is_the_formula() -> None:
    # 9 words, 2 sentences, 15 syllables.
    text = "Your family will listen. The police can help together. "
    assert reading_grade(text) == pytest.approx(0.39 * 9 / 2 + 11.8 * 15 / 9 - 15.59)


def test_a_text_without_words_has_no_grade() -> None:
    assert reading_grade("") == reading_grade("…\n- \n") == 0.0


def test_an_address_is_not_read_as_prose() -> None:
    assert reading_grade("Tell CEOP at www.ceop.police.uk/Safety-Centre today.") == reading_grade(
        "Tell CEOP at today."
    )


def test_list_items_and_headings_are_sentences_of_their_own() -> None:
    text = "What to do\n\n- Stop replying\n- Keep the names, e.g. the account\n\nCall 101 at 9.30am. Then wait."
    assert split_sentences(text) == (
        "What to do",
        "Stop replying",
        "Keep the names, eg the account",
        "Call 101 at 9.30am.",
        "Then wait.",
    )


def test_a_line_that_only_wraps_is_one_sentence() -> None:
    assert split_sentences("This is one\nsentence over two lines.") == ("This is one sentence over two lines.",)


def test_official_prose_is_harder_than_plain_prose() -> None:
    official = "Perpetrators frequently establish inappropriate relationships utilising fraudulent identities."
    assert reading_grade(official) > 15 > 4 > reading_grade("Someone may lie about who they are. Tell an adult.")


def test_the_worst_sentence_comes_first() -> None:
    text = "Stop replying. Notwithstanding considerable provocation, communication should be discontinued."
    worst = worst_sentences(text, 1)
    assert worst[0].sentence.startswith("Notwithstanding")
    assert "Notwithstanding" not in repr(worst[0])


def test_welsh_is_measured_by_long_words_with_its_own_letters() -> None:
    # "chwaraeodd" has 8 Welsh letters (ch-w-a-r-a-e-o-dd), "ffrindiau" 8, "llythyrau" 7, "rhywbeth" 6.
    easy, hard = (
        "Mae rhywbeth yma. Dewch i mewn.",
        "Mae ffrindiau a llythyrau yn gymhleth iawn, gyfeillion annwyl.",
    )
    assert reading_grade(easy, "cy") == 0.0
    assert reading_grade(hard, "cy") > 5
