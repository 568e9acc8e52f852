"""Learning how far each class of agreement can be believed, without being told any answer.

Expectation-maximisation on the belief alone: a candidate's other evidence (does the name fit the group? the
account? the script?) says how likely it is real; a class is believed as often as its candidates are real.
Only candidates with one established side teach, because only there the other evidence has weight.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lightkeeper.link.weigh import CLASSES, FIRST_BELIEF, first_beliefs

STEPS = 30


@dataclass(frozen=True, slots=True)
class Beliefs:
    """How often an agreement of each class is one offender (0 to 1), and how many candidates taught it."""

    belief: NDArray[np.float64]
    taught: NDArray[np.int64]

    @property
    def weight(self) -> NDArray[np.float64]:
        return np.log(self.belief / (1.0 - self.belief))


def learn(classes: NDArray[Any], evidence: NDArray[np.float64], established: NDArray[Any]) -> Beliefs:
    """Beliefs from candidates: the class of each, its other evidence in nats, how many sides are established."""
    first = np.asarray(first_beliefs())
    teaching = established == 1
    rows, other = classes[teaching], evidence[teaching]
    taught = np.bincount(rows, minlength=CLASSES)
    belief = first.copy()
    for _ in range(STEPS):
        odds = np.log(belief / (1.0 - belief))[rows] + other
        real = 1.0 / (1.0 + np.exp(-np.clip(odds, -30.0, 30.0)))
        total = np.bincount(rows, weights=real, minlength=CLASSES)
        belief = np.clip((total + FIRST_BELIEF * first) / (taught + FIRST_BELIEF), 0.001, 0.999)
    return Beliefs(belief, taught)
