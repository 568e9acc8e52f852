"""Time raises what nobody has read, and what the offender's deadline comes close to; and nothing lowers it."""

from datetime import timedelta

import pytest
from tests.desk.made_up import NOW, OFFICER, open_case

from lightkeeper.core.report import Danger, Harm
from lightkeeper.desk.actions.triage_again import stand_by_band
from lightkeeper.desk.case import Band
from lightkeeper.web.casebook.casebook import DjangoCasebook
from lightkeeper.web.team.linking import look_at_waiting

pytestmark = pytest.mark.django_db(databases=["default", "inbox"])


def test_what_nobody_reads_rises() -> None:
    book = DjangoCasebook()
    unread, read = open_case(book, 1), open_case(book, 2)
    stand_by_band(book, read, OFFICER, NOW, Band.P4)
    assert look_at_waiting(book, NOW + timedelta(days=1)) == 0
    assert look_at_waiting(book, NOW + timedelta(days=4)) == 1
    assert (book.case(unread.id).band, book.case(read.id).band) == (Band.P3, Band.P4)
    assert look_at_waiting(book, NOW + timedelta(days=7)) == 1
    assert book.case(unread.id).band is Band.P2


def test_a_deadline_that_comes_close_raises_even_a_case_that_was_read() -> None:
    book = DjangoCasebook()
    case = open_case(book, harms=(Harm.SEXTORTION,), danger=Danger(deadline=NOW + timedelta(days=10)))
    stand_by_band(book, case, OFFICER, NOW, Band.P2)
    assert look_at_waiting(book, NOW + timedelta(days=8)) == 0
    assert look_at_waiting(book, NOW + timedelta(days=9, hours=1)) == 1
    assert book.case(case.id).band is Band.P1
