"""Learn what each word, and each two neighbours, weigh for or against blackmail; write `likeness.json`.

    .venv/bin/python bench/check/learn.py [--without NAME …] [--halves] [--write]

Two scores: `threat`, what is said from the first threat on against everything else, and `lead`, what comes before
it against harmless talk. They are learned from the made-up corpora in `corpus/`, but those that are named or that
`first.toml` says not to learn from, and from real harmless talk (chitchat-dataset). The features are words in the
last words of one person, two neighbours, and the families of the wording files, so that a word that was never met
weighs what its family does; these are added to the weights of their words. Words that the wording does not know
are learned too where enough talks have them. A talk is danger by the one place that is most like it: so once
learned, the scores are learned again, and what is not the most telling of its talk counts less. Weights are whole
numbers, so that both engines add them up alike.

Prints how each set that was left out comes out at each bar, and each half of the real talk by weights that were
learned from the other half alone (`--halves`); what is written was learned from both.
"""

import argparse
import json
import tomllib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np
from run import CHECK, HERE, Case, is_kept_unseen, read_chitchat, read_corpus
from scipy.sparse import csr_matrix, hstack
from sklearn.linear_model import LogisticRegression

from lightkeeper.check.compile import compile_rules, fold_word
from lightkeeper.check.notation import read_words
from lightkeeper.check.rules import Rules
from lightkeeper.check.tokens import Tokens
from lightkeeper.core.message import Conversation

WINDOW = tomllib.loads((CHECK / "script.toml").read_text("utf-8"))["likeness"]["window"]
SHORTER = 16  # it is learned from fewer of the last words as well, and from each message by itself
STRENGTH = {"threat": 0.4, "lead": 0.15}  # how freely weights may grow (the inverse of the penalty)
KEPT = {"threat": 24_000, "lead": 5_000}  # features that tell most, learned once more alone
SCALE, ROUND = 100, 5  # weights are SCALE times as large, in ROUNDs
LEAST = {"threat": 10, "lead": 20}  # lesser weights are left out
AFTER, EARLY = 0.3, 0.3  # how much messages long after the threat, and before it, count
# How much a message of real talk counts: nothing must be called blackmail there.
CHAT = {"threat": 160.0, "lead": 2.0}
LESS = {"threat": 0.3, "lead": 1.0}  # how much counts what is not the most telling of a talk
THIN = 3  # of real talk one message in so many is learned from
LEAD = 4  # messages before the threat that make a lead-up
MET = 3  # talks that have to have a word that the wording does not know
BARS = (0, 60, 100, 150, 200, 250, 300, 350, 400)
NEVER = ("before", "after")  # the specification's own talk is for measuring
FAMILY = "@"  # begins the name of a family, which no word does

Read = Callable[[str], list[str]]


class Sample(NamedTuple):
    """What was said last, in which talk; for the scores it tells of, whether it is one, and how much it counts."""

    words: list[str]
    talk: int
    marks: dict[str, tuple[bool, float]]


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


class Learned(NamedTuple):
    """All scores by name, and by language the words that the wording does not know and that they need."""

    scores: dict[str, Weights]
    words: dict[str, list[str]]

    def reader(self) -> Read:
        return reader(Tokens(Rules(compile_rules(learned=self.as_json()))))

    def as_json(self) -> dict[str, Any]:
        return {"scores": {name: one.as_json() for name, one in self.scores.items()}, "words": self.words}


class Corpus:
    """What is learned from: made-up talks and real ones, read by the words that are known."""

    def __init__(self, cases: list[Case], talks: list[Conversation]) -> None:
        self.cases, self.talks = cases, talks
        self.families = read_families()

    def learn(self) -> Learned:
        """Learns with every word that enough talks have, and then once more with those that came to weigh."""
        met = self.meet_words()
        first = self.learn_scores(met)
        needed = {word for weights in first.values() for name in weights.of for word in name.split(" ")}
        words = {language: sorted(needed.intersection(own)) for language, own in met.items()}
        return Learned(self.learn_scores(words), words)

    def meet_words(self) -> dict[str, list[str]]:
        """By language the words that the wording does not know and that enough talks have."""
        tokens = Tokens(Rules(compile_rules(learned={})))
        talks: dict[str, Counter[str]] = defaultdict(Counter)
        told = [(one.language, one.conversation) for one in self.cases] + [("en", one) for one in self.talks]
        for language, talk in told:
            pieces = {piece for message in talk.messages for piece in message.text.split()}
            words = {token.norm for piece in pieces for token in tokens[piece]}
            talks[language].update(one for one in words if 3 <= len(one) <= 14 and one.isalpha())
        homes: dict[str, list[str]] = {language: [] for language in talks}
        for word in {word for own in talks.values() for word in own} - tokens.rules.words.keys():
            home = max(talks, key=lambda language: (talks[language][word], language))
            if talks[home][word] >= MET:
                homes[home].append(word)
        return homes

    def learn_scores(self, words: dict[str, list[str]]) -> dict[str, Weights]:
        """All scores, with these words known."""
        tokens = Tokens(Rules(compile_rules(learned={"words": words})))
        read = reader(tokens)
        samples = [one for talk, case in enumerate(self.cases) for one in sample_case(talk, case, read)]
        first = len(self.cases)
        samples += [one for talk, real in enumerate(self.talks, first) for one in sample_real(talk, real, read)]
        names, matrix = tabulate([one.words for one in samples], self.families)
        return {
            name: self.fold(name, tokens.rules.words, *learn(names, matrix, samples, name)) for name in STRENGTH
        }

    def fold(self, score: str, known: Iterable[str], bias: float, learned: dict[str, float]) -> Weights:
        """The weights of words with those of their families, and of pairs; whole, without the least."""
        of = {name: weight for name, weight in learned.items() if " " in name}
        for word in known:
            of[word] = sum(learned.get(name, 0.0) for name in (word, *self.families.get(word, ())))
        whole = {name: ROUND * round(SCALE / ROUND * weight) for name, weight in of.items()}
        return Weights(round(SCALE * bias), {name: one for name, one in whole.items() if abs(one) >= LEAST[score]})


def read_families() -> dict[str, set[str]]:
    """The named families of each word that is an entry by itself, whatever the language."""
    found: dict[str, set[str]] = defaultdict(set)
    for path in sorted((CHECK / "wording").glob("*.toml")):
        for name, entries in tomllib.loads(path.read_text("utf-8"))["words"].items():
            for entry in read_words(entries):
                first, *rest = fold_word(entry)
                if not rest:
                    found[first].add(f"{FAMILY}{name}")
    return found


def reader(tokens: Tokens) -> Read:
    """Reads a text as the words that the engine knows, and "" for any other."""
    return lambda text: [word for piece in text.split() for word in tokens.traces[piece]]


def follow(talk: Conversation, me: str | None, read: Read) -> Iterator[tuple[int, list[str]]]:
    """Each message of others: its own words, and the last words that its sender has said by then."""
    said: dict[str, list[str]] = {}
    for number, message in enumerate(talk.messages):
        if message.sender != me:
            words = said.setdefault(message.sender, [])
            own = read(message.text)
            words.extend(own)
            for size in {min(size, len(words)) for size in (len(own), SHORTER, WINDOW)}:
                yield number, words[len(words) - size :]


def sample_case(talk: int, case: Case, read: Read) -> Iterator[Sample]:
    """Of a made-up talk: from the threat on it is the one, before it the other, if there are messages enough."""
    threat = case.threat
    for number, row in follow(case.conversation, "Kid", read):
        if not case.danger:
            yield Sample(row, talk, {"threat": (False, 1.0), "lead": (False, 1.0)})
        elif threat is not None and number < threat:
            yield Sample(row, talk, {"threat": (False, EARLY), "lead": (True, float(threat >= LEAD))})
        elif threat is not None:
            yield Sample(row, talk, {"threat": (True, 1.0 if number < threat + 3 else AFTER)})


def sample_real(talk: int, real: Conversation, read: Read) -> Iterator[Sample]:
    """Of a real talk, which is long: one message in so many, for so many."""
    for number, row in follow(real, None, read):
        if number % THIN == 0:
            yield Sample(row, talk, {name: (False, counts * THIN) for name, counts in CHAT.items()})


def tabulate(rows: list[list[str]], families: dict[str, set[str]]) -> tuple[list[str], csr_matrix]:
    """How often each row has each feature: words, families of words, and two neighbours joined by a space."""
    words = ["", *sorted({word for row in rows for word in row if word})]
    place = {word: number for number, word in enumerate(words)}
    said = np.fromiter((place[word] for row in rows for word in row), np.int64)
    row = np.repeat(np.arange(len(rows)), [len(one) for one in rows])
    near = (row[1:] == row[:-1]) & (said[1:] > 0) & (said[:-1] > 0)
    pairs, which = np.unique((said[:-1] * len(words) + said[1:])[near], return_inverse=True)
    of_words = count_cells(row, said, (len(rows), len(words)))
    of_pairs = count_cells(row[1:][near], which, (len(rows), len(pairs)))
    names = sorted({name for own in families.values() for name in own})
    at = {name: number for number, name in enumerate(names)}
    belongs = [(place[word], at[name]) for word, own in families.items() if word in place for name in own]
    family_of = count_cells(*np.array(belongs).T, (len(words), len(names)))
    neighbours = [f"{words[pair // len(words)]} {words[pair % len(words)]}" for pair in pairs]
    features = [*words, *names, *neighbours]
    matrix = hstack([of_words, of_words @ family_of, of_pairs], format="csr")
    often = np.flatnonzero(matrix.getnnz(axis=0) > 2)
    often = often[often > 0]  # the first is no word
    return [features[one] for one in often], matrix[:, often]


def count_cells(rows: Any, columns: Any, shape: tuple[int, int]) -> csr_matrix:
    return csr_matrix((np.ones(len(rows)), (rows, columns)), shape=shape)


def learn(
    names: list[str], matrix: csr_matrix, samples: list[Sample], score: str
) -> tuple[float, dict[str, float]]:
    """The bias and the weights of the features that tell most, by logistic regression."""
    marks = [one.marks.get(score, (False, 0.0)) for one in samples]
    used = np.flatnonzero([counts for _, counts in marks])
    labels, counts = (np.array([marks[at][part] for at in used]) for part in (0, 1))
    talks = np.array([samples[at].talk for at in used])
    matrix = matrix[used]

    def fit(columns: Any, counts: Any) -> LogisticRegression:
        model = LogisticRegression(C=STRENGTH[score], solver="liblinear")
        return model.fit(matrix[:, columns], labels, sample_weight=counts)

    first = fit(slice(None), counts)
    tells = np.abs(first.coef_[0]) * np.sqrt(matrix.getnnz(axis=0))
    best = np.sort(np.argsort(-tells, kind="stable")[: KEPT[score]])
    most = find_most(talks, first.decision_function(matrix), labels)
    model = fit(best, counts * np.where(most, 1.0, LESS[score]))
    weights = zip(best, model.coef_[0], strict=True)
    return float(model.intercept_[0]), {names[at]: float(weight) for at, weight in weights}


def find_most(talks: Any, sums: Any, labels: Any) -> Any:
    """Whether each sample is the most telling of its talk, or one of those before the threat."""
    order = np.lexsort((-sums, ~labels, talks))
    most = np.empty(len(order), bool)
    most[order] = np.diff(talks[order], prepend=-1) != 0
    return most | (~labels & np.isin(talks, talks[labels]))


def say(name: str, learned: Learned, read: Read) -> None:
    """How one set comes out by the scores alone."""

    def shares(weights: Weights, talks: list[Conversation]) -> str:
        bests = [
            weights.best([word for one in talk.messages if one.sender != "Kid" for word in read(one.text)])
            for talk in talks
        ]
        return "  ".join(f"{sum(best >= bar for best in bests):4}" for bar in BARS) + f"  of {len(talks)}"

    cases = read_corpus(name)
    dangers, harmless = ([one for one in cases if one.danger is kind] for kind in (True, False))
    leads = [Conversation(one.conversation.messages[: one.threat]) for one in dangers if (one.threat or 0) >= LEAD]
    print(f"{name:24} {'  '.join(f'{bar:4}' for bar in BARS)}")
    threat, lead = learned.scores["threat"], learned.scores["lead"]
    print(f"  threat, scripts        {shares(threat, [one.conversation for one in dangers])}")
    print(f"  threat, harmless talk  {shares(threat, [one.conversation for one in harmless])}")
    print(f"  lead, before a threat  {shares(lead, leads)}")
    print(f"  lead, harmless talk    {shares(lead, [one.conversation for one in harmless])}")


def say_chitchat(learned: Learned, talks: list[Conversation]) -> None:
    """The half that was not learned from: each person by turns is the other one."""
    read = learned.reader()
    print(f"{f'real talk, {len(talks):,}':24} {'  '.join(f'{bar:4}' for bar in BARS)}")
    for name, weights in learned.scores.items():
        bests = [
            max(
                weights.best([word for one in talk.messages if one.sender == who for word in read(one.text)])
                for who in {one.sender for one in talk.messages}
            )
            for talk in talks
        ]
        print(f"  {name:22} {'  '.join(f'{sum(best >= bar for best in bests):4}' for bar in BARS)}")


def read_learned(without: Iterable[str]) -> list[Case]:
    """The made-up talks that are learned from."""
    names = [path.stem for path in sorted((HERE / "corpus").glob("*.txt")) if path.stem not in {*without, *NEVER}]
    return [case for name in names for case in read_corpus(name)]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--without", nargs="*", default=[], help="sets to leave out, and to measure")
    parser.add_argument("--write", action="store_true", help="write likeness.json")
    parser.add_argument("--halves", action="store_true", help="measure each half of the real talk by the other")
    options = parser.parse_args()
    unread = tomllib.loads((HERE / "corpus" / "first.toml").read_text("utf-8"))
    held = [name for name, first in unread.items() if not first.get("learned", True)] + options.without
    cases, talks = read_learned(held), read_chitchat()
    for half in (False, True) if options.halves else ():
        learned = Corpus(cases, [one for one in talks if is_kept_unseen(one) is not half]).learn()
        say_chitchat(learned, [one for one in talks if is_kept_unseen(one) is half])
    learned = Corpus(cases, talks).learn()
    weights = ", ".join(f"{len(one.of):,} weights of {name}" for name, one in learned.scores.items())
    print(f"learned from {len(cases):,} talks: {weights}, {sum(map(len, learned.words.values())):,} new words")
    read = learned.reader()
    for name in held:
        say(name, learned, read)
    if options.write:
        text = json.dumps(learned.as_json(), ensure_ascii=False, indent=0, sort_keys=True)
        (CHECK / "likeness.json").write_text(text + "\n", "utf-8")


if __name__ == "__main__":
    main()
