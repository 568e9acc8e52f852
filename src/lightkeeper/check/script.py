"""The second pass: what the signs add up to, for each way of saying who is who."""

from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from lightkeeper.check.hits import Hit
from lightkeeper.check.rules import Rules
from lightkeeper.core.finding import Level, Stage

HINT = "_hint"  # a sign so named is a word that any talk may hold
LEAD_UP = (Stage.CONTACT, Stage.TRUST, Stage.MOVE, Stage.REQUEST)


@dataclass(frozen=True, slots=True)
class Verdict:
    """When a conversation first deserved a careful look, and when it first followed the script."""

    first_caution: int | None = None
    first_danger: int | None = None

    @property
    def level(self) -> Level:
        if self.first_danger is not None:
            return Level.DANGER
        return Level.NONE if self.first_caution is None else Level.CAUTION


class Tally:
    """The points that are in force while a conversation goes on: of each sign the heaviest in reach."""

    def __init__(self, rules: Rules) -> None:
        self.rules, self.script = rules, rules.script
        self._latest: dict[int, deque[tuple[int, float]]] = {}

    def add(self, hit: Hit) -> None:
        seen = self._latest.setdefault(hit.rule, deque())
        while seen and seen[-1][1] <= hit.weight:
            seen.pop()
        seen.append((hit.position, hit.weight))

    def level(self, position: int) -> Level:
        """The level at this place. It may fall again as talk goes on; a verdict keeps the highest."""
        signs, hints = dict.fromkeys(Stage, 0.0), dict.fromkeys(Stage, 0.0)
        alone = 0.0
        for number, seen in self._latest.items():
            rule = self.rules.rules[number]
            is_hint = rule.name.endswith(HINT)
            while seen and position - seen[0][0] > self._reach(rule.stage, is_hint):
                seen.popleft()
            if seen:
                (hints if is_hint else signs)[rule.stage] += seen[0][1]
                if rule.weight >= self.script["danger"] and rule.stage is not Stage.THREAT:
                    alone = max(alone, seen[0][1])
        return self._judge(signs, hints, alone)

    def _reach(self, stage: Stage, is_hint: bool) -> float:
        kind = "hint" if is_hint else "lead" if stage in LEAD_UP else "script"
        reach: float = self.script[f"{kind}_reach"]
        return reach

    def _judge(self, signs: dict[Stage, float], hints: dict[Stage, float], alone: float) -> Level:
        """Hints are words that any talk may hold: they may complete a danger, and never give a caution."""
        script = self.script
        both = self._total({stage: signs[stage] + hints[stage] for stage in Stage})
        threat = signs[Stage.THREAT] + hints[Stage.THREAT]
        pair = min(signs[Stage.DEMAND], signs[Stage.PRESSURE])
        forced = threat >= script["least_threat"] or pair >= script["least_pair"]
        if alone >= script["danger"] or (both >= script["danger"] and forced):
            return Level.DANGER
        return Level.CAUTION if self._total(signs) >= script["caution"] else Level.NONE

    def _total(self, points: dict[Stage, float]) -> float:
        held: dict[Stage, float] = {stage: min(points[stage], self.script["most"][stage]) for stage in Stage}
        lead: float = min(sum(held[stage] for stage in LEAD_UP), self.script["lead_most"])
        return lead + sum(held[stage] for stage in Stage if stage not in LEAD_UP)


def judge(rules: Rules, hits: Iterable[Hit], me: str | None) -> Verdict:
    """The verdict when `me` is the one who asks for help (None: nobody here is)."""
    tally = Tally(rules)
    first_caution: int | None = None
    for hit in hits:
        if not counts(rules, hit, me):
            continue
        tally.add(hit)
        level = tally.level(hit.position)
        if level is not Level.NONE and first_caution is None:
            first_caution = hit.message
        if level is Level.DANGER:
            return Verdict(first_caution, hit.message)
    return Verdict(first_caution)


def counts(rules: Rules, hit: Hit, me: str | None) -> bool:
    """Whether a sign is said by the one who has to say it."""
    by = rules.rules[hit.rule].by
    return by == "anyone" or (hit.sender == me) == (by == "me")


def judge_safely(rules: Rules, hits: Sequence[Hit], senders: Sequence[str]) -> Verdict:
    """The most careful of the verdicts, when it is not known which of the senders asks for help."""
    if not hits:
        return Verdict()
    with_hits = {hit.sender for hit in hits}
    without = next((sender for sender in senders if sender not in with_hits), None)
    maybe: list[str | None] = [sender for sender in senders if sender in with_hits or sender == without]
    if len(senders) < 2:
        maybe.append(None)
    return min((judge(rules, hits, me) for me in maybe), key=_care, default=Verdict())


def _care(verdict: Verdict) -> tuple[float, float]:
    never = float("inf")
    return (
        never if verdict.first_danger is None else verdict.first_danger,
        never if verdict.first_caution is None else verdict.first_caution,
    )
