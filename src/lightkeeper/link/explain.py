"""Saying why: the reasons of a link in words that an officer can defend, without copying what a person wrote."""

import math
from collections.abc import Iterator

from lightkeeper.core.suspect import Reason
from lightkeeper.link import weigh

HOW = {
    weigh.HANDLE: "same handle after normalising",
    weigh.STEM: "same handle but for the digits at its end",
    weigh.NAME: "same display name",
    weigh.PHONE: "same number",
    weigh.EMAIL: "same mailbox",
    weigh.PAYMENT: "same account",
    weigh.URL: "same address",
    weigh.IMAGE: "same picture, at most 31 of 256 bits differ",
    weigh.SCRIPT: "most words of the script are the same",
}


def confirmed_reason() -> Reason:
    return Reason("decision", "an officer confirmed it", weigh.CONFIRMED)


def pair_reason(kind_a: int, kind_b: int, chance: float) -> Reason:
    """Two keys that stand in both reports together; the weight is minus the log of the chance."""
    return Reason(_both(kind_a, kind_b), PAIR_HOW, -math.log(chance))


PAIR_HOW = "both are the same in both reports, which hardly ever happens by chance"
FITS, AGAINST = "fits what the others showed", "the others showed something else"
DOUBTFUL_HOW = "both are the same in both reports, which can happen by chance"


def key_reason(kinds: tuple[int, ...], weight: float) -> Reason:
    """What made two groups candidates: a key that both have, or two keys that a report of each has."""
    if len(kinds) == 2:
        return Reason(_both(*kinds), DOUBTFUL_HOW, weight)
    return Reason(str(weigh.KINDS[kinds[0]]), HOW[kinds[0]], weight)


def other_reason(kind: int, weight: float) -> Reason:
    """What the rest says: it fits what the group is known by, or speaks against it."""
    return Reason(str(weigh.KINDS[kind]), FITS if weight >= 0 else AGAINST, weight)


def _both(kind_a: int, kind_b: int) -> str:
    return "+".join(str(weigh.KINDS[kind]) for kind in sorted((kind_a, kind_b)))


DECIDED, PAIR, KEY = 0, 1, 2  # what a link rests on: an officer's word, a rare pair of keys, anything else


def all_reasons() -> Iterator[tuple[int, int, int, str, str]]:
    """Kind and words of every first reason there can be, by what the link rests on and its one or two kinds."""
    confirmed = confirmed_reason()
    yield DECIDED, -1, -1, confirmed.kind, confirmed.how
    for a in range(len(weigh.KINDS)):
        yield KEY, a, -1, str(weigh.KINDS[a]), HOW[a]
        for b in range(len(weigh.KINDS)):
            yield PAIR, a, b, _both(a, b), PAIR_HOW
            yield KEY, a, b, _both(a, b), DOUBTFUL_HOW
