"""Cleans what was typed, before anything else looks at it: no pictures, nothing invisible, nothing endless."""

import re

from lightkeeper.core.errors import ImageRefused
from lightkeeper.report.images import looks_like_picture, refuse_pictures

# Marks that turn the direction of writing or hide letters can make a name look like another one on the desk.
_HIDDEN = re.compile("[\u202a-\u202e\u2066-\u2069\u200b\u2060\ufeff]")
_LINE_ENDS = re.compile("\r\n?|\u2028|\u2029")


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

    A long story is not lost over one pasted line. Empty when what is left still looks like a file.
    """
    lines = [line for line in _LINE_ENDS.sub("\n", text).split("\n") if not looks_like_picture(line)]
    try:
        return clean("\n".join(lines), longest)
    except ImageRefused:
        return ""
