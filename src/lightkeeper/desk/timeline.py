"""What happened to a case, in the order of time: from the report, the items and the log."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from lightkeeper.desk.audit import Entry
from lightkeeper.desk.case import Case, Item, ItemKind

#: what the log calls it -> what a person calls it; what is not here does not stand on the timeline
_SAYS = {
    "case.open": "The report was opened and put into band {band}.",
    "case.triage_again": "The rules raised the band from {was} to {band}.",
    "case.triage": "{who} decided: band {band}.",
    "case.answer": "{who} answered a question: {question} — {answer}.",
    "case.ask_lower": "{who} asked to lower the band to {band}.",
    "case.lower": "{who} agreed to lower the band from {was} to {band}.",
    "case.ask_close": "{who} asked to close it.",
    "case.decline": "{who} said no to the request.",
    "case.move": "{who} moved it from {was} to {state}.",
    "case.assign": "{who} gave it to {to}.",
    "case.restrict": "{who} changed who may open it.",
    "case.task_done": "{who} finished a task.",
    "case.kirat": "{who} wrote down a KIRAT band.",
    "hold.place": "{who} placed a hold.",
    "hold.lift": "{who} lifted a hold.",
    "link.decide": "{who}: link {verdict}.",
    "link.undo": "{who} took a decision on a link back.",
    "evidence.export": "{who} made an evidence bag.",
    "case.disclose": "{who} made a subject-access export.",
}


@dataclass(frozen=True, slots=True)
class Happening:
    """One point on the timeline. `text` is what a person wrote; `says` what was done."""

    at: datetime
    who: str
    says: str
    kind: str = ""  # an item's kind, or ""
    text: str = ""
    item: Item | None = None


def timeline_of(case: Case, items: Iterable[Item], entries: Iterable[Entry]) -> tuple[Happening, ...]:
    """Everything that was done and written, oldest first. Views are in the log, not here."""
    happened = [Happening(case.report.received, "", "The report came in.")]
    happened += [_item(item) for item in items]
    happened += [_entry(entry) for entry in entries if entry.what in _SAYS]
    return tuple(sorted(happened, key=lambda one: one.at))


_ITEMS = {
    ItemKind.NOTE: "Private note",
    ItemKind.REPLY: "Answer to the reporter",
    ItemKind.TASK: "Task",
    ItemKind.TOLD: "Told",
    ItemKind.NEWS: "The reporter wrote",
}


def _item(item: Item) -> Happening:
    says = _ITEMS[item.kind]
    if item.kind is ItemKind.TOLD:
        says = f"Told: {item.subject.replace('_', ' ')}"
    return Happening(item.at, "" if item.kind is ItemKind.NEWS else item.by, says, str(item.kind), item.text, item)


def _entry(entry: Entry) -> Happening:
    words = {"who": entry.who, **{name: value.replace("_", " ") for name, value in entry.detail}}
    return Happening(entry.at, entry.who, _SAYS[entry.what].format_map(_Lenient(words)))


class _Lenient(dict[str, str]):
    """An older entry without a detail shows a dash, not an error."""

    def __missing__(self, key: str) -> str:
        return "—"
