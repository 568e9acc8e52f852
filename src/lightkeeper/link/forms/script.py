"""Scripts: the words that an offender pastes to child after child, with small changes."""

from lightkeeper.link.forms.text import plain_text

FEWEST_WORDS = 8  # a shorter text is a phrase that anyone may use
MOST_WORDS = 400
_ODD = {code: " " for code in range(128) if not chr(code).isalnum()}  # most scripts are ASCII: one step for all


def script_words(value: str) -> frozenset[str]:
    """The different words of a script in lower case; empty when there are fewer than eight.

    Order does not matter here: a paraphrase that changes every sixth word still shares most words.
    """
    plain = plain_text(value)
    plain = plain.translate(_ODD) if plain.isascii() else "".join(s if s.isalnum() else " " for s in plain)
    words = frozenset(plain.split()[:MOST_WORDS])
    return words if len(words) >= FEWEST_WORDS else frozenset()


def overlap(a: frozenset[str], b: frozenset[str]) -> float:
    """The share of the words of both that both have (Jaccard), 0 to 1."""
    both = len(a & b)
    return both / (len(a) + len(b) - both) if both else 0.0
