"""Display names: weak by themselves, telling beside something else."""

from lightkeeper.link.forms.text import LONGEST_READ, plain_text


def name_form(value: str) -> str:
    """The words of a name in lower case, without emoji, accents and punctuation."""
    plain = plain_text(value[:LONGEST_READ])
    return " ".join("".join(sign if sign.isalnum() else " " for sign in plain).split())
