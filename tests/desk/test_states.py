"""States and moves: the data are whole, and the actions follow them."""

from itertools import product

import pytest
from tests.desk.made_up import ADMIN, LEAD, NOW, OFFICER, READER, REPLY_TO, SECOND, open_case

from lightkeeper.core.errors import ImpossibleMove, LightkeeperError, NotAllowed
from lightkeeper.core.report import Danger, Harm
from lightkeeper.desk.actions.lower_band import agree_to_lower, ask_to_lower
from lightkeeper.desk.actions.move_case import agree_to_close, move_case
from lightkeeper.desk.actions.second_person import decline_proposal
from lightkeeper.desk.actions.take_news import take_news
from lightkeeper.desk.actions.triage_again import answer_question, stand_by_band, triage_again
from lightkeeper.desk.case import Band, Case
from lightkeeper.desk.in_memory import InMemoryCasebook
from lightkeeper.desk.people import Officer
from lightkeeper.desk.states import MEANINGS, MOVES, State, find_move

P1 = {"danger": Danger(now=True)}


@pytest.fixture
def book() -> InMemoryCasebook:
    return InMemoryCasebook()


def bring_to(book: InMemoryCasebook, state: State, **changes: object) -> Case:
    case = open_case(book, **changes)
    way = {
        State.RECEIVED: (),
        State.TRIAGED: (State.TRIAGED,),
        State.WORKING: (State.WORKING,),
        State.REFERRED: (State.WORKING, State.REFERRED),
        State.CLOSED: (State.WORKING, State.CLOSED),
        State.REOPENED: (State.WORKING, State.REFERRED, State.REOPENED),
    }[state]
    for step in way:
        case = move_case(book, case, OFFICER, NOW, step, "why", "safe" if step is State.CLOSED else None)
        if case.proposal:
            case = agree_to_close(book, case, SECOND, NOW)
    return case


def test_the_table_is_whole() -> None:
    assert set(MEANINGS) == set(State)
    assert {move.now for move in MOVES} == set(State)  # nothing is a dead end
    assert {move.wanted for move in MOVES} == set(State) - {State.RECEIVED}
    assert len({(move.now, move.wanted) for move in MOVES}) == len(MOVES)
    for move in MOVES:
        if move.wanted is State.CLOSED:
            assert move.needs == ("outcome", "reason")
            assert move.two_bands == (1, 2)


@pytest.mark.parametrize(("now", "wanted"), list(product(State, State)))
def test_a_case_moves_as_the_table_says(book: InMemoryCasebook, now: State, wanted: State) -> None:
    case = bring_to(book, now)
    allowed = any((move.now, move.wanted) == (now, wanted) for move in MOVES)
    if not allowed:
        with pytest.raises(ImpossibleMove):
            find_move(now, wanted)
        with pytest.raises(ImpossibleMove):
            move_case(book, case, LEAD, NOW, wanted, "why", "safe")
        assert book.case(case.id) == case
        return
    moved = move_case(book, case, LEAD, NOW, wanted, "why", "safe")
    assert moved.state is wanted
    assert book.case(case.id) == moved
    assert (moved.outcome, moved.closed) == (("safe", NOW) if wanted is State.CLOSED else (None, None))


@pytest.mark.parametrize("who", [READER, ADMIN])
def test_readers_and_administrators_move_nothing(book: InMemoryCasebook, who: Officer) -> None:
    case = open_case(book)
    for move in MOVES:
        with pytest.raises(LightkeeperError):
            move_case(book, case, who, NOW, move.wanted, "why", "safe")
    assert book.case(case.id) == case


@pytest.mark.parametrize("report", [P1, {"harms": (Harm.SEXTORTION,)}])
def test_a_p1_or_p2_is_closed_by_two_people(book: InMemoryCasebook, report: dict[str, object]) -> None:
    case = bring_to(book, State.WORKING, **report)
    asked = move_case(book, case, OFFICER, NOW, State.CLOSED, "done", "safe")
    assert asked.state is State.WORKING
    assert asked.proposal is not None
    with pytest.raises(NotAllowed, match="second person"):
        agree_to_close(book, asked, OFFICER, NOW)
    closed = agree_to_close(book, asked, SECOND, NOW)
    assert (closed.state, closed.outcome, closed.proposal) == (State.CLOSED, "safe", None)
    people = [entry.who for entry in book.entries(case.id) if entry.what in ("case.ask_close", "case.move")][-2:]
    assert people == [OFFICER.id, SECOND.id]


def test_a_band_is_lowered_by_two_people_and_raised_by_one(book: InMemoryCasebook) -> None:
    case = open_case(book, **P1)
    with pytest.raises(ValueError, match="two people"):
        stand_by_band(book, case, OFFICER, NOW, Band.P3)
    asked = ask_to_lower(book, case, OFFICER, NOW, Band.P3, "spoke to the parent")
    assert asked.band is Band.P1
    with pytest.raises(NotAllowed):
        agree_to_lower(book, asked, OFFICER, NOW)
    with pytest.raises(NotAllowed):
        agree_to_close(book, asked, SECOND, NOW)
    lowered = agree_to_lower(book, asked, SECOND, NOW)
    assert lowered.band is Band.P3
    raised = stand_by_band(book, lowered, OFFICER, NOW, Band.P2)
    assert raised.band is Band.P2


def test_news_from_the_reporter_takes_a_request_back(book: InMemoryCasebook) -> None:
    case = bring_to(book, State.WORKING, reply_to=REPLY_TO, **P1)
    move_case(book, case, OFFICER, NOW, State.CLOSED, "done", "safe")
    newer = take_news(book, REPLY_TO.lookup, "he wrote again", NOW, NOW)
    assert newer.proposal is None
    with pytest.raises(NotAllowed, match="nobody has asked"):
        agree_to_close(book, newer, SECOND, NOW)


def test_a_request_can_be_declined_or_taken_back(book: InMemoryCasebook) -> None:
    case = ask_to_lower(book, open_case(book, **P1), OFFICER, NOW, Band.P2, "why")
    assert decline_proposal(book, case, SECOND).proposal is None
    with pytest.raises(NotAllowed):
        agree_to_lower(book, book.case(case.id), SECOND, NOW)


def test_nothing_lowers_a_band_by_itself(book: InMemoryCasebook) -> None:
    case = stand_by_band(book, open_case(book), OFFICER, NOW, Band.P1)
    assert triage_again(book, case, NOW).band is Band.P1
    assert answer_question(book, case, OFFICER, NOW, "danger_now", said=False).band is Band.P1


def test_closing_needs_a_reason_and_an_outcome(book: InMemoryCasebook) -> None:
    case = bring_to(book, State.WORKING)
    for reason, outcome in (("", "safe"), ("  ", "safe"), ("why", None), ("why", "nonsense")):
        with pytest.raises(NotAllowed):
            move_case(book, case, OFFICER, NOW, State.CLOSED, reason, outcome)


@pytest.mark.parametrize(
    "changes",
    [
        {"harms": (Harm.SEXTORTION,)},
        {"harms": (Harm.GROOMING,)},
        {"facts": (("adult", True),)},
        {"narrative": "he said he will send it to everyone unless i pay"},
    ],
)
def test_outcome_21_is_not_for_a_child_who_was_exploited(
    book: InMemoryCasebook, changes: dict[str, object]
) -> None:
    case = bring_to(book, State.WORKING, **changes)
    with pytest.raises(NotAllowed, match="exploitation, coercion"):
        move_case(book, case, OFFICER, NOW, State.CLOSED, "why", "21")


def test_outcome_21_is_possible_between_children(book: InMemoryCasebook) -> None:
    case = bring_to(book, State.WORKING)
    assert move_case(book, case, OFFICER, NOW, State.CLOSED, "why", "21").outcome == "21"
