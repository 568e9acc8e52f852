"""Puts the disk back to the moment after each write, starts again on it, and counts."""

import random
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from tests.trust.power.recorder import Event
from tests.trust.power.replay import WAYS, Machine


@dataclass(slots=True)
class Found:
    """What all the cuts came to."""

    writes: int  # things done to the disk
    cuts: int = 0
    acknowledged: int = 0
    lost: int = 0
    twice: int = 0
    unopened: int = 0
    broken: int = 0  # a database that is not sound, or a log whose chain does not hold
    seconds: float = 0


class Ground(Protocol):
    """Where the files that a cut left are laid out, and a site is started on them."""

    def lay_out(self, files: Iterator[tuple[str, bytes]]) -> None: ...

    def start_again(self) -> tuple[int, Counter[str]]:
        """How many envelopes do not open, and everything that is there. Raises when anything is not sound."""
        ...


def cut_everywhere(machine: Machine, events: list[Event], cuts: int, dice: random.Random, ground: Ground) -> Found:
    """Follow the writes; at each one (or at as many as were asked for) see what a start after a cut would find."""
    chosen, promised, begin = choose(events, cuts, dice), set[str](), time.monotonic()
    found = Found(sum(event.what != "mark" for event in events))
    for number, event in enumerate(events):
        if event.what == "mark":
            promised.add(event.path)
            found.acknowledged = len(promised)
            continue
        machine.follow(event)
        for way in chosen.get(number, ()):
            ground.lay_out(machine.after_a_cut(way, dice))
            look(ground, promised, found)
    found.seconds = time.monotonic() - begin
    return found


def choose(events: list[Event], cuts: int, dice: random.Random) -> dict[int, tuple[str, ...]]:
    places = [number for number, event in enumerate(events) if event.what != "mark"]
    if cuts == 0:
        return dict.fromkeys(places, WAYS)
    chosen: dict[int, tuple[str, ...]] = {}
    for number in dice.choices(places, k=cuts):
        chosen[number] = (*chosen.get(number, ()), dice.choice(WAYS))
    return chosen


def look(ground: Ground, promised: set[str], found: Found) -> None:
    """Start again on what is left: drain, take, and hold everything against what was promised."""
    found.cuts += 1
    try:
        unopened, seen = ground.start_again()
    except Exception as error:  # whatever it was: the site did not come up
        print(type(error).__name__, error, file=sys.stderr)
        found.broken += 1
        return
    found.unopened += unopened
    found.lost += len(promised - seen.keys())
    found.twice += sum(count > 1 for count in seen.values())
