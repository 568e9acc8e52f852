"""A reading in words, for a person at a terminal: what it is, what we saw and where, what to do now."""

from typing import TextIO

from lightkeeper.core.finding import Finding, Level, Reading
from lightkeeper.core.message import Conversation

MOST_SHOWN = 12
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
    shown = sorted(sorted(reading.findings, key=lambda one: -one.weight)[:MOST_SHOWN], key=lambda one: one.message)
    if shown:
        print("\nWhat we saw:", file=out)
    for finding in shown:
        print(f"  message {finding.message + 1}: {finding.why}", file=out)
        print(f"    {_quote(finding, conversation)}", file=out)
    if len(reading.findings) > len(shown):
        print(f"  ... and {len(reading.findings) - len(shown)} more", file=out)
    print("\nWhat to do now:", file=out)
    for line in _ADVICE[reading.level]:
        print(f"  - {line}", file=out)
    for note in reading.notes:
        print(f"Note: {note}", file=out)


def _quote(finding: Finding, conversation: Conversation) -> str:
    """The words themselves, which never leave this terminal, on one line and without control characters."""
    message = conversation.messages[finding.message]
    words = message.text[finding.span[0] : finding.span[1]]
    line = f"{message.sender}: “{words}”" if message.sender else f"“{words}”"
    return "".join(one if one.isprintable() else " " for one in line)
