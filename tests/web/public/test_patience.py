"""After a failure nobody waits for the inbox again for five seconds; then it is asked anew."""

from typing import Any

import pytest

from lightkeeper.core.errors import SlotClosed
from lightkeeper.web.public.patience import PAUSE, Patient


class Inbox:
    def __init__(self) -> None:
        self.away, self.asked = True, 0

    def add(self, envelope: Any) -> None:
        self.asked += 1
        if self.away:
            raise SlotClosed("away")

    def count_visit(self, *_: Any) -> None:
        self.add(None)

    def waiting(self, lookup: str) -> tuple[Any, ...]:
        self.add(lookup)
        return ()


def test_it_does_not_knock_again_at_once() -> None:
    now, inbox = [100.0], Inbox()
    patient = Patient(inbox, now=lambda: now[0])
    for _ in range(5):
        with pytest.raises(SlotClosed):
            patient.waiting("x")
    assert inbox.asked == 1
    inbox.away = False
    now[0] += PAUSE
    assert patient.waiting("x") == ()
    assert inbox.asked == 2
