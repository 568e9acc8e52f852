"""How well an answer fits the truth: B-cubed and by pairs.

python bench/link/score.py truth.csv assignments.csv
"""

import csv
import json
import sys
from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Score:
    """Precision, recall and their harmonic mean, by report (B-cubed) and by pair of reports."""

    b3_precision: float
    b3_recall: float
    b3: float
    pair_precision: float
    pair_recall: float
    pair: float
    largest: int


def read(path: Path) -> dict[str, str]:
    with path.open(newline="") as file:
        return {row[0]: row[1] for row in list(csv.reader(file))[1:]}


def score(truth: Mapping[str, str], answer: Mapping[str, str]) -> Score:
    """Every report of the truth must be in the answer."""
    both = Counter((truth[report], answer[report]) for report in truth)
    real, found = Counter(truth.values()), Counter(answer[report] for report in truth)
    hit = sum(size * (size - 1) for size in both.values())
    pair_precision = hit / max(1, sum(size * (size - 1) for size in found.values()))
    pair_recall = hit / max(1, sum(size * (size - 1) for size in real.values()))
    precision = sum(size * size / found[group] for (_, group), size in both.items()) / len(truth)
    recall = sum(size * size / real[owner] for (owner, _), size in both.items()) / len(truth)
    pair = _mean(pair_precision, pair_recall)
    largest = max(found.values())
    return Score(precision, recall, _mean(precision, recall), pair_precision, pair_recall, pair, largest)


def _mean(a: float, b: float) -> float:
    return 2 * a * b / (a + b) if a + b else 0.0


if __name__ == "__main__":
    found = score(read(Path(sys.argv[1])), read(Path(sys.argv[2])))
    print(json.dumps({name: round(value, 4) for name, value in asdict(found).items()}))
