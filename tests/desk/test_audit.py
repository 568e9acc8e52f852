"""The log's chain: every edit, deletion, reorder, insertion and cut end is found (mutation test: 100 %)."""

import random
from dataclasses import fields, replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.desk.made_up import NOW

from lightkeeper.desk.audit import Act, Entry, Head, Why, chain_entry, find_flaws

WORDS = st.text(min_size=0, max_size=20)


def chain(length: int, why: str = "because") -> tuple[list[Entry], list[Why]]:
    entries: list[Entry] = []
    reasons: list[Why] = []
    for number in range(length):
        act = Act(
            f"person{number % 3}", "see.case", f"C{number % 4}", why if number % 2 else "", (("n", str(number)),)
        )
        entry, reason = chain_entry(entries[-1] if entries else None, act, NOW + timedelta(seconds=number))
        entries.append(entry)
        reasons += [reason] if reason else []
    return entries, reasons


def test_an_untouched_chain_has_no_flaw() -> None:
    entries, reasons = chain(30)
    assert find_flaws(entries, reasons, [Head(30, entries[-1].hash), Head(7, entries[6].hash)]) == ()
    assert find_flaws([]) == ()


@pytest.mark.parametrize("field", [one.name for one in fields(Entry)])
def test_a_change_of_any_field_of_any_entry_is_found(field: str) -> None:
    entries, _ = chain(12)
    for place, entry in enumerate(entries):
        value = getattr(entry, field)
        changed = {
            "number": 99,
            "at": NOW + timedelta(days=9),
            "detail": (("n", "x"),),
        }.get(field, "0" * 64 if value != "0" * 64 else "1" * 64)
        mutant = [*entries[:place], replace(entry, **{field: changed}), *entries[place + 1 :]]
        assert find_flaws(mutant), (field, place)


def test_a_missing_entry_is_found_wherever_it_stood() -> None:
    entries, _ = chain(12)
    head = Head(12, entries[-1].hash)
    for place in range(12):
        assert find_flaws([*entries[:place], *entries[place + 1 :]], (), [head]), place


def test_any_two_entries_in_each_others_place_are_found() -> None:
    entries, _ = chain(8)
    for a in range(8):
        for b in range(a):
            mutant = list(entries)
            mutant[a], mutant[b] = mutant[b], mutant[a]
            assert find_flaws(mutant), (a, b)


def test_a_cut_end_is_found_by_a_head_that_was_kept() -> None:
    entries, _ = chain(12)
    head = Head(12, entries[-1].hash)
    for length in range(12):
        assert find_flaws(entries[:length], (), [head]), length
        assert not find_flaws(entries[:length])  # and without a head nobody can see it


def test_a_whole_new_chain_is_found_by_a_head_that_was_kept() -> None:
    entries, _ = chain(6)
    forged, _ = chain(6, "another reason")
    assert not find_flaws(forged)
    assert find_flaws(forged, (), [Head(6, entries[-1].hash)])


def test_an_inserted_entry_is_found() -> None:
    entries, _ = chain(6)
    for place in range(5):
        extra, _ = chain_entry(entries[place], Act("x", "y"), NOW)
        assert find_flaws([*entries[: place + 1], extra, *entries[place + 1 :]], (), [Head(6, entries[-1].hash)])


def test_random_mutants_are_all_found() -> None:
    entries, reasons = chain(40)
    head = Head(40, entries[-1].hash)
    chance = random.Random(5)
    found = 0
    for _ in range(1_000):
        mutant = list(entries)
        place = chance.randrange(40)
        match chance.randrange(4):
            case 0:
                mutant.pop(place)
            case 1:
                mutant[place] = replace(mutant[place], who=f"x{chance.random()}")
            case 2:
                mutant[place:] = mutant[place:][::-1] if place < 39 else []
            case _:
                mutant.insert(place, mutant[place])
        found += bool(find_flaws(mutant, reasons, [head]))
    assert found == 1_000


def test_a_changed_reason_is_found_and_a_forgotten_one_is_not_a_flaw() -> None:
    entries, reasons = chain(6)
    assert find_flaws(entries, [replace(reasons[0], words="something else")])
    assert find_flaws(entries, [replace(reasons[0], number=1)])
    assert find_flaws(entries, []) == ()


@given(who=WORDS, about=WORDS, why=WORDS)
def test_no_words_of_a_reason_are_in_the_chain(who: str, about: str, why: str) -> None:
    act = Act(who, "what", about, f"because-{why}")
    entry, reason = chain_entry(None, act, NOW)
    assert f"because-{why}" not in repr(entry)
    assert "because-" not in repr(act) + repr(reason)
