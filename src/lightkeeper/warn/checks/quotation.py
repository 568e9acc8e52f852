"""A quotation is whole, and somebody stands behind it."""

import re
from collections.abc import Iterator

from lightkeeper.warn.circumstances import Circumstances
from lightkeeper.warn.refusal import Refusal
from lightkeeper.warn.warning import PublicWarning, texts

_WHOLE_END = re.compile(r"[.!?][”’\"')]*$")
_INSERTED = re.compile(
    r"\b(?:read more|see also|related|more on this|watch:|advertisement|sign up)\b", re.IGNORECASE
)
_CUT = "It is cut in half."


def check_quotation(warning: PublicWarning, _: Circumstances) -> Iterator[Refusal]:
    yield from _check_quote(warning)
    for field, text in texts(warning):
        if text.count("“") != text.count("”") or text.count('"') % 2:
            yield Refusal(
                "quotation_cut",
                field,
                "A quotation opens and does not close, or the other way round.",
                "Give the whole quotation with both marks.",
            )


def _check_quote(warning: PublicWarning) -> Iterator[Refusal]:
    quote = warning.quote
    if quote is None:
        return
    text = quote.text.strip()
    if (
        not _WHOLE_END.search(text)
        or text.endswith(("…", "..."))
        or not (text[:1].isupper() or text[:1] in "“\"'‘")
    ):
        yield Refusal("quotation_cut", "quote.text", _CUT, "Give whole sentences, from capital to full stop.")
    if match := _INSERTED.search(text):
        yield Refusal(
            "quotation_cut",
            "quote.text",
            "Something that is not the speaker's was put into it.",
            "Take it out.",
            match.span(),
        )
    if not quote.role.strip() or not quote.unit.strip():
        yield Refusal("quotation_unsigned", "quote", "Nobody stands behind it.", "Give role and unit.")
