"""Cleans what was typed, before anything else looks at it: no pictures, nothing invisible, nothing endless."""

import re

from lightkeeper.core.errors import ImageRefused
from lightkeeper.report.images import looks_like_picture, refuse_pictures

# Marks that turn the direction of writing or hide letters can make a name look like another one on the desk.
_HIDDEN = re.compile("[\u202a-\u202e\u2066-\u2069\u200b\u2060\ufeff]")
LONG_WORD = 12
_LINE_ENDS = re.compile("\r\n?|\u2028|\u2029")
LEAST_WORDS, LEAST_LETTERS, LETTERS = 2, 6, 0.75


def clean(text: str, longest: int) -> str:
    """The text with plain line ends, without hidden marks and outer blanks, at most `longest` characters.

    The letters themselves stay as they were typed: a name's odd letters are what recognises an offender.
    Raises ImageRefused.
    """
    plain = _HIDDEN.sub("", _LINE_ENDS.sub("\n", text)).strip()
    refuse_pictures(plain)
    return plain[:longest]


def words_left(text: str, longest: int) -> str:
    """The words of a text that carried a picture, once the lines with the picture are gone.

    A long story is not lost over one pasted line. Nothing is kept that may be the rest of the picture: a line goes
    when a long word in it has capitals or figures inside. Empty when the whole still looks like a file.
    """
    lines = [line for line in _LINE_ENDS.sub("\n", text).split("\n") if _is_told_in_words(line)]
    try:
        return clean("\n".join(lines), longest)
    except ImageRefused:
        return ""


def _is_told_in_words(line: str) -> bool:
    """Two words or more, nearly all letters: what a file leaves between two line ends is neither."""
    words, signs = line.split(), [sign for sign in line if not sign.isspace()]
    letters = sum(sign.isalpha() for sign in signs)
    if len(words) < LEAST_WORDS or letters < max(LEAST_LETTERS, LETTERS * len(signs)):
        return False
    long_words = [word for word in words if len(word) >= LONG_WORD]
    mixed = any(letter.isupper() or letter.isdigit() for word in long_words for letter in word[1:])
    return not mixed and not looks_like_picture(line)
