"""The tails and the upper bounds, against SciPy's own distributions."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from lightkeeper.watch.chance import chance_of_at_least, highest_usual, middle_chance

MEANS = np.array([0.01, 0.3, 1.0, 7.5, 40.0, 900.0])


@pytest.mark.parametrize("spread", [1.0, 1.3, 5.0])
def test_the_tail_is_scipys(spread: float) -> None:
    for count in (0, 1, 3, 30, 1000):
        if spread == 1:
            wanted = stats.poisson.sf(count - 1, MEANS)
        else:
            wanted = stats.nbinom.sf(count - 1, MEANS / (spread - 1), 1 / spread)
        assert chance_of_at_least(count, MEANS, spread) == pytest.approx(wanted, rel=1e-6, abs=1e-12)


@pytest.mark.parametrize("alpha", [0.05, 0.005, 1e-5])
def test_the_upper_bound_is_scipys_quantile(alpha: float) -> None:
    assert np.array_equal(highest_usual(alpha, MEANS, 1.0), stats.poisson.ppf(1 - alpha, MEANS))
    assert np.array_equal(highest_usual(alpha, MEANS, 3.0), stats.nbinom.ppf(1 - alpha, MEANS / 2, 1 / 3))


@given(mean=st.floats(0.001, 2000), spread=st.floats(1, 20), alpha=st.sampled_from([0.1, 0.02, 0.005, 1e-4]))
def test_one_above_the_bound_is_unusual_and_the_bound_itself_is_not(
    mean: float, spread: float, alpha: float
) -> None:
    for tail in (chance_of_at_least, middle_chance):
        bound = highest_usual(alpha, mean, spread, tail)
        assert tail(bound + 1, mean, spread) <= alpha * (1 + 1e-9)
        assert bound == 0 or tail(bound, mean, spread) > alpha * (1 - 1e-9)
