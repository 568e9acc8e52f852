"""The pages speak plainly: grade 4 at most to a child, no sentence above 7, no word that blames."""

import re

import pytest

from lightkeeper.warn.grade import reading_grade
from lightkeeper.warn.language import find_loaded_words
from lightkeeper.web.shared.catalogues import messages_in_use

FOR_CHILDREN = ("questions.toml", "report/", "replies/", "parts/", "home.html", "failures/", "about/pictures")
TAG, HOLE = re.compile(r"<[^>]+>"), re.compile(r"%\(\w+\)s")


def sentences(only: tuple[str, ...] = ("",)) -> list[str]:
    chosen = [text for text, file in messages_in_use() if any(part in str(file) for part in only)]
    plain = [HOLE.sub("one", TAG.sub("", text)) for text in dict.fromkeys(chosen)]
    return [text for text in plain if text.endswith((".", "?"))]


def test_a_child_can_read_it() -> None:
    told = sentences(FOR_CHILDREN)
    assert len(told) > 80
    assert reading_grade(" ".join(told)) <= 4


@pytest.mark.parametrize("text", sentences(FOR_CHILDREN))
def test_no_single_line_to_a_child_is_hard(text: str) -> None:
    assert reading_grade(text) <= 7


def test_the_rest_is_plain_too() -> None:
    assert reading_grade(" ".join(sentences())) <= 6


def test_no_word_blames_or_belittles() -> None:
    assert [(text, find_loaded_words(text)) for text in sentences() if find_loaded_words(text)] == []
