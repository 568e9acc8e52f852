"""The way from a conversation to a reading."""

from functools import cache

from lightkeeper.check.hits import Hit, Reader
from lightkeeper.check.rules import Rules, load_rules
from lightkeeper.check.script import Verdict, counts, judge, judge_safely
from lightkeeper.check.tokens import Tokens
from lightkeeper.core.finding import Finding, Reading, Stage
from lightkeeper.core.message import Conversation

NOTE_UNKNOWN_ME = "We do not know which of these people is you, so this is the more careful of the readings."


def check(conversation: Conversation, tokens: Tokens | None = None) -> Reading:
    """Says whether a conversation follows the script of online blackmail, and which messages say so.

    Works from the first message on. Findings point at characters of the text as given and copy nothing.
    The reading of the first n messages never changes when more are added. `tokens` are the rules to read
    by, with their memory of words; the rules of the package where none are given.
    """
    tokens = default_tokens() if tokens is None else tokens
    rules = tokens.rules
    reader = Reader(tokens, conversation.messages)
    hits, senders = reader.read(), reader.senders
    me = conversation.me
    verdict: Verdict
    if me is not None:
        me = me if me in senders else None
        hits = [hit for hit in hits if counts(rules, hit, me)]
        verdict = judge(rules, hits, me)
    else:
        verdict = judge_safely(rules, hits, senders)
    notes = (*conversation.notes, NOTE_UNKNOWN_ME) if _unsure(conversation, senders) else conversation.notes
    return Reading(
        level=verdict.level,
        first_danger=verdict.first_danger,
        findings=tuple(_finding(rules, hit) for hit in hits),
        stages=_stages(rules, hits),
        flags=tuple(sorted({flag for hit in hits if (flag := rules.rules[hit.rule].flag)})),
        notes=notes,
        id=conversation.id,
    )


def _unsure(conversation: Conversation, senders: list[str]) -> bool:
    return conversation.me is None and len(senders) > 1


def _finding(rules: Rules, hit: Hit) -> Finding:
    rule = rules.rules[hit.rule]
    return Finding(rule.stage, hit.message, hit.span, rule.name, hit.weight, rule.why)


def _stages(rules: Rules, hits: list[Hit]) -> dict[Stage, tuple[int, int]]:
    seen: dict[Stage, tuple[int, int]] = {}
    for hit in hits:
        stage = rules.rules[hit.rule].stage
        seen[stage] = (seen.get(stage, (hit.message, 0))[0], hit.message)
    return {stage: seen[stage] for stage in Stage if stage in seen}


@cache
def default_tokens() -> Tokens:
    """The package's rules, with a memory of words that the whole process shares."""
    return Tokens(load_rules())
