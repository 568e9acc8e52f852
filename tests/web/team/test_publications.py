"""From the fourth step to the shelf: what passed is public, what did not is not, and holds are noticed."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.urls import reverse
from tests.desk.made_up import LEAD, MadeUpLinkage, open_case
from tests.web.publishing import write_warning

from lightkeeper.core.errors import NotAllowed, TooFewToShow, UnreadableInput
from lightkeeper.desk.actions.hold_case import lift_hold, place_hold
from lightkeeper.desk.people import CLOCKWORK, Officer, Role
from lightkeeper.rounds import open_tables
from lightkeeper.warn.approval import Approval
from lightkeeper.warn.exchange import as_json
from lightkeeper.watch.events import read_events
from lightkeeper.watch.publish import publish
from lightkeeper.web.casebook.casebook import DjangoCasebook
from lightkeeper.web.shared.publications import NAME, Shelf, read_shelf
from lightkeeper.web.team.models import Alarm, OpenFigure, Publication, Warned
from lightkeeper.web.team.night import run_night
from lightkeeper.web.team.open_figures import publish_figures, read_ledger
from lightkeeper.web.team.publications import (
    build_shelf,
    circumstances_now,
    put_on_shelf,
    recalls,
    said_so_far,
    shelf_is_current,
)

pytestmark = pytest.mark.django_db(databases=["default", "inbox"])
NOW = datetime.now(UTC).replace(microsecond=0)
WAY = (
    ("sam", "author_step", "submit"),
    *(("robin", "approve_step", name) for name in ("agree", "clear", "publish")),
)
OnCommit = Callable[..., Any]


@pytest.fixture(autouse=True)
def _empty_shelf() -> Iterator[None]:
    yield
    (settings.PUBLICATIONS / NAME).unlink(missing_ok=True)


def draft() -> str:
    """A draft of the round, made from a case that is in the book."""
    case = open_case(DjangoCasebook(), 1)
    warning = write_warning(NOW - timedelta(hours=1), behind=(case.report.id,))
    Warned.objects.create(
        warning_id=warning.id,
        area="wiltshire",
        at=NOW,
        state="draft",
        warning=as_json(warning),
        approval=as_json(Approval(warning.id)),
    )
    return warning.id


def step(sign_in: Callable[..., Any], warning_id: str, who: str, address: str, name: str) -> Any:
    fields = {"step": name, "reason": "It is right."}
    return sign_in(who).post(reverse(address, args=[warning_id]), fields)


def go_all_the_way(sign_in: Callable[..., Any], on_commit: OnCommit, warning_id: str) -> None:
    for who, address, name in WAY:
        with on_commit(execute=True):
            assert step(sign_in, warning_id, who, address, name).status_code == 302


def on_the_shelf() -> Shelf:
    return read_shelf(settings.PUBLICATIONS)


def test_nothing_is_readable_before_the_fourth_step(
    sign_in: Callable[..., Any], django_capture_on_commit_callbacks: OnCommit
) -> None:
    name = draft()
    for who, address, one in WAY[:3]:
        with django_capture_on_commit_callbacks(execute=True):
            assert step(sign_in, name, who, address, one).status_code == 302
        assert on_the_shelf() == Shelf()
    with django_capture_on_commit_callbacks(execute=True):
        step(sign_in, name, *WAY[3])
    (public,) = on_the_shelf().warnings
    assert public.warning.id == name
    assert public.warning.behind == ()
    assert shelf_is_current()
    text = (settings.PUBLICATIONS / NAME).read_text()
    assert not [word for word in ("robin", '"sam"', "R-0001", "It is right.") if word in text]


def test_a_state_that_somebody_wrote_by_hand_publishes_nothing() -> None:
    name = draft()
    Warned.objects.filter(warning_id=name).update(state="published")
    assert build_shelf() == Shelf()


def test_what_is_undone_never_becomes_public(
    sign_in: Callable[..., Any], django_capture_on_commit_callbacks: OnCommit
) -> None:
    name = draft()
    for one in WAY:
        with django_capture_on_commit_callbacks(execute=False):
            step(sign_in, name, *one)
    assert on_the_shelf() == Shelf()  # nothing is written before the casebook has it on disk


def test_a_hold_before_the_last_step_stops_it(
    sign_in: Callable[..., Any], django_capture_on_commit_callbacks: OnCommit
) -> None:
    name, book = draft(), DjangoCasebook()
    for one in WAY[:3]:
        step(sign_in, name, *one)
    hold_the_case(book)
    with django_capture_on_commit_callbacks(execute=True):
        assert step(sign_in, name, *WAY[3]).status_code in (400, 403, 409)
    assert Publication.objects.count() == 0
    assert on_the_shelf() == Shelf()


def hold_the_case(book: DjangoCasebook) -> Any:
    case = book.case_of("R-0001")
    assert case is not None
    return place_hold(book, LEAD, NOW, case.id, [case], "live", "DI Example", NOW.date() + timedelta(days=30))


def test_a_hold_after_publication_asks_for_a_decision_and_a_withdrawal_takes_the_words_away(
    sign_in: Callable[..., Any], django_capture_on_commit_callbacks: OnCommit
) -> None:
    name, book = draft(), DjangoCasebook()
    go_all_the_way(sign_in, django_capture_on_commit_callbacks, name)
    assert recalls(book, NOW) == ()
    hold = hold_the_case(book)
    (recall,) = recalls(book, NOW)
    assert (recall.warning_id, recall.reasons[0].check) == (name, "hold")
    assert "Public, and held by now" in sign_in("kit").get(reverse("warnings")).content.decode()
    run_night(book, NOW)
    assert [entry.about for entry in book.entries() if entry.what == "warning.recall"] == [name]
    with django_capture_on_commit_callbacks(execute=True):
        step(sign_in, name, "robin", "approve_step", "withdraw")
    (gone,) = on_the_shelf().warnings
    assert gone.withdrawn
    assert gone.warning.headline == gone.warning.summary == ""
    assert "<msgType>Cancel" in gone.cap
    assert recalls(book, NOW) == ()
    assert hold.stands


def test_words_that_are_being_updated_stay_public_through_the_night(
    sign_in: Callable[..., Any], django_capture_on_commit_callbacks: OnCommit
) -> None:
    name, book = draft(), DjangoCasebook()
    go_all_the_way(sign_in, django_capture_on_commit_callbacks, name)
    before = on_the_shelf()
    with django_capture_on_commit_callbacks(execute=True):
        step(sign_in, name, "sam", "author_step", "update")
        run_night(book, NOW)
    assert Warned.objects.get(warning_id=name).state == "draft"
    assert on_the_shelf() == before
    go_all_the_way(sign_in, django_capture_on_commit_callbacks, name)
    assert "<msgType>Update" in on_the_shelf().warnings[0].cap


def test_every_number_that_was_public_counts_for_ever(
    sign_in: Callable[..., Any], django_capture_on_commit_callbacks: OnCommit
) -> None:
    name, book = draft(), DjangoCasebook()
    go_all_the_way(sign_in, django_capture_on_commit_callbacks, name)
    step(sign_in, name, "robin", "approve_step", "withdraw")
    (said,) = circumstances_now(book, NOW).published
    assert (said.place, said.number) == ("Wiltshire", 85)


def test_a_draft_that_tells_a_small_number_beside_a_public_one_is_refused(
    sign_in: Callable[..., Any], django_capture_on_commit_callbacks: OnCommit
) -> None:
    go_all_the_way(sign_in, django_capture_on_commit_callbacks, draft())
    row = Warned.objects.get()
    near = {**row.warning, "id": "another", "count": {**row.warning["count"], "number": 87}}
    near["count"]["approval"] = {"name": "A. Lead", "rank": "publisher", "reason": "asked for"}
    Warned.objects.create(
        warning_id="another", area="wiltshire", at=NOW, state="draft", warning=near,
        approval=as_json(Approval("another")),
    )  # fmt: skip
    page = sign_in("kit").get(reverse("warning", args=["another"])).content.decode()
    assert "Taken from a number that is already public" in page


def test_a_folder_that_cannot_be_written_is_said_and_mended(
    sign_in: Callable[..., Any],
    django_capture_on_commit_callbacks: OnCommit,
    settings: Any,
    tmp_path: Path,
) -> None:
    blocked = tmp_path / "shelf"
    blocked.write_text("a file where the folder should be")
    settings.PUBLICATIONS = blocked
    go_all_the_way(sign_in, django_capture_on_commit_callbacks, draft())
    assert "could not be written" in sign_in("kit").get(reverse("warnings")).content.decode()
    blocked.unlink()
    with django_capture_on_commit_callbacks(execute=True):
        put_on_shelf()
    assert "could not be written" not in sign_in("kit").get(reverse("warnings")).content.decode()
    assert len(read_shelf(blocked).warnings) == 1


def fill(book: DjangoCasebook, count: int = 60) -> None:
    """Reports of the last whole months in two areas and on two platforms."""
    month = NOW.replace(day=1) - timedelta(days=40)
    for n in range(count):
        open_case(
            book, n, received=month, area="wiltshire" if n % 3 else "cheshire",
            platforms=("instagram" if n % 2 else "snapchat",),
        )  # fmt: skip


def test_the_button_publishes_rounded_figures_through_the_ledger(
    sign_in: Callable[..., Any], django_capture_on_commit_callbacks: OnCommit
) -> None:
    fill(DjangoCasebook())
    with django_capture_on_commit_callbacks(execute=True):
        answer = sign_in("robin").post(reverse("publish_figures"), follow=True)
    assert "By area: published." in answer.content.decode()
    shown = on_the_shelf().figures
    assert {page.columns[0] for page in shown} == {"Police force area", "Platform", "Age"}
    assert ("Cheshire", "about 20") in shown[0].rows
    assert len(read_ledger().releases) == 3
    text = (settings.PUBLICATIONS / NAME).read_text()
    assert '"true"' not in text
    assert said_so_far()
    again = publish_figures(DjangoCasebook(), LEAD, NOW)
    assert all(one.old for one in again)
    assert OpenFigure.objects.count() == 3


def test_a_second_publication_that_differs_by_few_is_refused_also_when_a_hold_makes_the_difference(
    book: DjangoCasebook,
) -> None:
    fill(book)
    publish_figures(book, LEAD, NOW)
    book.store_linkage(MadeUpLinkage(*((f"R-{n:04}",) for n in range(60))))
    hold_the_case(book)
    refused = publish_figures(book, LEAD, NOW)
    assert [bool(one.refused) for one in refused] == [True, True, True]
    assert OpenFigure.objects.count() == 3
    for table in open_tables(book, NOW.date()):
        assert table.total.reports == 59
        with pytest.raises(TooFewToShow):
            publish(table, read_ledger())


def test_an_event_stands_beside_the_figures_and_the_alarms_it_touches() -> None:
    book = DjangoCasebook()
    fill(book)
    file = settings.DESK_TABLES / "events.toml"
    file.parent.mkdir(exist_ok=True)
    dates = f"from = {NOW.date() - timedelta(days=90)}\nto = {NOW.date()}\n"
    file.write_text(f'[[event]]\nkind = "campaign"\nwords = "Posters in schools"\n{dates}')
    try:
        publish_figures(book, LEAD, NOW)
    finally:
        file.unlink()
    for figure in build_shelf().figures:
        assert [one for one in figure.summary if one.startswith("Posters in schools (")]


@pytest.mark.parametrize("wrong", ["[[event]]", "= x", '[[event]]\nkind="party"\nwords="x"\nfrom=1\nto=2'])
def test_events_that_cannot_be_read_are_said(wrong: str) -> None:
    with pytest.raises(UnreadableInput):
        read_events(wrong)


def test_somebody_who_sees_one_area_does_not_publish_them_all() -> None:
    local = Officer("kent", "Kent", Role.LEAD, frozenset({"desk"}), frozenset({"kent"}))
    with pytest.raises(NotAllowed):
        publish_figures(DjangoCasebook(), local, NOW)
    assert OpenFigure.objects.count() == 0


def test_a_rise_opens_an_entry_that_waits_for_a_person_and_publishes_nothing(sign_in: Callable[..., Any]) -> None:
    book = DjangoCasebook()
    monday = NOW - timedelta(days=NOW.weekday() + 7)
    number = 0
    for week in range(30):
        for _ in range(12 if week == 0 else 1):
            open_case(book, number, received=monday - timedelta(weeks=week))
            number += 1
    run_night(book, NOW, CLOCKWORK)
    run_night(book, NOW, CLOCKWORK)
    alarm = Alarm.objects.get(series="wiltshire")
    assert build_shelf() == Shelf()
    assert alarm.sentence in sign_in("sam").get(reverse("figures")).content.decode().replace("&#x27;", "'")
    address = reverse("look_at_alarm", args=[alarm.pk])
    sign_in("sam").post(address, {"found": ""})
    assert Alarm.objects.get(pk=alarm.pk).looked_at is None
    sign_in("sam").post(address, {"found": "A school had an assembly."})
    assert alarm.sentence not in sign_in("sam").get(reverse("figures")).content.decode()
    assert Alarm.objects.get(pk=alarm.pk).looked_by == "sam"


def test_the_lifted_hold_asks_no_more() -> None:
    book = DjangoCasebook()
    draft()
    hold = hold_the_case(book)
    assert circumstances_now(book, NOW).held == {"R-0001"}
    case = book.case_of("R-0001")
    assert case is not None
    lift_hold(book, LEAD, NOW, hold, [case], "charged")
    assert circumstances_now(book, NOW).held == frozenset()
