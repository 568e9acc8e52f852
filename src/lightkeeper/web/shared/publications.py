"""The shelf between the two sites: one file that the team's site writes and the public site reads.

It holds what passed all four steps of its approval and the gate, and open figures that went through the ledger;
nothing else ever gets into it. The public site needs no right to any database for it. The file is replaced in
one step, so a reader never sees half of it, and it says the same as long as nothing new was published.
"""

import fcntl
import json
import os
import re
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from lightkeeper.core.errors import NotAllowed, UnreadableInput
from lightkeeper.warn.approval import Approval, standing_of
from lightkeeper.warn.exchange import from_json
from lightkeeper.warn.formats.cap import Sender
from lightkeeper.warn.formats.data import write_data
from lightkeeper.warn.formats.outline import APPROVED, Standing
from lightkeeper.warn.notices import cap_notice
from lightkeeper.warn.warning import Audience, PublicWarning
from lightkeeper.watch.page import FiguresPage, page_from_json

NAME = "publications.json"
_SCHEMA = "lightkeeper.publications/1"
_IN_AN_ADDRESS = re.compile(r"[A-Za-z0-9_-]{1,120}")
_DRAWN = {"svg", "title", "desc", "text", "rect", "path", "circle", "polyline", "polygon"}
_TAG = re.compile(r"<\s*/?\s*([^\s/>]+)")
_ACTS = re.compile(r"\s(on\w+|style|href|xlink:href)\s*=", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class OpenWarning:
    """A warning as everyone may read it: not what it was made from, and no word of one that was withdrawn."""

    warning: PublicWarning
    cap: str  # the newest message for partners, as XML
    withdrawn: datetime | None = None

    def standing(self, now: datetime) -> Standing:
        """How it must be shown now. That it has run out needs nobody to press anything."""
        if self.withdrawn:
            return Standing(withdrawn=self.withdrawn)
        return Standing(approved=True, expired=now >= self.warning.expires)


@dataclass(frozen=True, slots=True)
class Shelf:
    """Everything that is public. `changed` is the moment of the newest publication, None before the first."""

    changed: datetime | None = None
    warnings: tuple[OpenWarning, ...] = ()  # the newest first
    figures: tuple[FiguresPage, ...] = ()


def open_warning(warning: PublicWarning, approval: Approval, sender: Sender) -> OpenWarning:
    """The open form of a warning whose newest step was to publish or to withdraw it.

    Raises NotAllowed when these words never were published, or are for the families of one school alone.
    """
    last = approval.steps[-1].at if approval.steps else warning.issued
    standing = standing_of(approval, warning, last)
    if not (standing.approved or standing.withdrawn):
        raise NotAllowed("only what passed all four steps becomes public")
    if warning.audience is Audience.SCHOOL:
        raise NotAllowed("a school's letter goes to its families and is not put on the web")
    if not _IN_AN_ADDRESS.fullmatch(warning.id):
        raise NotAllowed("the name of this warning cannot stand in an address")
    cap = cap_notice(approval, [warning], sender).decode()
    if standing.withdrawn:
        return OpenWarning(_emptied(warning), cap, standing.withdrawn)
    again = sum(step.name == "publish" for step in approval.steps) > 1
    return OpenWarning(_open_words(replace(warning, updated=last) if again else warning), cap)


def write_shelf(folder: Path, make: Callable[[], Shelf]) -> None:
    """Put the shelf that `make` gives into its file. Raises OSError where the folder cannot be written.

    Two writers queue, and each asks for the newest state only when it is its turn.
    """
    folder.mkdir(mode=0o755, parents=True, exist_ok=True)
    with _in_turn(folder):
        _replace(folder / NAME, shelf_as_text(make()))


def read_shelf(folder: Path) -> Shelf:
    """What is public now; an empty shelf before the first time. Raises UnreadableInput for a damaged file."""
    try:
        return shelf_from_text((folder / NAME).read_text("utf-8"))
    except FileNotFoundError:
        return Shelf()
    except (OSError, UnicodeDecodeError):
        raise UnreadableInput("the publications cannot be read") from None


def says_the_same(folder: Path, shelf: Shelf) -> bool:
    """Whether the public site shows this shelf: for the team's page, to be told where a write failed."""
    try:
        return (folder / NAME).read_text("utf-8") == shelf_as_text(shelf)
    except (OSError, UnicodeDecodeError):
        return shelf == Shelf()


def shelf_as_text(shelf: Shelf) -> str:
    data = {
        "schema": _SCHEMA,
        "changed": shelf.changed.isoformat() if shelf.changed else None,
        "warnings": [
            {
                "words": _words_as_json(one.warning),
                "cap": one.cap,
                "withdrawn": one.withdrawn.isoformat() if one.withdrawn else None,
            }
            for one in shelf.warnings
        ],
        "figures": [one.as_json() for one in shelf.figures],
    }
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def shelf_from_text(text: str) -> Shelf:
    """Raises UnreadableInput."""
    try:
        data = json.loads(text)
        if data["schema"] != _SCHEMA:
            raise UnreadableInput("these publications were written by another version")
        return Shelf(
            _moment(data["changed"]),
            tuple(
                OpenWarning(
                    from_json(PublicWarning, one["words"], "words"), str(one["cap"]), _moment(one["withdrawn"])
                )
                for one in data["warnings"]
            ),
            tuple(_only_drawn(page_from_json(one)) for one in data["figures"]),
        )
    except (KeyError, TypeError, ValueError, RecursionError):
        raise UnreadableInput("the file of publications is damaged") from None


def _words_as_json(warning: PublicWarning) -> dict[str, Any]:
    """The fields of the open JSON, which leave out what is the team's alone."""
    data = json.loads(write_data(warning, APPROVED))
    return {name: value for name, value in data.items() if name not in ("schema", "status", "school")}


def _open_words(warning: PublicWarning) -> PublicWarning:
    return from_json(PublicWarning, _words_as_json(warning), "words")


def _emptied(warning: PublicWarning) -> PublicWarning:
    """What stays of a withdrawn warning: that there was one, whose, and when."""
    return PublicWarning(
        id=warning.id,
        kind=warning.kind,
        audience=warning.audience,
        language=warning.language,
        place="",
        force=warning.force,
        headline="",
        summary="",
        pattern=(),
        child_steps=(),
        parent_steps=(),
        contacts=(),
        issued=warning.issued,
        expires=warning.expires,
    )


def _only_drawn(page: FiguresPage) -> FiguresPage:
    """A chart is put into a page as it is, so it may hold shapes and words and nothing that acts."""
    if not {name.lower() for name in _TAG.findall(page.svg)} <= _DRAWN or _ACTS.search(page.svg):
        raise UnreadableInput("a chart among the publications holds more than a drawing")
    return page


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


@contextmanager
def _in_turn(folder: Path) -> Iterator[None]:
    with (folder / ".turn").open("w") as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)
        yield


def _replace(path: Path, text: str) -> None:
    """On disk before it is seen, seen as a whole, and readable for the public site's user: it is public."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".new-")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
            os.fchmod(file.fileno(), 0o644)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
