"""Handles: what a person is called on a platform, however it is written."""

import json
from functools import cache
from importlib.resources import files

from lightkeeper.link.forms.text import LEET, LONGEST_READ, plain_text, skeleton

SHORTEST_STEM = 5  # letters; a shorter stem is a first name and says nothing


def handle_form(value: str) -> str:
    """The skeleton of a handle: no case, separators, leading @, look-alikes or leetspeak."""
    return skeleton(value)


def handle_stem(value: str) -> str:
    """The skeleton without trailing digits, a weaker form: `lukevesper97` and `luke.vesper12` share it.

    Empty when fewer than five letters are left.
    """
    letters = "".join(sign for sign in plain_text(value[:LONGEST_READ]) if sign.isalnum())
    stem = letters.rstrip("0123456789").translate(LEET)
    return stem if len(stem) >= SHORTEST_STEM else ""


@cache
def public_handles() -> frozenset[str]:
    """Skeletons of names that belong to platforms or to nobody ("snapchat", "support", "unknown")."""
    table = json.loads(files(__package__).joinpath("public.json").read_text("utf-8"))
    return frozenset(skeleton(name) for name in table["handles"])
