"""Lines that a person copied from a screen or typed from memory: `Name: text`, with or without times or names.

A word before a colon is a name only when it looks like one, so that "Deadline: tonight" stays whole.
"""

import re
from collections import Counter
from collections.abc import Sequence

from lightkeeper.check.exports.draft import Draft, Part
from lightkeeper.check.exports.facts import FACTS, note
from lightkeeper.check.exports.kinds import EDGE, what_it_is
from lightkeeper.core.errors import UnreadableExport
from lightkeeper.core.message import Conversation, Message, MessageKind

_CLOCK = r"[0-9]{1,2}[:.][0-9]{2}(?:[:.][0-9]{2})?(?:[ \u00a0\u202f]?[AaPp]\.?[Mm]\.?)?"
_LED_BY_TIME = re.compile(
    rf"\A(?:\[{_CLOCK}\]|\({_CLOCK}\)|{_CLOCK}(?=[ \u00a0\u202f]))[ \u00a0\u202f]*(?:[-–—] )?"
)
_TIME_AFTER_NAME = re.compile(rf"([^:\[\]()]{{1,40}}?),? {{0,4}}[\[(]?{_CLOCK}[\])]?:[ \u00a0](.*)", re.DOTALL)
_NAME_HEAD = re.compile(
    r"([^:\[\]()]{1,40}?)"
    rf"(?:,? \[[^\]]{{4,40}}\]:?|,? {{0,4}}[—–•·-] {{0,4}}(?:[^:]{{0,24}} )?{_CLOCK})"
)
_NAME_TIME = re.compile(rf"([^:\[\]()]{{1,40}}?) {{1,4}}{_CLOCK}")
_HAS_CLOCK = re.compile(r"[0-9][:.][0-9]{2}")  # without it, none of the forms with a time can be meant
_CLOCK_ALONE = re.compile(rf"([^:]{{0,40}}?){_CLOCK}")
_NO_LETTERS = re.compile(r"[\W\d_]+")
_NAMED = re.compile(r"([^:]{1,40}):(?:[ \t\u00a0\u202f]+(.*)|())", re.DOTALL)
_TIGHT = re.compile(r"([^ \t\u00a0\u202f:]{1,40}):([^ \t\u00a0\u202f0-9/()\[\]:;,.*|\\-].{2,})", re.DOTALL)
_NO_NAME = re.compile(r"[?!\"“”<>{}/\\=;*#]|\.\Z|\A[0-9]{1,5}\Z|\A[\W_]+\Z")
_GAPS = re.compile(r"[ \t\u00a0\u202f]+")
_NOT_NAMES, _SCREEN_WORDS = frozenset(FACTS["not_names"]), frozenset(FACTS["screen_words"])
_DAY_WORDS = _SCREEN_WORDS | frozenset(FACTS["day_words"])
_SMALL_WORDS = frozenset(FACTS["small_words"])


def read(parts: Sequence[Part]) -> tuple[Conversation, ...]:
    return tuple(read_lines(part.text) for part in parts)


def read_lines(text: str) -> Conversation:
    """Every line that is not empty, as a message or as a part of one. Raises UnreadableExport."""
    lines = [line.strip(EDGE) for line in text.split("\n")]
    names = find_names(lines)
    drafts: list[Draft] = []
    left_out = False
    for line in lines:
        if line:
            left_out |= add_line(drafts, line, names)
    if not drafts:
        raise UnreadableExport("it is empty", "pasted")
    messages = tuple(_message(draft) for draft in drafts)
    notes = [] if any(message.sender for message in messages) else [note("no_names")]
    notes += [note("times_left_out")] if left_out else []
    return Conversation(messages, me=find_me(names), notes=tuple(notes))


def find_names(lines: Sequence[str]) -> frozenset[str]:
    """The names that lines begin with: often, or looking like a name."""
    seen: Counter[str] = Counter()
    weak: Counter[str] = Counter()  # forms that make a name only when they come again
    for line in lines:
        name = _name_before_colon(line) or _name_head(line)
        if name:
            seen[name] += 1
        elif match := _NAME_TIME.fullmatch(line) or _TIGHT.match(_LED_BY_TIME.sub("", line, count=1)):
            weak[match[1].strip(EDGE)] += 1
    likely = {name for name, times in seen.items() if _looks_like_name(name, times)}
    likely |= {name for name, times in weak.items() if times > 1 and _looks_like_name(name, times)}
    return frozenset(likely)


def add_line(drafts: list[Draft], line: str, names: frozenset[str]) -> bool:
    """Put one line where it belongs: a new message, the screen's own words, or more of the last message.

    Says whether a time beside a name was left out.
    """
    if _name_alone(line) not in names and _is_screen_word(line):
        drafts.append(Draft("", line, kind=MessageKind.SYSTEM))
        return False
    name, text = _split(line, names)
    last = _open(drafts) if names and drafts else None
    if name:
        drafts.append(Draft(name, text))
    elif last is None:
        drafts.append(Draft("", text))
    else:
        last.more.append(text)
    return bool(name) and len(_HAS_CLOCK.findall(line)) > len(_HAS_CLOCK.findall(text))


def find_me(names: frozenset[str]) -> str | None:
    """Which of the names is the person's own: `Me` before `You`, in many languages."""
    for own in FACTS["me_names"]:
        for name in sorted(names):
            if name.lower() == own:
                return name
    return None


def _open(drafts: Sequence[Draft]) -> Draft | None:
    """The last message that lines without a name may go on with."""
    last = drafts[-1]
    if last.kind is MessageKind.SYSTEM:
        last = next((draft for draft in reversed(drafts[-4:]) if draft.kind is not MessageKind.SYSTEM), last)
    return last if last.sender else None


def _split(line: str, names: frozenset[str]) -> tuple[str, str]:
    timed = _HAS_CLOCK.search(line)
    rest = _LED_BY_TIME.sub("", line, count=1) if timed else line
    for pattern in (_TIME_AFTER_NAME, _NAMED, _TIGHT) if timed else (_NAMED, _TIGHT):
        match = pattern.fullmatch(rest)
        if match and match[1].strip(EDGE) in names:
            return match[1].strip(EDGE), (match[2] or "").strip(EDGE)
    alone = _name_alone(line)
    return (alone, "") if alone in names else ("", line)


def _name_before_colon(line: str) -> str:
    if not _HAS_CLOCK.search(line):
        match = _NAMED.fullmatch(line)
    else:
        rest = _LED_BY_TIME.sub("", line, count=1)
        match = _TIME_AFTER_NAME.fullmatch(rest) or _NAMED.fullmatch(rest)
    return match[1].strip(EDGE) if match else ""


def _name_alone(line: str) -> str:
    match = _NAME_TIME.fullmatch(line) if _HAS_CLOCK.search(line) else None
    return _name_head(line) or (match[1].strip(EDGE) if match else "")


def _name_head(line: str) -> str:
    if line == "You sent":
        return "You"
    match = _NAME_HEAD.fullmatch(line) if line.endswith(("]", "]:")) or _HAS_CLOCK.search(line) else None
    return match[1].strip(EDGE) if match else ""


def _is_screen_word(line: str) -> bool:
    """`Delivered`, `22:07`, `Today 22:07`, `Mon 21 Nov, 22:07`; but `pay by 22:07` is a person's word."""
    if line.lower() in _SCREEN_WORDS:
        return True
    match = _CLOCK_ALONE.fullmatch(line) if _HAS_CLOCK.search(line) else None
    if not match:
        return False
    words = [word for word in _NO_LETTERS.split(match[1].lower()) if word and word not in _SMALL_WORDS]
    return all(word in _DAY_WORDS for word in words) and bool(words or not match[1].strip(EDGE + "0123456789./,-"))


def _looks_like_name(name: str, times: int) -> bool:
    words = [word for word in _GAPS.split(name) if word]
    if not words or len(words) > 4 or _NO_NAME.search(name) or name.lower() in _NOT_NAMES:
        return False
    if words[0].lower() in _SCREEN_WORDS:
        return False
    return times > 1 or len(words) == 1 or not any(_is_small(word[0]) for word in words)


def _is_small(letter: str) -> bool:
    return letter.lower() == letter != letter.upper()


def _message(draft: Draft) -> Message:
    text = "\n".join(line for line in (draft.text, *draft.more) if line)
    kind, text = (draft.kind, text) if draft.kind is not MessageKind.TEXT else what_it_is(text)
    return Message(draft.sender, text, None, kind)
