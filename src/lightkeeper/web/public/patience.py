"""Does not knock again at once at a door that was just found closed: pages stay quick while the inbox is away."""

import time
from collections.abc import Callable
from datetime import date
from typing import Protocol, TypeVar

from lightkeeper.core.errors import SlotClosed
from lightkeeper.report.slot import Replies, SealedEnvelope, SealedReply, Slot

T = TypeVar("T")
PAUSE = 5.0  # seconds


class Inbox(Slot, Replies, Protocol):
    """What takes envelopes, counts visits and gives replies."""

    def count_visit(self, day: date, page: str, language: str) -> None: ...


class Patient:
    """An inbox behind a pause: after a failure nobody waits for it again for five seconds."""

    def __init__(self, inbox: Inbox, now: Callable[[], float] = time.monotonic) -> None:
        self.inbox, self.now, self.closed_until = inbox, now, 0.0

    def add(self, envelope: SealedEnvelope) -> None:
        self._ask(lambda: self.inbox.add(envelope))

    def waiting(self, lookup: str) -> tuple[SealedReply, ...]:
        return self._ask(lambda: self.inbox.waiting(lookup))

    def count_visit(self, day: date, page: str, language: str) -> None:
        self._ask(lambda: self.inbox.count_visit(day, page, language))

    def _ask(self, question: Callable[[], T]) -> T:
        if self.now() < self.closed_until:
            raise SlotClosed("the inbox was away a moment ago")
        try:
            return question()
        except SlotClosed:
            self.closed_until = self.now() + PAUSE
            raise
