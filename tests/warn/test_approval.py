"""Four steps, two people, every reason kept; and what changes when words change."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from lightkeeper.core.errors import Held, ImpossibleMove, NotAllowed, WarningRefused
from lightkeeper.warn.approval import Approval, Person, may_take, standing_of, steps_open_to, take_step
from lightkeeper.warn.circumstances import Circumstances
from lightkeeper.warn.gate import reasons_to_withdraw
from lightkeeper.warn.permit import permit_sending
from lightkeeper.warn.warning import PublicWarning

AUTHOR = Person("Ann", frozenset({"author"}))
LEAD = Person("Ben", frozenset({"safeguarding_lead"}))
POLICE = Person("Cat", frozenset({"police"}))
PUBLISHER = Person("Dan", frozenset({"publisher"}))
ALL_ROLES = frozenset({"author", "safeguarding_lead", "police", "publisher"})
FOUR = (("submit", AUTHOR), ("agree", LEAD), ("clear", POLICE), ("publish", PUBLISHER))


def walk(
    warning: PublicWarning, circumstances: Circumstances, steps: int = 4, start: Approval | None = None
) -> Approval:
    approval = start or Approval(warning.id)
    for name, person in FOUR[:steps]:
        approval = take_step(approval, name, person, "I read it.", warning, circumstances)
    return approval


def test_four_steps_lead_to_publication(good: PublicWarning, circumstances: Circumstances) -> None:
    approval = walk(good, circumstances)
    assert approval.state == "published"
    assert [step.person for step in approval.steps] == ["Ann", "Ben", "Cat", "Dan"]
    assert all(step.reason == "I read it." and step.fingerprint == good.fingerprint() for step in approval.steps)
    assert standing_of(approval, good, circumstances.now).approved


@pytest.mark.parametrize("done", range(4))
def test_no_step_can_be_left_out(done: int, good: PublicWarning, circumstances: Circumstances) -> None:
    approval = walk(good, circumstances, done)
    boss = Person("Eve", ALL_ROLES)
    for name, _ in FOUR:
        if name != FOUR[done][0]:
            with pytest.raises(ImpossibleMove):
                take_step(approval, name, boss, "In a hurry.", good, circumstances)


@pytest.mark.parametrize("done", range(4))
def test_only_the_role_may_take_a_step(done: int, good: PublicWarning, circumstances: Circumstances) -> None:
    approval, (name, right) = walk(good, circumstances, done), FOUR[done]
    wrong = Person("Eve", ALL_ROLES - right.roles)
    with pytest.raises(NotAllowed, match="this step is for"):
        take_step(approval, name, wrong, "I can.", good, circumstances)
    assert name not in steps_open_to(approval, wrong, good, circumstances.now)
    assert name in steps_open_to(approval, right, good, circumstances.now)


@pytest.mark.parametrize("done", [1, 2, 3])
def test_nobody_approves_what_they_wrote(done: int, good: PublicWarning, circumstances: Circumstances) -> None:
    ann_with_all = Person("Ann", ALL_ROLES)
    with pytest.raises(NotAllowed, match="another person"):
        take_step(walk(good, circumstances, done), FOUR[done][0], ann_with_all, "Mine.", good, circumstances)


def test_two_people_are_enough_and_one_is_not(good: PublicWarning, circumstances: Circumstances) -> None:
    ann, eve = AUTHOR, Person("Eve", ALL_ROLES)
    approval = Approval(good.id)
    for name, person in (("submit", ann), ("agree", eve), ("clear", eve), ("publish", eve)):
        approval = take_step(approval, name, person, "Read.", good, circumstances)
    assert approval.state == "published"


@pytest.mark.parametrize("reason", ["", "  ", "\n"])
def test_a_step_needs_a_reason(reason: str, good: PublicWarning, circumstances: Circumstances) -> None:
    with pytest.raises(NotAllowed, match="reason"):
        take_step(Approval(good.id), "submit", AUTHOR, reason, good, circumstances)


@pytest.mark.parametrize("done", range(4))
def test_a_hold_stops_every_step(done: int, good: PublicWarning, circumstances: Circumstances) -> None:
    approval = walk(good, circumstances, done)
    name, person = FOUR[done]
    with pytest.raises(Held):
        take_step(approval, name, person, "Go.", good, replace(circumstances, held=frozenset({"R-2"})))


def test_the_gate_is_asked_before_the_first_reader(good: PublicWarning, circumstances: Circumstances) -> None:
    with pytest.raises(WarningRefused):
        take_step(Approval(good.id), "submit", AUTHOR, "Go.", replace(good, contacts=()), circumstances)


@pytest.mark.parametrize("done", [1, 2, 3])
def test_changed_words_lose_what_was_agreed(done: int, good: PublicWarning, circumstances: Circumstances) -> None:
    approval, changed = walk(good, circumstances, done), replace(good, under_reporting="Tell someone.")
    name, person = FOUR[done]
    with pytest.raises(NotAllowed, match="words changed"):
        take_step(approval, name, person, "Go.", changed, circumstances)
    back = take_step(approval, "return", LEAD, "Words changed.", changed, circumstances)
    assert walk(changed, circumstances, start=back).state == "published"


def test_after_a_return_the_author_must_find_another_reader_again(
    good: PublicWarning, circumstances: Circumstances
) -> None:
    back = take_step(walk(good, circumstances, 2), "return", POLICE, "Too early.", good, circumstances)
    ben = Person("Ben", ALL_ROLES)
    approval = take_step(back, "submit", ben, "New try.", good, circumstances)
    with pytest.raises(NotAllowed, match="another person"):
        take_step(approval, "agree", ben, "Mine.", good, circumstances)


def test_nothing_is_published_under_embargo(good: PublicWarning, circumstances: Circumstances) -> None:
    later = replace(good, embargo=circumstances.now + timedelta(hours=2))
    approval = walk(later, circumstances, 3)
    with pytest.raises(NotAllowed, match="embargo"):
        take_step(approval, "publish", PUBLISHER, "Now.", later, circumstances)
    in_time = replace(circumstances, now=circumstances.now + timedelta(hours=2))
    assert take_step(approval, "publish", PUBLISHER, "Now.", later, in_time).state == "published"


def test_an_approval_fits_one_warning_only(good: PublicWarning, circumstances: Circumstances) -> None:
    with pytest.raises(NotAllowed, match="another warning"):
        take_step(Approval("another"), "submit", AUTHOR, "Go.", good, circumstances)


def test_an_unknown_step_is_named(good: PublicWarning, now: datetime) -> None:
    with pytest.raises(NotAllowed, match="submit, agree, clear, publish"):
        may_take(Approval(good.id), "force", AUTHOR, good, now)


def test_one_person_can_withdraw_in_an_emergency(good: PublicWarning, circumstances: Circumstances) -> None:
    approval = take_step(walk(good, circumstances), "withdraw", POLICE, "A name is in it.", good, circumstances)
    standing = standing_of(approval, good, circumstances.now)
    assert standing.withdrawn == circumstances.now
    assert not standing.approved
    with pytest.raises(ImpossibleMove):
        take_step(approval, "publish", PUBLISHER, "Again.", good, circumstances)


def test_old_words_stay_while_new_ones_are_written(good: PublicWarning, circumstances: Circumstances) -> None:
    approval = take_step(walk(good, circumstances), "update", AUTHOR, "New figures.", good, circumstances)
    newer = replace(good, updated=circumstances.now)
    assert standing_of(approval, good, circumstances.now).approved
    assert not standing_of(approval, newer, circumstances.now).approved
    approval = walk(newer, circumstances, start=approval)
    assert standing_of(approval, newer, circumstances.now).approved
    assert not standing_of(approval, good, circumstances.now).approved


def test_a_published_warning_runs_out(good: PublicWarning, circumstances: Circumstances) -> None:
    approval = walk(good, circumstances)
    assert standing_of(approval, good, good.expires).expired
    assert not standing_of(approval, good, good.expires - timedelta(seconds=1)).expired


@pytest.mark.parametrize("done", range(4))
def test_there_is_no_permit_before_publication(
    done: int, good: PublicWarning, circumstances: Circumstances
) -> None:
    with pytest.raises(NotAllowed, match="before it is published"):
        permit_sending(walk(good, circumstances, done), good, circumstances.now)


def test_a_permit_is_for_these_words_in_this_time(good: PublicWarning, circumstances: Circumstances) -> None:
    approval = walk(good, circumstances)
    assert permit_sending(approval, good, circumstances.now).fingerprint == good.fingerprint()
    with pytest.raises(NotAllowed, match="changed"):
        permit_sending(approval, replace(good, headline="Other"), circumstances.now)
    with pytest.raises(NotAllowed, match="run out"):
        permit_sending(approval, good, good.expires)
    withdrawn = take_step(approval, "withdraw", POLICE, "Stop.", good, circumstances)
    with pytest.raises(NotAllowed):
        permit_sending(withdrawn, good, circumstances.now)


def test_a_hold_that_comes_later_is_a_reason_to_withdraw(
    good: PublicWarning, circumstances: Circumstances
) -> None:
    assert reasons_to_withdraw(good, circumstances) == ()
    (reason,) = reasons_to_withdraw(good, replace(circumstances, held=frozenset({"R-1"})))
    assert reason.check == "hold"
