"""`lightkeeper verify audit`: goes through the desk's log and says every place at which it does not hold."""

import argparse
import os
from pathlib import Path

from lightkeeper.core.errors import UnreadableInput

SUMMARY = "Check that nobody edited, deleted, reordered or cut off the desk's log."
EXAMPLE = """
LIGHTKEEPER_DATA=/var/lib/lightkeeper-team lightkeeper verify audit
LIGHTKEEPER_DATA=/var/lib/lightkeeper-team lightkeeper verify audit --heads /media/usb/audit-heads.txt
"""


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("what", choices=["audit"], help="what to check")
    parser.add_argument(
        "--heads", type=Path, help="a file of heads that was kept elsewhere (default: the site's own)"
    )


def run(options: argparse.Namespace) -> int:
    """0 when the log holds, 1 when it does not."""
    import django

    os.environ["DJANGO_SETTINGS_MODULE"] = "lightkeeper.web.shared.settings.team"
    django.setup()
    from lightkeeper.desk.audit import find_flaws
    from lightkeeper.web.team.heads import read_heads
    from lightkeeper.web.team.wiring import casebook

    if options.heads and not options.heads.exists():
        raise UnreadableInput("the file of heads is not there")
    heads = read_heads(options.heads)
    book = casebook()
    flaws = find_flaws(book.entries(), book.reasons(), heads)
    for flaw in flaws:
        print(f"entry {flaw.number} {flaw.says}")
    entries = sum(1 for _ in book.entries())
    says = f"{len(flaws)} flaws in" if flaws else "the log holds:"
    print(f"{says} {entries} entries, held against {len(heads)} heads")
    if not heads:
        print("without a head kept elsewhere nobody can see whether the end was cut off")
    return 1 if flaws else 0
