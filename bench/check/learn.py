"""Learn what each word, and each two neighbours, weigh for or against blackmail; write `likeness.json`.

    .venv/bin/python bench/check/learn.py [--without NAME …] [--halves] [--write]

Two scores: `threat`, from the first threat on against everything else, and `lead`, what comes before it against
harmless talk. Both are learned from the made-up corpora in `corpus/`, but those that are named or that
`first.toml` says not to learn from, and from real harmless talk (chitchat-dataset). The features are the words
that the engine knows already, in the last words of one person; the weights are whole numbers, so that both engines
add them up alike. Prints how each set that was left out comes out at each bar, and each half of the real talk by
weights that were learned from the other half alone (`--halves`); what is written was learned from both.
"""

import argparse
import json
import tomllib
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from run import CHECK, HERE, Case, is_kept_unseen, read_chitchat, read_corpus
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from lightkeeper.check.engine import default_tokens
from lightkeeper.core.message import Conversation

WINDOW = tomllib.loads((CHECK / "script.toml").read_text("utf-8"))["likeness"]["window"]
SHORTER = 16  # it is learned from fewer of the last words as well, and from each message by itself
STRENGTH = {"threat": 0.6, "lead": 0.15}  # how freely weights may grow (the inverse of the penalty)
LEAST, SCALE, ROUND = 0.3, 100, 5  # lesser weights are left out; the others are SCALE times as large, in ROUNDs
AFTER, EARLY, CHAT = 0.3, 0.3, 0.6  # how much messages long after the threat, before it, and of real talk count
LEAD = 4  # messages before the threat that make a lead-up
BARS = (0, 60, 100, 150, 200, 250, 300, 350, 400)
NEVER = ("before", "after")  # the specification's own talk is for measuring


class Sample(NamedTuple):
    """What was said last, whether it is what the score is of, and how much it counts."""

    features: Counter[str]
    is_so: bool
    counts: float


class Weights(NamedTuple):
    """One learned score, in hundredths."""

    bias: int
    of: dict[str, int]

    def best(self, said: list[str]) -> int:
        """The highest score that somebody's words reach."""
        steps = [self.of.get(b, 0) + self.of.get(f"{a} {b}", 0) for a, b in pairwise(["", *said])]
        return self.bias + max(
            (sum(steps[max(0, end - WINDOW) : end]) for end in range(1, len(steps) + 1)), default=0
        )

    def as_json(self) -> dict[str, object]:
        kept = sorted((name, weight) for name, weight in self.of.items() if weight)
        return {
            "bias": self.bias,
            "words": {name: weight for name, weight in kept if " " not in name},
            "pairs": {name: weight for name, weight in kept if " " in name},
        }


def features(words: list[str]) -> Counter[str]:
    """Words, and two neighbours joined by a space."""
    return Counter([word for word in words if word] + [f"{a} {b}" for a, b in pairwise(words) if a and b])


def read_words(text: str) -> list[str]:
    traces = default_tokens().traces
    return [word for piece in text.split() for word in traces[piece]]


def follow(talk: Conversation, me: str | None) -> Iterator[tuple[int, Counter[str]]]:
    """Each message of others: the features of it alone, and of the last words that its sender has said by then."""
    said: dict[str, list[str]] = {}
    for number, message in enumerate(talk.messages):
        if message.sender != me:
            words = said.setdefault(message.sender, [])
            own = read_words(message.text)
            words.extend(own)
            for size in {min(size, len(words)) for size in (len(own), SHORTER, WINDOW)}:
                yield number, features(words[len(words) - size :])


def sample_threat(case: Case) -> Iterator[Sample]:
    for number, row in follow(case.conversation, "Kid"):
        if not case.danger:
            yield Sample(row, False, 1.0)
        elif case.threat is not None:
            late = 1.0 if number < case.threat + 3 else AFTER
            yield Sample(row, False, EARLY) if number < case.threat else Sample(row, True, late)


def sample_lead(case: Case) -> Iterator[Sample]:
    threat = case.threat or 0
    if not case.danger or threat >= LEAD:
        for number, row in follow(case.conversation, "Kid"):
            if not case.danger or number < threat:
                yield Sample(row, case.danger, 1.0)


def learn(samples: list[Sample], strength: float) -> Weights:
    """The weights that are worth keeping, by logistic regression, and what every score begins with."""
    seen = Counter(name for one in samples for name in one.features)
    place = {name: number for number, name in enumerate(sorted(one for one, times in seen.items() if times > 1))}
    cells = [
        (at, place[name], times)
        for at, one in enumerate(samples)
        for name, times in one.features.items()
        if name in place
    ]
    rows, columns, times = zip(*cells, strict=True)
    matrix = csr_matrix((times, (rows, columns)), shape=(len(samples), len(place)), dtype=float)
    model = LogisticRegression(C=strength, solver="liblinear")
    model.fit(matrix, [one.is_so for one in samples], sample_weight=[one.counts for one in samples])
    weights = {name: float(model.coef_[0][number]) for name, number in place.items()}
    kept = {
        name: ROUND * round(SCALE / ROUND * weight) for name, weight in weights.items() if abs(weight) >= LEAST
    }
    return Weights(round(SCALE * float(model.intercept_[0])), kept)


def learn_both(cases: list[Case], talks: list[Conversation]) -> tuple[Weights, Weights]:
    """The scores of the threat and of the lead-up, from made-up talk and harmless real talk."""
    real = [Sample(row, False, CHAT) for talk in talks for _, row in follow(talk, None)]
    threats = (one for case in cases for one in sample_threat(case))
    leads = (one for case in cases for one in sample_lead(case))
    return learn([*threats, *real], STRENGTH["threat"]), learn([*leads, *real], STRENGTH["lead"])


def say(name: str, threat: Weights, lead: Weights) -> None:
    """How one set comes out by the scores alone."""

    def shares(weights: Weights, talks: list[Conversation]) -> str:
        bests = [
            weights.best([word for one in talk.messages if one.sender != "Kid" for word in read_words(one.text)])
            for talk in talks
        ]
        return "  ".join(f"{sum(best >= bar for best in bests):4}" for bar in BARS) + f"  of {len(talks)}"

    cases = read_corpus(name)
    dangers, harmless = ([one for one in cases if one.danger is kind] for kind in (True, False))
    leads = [Conversation(one.conversation.messages[: one.threat]) for one in dangers if (one.threat or 0) >= LEAD]
    print(f"{name:24} {'  '.join(f'{bar:4}' for bar in BARS)}")
    print(f"  threat, scripts        {shares(threat, [one.conversation for one in dangers])}")
    print(f"  threat, harmless talk  {shares(threat, [one.conversation for one in harmless])}")
    print(f"  lead, before a threat  {shares(lead, leads)}")
    print(f"  lead, harmless talk    {shares(lead, [one.conversation for one in harmless])}")


def say_chitchat(threat: Weights, lead: Weights, talks: list[Conversation]) -> None:
    """The half that was not learned from: each person by turns is the other one."""
    print(f"{f'real talk, {len(talks):,}':24} {'  '.join(f'{bar:4}' for bar in BARS)}")
    for name, weights in (("threat", threat), ("lead", lead)):
        bests = [
            max(
                weights.best([word for one in talk.messages if one.sender == who for word in read_words(one.text)])
                for who in {one.sender for one in talk.messages}
            )
            for talk in talks
        ]
        print(f"  {name:22} {'  '.join(f'{sum(best >= bar for best in bests):4}' for bar in BARS)}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--without", nargs="*", default=[], help="sets to leave out, and to measure")
    parser.add_argument("--write", action="store_true", help="write likeness.json")
    parser.add_argument("--halves", action="store_true", help="measure each half of the real talk by the other")
    options = parser.parse_args()
    unread = tomllib.loads((HERE / "corpus" / "first.toml").read_text("utf-8"))
    held = [name for name, first in unread.items() if not first.get("learned", True)] + options.without
    names = [path.stem for path in sorted((HERE / "corpus").glob("*.txt")) if path.stem not in (*held, *NEVER)]
    cases = [case for name in names for case in read_corpus(name)]
    talks = read_chitchat()
    for half in (False, True) if options.halves else ():
        say_chitchat(*learn_both(cases, [one for one in talks if is_kept_unseen(one) is not half]),
                     [one for one in talks if is_kept_unseen(one) is half])  # fmt: skip
    threat, lead = learn_both(cases, talks)
    print(f"learned from {len(cases):,} made-up talks: {len(threat.of):,} and {len(lead.of):,} weights")
    for name in held:
        say(name, threat, lead)
    if options.write:
        learned = {"threat": threat.as_json(), "lead": lead.as_json()}
        text = json.dumps(learned, ensure_ascii=False, indent=0, sort_keys=True)
        (CHECK / "likeness.json").write_text(text + "\n", "utf-8")


if __name__ == "__main__":
    main()
