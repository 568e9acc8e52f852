"""The order of the desk: band, then deadline, then time waiting (FACTS E6); and what a search finds."""

from collections.abc import Iterable
from datetime import UTC, datetime

from lightkeeper.desk.case import Case, Item
from lightkeeper.desk.casebook import Wanted
from lightkeeper.desk.states import OPEN

NEVER = datetime.max.replace(tzinfo=UTC)
LONGEST_BECAUSE = 200  # characters


def order_of(case: Case) -> tuple[int, datetime, datetime, str]:
    """The sorting key of a case in the queue; the smallest comes first."""
    return (int(case.band), case.due or NEVER, case.report.received, case.id)


def because_of(case: Case) -> str:
    """Why the case stands in its band, in as many whole sentences as a line of the queue has room for."""
    says = ["A person raised it."] if case.band < case.triage.band else []
    says += [reason.says for reason in case.triage.reasons if reason.band is case.triage.band]
    told = ""
    for sentence in says:
        longer = f"{told} {sentence}".strip()
        if len(longer) <= LONGEST_BECAUSE:
            told = longer
    return told


def wants(wanted: Wanted, case: Case) -> bool:
    """Whether the queue that is asked for holds this case, its band and words left aside."""
    return (
        case.team in wanted.teams
        and (not wanted.areas or case.report.area in wanted.areas)
        and (not case.restricted or wanted.sees_restricted or wanted.person in case.allowed)
        and case.state in (wanted.states or OPEN)
        and (wanted.owner is None or (case.owner or "") == wanted.owner)
    )


def find_words(words: str, case: Case, items: Iterable[Item] = ()) -> bool:
    """Whether every word asked for begins a word of the case: its id, identifiers, narrative, notes or replies."""
    asked = split_words(words)
    if not asked:
        return True
    have = split_words(search_text(case, items))
    return all(any(word.startswith(one) for word in have) for one in asked)


def search_text(case: Case, items: Iterable[Item] = ()) -> str:
    """The text that a search looks through."""
    parts = [case.id, case.report.id, case.report.narrative or ""]
    parts += [one.value for one in case.report.suspect]
    parts += [item.text for item in items]
    return "\n".join(parts)


def split_words(text: str) -> list[str]:
    """Words of letters and digits in small letters; a handle `sky.blue_9` is `sky`, `blue`, `9`."""
    return "".join(letter if letter.isalnum() else " " for letter in text.casefold()).split()
