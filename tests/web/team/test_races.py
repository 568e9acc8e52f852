"""Two people press at once: the second sees what the first did; on both databases, each in its own transaction."""

import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connections, transaction
from tests.desk.made_up import LEAD, NOW, OFFICER, open_case

from lightkeeper.core.errors import LightkeeperError
from lightkeeper.core.report import Harm
from lightkeeper.desk.actions.lower_band import agree_to_lower, ask_to_lower
from lightkeeper.desk.actions.move_case import agree_to_close, move_case
from lightkeeper.desk.actions.triage_again import stand_by_band
from lightkeeper.desk.audit import find_flaws
from lightkeeper.desk.case import Band, Case
from lightkeeper.desk.states import State
from lightkeeper.web.casebook.casebook import DjangoCasebook

Act = Callable[[DjangoCasebook, Case], object]


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def connect(request: Any, tmp_path: Path, django_db_setup: None, django_db_blocker: Any) -> Iterator[Any]:
    """Gives the calling thread a connection of its own to one real database, in which every commit counts."""
    from django.core.management import call_command
    from django.db.utils import ConnectionHandler

    from lightkeeper.web.shared.settings import environment

    usual = connections["default"]
    settings = {**usual.settings_dict, "NAME": str(tmp_path / "races.sqlite3")}
    if request.param == "postgres":
        cluster = request.getfixturevalue("postgres")
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("LIGHTKEEPER_RACE_URL", cluster.url(cluster.new_database()))
            settings |= environment.database("LIGHTKEEPER_RACE_URL", tmp_path / "x")
    handler = ConnectionHandler({"default": {**settings, "ATOMIC_REQUESTS": False}})

    def enter() -> None:
        connections["default"] = handler.create_connection("default")

    with django_db_blocker.unblock():
        try:
            enter()
            call_command("migrate", verbosity=0, interactive=False)
            yield enter
        finally:
            connections["default"].close()
            connections["default"] = usual


def at_once(connect: Any, case_id: str, first: Act, second: Act) -> list[str]:
    """Two requests: the second begins while the first has not committed. Gives what each was told."""
    told, begun = ["", ""], threading.Event()

    def request(number: int, act: Act) -> None:
        connect()
        try:
            if number:
                assert begun.wait(10)
            with transaction.atomic():
                book = DjangoCasebook()
                case = book.case_to_change(case_id)
                begun.set()
                if not number:
                    threading.Event().wait(0.4)  # the second is at the door by now
                act(book, case)
        except LightkeeperError as error:
            told[number] = str(error)
        finally:
            connections["default"].close()

    threads = [threading.Thread(target=request, args=pair) for pair in enumerate((first, second))]
    for one in threads:
        one.start()
    for one in threads:
        one.join(20)
    return told


def working(band: Band) -> Case:
    book = DjangoCasebook()
    harms = (Harm.SEXTORTION,) if band is Band.P2 else (Harm.THREAT,)
    case = open_case(book, 1, harms=harms, age=17)
    assert case.band is band
    return move_case(book, case, OFFICER, NOW, State.WORKING)


def close(book: DjangoCasebook, case: Case) -> object:
    return move_case(book, case, OFFICER, NOW, State.CLOSED, "done", "safe")


def test_a_case_that_is_raised_this_moment_is_not_closed_by_one_person(connect: Any) -> None:
    case = working(Band.P3)
    assert at_once(connect, case.id, lambda b, c: stand_by_band(b, c, LEAD, NOW, Band.P1), close) == ["", ""]
    now = DjangoCasebook().case(case.id)
    assert (now.band, now.state) == (Band.P1, State.WORKING)
    assert now.proposal
    assert now.proposal.by == OFFICER.id


def test_a_case_that_is_closed_this_moment_is_not_raised_behind_everybodys_back(connect: Any) -> None:
    case = working(Band.P3)
    told = at_once(connect, case.id, close, lambda b, c: stand_by_band(b, c, LEAD, NOW, Band.P1))
    assert told[0] == ""
    assert "open it again first" in told[1]
    assert DjangoCasebook().case(case.id).state is State.CLOSED


def test_two_agree_at_once_and_it_is_done_once(connect: Any) -> None:
    case = working(Band.P2)
    close(DjangoCasebook(), case)
    told = at_once(
        connect,
        case.id,
        lambda b, c: agree_to_close(b, c, LEAD, NOW),
        lambda b, c: agree_to_close(b, c, LEAD, NOW),
    )
    assert told[0] == ""
    assert told[1] == "nobody has asked for this"
    book = DjangoCasebook()
    assert [entry.what for entry in book.entries(about=case.id)].count("case.move") == 2  # to working, to closed
    assert find_flaws(book.entries(), book.reasons()) == ()


def test_nobody_agrees_to_what_was_taken_back_this_moment(connect: Any) -> None:
    from lightkeeper.desk.actions.second_person import decline_proposal

    case = working(Band.P2)
    ask_to_lower(DjangoCasebook(), case, OFFICER, NOW, Band.P4, "a mistake")
    told = at_once(
        connect,
        case.id,
        lambda b, c: decline_proposal(b, c, OFFICER),
        lambda b, c: agree_to_lower(b, c, LEAD, NOW),
    )
    assert told == ["", "nobody has asked for this"]
    assert DjangoCasebook().case(case.id).band is Band.P2
