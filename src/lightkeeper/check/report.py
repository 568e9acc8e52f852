"""A reading in words, for a person at a terminal: what it is, what we saw and where, what to do now."""

from typing import TextIO

from lightkeeper.core.finding import Finding, Level, Reading
from lightkeeper.core.message import Conversation

MOST_SHOWN = 8  # messages
MOST_REASONS = 3  # of each
_COLOURS = {Level.DANGER: "\x1b[1;31m", Level.CAUTION: "\x1b[1;33m", Level.NONE: "\x1b[1;32m"}
_HEADLINES = {
    Level.DANGER: "DANGER: this follows the script of online blackmail.",
    Level.CAUTION: "CAUTION: some of this is how online blackmail begins.",
    Level.NONE: "Nothing here follows the script of online blackmail. That does not prove that it is safe.",
}
_ADVICE = {
    Level.DANGER: (
        "You are not in trouble, and this is not your fault.",
        "Keep names, words and times. Do not keep or copy the picture itself.",
        "Stop replying. Do not pay.",
        "Tell an adult you trust. In an emergency call 999. Childline: 0800 1111.",
        "Report it, and only then block. Do not tell the account that anyone knows.",
    ),
    Level.CAUTION: (
        "You do not have to send anything or answer.",
        "Talk it over with an adult you trust, or with Childline: 0800 1111.",
        "Come back and check again if they ask for a picture, for money, or for secrecy.",
    ),
    Level.NONE: ("If something feels wrong, trust that feeling and talk to someone. Childline: 0800 1111.",),
}
_FLAGS = {
    "self_harm": "Somebody speaks of dying or of hurting themselves. If anyone is in danger now, call 999.",
    "meeting": "They want to meet. Do not go, and tell an adult before anything else.",
    "recovery_offer": "They offer to get pictures back. Real help is free.",
}


def write_report(reading: Reading, conversation: Conversation, out: TextIO, colour: bool = False) -> None:
    """Writes a reading for the person who asked, the heaviest signs first in mind, in the order of the chat."""
    headline = _HEADLINES[reading.level]
    print(f"{_COLOURS[reading.level]}{headline}\x1b[0m" if colour else headline, file=out)
    for flag in reading.flags:
        if flag in _FLAGS:
            print(f"! {_FLAGS[flag]}", file=out)
    signs: dict[int, list[Finding]] = {}
    for finding in reading.findings:
        signs.setdefault(finding.message, []).append(finding)
    heaviest = sorted(signs, key=lambda number: -max(one.weight for one in signs[number]))[:MOST_SHOWN]
    if heaviest:
        print("\nWhat we saw:", file=out)
    for number in sorted(heaviest):
        told = _reasons(signs[number])
        print(f"  message {number + 1}: {' '.join(one.why for one in told)}", file=out)
        print(f"    {_quote(told, conversation)}", file=out)
    if len(signs) > len(heaviest):
        print(f"  ... and {len(signs) - len(heaviest)} more of the messages", file=out)
    print("\nWhat to do now:", file=out)
    for line in _ADVICE[reading.level]:
        print(f"  - {line}", file=out)
    for note in reading.notes:
        print(f"Note: {note}", file=out)


def _reasons(findings: list[Finding]) -> list[Finding]:
    """The heaviest signs of a message, those that a phrase shows before those of all its words."""
    return sorted(findings, key=lambda one: (".alike" in one.rule, -one.weight))[:MOST_REASONS]


def _quote(findings: list[Finding], conversation: Conversation) -> str:
    """The words themselves, which never leave this terminal, on one line and without control characters."""
    message = conversation.messages[findings[0].message]
    words = message.text[min(one.span[0] for one in findings) : max(one.span[1] for one in findings)]
    line = f"{message.sender}: “{words}”" if message.sender else f"“{words}”"
    return "".join(one if one.isprintable() else " " for one in line)
