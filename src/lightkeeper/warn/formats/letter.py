"""A letter to parents and carers: from a school, or from the police where no school sends it."""

from lightkeeper.warn.formats.outline import (
    DRAFT,
    Block,
    Heading,
    Hope,
    Outline,
    Paragraph,
    Standing,
    Steps,
    help_blocks,
    known_blocks,
    quote_blocks,
    small_print,
    standing_blocks,
)
from lightkeeper.warn.warning import PublicWarning
from lightkeeper.warn.wording import wording


def outline_letter(warning: PublicWarning, standing: Standing = DRAFT) -> Outline:
    """The letter: calm, concrete, what to say tonight, and somebody to talk to."""
    words = wording(warning.language)
    school = warning.school
    blocks: list[Block] = [
        *standing_blocks(warning, standing),
        Paragraph(words.day(warning.issued.date()), quiet=True),
        Paragraph(words.at("letter/greeting")),
        Paragraph(warning.summary),
        *map(Paragraph, warning.pattern),
        *known_blocks(warning),
        Heading(words.at("tonight/heading")),
        Steps(warning.tonight),
        Heading(words.at("parent/heading")),
        Steps(warning.parent_steps, numbered=True),
        Heading(words.at("child/heading")),
        Hope(words.at("child/opening")),
        Steps(warning.child_steps, numbered=True),
        *quote_blocks(warning),
        Paragraph(words.at("letter/balance")),
    ]
    if school:
        leads = words.say("letter/leads", leads=words.listed(school.leads), school=school.name)
        blocks += [Heading(words.at("letter/leads_heading")), Paragraph(leads)]
    blocks += [Paragraph(words.at("letter/closing")), *_signature(warning)]
    blocks += [*help_blocks(warning), *small_print(warning)]
    return Outline(
        warning.headline, school.name if school else warning.force, warning.language, tuple(blocks), warning.issued
    )


def _signature(warning: PublicWarning) -> tuple[Block, ...]:
    if warning.school is None:
        return (Paragraph(warning.force),)
    school = warning.school
    website = school.website.removeprefix("https://").rstrip("/")
    return (Paragraph(school.signed_by), Paragraph(f"{school.role}, {school.name}, {website}", quiet=True))
