"""The figures page: what a hold covers is in no number on it, from the moment at which the hold is placed."""

from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse
from tests.desk.made_up import LEAD, NOW, OFFICER, open_case

from lightkeeper.desk.actions.hold_case import lift_hold, place_hold
from lightkeeper.web.casebook.casebook import DjangoCasebook
from lightkeeper.web.team.night import run_night

pytestmark = pytest.mark.django_db(databases=["default", "inbox"])


def test_numbers_that_may_count_what_is_held_now_are_not_shown(sign_in: Callable[..., Any]) -> None:
    book, client = DjangoCasebook(), sign_in("sam")
    cases = [open_case(book, number, area="wiltshire", received=NOW) for number in range(4)]
    run_night(book, NOW)

    def shown() -> str:
        return str(client.get(reverse("figures")).content, "utf-8")

    assert "Wiltshire: 4 reports" in shown()
    hold = place_hold(book, OFFICER, NOW, cases[0].id, [cases[0]], "live", "sam", NOW.date())
    assert "Wiltshire" not in shown()
    assert "would be here" in shown()
    assert "1 report held for a live investigation" in shown()
    run_night(book, NOW)
    assert "Wiltshire: 3 reports" in shown()
    lift_hold(book, LEAD, NOW, hold, [cases[0]], "charged")
    assert "Wiltshire: 3 reports" in shown()  # too few rather than too many, until the next round
