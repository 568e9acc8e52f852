"""How often a threat, put somewhere into a conversation, lowers its level, which it never should.

    .venv/bin/python bench/check/insertions.py [--tries 20000] [--seed 1]

Conversations are thrown together from the examples of all signs in all languages, and make far less sense
than real ones; the threats are those that are at least a caution by themselves. Prints the count and a few.
"""

import argparse
import random
import sys

from run import HERE, wilson

from lightkeeper.check import check
from lightkeeper.core.finding import Level
from lightkeeper.core.message import Conversation, Message

sys.path.insert(0, str(HERE.parents[1]))
from tests.check_talk import all_examples, read_signs

LEVELS = list(Level)
SHOWN = 3


def read_level(messages: tuple[Message, ...], me: str | None) -> int:
    return LEVELS.index(check(Conversation(messages, me=me)).level)


def find_threats() -> list[str]:
    """The examples of threats that stand by themselves; others are words that only complete one."""
    texts = [text for name, sign in read_signs().items() if name.startswith("threat.") for text in sign["true"]]
    return [text for text in texts if read_level((Message("other", text),), None)]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tries", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    dice = random.Random(options.seed)
    examples, threats = all_examples(), find_threats()
    lowered = 0
    for _ in range(options.tries):
        some = dice.choices(examples, k=dice.choice((2, 4, 8, 50)))
        talk = tuple(Message(dice.choice(("me", "other")), dice.choice(some)) for _ in range(dice.randint(1, 12)))
        me = dice.choice((None, "me"))
        before = read_level(talk, me)
        place, threat = dice.randint(0, len(talk)), dice.choice(threats)
        after = read_level((*talk[:place], Message("other", threat), *talk[place:]), me) if before else before
        lowered += after < before
        if after < before and lowered <= SHOWN:
            said = "\n".join(f"    {one.sender}: {one.text}" for one in talk)
            print(f"  {LEVELS[before]} becomes {LEVELS[after]} with {threat!r} at {place}, me={me}:\n{said}")
    print(f"a threat put in lowers the level: {wilson(lowered, options.tries)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
