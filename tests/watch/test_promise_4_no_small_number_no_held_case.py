"""Promise 4: no small number and no held case is ever published, also not by subtracting two publications.

Beside single cases, an attacker plays against random publications: he knows everything that was ever
published and the rules, and solves for the smallest and largest value of every number that was hidden.
"""

import random
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from lightkeeper.core.errors import Held, NotAllowed, TooFewToShow
from lightkeeper.core.report import Harm, Report, Reporter
from lightkeeper.watch.attack import bounds_of
from lightkeeper.watch.counts import Known, Table, count_reports
from lightkeeper.watch.ledger import Ledger, read_ledger, write_ledger
from lightkeeper.watch.period import Period
from lightkeeper.watch.publish import Approval, publish, publishable_percent
from lightkeeper.watch.rules import default_rules

YEAR = Period(date(2026, 1, 1), date(2026, 12, 31))
HALF = Period(date(2026, 1, 1), date(2026, 6, 30))
INSPECTOR = Approval("Insp. A. Example", "inspector", "an appeal for witnesses", date(2026, 11, 1))


def some_reports(count: int, start: date = YEAR.first, seed: int = 1, **fixed: object) -> list[Report]:
    """Made-up reports, spread over a hundred days from a start."""
    dice = random.Random(seed)
    return [
        Report(
            id=f"R-{seed}-{number}",
            received=datetime(start.year, start.month, start.day, 12, tzinfo=UTC) + timedelta(days=number % 100),
            reporter=Reporter.CHILD,
            harms=(Harm.SEXTORTION,),
            area=str(fixed.get("area", "wiltshire")),
            age=int(str(fixed.get("age", dice.choice((11, 13, 14, 15, 16, 17))))),
            platforms=tuple(dice.sample(("instagram", "snapchat", "discord"), dice.choice((1, 1, 2)))),
            hold=bool(fixed.get("hold", False)),
        )
        for number in range(count)
    ]


@pytest.mark.parametrize("count", [1, 2, 3, 4])
def test_one_to_four_are_said_as_fewer_than_five(count: int) -> None:
    shown = publish(count_reports(some_reports(count), YEAR), Ledger())
    assert shown.total.text == "fewer than 5"
    assert shown.total.number is None


@pytest.mark.parametrize(
    ("count", "text"), [(0, "0"), (5, "about 5"), (7, "about 5"), (8, "about 10"), (153, "about 155")]
)
def test_every_other_number_is_rounded_to_five(count: int, text: str) -> None:
    assert publish(count_reports(some_reports(count), YEAR), Ledger()).total.text == text


def test_what_is_published_holds_no_true_count() -> None:
    shown = publish(count_reports(some_reports(153), YEAR, by=("age",)), Ledger())
    assert "153" not in str(shown.as_json())
    assert "153" not in repr(shown)


def test_held_reports_are_never_counted() -> None:
    reports = [*some_reports(20), *some_reports(7, seed=2, hold=True)]
    assert count_reports(reports, YEAR).total.reports == 20


def test_a_report_of_a_held_suspect_is_never_counted_though_it_is_not_held_itself() -> None:
    reports = some_reports(20)
    known = Known(suspects={"R-1-3": "S-1", "R-1-4": "S-1", "R-1-5": "S-2"}, held=frozenset({"R-1-3"}))
    assert count_reports(reports, YEAR, known=known).total.reports == 18


def test_a_hold_reaches_a_suspects_reports_even_when_the_held_one_is_not_in_the_file() -> None:
    known = Known(suspects={"R-1-3": "S-1", "ELSEWHERE": "S-1"}, held=frozenset({"ELSEWHERE"}))
    assert count_reports(some_reports(20), YEAR, known=known).total.reports == 19


def test_a_table_that_nobody_vouches_for_is_not_published() -> None:
    table = replace(count_reports(some_reports(50), YEAR), held_left_out=False)
    with pytest.raises(Held):
        publish(table, Ledger())


def test_two_publications_that_differ_by_three_reports_are_not_both_published() -> None:
    half = publish(count_reports(some_reports(40), HALF), Ledger())
    later = [*some_reports(40), *some_reports(3, start=date(2026, 7, 1), seed=2)]
    with pytest.raises(TooFewToShow, match="differ"):
        publish(count_reports(later, YEAR), Ledger().with_release(half.release))


def test_a_longer_period_is_published_once_enough_have_come() -> None:
    half = publish(count_reports(some_reports(40), HALF), Ledger())
    later = [*some_reports(40), *some_reports(12, start=date(2026, 7, 1), seed=2)]
    assert publish(count_reports(later, YEAR), Ledger().with_release(half.release)).total.text == "about 50"


def test_a_hold_put_on_after_a_publication_does_not_show_as_the_difference() -> None:
    reports = some_reports(40)
    first = publish(count_reports(reports, YEAR), Ledger())
    held = count_reports(reports, YEAR, known=Known(held=frozenset({"R-1-1", "R-1-2"})))
    with pytest.raises(TooFewToShow):
        publish(held, Ledger().with_release(first.release))


def test_a_part_is_not_published_when_the_rest_of_the_whole_would_be_small() -> None:
    reports = [*some_reports(40), *some_reports(2, seed=2, area="cheshire")]
    all_places = publish(count_reports(reports, YEAR), Ledger())
    with pytest.raises(TooFewToShow):
        publish(count_reports(reports, YEAR, area="wiltshire"), Ledger().with_release(all_places.release))


def test_three_exact_numbers_do_not_tell_the_month_between_them() -> None:
    """The year, the months before May and the months after it: any two are harmless, the third tells May."""
    spring, autumn = Period(YEAR.first, date(2026, 4, 30)), Period(date(2026, 6, 1), YEAR.last)
    reports = [
        *some_reports(15, start=date(2026, 1, 5)),
        *some_reports(2, start=date(2026, 5, 5), seed=2),
        *some_reports(13, start=date(2026, 6, 5), seed=3),
    ]
    ledger = Ledger()
    for period in (YEAR, spring):
        ledger = ledger.with_release(publish(count_reports(reports, period), ledger, approval=INSPECTOR).release)
    with pytest.raises(TooFewToShow, match="between"):
        publish(count_reports(reports, autumn), ledger, approval=INSPECTOR)


def test_an_exact_number_needs_a_named_person_with_the_right_role() -> None:
    seventeen = count_reports(some_reports(17), YEAR)
    assert publish(seventeen, Ledger(), approval=INSPECTOR).total.text == "at least 17"
    for wrong in (replace(INSPECTOR, by=" "), replace(INSPECTOR, reason=""), replace(INSPECTOR, role="clerk")):
        with pytest.raises(NotAllowed):
            publish(seventeen, Ledger(), approval=wrong)


def test_below_five_an_exact_number_needs_an_inspector() -> None:
    three = count_reports(some_reports(3), YEAR)
    assert publish(three, Ledger(), approval=INSPECTOR).total.text == "at least 3"
    with pytest.raises(NotAllowed, match="inspector"):
        publish(three, Ledger(), approval=replace(INSPECTOR, role="safeguarding_lead"))


def test_an_exact_total_does_not_give_a_small_row_away() -> None:
    reports = [*some_reports(13, age=16), *some_reports(4, seed=2, age=10)]
    try:
        shown = publish(count_reports(reports, YEAR, by=("age",)), Ledger(), approval=INSPECTOR)
    except TooFewToShow:
        return
    assert_no_small_number_is_known(Ledger().with_release(shown.release))


@pytest.mark.parametrize("by", [("week",), ("day",), ("reporter",), ("platform", "age", "harm")])
def test_a_table_that_is_too_fine_is_refused(by: tuple[str, ...]) -> None:
    with pytest.raises(TooFewToShow):
        publish(count_reports(some_reports(500), YEAR, by=by), Ledger())


def test_a_place_smaller_than_a_force_is_refused_and_never_the_name_of_a_row() -> None:
    school = some_reports(50, area="st-example-school")
    with pytest.raises(TooFewToShow, match="force area"):
        publish(count_reports(school, YEAR, area="st-example-school"), Ledger())
    shown = publish(count_reports(school, YEAR, by=("area",)), Ledger())
    assert [row.key for row in shown.rows] == [("another area",)]


def test_what_a_person_wrote_never_becomes_the_name_of_a_row() -> None:
    told = [replace(one, platforms=("ask for Zqxj Kvwq, 07700 900123",)) for one in some_reports(50)]
    shown = publish(count_reports(told, YEAR, by=("platform",)), Ledger())
    assert [row.key for row in shown.rows] == [("another platform",)]
    assert "zqxj" not in str(shown.as_json()).lower()


def test_a_short_period_is_refused_and_a_breakdown_of_less_than_a_quarter_too() -> None:
    with pytest.raises(TooFewToShow, match="too short"):
        publish(count_reports(some_reports(50), Period(date(2026, 1, 1), date(2026, 1, 14))), Ledger())
    with pytest.raises(TooFewToShow, match="breakdown"):
        publish(
            count_reports(some_reports(90), Period(date(2026, 1, 1), date(2026, 2, 28)), by=("age",)), Ledger()
        )


def test_a_percentage_needs_a_base_of_a_hundred_and_is_of_rounded_numbers() -> None:
    assert publishable_percent(33, 153) == 23  # 35 of 155
    for part, base in ((3, 153), (20, 80)):
        with pytest.raises(TooFewToShow):
            publishable_percent(part, base)


def test_only_releases_that_share_days_bear_on_a_new_one() -> None:
    quarters = [
        Period(date(2026, first, 1), date(2026, first + 2, 30 if first == 4 else 31)) for first in (1, 4, 10)
    ]
    ledger = Ledger()
    for period in (*quarters, Period(date(2026, 3, 1), date(2026, 4, 30))):
        ledger = ledger.with_release(publish(count_reports(some_reports(90), period), Ledger()).release)
    # March to April ties the first two quarters together; the last quarter stands alone.
    assert len(ledger.related_to(quarters[0]).releases) == 3
    assert len(ledger.related_to(quarters[2]).releases) == 1
    assert ledger.related_to(Period(date(2027, 1, 1), date(2027, 2, 1))) == Ledger()


def test_the_ledger_survives_being_written_and_read() -> None:
    shown = publish(count_reports(some_reports(120), YEAR, by=("platform",)), Ledger())
    ledger = Ledger().with_release(shown.release)
    assert read_ledger(write_ledger(ledger)) == ledger


@pytest.mark.parametrize("seed", range(8))
def test_an_attacker_with_every_publication_finds_no_small_number(seed: int) -> None:
    """A year of random publications: what was let through is attacked; what was refused, is not in the ledger."""
    dice = random.Random(seed)
    reports = [
        report
        for place, area in enumerate(("wiltshire", "cheshire"))
        for report in some_reports(dice.choice((6, 20, 60)), seed=100 * seed + place, area=area)
    ]
    ledger, let_through = Ledger(), 0
    choices = [
        (),
        ("age",),
        ("platform",),
        ("area",),
        ("month",),
        ("age", "area"),
        ("quarter",),
        ("age", "platform"),
    ]
    for _ in range(8):
        last = dice.choice((date(2026, 4, 30), date(2026, 6, 30), date(2026, 12, 31)))
        table = count_reports(
            reports, Period(YEAR.first, last), dice.choice(choices), area=dice.choice((None, None, "cheshire"))
        )
        if table.area and "area" in table.by:
            continue
        try:
            shown = publish(table, ledger, approval=dice.choice((None, None, INSPECTOR)))
        except TooFewToShow:
            continue
        ledger, let_through = ledger.with_release(shown.release), let_through + 1
    assert let_through, "a test in which everything is refused shows nothing"
    assert_no_small_number_is_known(ledger)


def test_the_attacker_is_able_to_find_something() -> None:
    """A watchman who never barks is no proof: without our rules the attacker does find the small number."""
    reports = [*some_reports(13, age=16), *some_reports(3, seed=2, age=10)]
    exact = replace(default_rules(), round_to=1)
    table: Table = count_reports(reports, YEAR, by=("age",))
    from lightkeeper.watch.suppress import Row, exposed_rows

    naive = [Row(cell.key, cell.reports) for cell in table.cells]
    assert [row.key for row in exposed_rows(table, naive, exact, exact_total=True)] == [("under 13",)]


def assert_no_small_number_is_known(ledger: Ledger) -> None:
    small = [entry for entry in ledger.entries() if 0 < entry.true < 5 and entry.low != entry.true]
    bounds = bounds_of([((entry.scope, 1),) for entry in small], ledger.claims())
    for bound in bounds:
        assert bound.low <= 1
        assert bound.high is None or bound.high >= 4
