"""Made-up talk for the tests of check: the signs' own examples, said in every way that hides words."""

import random
import tomllib
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

from lightkeeper.check import check
from lightkeeper.check.rules import load_rules
from lightkeeper.core.finding import Level
from lightkeeper.core.message import Conversation, Message, MessageKind

CHECK = Path(__file__).parents[1] / "src" / "lightkeeper" / "check"
ODD = (
    *(
        "\u00a0",
        "\u2003",
        "\u200b",
        "\ufeff",
        "\x1c",
        "\u0085",
        "🏴",
        "👨‍👩‍👧",
        "💰",
        "⏳",
        "ß",
        "İ",
        "ǆ",
        "Ⅷ",
        "½",
        "ﬁ",
    ),
    *("𝓅𝒾𝒸", "ｐｉｃ", "рiс", "😂", '"', "“", "”", "...", "?", "!!", "*", "@", "$50", "£20", "20k", "30min", "1"),
    *("\ud83d", "é", "ё", "日本", "e\u0301", "toString", "constructor", "__proto__"),
)
KINDS = (*[MessageKind.TEXT] * 9, MessageKind.PHOTO, MessageKind.SYSTEM, MessageKind.DELETED)


@cache
def read_worded_signs() -> set[str]:
    """The signs that are shown by phrases, and not by what all words add up to."""
    return {name for name, sign in read_signs().items() if "alike" not in sign}


def read_signs() -> dict[str, dict[str, Any]]:
    """Every sign's file, by name."""
    return {path.stem: tomllib.loads(path.read_text("utf-8")) for path in sorted((CHECK / "signs").glob("*.toml"))}


@cache
def read_wordings() -> dict[str, dict[str, Any]]:
    """Every wording file, by language."""
    files = sorted((CHECK / "wording").glob("*.toml"))
    return {path.stem: tomllib.loads(path.read_text("utf-8")) for path in files}


@cache
def all_examples() -> tuple[str, ...]:
    found = [text for sign in read_signs().values() for text in (*sign["true"], *sign["false"])]
    for wording in read_wordings().values():
        for sign in wording["signs"].values():
            found += [*sign.get("true", ()), *sign.get("false", ())]
    return tuple(found)


@cache
def standing_threats() -> tuple[str, ...]:
    """The examples of threats that stand by themselves; the others are words that only complete one."""
    found = [text for name, sign in read_signs().items() if name.startswith("threat.") for text in sign["true"]]
    return tuple(text for text in found if check(Conversation((Message("other", text),))).level is not Level.NONE)


def put_in_a_threat(dice: random.Random) -> tuple[Conversation, Conversation]:
    """A conversation thrown together, and the same with a threat by the other person somewhere in it."""
    some = dice.choices((*all_examples(), *ODD), k=dice.choice((2, 4, 8, 50)))
    talk = [Message(dice.choice(("me", "other")), dice.choice(some)) for _ in range(dice.randint(0, 12))]
    me, place = dice.choice((None, "me")), dice.randint(0, len(talk))
    more = (*talk[:place], Message("other", dice.choice(standing_threats())), *talk[place:])
    return Conversation(tuple(talk), me=me), Conversation(more, me=me)


def cut_a_message(dice: random.Random) -> tuple[Conversation, Conversation]:
    """A conversation of one long message by the other person, and the same in pieces."""
    words = " ".join(dice.choices(all_examples(), k=dice.randint(1, 3))).split()
    cuts = dice.sample(range(1, len(words)), dice.randint(0, len(words) - 1))
    pieces = [" ".join(words[first:after]) for first, after in pairwise((0, *sorted(cuts), len(words)))]
    me = dice.choice((None, "me"))
    whole, cut = (
        Conversation((Message("me", "hi"), *(Message("other", piece) for piece in said)), me=me)
        for said in ([" ".join(words)], pieces)
    )
    return whole, cut


def hide(word: str, dice: random.Random) -> str:
    """The word in one of the ways in which people hide words."""
    place = dice.randrange(len(word))
    ways = (
        word,
        word.upper(),
        word.replace("e", "3").replace("o", "0").replace("i", "1").replace("a", "@"),
        " ".join(word),
        ".".join(word),
        word[:place] + word[place] * 3 + word[place + 1 :],
        word[:place] + word[place + 1 : place + 2] + word[place] + word[place + 2 :],
        f"{word[:place]}*{word[place + 1 :]}",
    )
    return dice.choice(ways)


def make_text(dice: random.Random) -> str:
    examples, words = all_examples(), sorted(load_rules().words)
    match dice.randrange(4):
        case 0:
            text = dice.choice(examples)
        case 1:
            text = " ".join(dice.choice(words) for _ in range(dice.randrange(14)))
        case 2:
            text = " ".join(hide(word, dice) for word in dice.choice(examples).split())
        case _:
            text = dice.choice(examples) + dice.choice((". ", "! ", " ", ", ")) + dice.choice(examples)
    if dice.random() < 0.3:
        place = dice.randrange(len(text) + 1)
        text = text[:place] + dice.choice(ODD) + text[place:]
    return text


def make_conversations(seed: int, count: int) -> Iterator[Conversation]:
    """As many conversations as asked for, the same ones for the same seed."""
    dice = random.Random(seed)
    for number in range(count):
        senders = "abc"[: dice.randrange(1, 4)]
        messages: list[Message] = []
        for _ in range(dice.randrange(1, 6)):
            text = make_text(dice)
            parts = text.split() if dice.random() < 0.2 else [text]
            sender = dice.choice(senders)
            messages.extend(Message(sender, part, None, dice.choice(KINDS)) for part in parts)
        yield Conversation(tuple(messages), dice.choice((None, "a", "b", "nobody here")), str(number))


def as_json(conversation: Conversation) -> dict[str, Any]:
    """A conversation as the page's engine takes it."""
    messages = [{"sender": one.sender, "text": one.text, "kind": str(one.kind)} for one in conversation.messages]
    return {"id": conversation.id, "me": conversation.me, "messages": messages}
