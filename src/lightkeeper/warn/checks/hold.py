"""Nothing under a live-investigation hold may stand behind a warning, until a named person lifts it."""

from collections.abc import Iterator

from lightkeeper.warn.circumstances import Circumstances
from lightkeeper.warn.refusal import Refusal
from lightkeeper.warn.warning import PublicWarning


def check_hold(warning: PublicWarning, circumstances: Circumstances) -> Iterator[Refusal]:
    """One refusal, whatever the number of held cases: how many there are is held as well."""
    held = circumstances.held.intersection(warning.behind)
    lifted = {one for one, clearance in circumstances.cleared.items() if clearance.complete}
    if held - lifted:
        yield Refusal(
            "hold",
            "behind",
            "Something behind this warning is part of a live investigation.",
            "Leave that case out and make the figures again, or have the officer who leads the "
            "investigation lift the hold with name, role and reason.",
        )
