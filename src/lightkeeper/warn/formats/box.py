"""A box for a school's newsletter: a few lines that stand beside other news."""

from lightkeeper.warn.formats.outline import DRAFT, Contacts, Hope, Outline, Paragraph, Standing, standing_blocks
from lightkeeper.warn.warning import PublicWarning
from lightkeeper.warn.wording import wording

_IN_A_BOX = ("emergency", "childline", "ceop")


def outline_box(warning: PublicWarning, standing: Standing = DRAFT) -> Outline:
    """The headline, what it is, the sentence of hope, three steps in one line, and whom to call."""
    words = wording(warning.language)
    steps = ". ".join(words.steps("poster/steps")) + "."
    contacts = tuple(one for one in warning.contacts if one.id in _IN_A_BOX)
    blocks = (
        *standing_blocks(warning, standing),
        Paragraph(warning.pattern[0] if warning.pattern else warning.summary),
        Hope(words.at("child/opening")),
        Paragraph(steps),
        Contacts(words.at("headings/help"), contacts),
    )
    return Outline(warning.headline, warning.force, warning.language, blocks, warning.issued)
