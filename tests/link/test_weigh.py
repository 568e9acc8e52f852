"""Evidence: rarer agreements weigh more, better-known groups contradict harder, bigger ones ask for more."""

import math

import numpy as np
import pytest

from lightkeeper.link import weigh
from lightkeeper.link.learn import learn


def test_a_pair_of_rare_keys_hardly_ever_meets_by_chance() -> None:
    rare = weigh.shared_by_chance(weigh.HANDLE, 5, weigh.PHONE, 3, 1_000_000)
    common = weigh.shared_by_chance(weigh.NAME, 5_000, weigh.SCRIPT, 20_000, 1_000_000)
    assert rare < weigh.PAIR_BAR < weigh.PAIR_SEEN < common
    assert common == pytest.approx(100)


def test_little_data_claims_no_great_rarity_for_names() -> None:
    assert weigh.shared_by_chance(weigh.NAME, 20, weigh.SCRIPT, 10, 47) > weigh.PAIR_SEEN


def test_a_well_known_group_contradicts_harder() -> None:
    assert weigh.disagreement(100, 1) < weigh.disagreement(3, 1) < weigh.disagreement(1, 1) < 0


def test_a_rarer_agreement_weighs_more_and_never_against() -> None:
    assert weigh.agreement(5, 10, 2, 0.0001) > weigh.agreement(5, 10, 2, 0.01) > 0
    assert weigh.agreement(1, 10, 2, 0.9) == 0


def test_the_bar_rises_with_size() -> None:
    assert weigh.bar(1) == weigh.bar(2) == weigh.BAR
    assert weigh.bar(100) == pytest.approx(weigh.BAR + math.log(100))


def test_company_is_what_chance_does_not_explain() -> None:
    assert weigh.is_company(1, 5, 5, 10_000)
    assert not weigh.is_company(4, 170, 173, 10_000)  # three by chance
    assert weigh.is_company(90, 170, 173, 10_000)
    assert not weigh.is_company(90, 170, 173, 10_000, worlds=10.0)


def test_a_hub_keeps_no_company() -> None:
    assert weigh.is_hub(weigh.HANDLE, 5_000, 9_000, 300)
    assert not weigh.is_hub(weigh.HANDLE, 5_000, 9_000, 8_000)  # a prolific offender
    assert not weigh.is_hub(weigh.HANDLE, 10, 20, 0)  # too little seen to say
    assert not weigh.is_hub(weigh.NAME, 5_000, 9_000, 300)  # a name is weak anyway


def test_beliefs_are_learned_from_the_other_evidence() -> None:
    row = weigh.key_class(weigh.HANDLE, 2, public=False, kin=0)
    other = weigh.key_class(weigh.PAYMENT, 2, public=False, kin=0)
    classes = np.array([row] * 400 + [other] * 400)
    evidence = np.array([5.0] * 380 + [-5.0] * 20 + [5.0] * 100 + [-5.0] * 300)
    beliefs = learn(classes, evidence, np.ones(800, np.int64))
    assert beliefs.belief[row] == pytest.approx(0.95, abs=0.03)
    assert beliefs.belief[other] == pytest.approx(0.27, abs=0.05)
    table = weigh.describe(beliefs.belief.tolist(), beliefs.taught.tolist())
    assert [(one.key, one.candidates) for one in table] == [("handle", 400), ("payment", 400)]


def test_two_strangers_teach_nothing() -> None:
    row = weigh.key_class(weigh.HANDLE, 2, public=False, kin=0)
    beliefs = learn(np.array([row] * 100), np.full(100, -9.0), np.zeros(100, np.int64))
    assert beliefs.belief[row] == pytest.approx(weigh.first_beliefs()[row])
