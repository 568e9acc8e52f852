"""No word that blames a child or takes hope away; a quotation may keep one if a note stands beside it."""

from collections.abc import Iterator

from lightkeeper.warn.circumstances import Circumstances
from lightkeeper.warn.language import find_loaded_words
from lightkeeper.warn.refusal import Refusal
from lightkeeper.warn.warning import PublicWarning, texts

_EXPLAINS_ONCE = "sextortion"  # explained once anywhere before is explained for the rest


def check_words(warning: PublicWarning, _: Circumstances) -> Iterator[Refusal]:
    noted = bool(warning.quote and warning.quote.note.strip())
    explained = False
    for field, text in texts(warning):
        for word in find_loaded_words(text, warning.language):
            if field == "quote.text" and noted:
                continue
            if word.term == _EXPLAINS_ONCE and explained:
                continue
            yield Refusal("loaded_word", field, word.why, f"Write: {word.instead}.{_or_note(field)}", word.span)
        explained = explained or "blackmail" in text.lower()


def _or_note(field: str) -> str:
    return " Or keep the quotation and set a note beside it." if field == "quote.text" else ""
