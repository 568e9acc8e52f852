"""Saying why: the reasons of a link in words that an officer can defend, without copying what a person wrote."""

import math

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
    kinds = "+".join(str(weigh.KINDS[kind]) for kind in sorted((kind_a, kind_b)))
    return Reason(kinds, PAIR_HOW, -math.log(chance))


PAIR_HOW = "both are the same in both reports, which hardly ever happens by chance"
DOUBTFUL_HOW = "both are the same in both reports, which can happen by chance"


def key_reason(kinds: tuple[int, ...], weight: float) -> Reason:
    """What made two groups candidates: a key that both have, or two keys that a report of each has."""
    if len(kinds) == 2:
        return Reason("+".join(str(weigh.KINDS[kind]) for kind in sorted(kinds)), DOUBTFUL_HOW, weight)
    return Reason(str(weigh.KINDS[kinds[0]]), HOW[kinds[0]], weight)


def other_reason(kind: int, weight: float) -> Reason:
    """What the rest says: it fits what the group is known by, or speaks against it."""
    how = "fits what the others showed" if weight >= 0 else "the others showed something else"
    return Reason(str(weigh.KINDS[kind]), how, weight)
