"""WhatsApp's text export from Android and iOS, in every language we know of and, by its shape, in others.

Android: `21/11/2026, 22:07 - Name: text`; iOS: `[21/11/2026, 22:07:50] Name: text`. Order, separators,
words, digits and the halves of the day change with the phone's language; `facts.json` holds them.
"""

import re
from collections import Counter
from collections.abc import Sequence

from lightkeeper.check.exports.dates import DateSigns, resolve_stamps
from lightkeeper.check.exports.draft import Draft, Part, Stamp
from lightkeeper.check.exports.facts import FACTS
from lightkeeper.check.exports.kinds import EDGE, MARKS, deleted_by_me, is_call, is_notice, what_it_is
from lightkeeper.check.exports.limits import LONGEST_NAME
from lightkeeper.core.errors import UnreadableExport
from lightkeeper.core.message import Conversation, Message, MessageKind

_M, _S = f"[{MARKS}]", r"[ \t\u00a0\u202f\u2009\u3000]"
_D = "[0-9٠-٩۰-۹०-९০-৯]"  # Western, Arabic, Persian, Hindi, Bengali
_GAP = f"(?:{_M}|{_S}){{0,3}}"


def _any_of(phrases: Sequence[str]) -> str:
    longest_first = sorted(phrases, key=lambda phrase: (-len(phrase), phrase))
    return "|".join(re.escape(phrase).replace(r"\ ", _S) for phrase in longest_first)


_HALF = f"(?:{_any_of(FACTS['am'] + FACTS['pm'])})"
_DATE = (
    rf"({_D}{{1,4}}){_GAP}([./\-]|年|년){_GAP}({_D}{{1,2}}){_GAP}(?:[./\-]|月|월){_GAP}({_D}{{1,4}})"
    rf"(?:[.日일]|{_S}?г\.)?"
)
_JOIN = rf"{_GAP}[,،、]?{_GAP}(?:({_any_of(FACTS['joins'])}){_GAP})?"
_TIME = (
    rf"(?:({_HALF}){_GAP})?({_D}{{1,2}})(?:[:.٫]|{_S}?h{_S}?)({_D}{{2}})(?:[:.٫]({_D}{{2}}))?"
    rf"(?:{_GAP}({_HALF}))?(?:{_S}?ч\.)?"
)
_CLOSE = rf"{_GAP}(?:\]|[-–—](?={_S})|:(?={_S})|,(?={_S}))"
HEADER = re.compile(rf"{_GAP}(\[)?{_GAP}{_DATE}{_JOIN}{_TIME}{_CLOSE}{_GAP}", re.IGNORECASE)
WEB_HEADER = re.compile(rf"{_GAP}(\[){_GAP}{_TIME}{_GAP},{_GAP}{_DATE}{_CLOSE}{_GAP}", re.IGNORECASE)
_MAY_START = re.compile(rf"{_GAP}\[?{_GAP}{_D}")
_PM = frozenset(FACTS["pm"])
_DAY_FIRST_JOINS = frozenset(FACTS["day_first_joins"])
_SPACES = re.compile(_S)


def recognises(part: Part) -> bool:
    """Whether one of the first lines starts as a WhatsApp message does."""
    return part.data is None and any(read_header(line) for line in part.text[:20_000].split("\n")[:40])


def read(parts: Sequence[Part]) -> tuple[Conversation, ...]:
    """One conversation for each text. Raises UnreadableExport when no line starts as WhatsApp's do."""
    return tuple(read_text(part.text) for part in parts)


def read_text(text: str) -> Conversation:
    signs = DateSigns()
    drafts = read_drafts(text, signs)
    if not any(draft.stamp for draft in drafts):
        raise UnreadableExport("no line starts with a date, a time and a name", "whatsapp", 1)
    return finish(drafts, signs)


def finish(drafts: Sequence[Draft], signs: DateSigns) -> Conversation:
    """Dates decided, kinds recognised, and `me` known when the app says who deleted a message."""
    moments, notes = resolve_stamps([draft.stamp for draft in drafts], signs)
    unmask_notices(drafts)
    owners = set()
    messages = []
    for draft, moment in zip(drafts, moments, strict=True):
        text, kind = draft.whole(), draft.kind
        if draft.sender:
            if deleted_by_me(text):
                owners.add(draft.sender)
            kind, text = what_it_is(text)
        messages.append(Message(draft.sender, text, moment, kind))
    return Conversation(tuple(messages), me=owners.pop() if len(owners) == 1 else None, notes=notes)


def unmask_notices(drafts: Sequence[Draft]) -> None:
    """Turn `Sam changed the subject to "Pay` back into the app's own line, where a colon made it a name.

    Only a name that stands once can be such a line: nobody hides by calling himself like one.
    """
    times = Counter(draft.sender for draft in drafts)
    once = {name for name, count in times.items() if count == 1 and name}
    masks = {name for name in once if '"' in name or "“" in name or is_notice(name)}
    for draft in drafts:
        if draft.sender in masks:
            draft.text = f"{draft.sender}:{draft.text}"
            draft.sender, draft.kind = "", MessageKind.SYSTEM


def read_drafts(text: str, signs: DateSigns) -> list[Draft]:
    """Every message of the text with its lines together; lines before the first one are kept as notices."""
    drafts: list[Draft] = []
    waiting: list[str] = []
    for line in text.split("\n"):
        header = read_header(line)
        if header is None:
            waiting.append(line)
            continue
        _close(drafts, waiting)
        waiting = []
        stamp, rest = note_signs(header, line, signs)
        drafts.append(split_sender(rest, stamp))
    _close(drafts, waiting)
    return drafts


def read_header(line: str) -> "re.Match[str] | None":
    """The start of a message with date and time, or None when the line goes on with the one before."""
    if not _MAY_START.match(line):
        return None
    return HEADER.match(line) or WEB_HEADER.match(line)


def note_signs(header: "re.Match[str]", line: str, signs: DateSigns) -> tuple[Stamp, str]:
    """The numbers of the header and the rest of the line; what the header says of its order goes to `signs`."""
    parts = header.groups()
    if header.re is HEADER:
        _, first, separator, second, third, join, before, hour, minute, seconds, after = parts
    else:
        _, before, hour, minute, seconds, after, first, separator, second, third = parts
        join = None
    half = _plain(before or after or "")
    signs.surely_day_first |= (separator == "." and len(first) < 3 and ". " not in line[:8]) or (
        _plain(join or "") in _DAY_FIRST_JOINS
    )
    signs.likely_year_first |= separator in "年년" or bool(before) or (separator == "." and ". " in line[:8])
    signs.likely_month_first |= bool(after) and len(third) == 2 and (after.isupper() and separator == "/")
    return (int(first), int(second), int(third), _hour(int(hour), half), int(minute), int(seconds or 0)), line[
        header.end() :
    ]


def split_sender(rest: str, stamp: Stamp | None) -> Draft:
    """`Name: text` after the header; a line without a name is the app's own notice."""
    colon = rest.find(": ", 0, LONGEST_NAME + 4)
    if colon < 0:
        bare = rest.rstrip(EDGE)
        colon = len(bare) - 1 if bare.endswith(":") and len(bare) <= LONGEST_NAME else -1
    name = rest[:colon].strip(EDGE) if colon > 0 else ""
    if not name:
        return Draft("", rest.strip(EDGE), stamp, MessageKind.CALL if is_call(rest) else MessageKind.SYSTEM)
    return Draft(name, rest[colon + 1 :], stamp)


def _close(drafts: list[Draft], waiting: list[str]) -> None:
    """Lines without a header go on with the message before them."""
    while waiting and not waiting[-1].strip(EDGE):
        waiting.pop()
    if not waiting:
        return
    if drafts:
        drafts[-1].more += waiting
    else:
        drafts.extend(Draft("", line.strip(EDGE), None) for line in waiting if line.strip(EDGE))


def _plain(word: str) -> str:
    return _SPACES.sub(" ", word).lower()


def _hour(hour: int, half: str) -> int:
    if not half or hour > 12:
        return hour
    return hour % 12 + (12 if half in _PM else 0)
