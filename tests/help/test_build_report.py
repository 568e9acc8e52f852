from datetime import timedelta

from lightkeeper.help.build_report import find_pending, find_stale
from lightkeeper.help.records import shipped_services
from lightkeeper.help.service import Audience


def test_says_what_a_child_does_not_see(make_service, today):
    (pending,) = find_pending((make_service(),), today)
    assert pending.withheld == ("number",)
    assert pending.reason == "never checked"
    assert "07700" not in pending.line


def test_a_checked_record_is_not_pending_until_it_is_stale(make_service, checked, today):
    service = make_service(verified=checked, review_by=today)
    assert find_pending((service,), today) == ()
    (pending,) = find_pending((service,), today + timedelta(days=12))
    assert pending.reason == "review is 12 days overdue"
    assert find_stale((service,), today + timedelta(days=12)) == (service,)


def test_what_a_child_never_sees_anyway_is_not_called_withheld(make_service, today):
    (pending,) = find_pending((make_service(audience=(Audience.SCHOOL,)),), today)
    assert pending.withheld == ()


def test_the_two_numbers_every_child_sees_come_first(today):
    first = [one.service.id for one in find_pending(shipped_services(), today)][:2]
    assert sorted(first) == ["childline", "uk-999"]


def test_no_shipped_record_is_past_its_review_date_on_the_day_it_was_written(today):
    assert find_stale(shipped_services(), today) == ()
