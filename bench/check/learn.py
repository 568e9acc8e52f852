"""How far a learned score would go beside the rules: each word, and each two neighbours, weigh a little.

    .venv/bin/python bench/check/learn.py

Learned from the made-up corpora in `corpus/` but those named in HELD_OUT, and from one half of the real harmless
talk (chitchat-dataset); measured on the rest. The features are the words that the engine knows already; their sum
runs over the last words of the other person. The weights are whole numbers, so that both engines could add them
up alike. What it would take to build this in is in `docs/decisions/0023-a-learned-score-beside-the-rules.md`.
"""

from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from run import HERE, is_kept_unseen, read_chitchat, read_corpus
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from lightkeeper.check import check
from lightkeeper.check.engine import default_tokens
from lightkeeper.core.finding import Level
from lightkeeper.core.message import Conversation

HELD_OUT = ("en-4", "langs-4")
WINDOW = 24  # words that are taken together
LEAST, SCALE = 0.13, 100  # weights below LEAST are left out; whole numbers are SCALE times the weight
AFTER, EARLY, CHAT = 0.3, 0.2, 0.3  # how much messages long after the threat, before it, and of real talk count
BARS = (200, 320, 450)  # scores from which a conversation is taken for danger

Row = tuple[Counter[str], int, float]  # features, whether it is blackmail, how much it counts


def features(words: list[str]) -> Counter[str]:
    """Words, and two neighbours joined by a space."""
    return Counter([word for word in words if word] + [f"{a} {b}" for a, b in pairwise(words) if a and b])


def ends(talk: Conversation, me: str | None) -> Iterator[tuple[int, Counter[str]]]:
    """Each message of others with the features of the last words that its sender has said by then."""
    traces = default_tokens().traces
    said: dict[str, list[str]] = {}
    for number, message in enumerate(talk.messages):
        if message.sender != me:
            words = said.setdefault(message.sender, [])
            words.extend(word for piece in message.text.split() for word in traces[piece])
            yield number, features(words[-WINDOW:])


def rows() -> Iterator[Row]:
    names = sorted(path.stem for path in (HERE / "corpus").glob("*.txt"))
    for case in (case for name in names if name not in HELD_OUT for case in read_corpus(name)):
        for number, row in ends(case.conversation, "Kid"):
            if not case.danger:
                yield row, 0, 1.0
            elif case.threat is not None:
                late = 1.0 if number < case.threat + 3 else AFTER
                yield (row, 0, EARLY) if number < case.threat else (row, 1, late)
    for talk in read_chitchat():
        if not is_kept_unseen(talk):
            yield from ((row, 0, CHAT) for _, row in ends(talk, None))


def learn(data: list[Row]) -> tuple[dict[str, int], int]:
    """The weights that are worth keeping, and what every score begins with."""
    seen = Counter(name for row, _, _ in data for name in row)
    place = {name: number for number, name in enumerate(sorted(one for one, times in seen.items() if times > 1))}
    cells = [(at, place[one], n) for at, (row, _, _) in enumerate(data) for one, n in row.items() if one in place]
    at, which, times = zip(*cells, strict=True)
    matrix = csr_matrix((times, (at, which)), shape=(len(data), len(place)), dtype=float)
    model = LogisticRegression(C=1.0, solver="liblinear")
    model.fit(matrix, [kind for _, kind, _ in data], sample_weight=[weight for _, _, weight in data])
    weights = {name: float(model.coef_[0][number]) for name, number in place.items()}
    kept = {name: round(SCALE * weight) for name, weight in weights.items() if abs(weight) >= LEAST}
    return kept, round(SCALE * float(model.intercept_[0]))


def main() -> None:
    weights, bias = learn(list(rows()))
    print(f"{len(weights)} weights, learned from all made-up sets but {' and '.join(HELD_OUT)}")

    def best(talk: Conversation) -> int:
        sums = (sum(weights.get(one, 0) * n for one, n in row.items()) for _, row in ends(talk, talk.me))
        return bias + max(sums, default=0)

    for name in HELD_OUT:
        read = [(one.danger, best(one.conversation), is_danger(one.conversation)) for one in read_corpus(name)]
        for bar in BARS:
            learned, both = Counter(), Counter()
            for danger, score, ruled in read:
                learned[danger] += score >= bar
                both[danger] += score >= bar or ruled
            scripts = sum(danger for danger, _, _ in read)
            print(f"  {name} at {bar}: learned {learned[True]}, with the rules {both[True]} of {scripts} scripts; "
                  f"false alarms {learned[False]}, {both[False]} of {len(read) - scripts}")  # fmt: skip
    unseen = [best(talk) for talk in read_chitchat() if is_kept_unseen(talk)]
    for bar in BARS:
        print(f"  real harmless talk at {bar}: {sum(score >= bar for score in unseen)} of {len(unseen)}")


def is_danger(talk: Conversation) -> bool:
    return check(talk).level is Level.DANGER


if __name__ == "__main__":
    main()
