"""Whoever reads a warning in fear finds, in it, somebody to call."""

from collections.abc import Iterator

from lightkeeper.warn.circumstances import Circumstances
from lightkeeper.warn.refusal import Refusal
from lightkeeper.warn.warning import PublicWarning

# The id, what it must carry, and what to call it when it is missing.
_ALWAYS = (
    ("emergency", "phone", "999, for when someone is in danger now"),
    ("childline", "phone", "Childline, 0800 1111"),
    ("police", "phone", "101, the police when nobody is in danger now"),
    ("ceop", "url", "CEOP, where online abuse is reported"),
    ("report_remove", "url", "Report Remove, which takes a picture down"),
)


def check_help_lines(warning: PublicWarning, _: Circumstances) -> Iterator[Refusal]:
    shown = {contact.id: contact for contact in warning.contacts}
    for contact_id, carries, what in _ALWAYS:
        if contact_id not in shown or not getattr(shown[contact_id], carries).strip():
            yield Refusal("help_line_missing", "contacts", f"Nobody can find {what}.", "Add it to the contacts.")
    for field in ("child_steps", "parent_steps"):
        if not getattr(warning, field):
            yield Refusal(
                "steps_missing", field, "It warns and does not say what to do.", "Add the steps, in their order."
            )
