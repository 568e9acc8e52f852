"""What happened to a case, in the order of time: from the report, the items and the log."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from lightkeeper.desk.audit import Entry
from lightkeeper.desk.case import Case, Item, ItemKind
from lightkeeper.desk.triage import find_question

#: what the log calls it -> what a person calls it; what is not here does not stand on the timeline.
#: Who did it stands beside the time.
_SAYS = {
    "case.open": "The report was opened and put into band {band}.",
    "case.triage_again": "The rules raised the band from {was} to {band}.",
    "case.triage": "Decided: band {band}.",
    "case.answer": "Answered a question: {question} {answer}",
    "case.ask_lower": "Asked to lower the band to {band}.",
    "case.lower": "Agreed to lower the band from {was} to {band}.",
    "case.ask_close": "Asked to close it: {outcome}.",
    "case.decline": "Said no to the request.",
    "case.move": "Moved it from {was} to {state}.",
    "case.assign": "Gave it to {to}.",
    "case.restrict": "Changed who may open it.",
    "case.task_done": "Finished a task.",
    "case.kirat": "Wrote down a KIRAT band.",
    "hold.place": "Placed a hold.",
    "hold.lift": "Lifted a hold.",
    "link.decide": "Link {verdict}.",
    "link.undo": "Took a decision on a link back.",
    "evidence.export": "Made an evidence bag.",
    "case.disclose": "Made a subject-access export.",
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


def timeline_of(
    case: Case, items: Iterable[Item], entries: Iterable[Entry], names: Mapping[str, str]
) -> tuple[Happening, ...]:
    """Everything that was done and written, oldest first. Views are in the log, not here. `names` are people's."""
    happened = [Happening(case.report.received, "", "The report came in.")]
    happened += [_item(item) for item in items]
    happened += [_entry(entry, names) for entry in entries if entry.what in _SAYS]
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


def _entry(entry: Entry, names: Mapping[str, str]) -> Happening:
    words = {name: value.replace("_", " ") for name, value in entry.detail}
    if "to" in words:
        words["to"] = names.get(words["to"], words["to"])
    if entry.what == "case.triage_again" and words.get("band") == words.get("was"):
        return Happening(entry.at, entry.who, f"The rules looked again: {words.get('band', '')} stays.")
    if entry.what == "case.answer":
        words |= _question(dict(entry.detail))
    return Happening(entry.at, entry.who, _SAYS[entry.what].format_map(_Lenient(words)))


def _question(detail: Mapping[str, str]) -> dict[str, str]:
    try:
        asked = find_question(detail["question"]).asks
    except KeyError:  # one that is not asked any more
        asked = f"{detail.get('question', '').replace('_', ' ')}?"
    return {"question": asked, "answer": f"{detail.get('answer', '')}.".capitalize()}


class _Lenient(dict[str, str]):
    """An older entry without a detail shows a dash, not an error."""

    def __missing__(self, key: str) -> str:
        return "—"
