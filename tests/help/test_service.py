from datetime import date, timedelta

from lightkeeper.help.service import REVIEW_DAYS, Kind


def test_checked_until_its_review_date_and_not_a_day_longer(make_service, checked, today):
    service = make_service(verified=checked, review_by=today + timedelta(days=60))
    assert service.is_checked(today + timedelta(days=60))
    assert not service.is_checked(today + timedelta(days=61))


def test_a_check_from_the_future_does_not_count(make_service, checked, today):
    assert not make_service(verified=checked).is_checked(today - timedelta(days=1))


def test_runs_between_its_first_and_last_day(make_service, today):
    service = make_service(valid_from=today, valid_to=today + timedelta(days=1))
    days = [today + timedelta(days=n) for n in (-1, 0, 1, 2)]
    assert [service.is_running(day) for day in days] == [False, True, True, False]


def test_a_closed_service_does_not_run(make_service, today):
    assert not make_service(status="defunct").is_running(today)


def test_every_kind_has_a_rhythm_of_review(make_service):
    assert set(REVIEW_DAYS) == set(Kind)
    assert make_service(kind=Kind.PLATFORM).next_review(date(2026, 1, 1)) == date(2026, 1, 31)


def test_welsh_name_where_there_is_one(make_service):
    assert make_service(name_cy="Gwneud").called("cy") == "Gwneud"
    assert make_service().called("cy") == "Made Up"
