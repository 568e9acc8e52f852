"""How often a level falls that never should: when a threat is put in, and when a message is cut in pieces.

    .venv/bin/python bench/check/lowered.py [--tries 20000] [--seed 1]

Conversations are thrown together from the examples of all signs in all languages, and make far less sense than
real ones; the threats are at least a caution by themselves. Prints both counts, and a few that fell.
"""

import argparse
import random
import sys
from collections.abc import Callable

from run import HERE, wilson

from lightkeeper.check import check
from lightkeeper.core.finding import Level
from lightkeeper.core.message import Conversation

sys.path.insert(0, str(HERE.parents[1]))
from tests.check_talk import cut_a_message, put_in_a_threat

LEVELS = list(Level)
SHOWN = 3
Change = Callable[[random.Random], tuple[Conversation, Conversation]]


def count_lowered(change: Change, tries: int, dice: random.Random) -> int:
    lowered = 0
    for _ in range(tries):
        before, after = change(dice)
        level = check(before).level
        if level is Level.NONE or LEVELS.index(check(after).level) >= LEVELS.index(level):
            continue
        lowered += 1
        if lowered <= SHOWN:
            said = "\n".join(f"    {one.sender}: {one.text}" for one in after.messages)
            print(f"  no longer {level}, me={after.me}:\n{said}")
    return lowered


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tries", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    dice = random.Random(options.seed)
    for name, change in (("a threat put in", put_in_a_threat), ("a message cut in pieces", cut_a_message)):
        print(f"{name} lowers the level: {wilson(count_lowered(change, options.tries, dice), options.tries)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
