"""Giving a case to somebody, and keeping it to named people: who may, and what the log has of it."""

import pytest
from tests.desk.made_up import LEAD, OFFICER, READER, open_case

from lightkeeper.core.errors import NotAllowed
from lightkeeper.desk.actions.assign_case import assign_case, restrict_case
from lightkeeper.desk.in_memory import InMemoryCasebook
from lightkeeper.desk.people import Officer, Role
from lightkeeper.desk.policy import No, Yes, about_case, may


def test_a_case_goes_to_somebody_who_can_work_on_it() -> None:
    book = InMemoryCasebook()
    case = open_case(book)
    given = assign_case(book, case, OFFICER, LEAD)
    assert book.case(case.id).owner == given.owner == LEAD.id
    with pytest.raises(NotAllowed, match="Kit cannot work on it"):
        assign_case(book, case, OFFICER, READER)
    with pytest.raises(NotAllowed):
        assign_case(book, case, READER, OFFICER)


def test_a_restricted_case_opens_for_the_named_and_for_nobody_else() -> None:
    book = InMemoryCasebook()
    case = restrict_case(book, open_case(book), LEAD, ["sam"], "a colleague's child")
    assert case.allowed == {"sam", LEAD.id}
    other = Officer("ali", "Ali", Role.LEAD, OFFICER.teams)
    assert isinstance(may(OFFICER, "case.see", about_case(case)), Yes)
    assert isinstance(may(other, "case.see", about_case(case)), No)
    with pytest.raises(NotAllowed):
        restrict_case(book, case, other, [], "let me see it")  # not even a lead who is not named
    open_again = restrict_case(book, case, LEAD, [], "it is over")
    assert (open_again.restricted, open_again.allowed) == (False, frozenset())
    assert [entry.what for entry in book.entries(about=case.id)].count("case.restrict") == 2


def test_a_restriction_needs_a_lead_a_reason_and_a_second_name() -> None:
    book = InMemoryCasebook()
    case = open_case(book)
    for who, people, reason in ((OFFICER, ["ali"], "why"), (LEAD, ["sam"], " "), (LEAD, [LEAD.id], "why")):
        with pytest.raises(NotAllowed):
            restrict_case(book, case, who, people, reason)
    assert book.case(case.id) == case
