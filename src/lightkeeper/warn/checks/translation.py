"""Nothing in a language goes out before somebody who reads that language well has signed it."""

from collections.abc import Iterator

from lightkeeper.warn.circumstances import Circumstances
from lightkeeper.warn.refusal import Refusal
from lightkeeper.warn.warning import PublicWarning
from lightkeeper.warn.wording import HUMAN_LANGUAGES


def check_translation(warning: PublicWarning, _: Circumstances) -> Iterator[Refusal]:
    made = warning.translation
    if warning.language in HUMAN_LANGUAGES and made is None:
        return
    if made is None or not made.reviewed_by.strip() or made.reviewed_on is None:
        yield Refusal(
            "translation_unreviewed",
            "translation",
            "No fluent reader has signed this translation.",
            "Have it read by someone who reads the language well; record the name and the day.",
        )
