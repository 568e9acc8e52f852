"""The head of the log's chain, written to a file each day: kept elsewhere, it shows a cut-off end."""

from datetime import datetime
from pathlib import Path

from django.conf import settings

from lightkeeper.desk.audit import Head
from lightkeeper.web.casebook.models import EntryRow


def write_head(now: datetime, path: Path | None = None) -> Head | None:
    """Append the chain's head to the file, once a day or when asked again; None for an empty log."""
    last = EntryRow.objects.order_by("-number").first()
    if last is None:
        return None
    head = Head(last.number, last.hash)
    with (path or settings.HEADS_FILE).open("a", encoding="ascii") as file:
        file.write(f"{now:%Y-%m-%d} {head.as_line()}\n")
    return head


def read_heads(path: Path | None = None) -> tuple[Head, ...]:
    """All heads that were written. Lines of any other shape are passed over, and then found missing by nobody."""
    file = path or settings.HEADS_FILE
    if not file.exists():
        return ()
    parts = (line.split() for line in file.read_text(encoding="ascii").splitlines())
    return tuple(Head(int(words[1]), words[2]) for words in parts if len(words) == 3 and words[1].isdecimal())
