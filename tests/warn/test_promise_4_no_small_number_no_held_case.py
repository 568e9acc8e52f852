"""Promise 4 at the gate: no small number, no held case, also not by subtracting, whatever else a warning says."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from lightkeeper.core.errors import Held, NotAllowed, TooFewToShow
from lightkeeper.warn.checks.hold import check_hold
from lightkeeper.warn.checks.numbers import check_numbers
from lightkeeper.warn.checks.subtraction import check_subtraction, counts_said
from lightkeeper.warn.circumstances import Circumstances, Clearance, SaidCount
from lightkeeper.warn.gate import pass_gate
from lightkeeper.warn.warning import Count, NumberApproval, PublicWarning

same_warning = settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60
)
ids = st.sets(st.sampled_from("ABCDEFGH"), max_size=6)


def count_of(warning: PublicWarning) -> Count:
    assert warning.count is not None
    return warning.count


@same_warning
@given(behind=ids, held=ids, cleared=ids)
def test_a_warning_passes_only_when_nothing_behind_it_is_held(
    good: PublicWarning, behind: set[str], held: set[str], cleared: set[str]
) -> None:
    warning = replace(good, behind=tuple(sorted(behind)))
    lifted = {one: Clearance("A. N. Officer", "inspector", "Arrested.") for one in cleared}
    circumstances = Circumstances(good.issued, frozenset(held), lifted)
    assert bool(list(check_hold(warning, circumstances))) == bool(behind & held - cleared)
    if behind & held - cleared:
        with pytest.raises(Held):
            pass_gate(warning, circumstances)


@same_warning
@given(number=st.integers(0, 4), rank=st.sampled_from(["", "constable", "sergeant", "chief", "INSPECTOR "]))
def test_a_small_number_needs_the_rank(good: PublicWarning, number: int, rank: str) -> None:
    approval = NumberApproval("A. N. Officer", rank, "Asked.") if rank else None
    warning = replace(good, count=replace(count_of(good), number=number, approval=approval))
    with pytest.raises(TooFewToShow):
        pass_gate(warning, Circumstances(good.issued))


@same_warning
@given(number=st.integers(5, 500), named=st.booleans())
def test_an_exact_number_needs_a_name(good: PublicWarning, number: int, named: bool) -> None:
    approval = NumberApproval("A. N. Officer", "sergeant", "Asked.") if named else None
    warning = replace(good, summary="", count=replace(count_of(good), number=number, approval=approval))
    refused = {one.check for one in check_numbers(warning, Circumstances(good.issued))}
    assert ("exact_number" in refused) == (not named and number % 5 != 0)


@same_warning
@given(
    number=st.integers(5, 60),
    other=st.integers(5, 60),
    begin=st.integers(-40, 40),
    end=st.integers(-40, 40),
)
def test_no_two_publications_leave_a_small_difference(
    good: PublicWarning, number: int, other: int, begin: int, end: int
) -> None:
    """Whenever one period lies in the other, what is left of the larger is nothing or at least five."""
    count = count_of(good)
    assert count.first is not None
    assert count.last is not None
    first, last = count.first + timedelta(days=begin), count.last + timedelta(days=end)
    assume(first <= last)
    old = SaidCount(good.place, count.version, other, first, last)
    warning = replace(good, change=None, count=replace(count, number=number))
    refused = bool(list(check_subtraction(warning, Circumstances(good.issued, published=(old,)))))
    one_in_the_other = begin * end <= 0
    assert refused == (one_in_the_other and 1 <= abs(number - other) <= 4)


def test_what_a_warning_said_is_kept_for_the_next(good: PublicWarning) -> None:
    said = counts_said(good)
    assert [one.number for one in said] == [85, 40]
    assert not list(check_subtraction(good, Circumstances(good.issued, published=said)))
    late = replace(good, count=replace(count_of(good), number=87))
    with pytest.raises(NotAllowed):
        pass_gate(late, Circumstances(good.issued, published=said))
