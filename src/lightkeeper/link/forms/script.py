"""Scripts: the words that an offender pastes to child after child, with small changes."""

from lightkeeper.link.forms.text import plain_text

FEWEST_WORDS = 8  # a shorter text is a phrase that anyone may use
MOST_WORDS = 400


def script_words(value: str) -> frozenset[str]:
    """The different words of a script in lower case; empty when there are fewer than eight.

    Order does not matter here: a paraphrase that changes every sixth word still shares most words.
    """
    plain = "".join(sign if sign.isalnum() else " " for sign in plain_text(value))
    words = frozenset(plain.split()[:MOST_WORDS])
    return words if len(words) >= FEWEST_WORDS else frozenset()


def overlap(a: frozenset[str], b: frozenset[str]) -> float:
    """The share of the words of both that both have (Jaccard), 0 to 1."""
    both = len(a & b)
    return both / (len(a) + len(b) - both) if both else 0.0
