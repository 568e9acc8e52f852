"""The police bulletin: what happened, what to do, where to get help. Also the appeal and the summary."""

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
from lightkeeper.warn.warning import Kind, PublicWarning
from lightkeeper.warn.wording import wording


def outline_bulletin(warning: PublicWarning, standing: Standing = DRAFT) -> Outline:
    """The page for everyone. What a child needs stands before what a parent needs, except in an appeal."""
    blocks: list[Block] = [*standing_blocks(warning, standing), Paragraph(warning.summary)]
    if warning.kind is Kind.APPEAL:
        blocks += [*_tonight(warning), *_pattern(warning), *_parent(warning), *_child(warning)]
    else:
        blocks += [
            *_child(warning),
            *_pattern(warning),
            *known_blocks(warning),
            *_parent(warning),
            *_tonight(warning),
        ]
    if warning.under_reporting:
        blocks.append(Paragraph(warning.under_reporting))
    blocks += [*quote_blocks(warning), *help_blocks(warning), *small_print(warning)]
    return Outline(warning.headline, warning.force, warning.language, tuple(blocks), warning.issued)


def _child(warning: PublicWarning) -> tuple[Block, ...]:
    words = wording(warning.language)
    return (
        Heading(words.at("child/heading")),
        Hope(words.at("child/opening")),
        Steps(warning.child_steps, numbered=True),
    )


def _parent(warning: PublicWarning) -> tuple[Block, ...]:
    return (Heading(wording(warning.language).at("parent/heading")), Steps(warning.parent_steps, numbered=True))


def _tonight(warning: PublicWarning) -> tuple[Block, ...]:
    if not warning.tonight:
        return ()
    return (Heading(wording(warning.language).at("tonight/heading")), Steps(warning.tonight))


def _pattern(warning: PublicWarning) -> tuple[Block, ...]:
    return (Heading(wording(warning.language).at("headings/what_happens")), *map(Paragraph, warning.pattern))
