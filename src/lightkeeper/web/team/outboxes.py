"""The ways out of the house that this installation has: `tables/outboxes.toml` in the site's data names them.

Each is a dry run until its table says `send = true`. Passwords and tokens lie in files of their own.
"""

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings

from lightkeeper.core.errors import Held, NotAllowed, UnreadableInput
from lightkeeper.warn.approval import Approval, standing_of
from lightkeeper.warn.circumstances import Circumstances
from lightkeeper.warn.formats.feed import outline_of
from lightkeeper.warn.formats.pdf import write_pdf
from lightkeeper.warn.formats.post import write_post
from lightkeeper.warn.formats.sms import write_sms
from lightkeeper.warn.formats.text import write_text
from lightkeeper.warn.gate import reasons_to_withdraw
from lightkeeper.warn.outbox.mail import Mail
from lightkeeper.warn.outbox.mastodon import Mastodon
from lightkeeper.warn.outbox.notify import Notify
from lightkeeper.warn.outbox.parcel import Outbox, Parcel, Sent, pack
from lightkeeper.warn.outbox.printer import Printer
from lightkeeper.warn.permit import permit_sending
from lightkeeper.warn.warning import PublicWarning

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class WayOut:
    """One outbox as the team named it: what it is, whom it reaches, and whether it is in earnest."""

    name: str
    kind: str
    readers: tuple[str, ...]
    outbox: Outbox
    dry_run: bool


def read_ways_out() -> tuple[WayOut, ...]:
    """In the order of the file; none without one. Raises UnreadableInput with the row that is wrong."""
    file = settings.DESK_TABLES / "outboxes.toml"
    if not file.exists():
        return ()
    try:
        rows = tomllib.loads(file.read_text("utf-8")).get("outbox", [])
    except (OSError, ValueError):
        raise UnreadableInput("outboxes.toml is not TOML") from None
    return tuple(_read_row(row, place) for place, row in enumerate(rows, 1))


def _read_row(row: Row, place: int) -> WayOut:
    try:
        outbox = _KINDS[row["kind"]](row, row.get("send") is not True)
        return WayOut(str(row["name"]), row["kind"], _readers(row), outbox, row.get("send") is not True)
    except KeyError as error:
        raise UnreadableInput(f"outboxes.toml, outbox {place}: {error.args[0]} is missing or unknown") from None
    except (OSError, UnicodeDecodeError):
        raise UnreadableInput(f"outboxes.toml, outbox {place}: one of its files cannot be read") from None


def _readers(row: Row) -> tuple[str, ...]:
    if "readers_file" not in row:
        return ()
    lines = (settings.DESK_TABLES / row["readers_file"]).read_text("utf-8").splitlines()
    return tuple(line.strip() for line in lines if line.strip() and not line.startswith("#"))


def _secret(row: Row, name: str) -> str:
    return Path(settings.DESK_TABLES, row[name]).read_text("utf-8").strip()


def _mail(row: Row, dry_run: bool) -> Outbox:
    password = _secret(row, "password_file") if "password_file" in row else ""
    host, sender, port, user = row["host"], row["sender"], int(row.get("port", 587)), row.get("user", "")
    return Mail(host, sender, port, user, password, bool(row.get("tls", True)), dry_run)


def _notify(row: Row, dry_run: bool) -> Outbox:
    return Notify(_secret(row, "key_file"), row["template"], row.get("medium", "email"), dry_run=dry_run)


def _mastodon(row: Row, dry_run: bool) -> Outbox:
    return Mastodon(row["url"], _secret(row, "token_file"), dry_run)


def _printer(row: Row, dry_run: bool) -> Outbox:
    return Printer(row["url"], int(row.get("copies", 1)), dry_run)


_KINDS: dict[str, Callable[[Row, bool], Outbox]] = {
    "mail": _mail,
    "notify": _notify,
    "mastodon": _mastodon,
    "printer": _printer,
}


def send_warning(
    way: WayOut, warning: PublicWarning, approval: Approval, circumstances: Circumstances, now: datetime
) -> Sent:
    """Send a published warning one way. Raises NotAllowed before it is public, Held for what is held by now,
    OutboxFailed when the service does not take it."""
    permit = permit_sending(approval, warning, now)
    if reasons_to_withdraw(warning, circumstances):
        raise Held("something behind this warning is held by now; nothing more of it is sent")
    if way.kind in ("mail", "notify") and not way.readers:
        raise NotAllowed(f"{way.name} has no readers: name them in its readers_file")
    return way.outbox.send(_pack(way, warning, approval, now), permit, now)


def _pack(way: WayOut, warning: PublicWarning, approval: Approval, now: datetime) -> Parcel:
    """The words in the form that the way takes."""
    page = outline_of(warning, standing_of(approval, warning, now))
    match way.kind:
        case "mastodon":
            return pack(warning, write_post(warning, "mastodon").text)
        case "printer":
            return pack(warning, "", pdf=write_pdf(page))
        case "notify" if getattr(way.outbox, "medium", "") == "sms":
            return pack(warning, write_sms(warning).text, way.readers)
        case "notify":
            return pack(warning, write_text(page), way.readers)
        case _:
            return pack(warning, write_text(page), way.readers, write_pdf(page))
