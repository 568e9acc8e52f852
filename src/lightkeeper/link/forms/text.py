"""How letters are made comparable: look-alikes, accents, case and invisible signs are taken away."""

import json
import unicodedata
from functools import cache
from importlib.resources import files

# Leetspeak and look-alikes inside ASCII. `l`, `1` and `i` fall together because nobody can tell them apart.
LEET = str.maketrans("l0134578", "ioieastb")
_CONTROLS = {code: " " for code in range(128) if not chr(code).isprintable()}
LONGEST_READ = 2_000  # characters of a short identifier that are read; more is padding, and costs time


@cache
def look_alikes() -> dict[int, str]:
    """Letters of other alphabets that look like Latin ones, from `confusables.json`."""
    table: dict[str, str] = json.loads(files(__package__).joinpath("confusables.json").read_text("utf-8"))
    return {ord(odd): plain for plain, odds in table.items() for odd in odds}


def plain_text(value: str) -> str:
    """Lower-case Latin letters as far as they can be had: no accents, no look-alikes, nothing invisible.

    Controls, bidi marks, zero-width signs, emoji and symbols go; separators become one space.
    """
    if value.isascii():
        return " ".join(value.translate(_CONTROLS).lower().split())
    folded = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", value).translate(look_alikes()))
    kept = "".join(_kept(sign) for sign in folded.casefold())
    return " ".join(kept.translate(look_alikes()).split())


def _kept(sign: str) -> str:
    match unicodedata.category(sign)[0]:
        case "L" | "N" | "P":
            return sign
        case "Z":
            return " "
        case _:  # marks, symbols, controls, formats
            return " " if sign in "\t\n\r" else sign if sign in "$+|<>=~^`" else ""


def skeleton(value: str) -> str:
    """Letters and digits alone, with leetspeak undone: `1uke.Vesper_97` and `luke-vesper97` have one skeleton."""
    plain = plain_text(value[:LONGEST_READ])
    kept = plain if plain.isalnum() else "".join(filter(str.isalnum, plain))
    return kept.translate(LEET)
