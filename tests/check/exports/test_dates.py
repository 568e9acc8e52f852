"""Day and month: decided when the file decides it, said when it does not, never guessed in silence."""

from datetime import date

import pytest

from lightkeeper.check.exports import read_export
from lightkeeper.check.exports.facts import note

DAY, MONTH = note("day_first_assumed"), note("month_first_assumed")


def days_of(*dates: str, tail: str = ", 22:07 - ") -> tuple[list[date | None], tuple[str, ...]]:
    chat = read_export("".join(f"{one}{tail}Sam: hi\n" for one in dates).encode())
    return [one.sent_at.date() if one.sent_at else None for one in chat.messages], chat.notes


@pytest.mark.parametrize(
    ("dates", "first"),
    [
        (["03/04/2026", "13/04/2026"], date(2026, 4, 3)),  # a day above 12
        (["03/04/2026", "03/14/2026"], date(2026, 3, 4)),
        (["28/02/2026", "01/03/2026"], date(2026, 2, 28)),
        (["30/01/2026", "01/02/2026"], date(2026, 1, 30)),
        (["11/01/2026", "12/01/2026", "01/02/2026"], date(2026, 1, 11)),  # only one order keeps them in order
        (["01/11/2026", "01/12/2026", "02/01/2026"], date(2026, 1, 11)),
        (["03.04.26"], date(2026, 4, 3)),  # full stops stand in no month-first form
        (["2026/04/03"], date(2026, 4, 3)),
        (["2026-04-03"], date(2026, 4, 3)),
        (["05/05/2026"], date(2026, 5, 5)),  # both orders say the same
        (["26/02/11", "26/02/12", "26/03/01"], date(2026, 2, 11)),  # a short year in front
    ],
)
def test_the_file_decides(dates: list[str], first: date) -> None:
    days, notes = days_of(*dates)
    assert days[0] == first
    assert not {DAY, MONTH} & set(notes)


def test_nothing_decides_and_it_is_said() -> None:
    days, notes = days_of("03/04/2026", "04/04/2026")
    assert days == [date(2026, 4, 3), date(2026, 4, 4)]
    assert notes == (DAY,)


def test_an_american_phone_is_read_month_first_and_it_is_said() -> None:
    days, notes = days_of("3/4/26", "3/5/26", tail=", 10:07\u202fPM - ")
    assert days == [date(2026, 3, 4), date(2026, 3, 5)]
    assert notes == (MONTH,)


def test_a_word_of_the_language_decides() -> None:
    assert days_of("03/04/2026", tail=" à 22:07 - ") == ([date(2026, 4, 3)], ())


def test_a_step_back_of_one_day_is_travel_and_a_step_of_a_month_is_the_wrong_order() -> None:
    assert days_of("04/03/2026", "03/03/2026") == ([date(2026, 3, 4), date(2026, 3, 3)], ())


@pytest.mark.parametrize("bad", ["99/99/2026", "31/02/2026", "00/00/0000"])
def test_a_date_that_cannot_be_is_kept_without_a_date_and_said(bad: str) -> None:
    days, notes = days_of("13/01/2026", bad, "14/01/2026")
    assert days == [date(2026, 1, 13), None, date(2026, 1, 14)]
    assert notes == (note("impossible_dates", n=1),)


def test_an_hour_that_cannot_be_is_kept_without_a_date() -> None:
    assert days_of("13/01/2026", tail=", 25:07 - ")[0] == [None]


@pytest.mark.parametrize(
    ("written", "hour"), [("12:00 AM", 0), ("12:30 PM", 12), ("1:00 PM", 13), ("11:59 p.m.", 23), ("13:00", 13)]
)
def test_the_halves_of_the_day(written: str, hour: int) -> None:
    chat = read_export(f"13/01/2026, {written} - Sam: hi\n".encode())
    moment = chat.messages[0].sent_at
    assert moment is not None
    assert moment.hour == hour


def test_a_table_follows_the_same_rule() -> None:
    assert read_export(b"sender,text,date\nSam,hi,03/04/2026 10:00\n").notes == (DAY,)
    assert read_export(b"sender,text,date\nSam,hi,13/04/2026 10:00\n").notes == ()
