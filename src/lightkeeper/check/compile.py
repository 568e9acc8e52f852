"""Makes `rules.json`, the one file that both engines read, from the signs and the wordings.

`python -m lightkeeper.check.compile src/lightkeeper/web/public/static/check/rules` writes it, and the modules
that the page loads; a test compares what is committed with what comes out.
"""

import json
import sys
import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from lightkeeper.check.alphabet import LEET, SIGNS, SILENT, fold_table
from lightkeeper.check.likeness import LEAD, THREAT
from lightkeeper.check.notation import Element, read_phrase, read_words, spread
from lightkeeper.check.pack import pack_language
from lightkeeper.core.errors import UnreadableInput
from lightkeeper.core.finding import Stage

HERE = Path(__file__).parent
ROLES = ("other", "me", "anyone")
COMMON, NEGATION = 0, 1  # every language's first two families
OMITTED = 5000  # what it costs to leave a common word out of the place a phrase is looked for by
UNTHINKABLE = 1_000_000
GUARDS = 3
LEAST_ORDINARY = 3  # harmless messages in 10,000 that have a word which is then no slip
COMMON_SHARE = 500  # messages in 10,000 that have a word which we know no more of than that it is common
NOTHING_LEARNED = {name: {"bias": 0, "words": {}, "pairs": {}} for name in (THREAT, LEAD)}
_FOLD = fold_table()
_FREQUENCY = {
    word: int(share) for word, share in map(str.split, (HERE / "frequency.txt").read_text("utf-8").splitlines())
}


def compile_rules(folder: Path = HERE, learned: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """All that the engines need, as one JSON object. Raises UnreadableInput, naming file and reason.

    `learned` stands for what `likeness.json` holds: the weights of each score, and words that they need.
    """
    script = tomllib.loads((folder / "script.toml").read_text("utf-8"))
    signs = [read_sign(path) for path in sorted((folder / "signs").glob("*.toml"))]
    order = list(Stage)
    signs.sort(key=lambda sign: (order.index(Stage(sign["stage"])), sign["name"]))
    wordings = [tomllib.loads(path.read_text("utf-8")) for path in sorted((folder / "wording").glob("*.toml"))]
    wordings.sort(key=lambda wording: (wording["language"] != "en", wording["language"]))
    frames = tomllib.loads((folder / "frames.toml").read_text("utf-8"))["signs"]
    names = {sign["name"]: number for number, sign in enumerate(signs)}
    learned = json.loads((folder / "likeness.json").read_text("utf-8")) if learned is None else learned
    scores, more = learned.get("scores", NOTHING_LEARNED), learned.get("words", {})
    languages = [
        _Language(one, names, script["contexts"], frames).compiled(more.get(one["language"], ()))
        for one in wordings
    ]
    shares = share_weights(scores, languages)
    return {
        "version": 1,
        "fold": _FOLD,
        "signs": SIGNS,
        "silent": SILENT,
        "leet": LEET,
        "script": script["script"],
        "contexts": script["contexts"],
        "likeness": script["likeness"] | {"biases": {name: one["bias"] for name, one in scores.items()}},
        "rules": [{key: sign[key] for key in _SIGN_KEYS} for sign in signs],
        "languages": [one | {"likeness": likeness} for one, likeness in zip(languages, shares, strict=True)],
    }


def share_weights(learned: dict[str, Any], languages: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The learned weights by language: each goes to the first whose words it needs, so that none comes twice."""
    known = [
        {*one["words"], *(word for string in one["strings"] for word in string.split(" "))} for one in languages
    ]
    shares: list[dict[str, Any]] = [{name: {"words": {}, "pairs": {}} for name in learned} for _ in languages]
    for name, score in learned.items():
        for kind in ("words", "pairs"):
            for text, weight in score[kind].items():
                homes = (at for at, words in enumerate(known) if words.issuperset(text.split(" ")))
                shares[next(homes, 0)][name][kind][text] = weight
    return shares


_SIGN_KEYS = ("name", "stage", "weight", "by", "flag", "why", "lowered_by", "alike")


def read_sign(path: Path) -> dict[str, Any]:
    """One sign's file with what may be left out filled in. Raises UnreadableInput."""
    sign = tomllib.loads(path.read_text("utf-8"))
    sign = {
        "name": path.stem,
        "by": "other",
        "flag": None,
        "lowered_by": [],
        "alike": None,
        "true": [],
        "false": [],
    } | sign
    if sign["by"] not in ROLES or sign["stage"] != path.stem.partition(".")[0] or not sign["true"]:
        raise UnreadableInput(f"{path.name}: needs a known `by`, its own stage, and examples")
    return sign


def fold_word(word: str) -> tuple[str, ...]:
    """The word as the engines see it, its parts where it is several (`gift_card`)."""
    parts = []
    for part in word.split("_"):
        kept = (character for character in part if character not in SILENT)
        parts.append("".join(SIGNS.get(one) or _FOLD.get(one, one) for one in kept))
    return tuple(parts)


class _Language:
    """One wording file on its way to numbers: families become bits, phrases lists of families and gaps."""

    def __init__(
        self,
        wording: dict[str, Any],
        names: dict[str, int],
        contexts: list[dict[str, Any]],
        frames: dict[str, Any],
    ) -> None:
        self.wording, self.names, self.contexts, self.frames = wording, names, contexts, frames
        self.code: str = wording["language"]
        self.common = {fold_word(word)[0] for word in read_words(wording["common"])} | {"#"}
        self.costs = {
            fold_word(word)[0]: cost
            for name, cost in (("usual", 15), ("busy", 100))
            for word in read_words(wording.get(name, ""))
        }
        self.named = {name: self._folded(entries) for name, entries in wording["words"].items()}
        negations = self._folded(wording["negations"])
        self.families: dict[tuple[tuple[str, ...], ...], int] = {
            tuple((word,) for word in sorted(self.common)): COMMON,
            negations: NEGATION,
        }

    def compiled(self, more: Iterable[str] = ()) -> dict[str, Any]:
        """This language in numbers; `more` are words that no sign needs and that are worth knowing."""
        signs = dict.fromkeys((*self.wording["signs"], *self.frames))
        phrases = [phrase for name in signs for phrase in self._phrases(name, self.wording["signs"].get(name, {}))]
        words: dict[str, list[int]] = {}
        strings: dict[str, list[int]] = {}
        for family, number in self.families.items():
            for parts in family:
                (words if len(parts) == 1 else strings).setdefault(" ".join(parts), []).append(number)
        words |= {word: [] for word in more if word not in words}
        return {
            "code": self.code,
            "words": dict(sorted(words.items())),
            "strings": dict(sorted(strings.items())),
            "phrases": sorted(phrases),
            "contexts": [
                sorted(" ".join(parts) for parts in self._folded(self.wording["contexts"].get(one["name"], "")))
                for one in self.contexts
            ],
            "ordinary": " ".join(sorted(self._ordinary() - words.keys())),
            "keys": " ".join(sorted({fold_word(one)[0] for one in read_words(self.wording.get("keys", ""))})),
        }

    def _ordinary(self) -> set[str]:
        """Words that are never taken for a slip of another: those listed, and in English all frequent ones."""
        listed = {fold_word(one)[0] for one in read_words(self.wording.get("ordinary", ""))}
        frequent = {word for word, share in _FREQUENCY.items() if share >= LEAST_ORDINARY and word.isalpha()}
        return listed | frequent if self.code == "en" else listed

    def _phrases(self, name: str, sign: dict[str, Any]) -> list[list[Any]]:
        if name not in self.names:
            raise UnreadableInput(f"wording/{self.code}.toml: there is no sign {name}")
        found = {}
        for key, negated in (("phrases", 0), ("also_negated", 1)):
            for text in self._texts(name, sign, key):
                for elements in read_phrase(text):
                    members = [self._members(one, text) for one in elements]
                    anchor = self._rarest(members, text)
                    members[anchor] = tuple(one for one in members[anchor] if not self._is_common(one))
                    guards = self._guards(members)
                    numbers = (self.families.setdefault(one, len(self.families)) for one in members)
                    places = [[number, one.gap] for number, one in zip(numbers, elements, strict=True)]
                    found[json.dumps(places)] = [self.names[name], negated, guards, places]
        return list(found.values())

    def _texts(self, name: str, sign: dict[str, Any], key: str) -> list[str]:
        """The sign's own phrases and those that hold in every language, in the parts of this one."""
        parts = self.wording.get("parts", {})
        texts = (*sign.get(key, ()), *(self.frames.get(name, {}).get(key, ()) if parts else ()))
        return [way for text in texts for way in spread(text, parts)]

    def _folded(self, entries: str) -> tuple[tuple[str, ...], ...]:
        return tuple(sorted({fold_word(word) for word in read_words(entries)}))

    def _members(self, element: Element, text: str) -> tuple[tuple[str, ...], ...]:
        unknown = [name for name in element.families if name not in self.named]
        if unknown:
            raise UnreadableInput(f"wording/{self.code}.toml: {text!r} names the unknown family {unknown[0]}")
        members = {parts for name in element.families for parts in self.named[name]}
        return tuple(sorted(members | {fold_word(word) for word in element.words}))

    def _is_common(self, parts: tuple[str, ...]) -> bool:
        return all(one in self.common for one in parts)

    def _rarest(self, members: list[tuple[tuple[str, ...], ...]], text: str) -> int:
        """The place that tells most. Its common words are taken out: nobody sees a phrase by "it" or "you"."""
        costs = [self._cost(one) for one in members]
        place = costs.index(min(costs))
        if all(self._is_common(one) for one in members[place]):
            raise UnreadableInput(f"wording/{self.code}.toml: {text!r} has common words alone")
        return place

    def _guards(self, members: list[tuple[tuple[str, ...], ...]]) -> list[int]:
        """The three places that harmless talk has least, the rarest first: phrases are looked for by them."""
        costs = [sum(map(self._share, one)) for one in members]
        return sorted(range(len(costs)), key=lambda place: (costs[place], place))[:GUARDS]

    def _share(self, parts: tuple[str, ...]) -> float:
        """In how many of 10,000 harmless messages these words stand, as far as we know."""
        return min(
            max(_FREQUENCY.get(one, 0), COMMON_SHARE if one in self.common else self.costs.get(one, 1) / 5)
            for one in parts
        )

    def _cost(self, members: tuple[tuple[str, ...], ...]) -> int:
        """Roughly how often harmless talk has one of these words."""
        if all(self._is_common(one) for one in members):
            return UNTHINKABLE
        return sum(
            OMITTED
            if self._is_common(parts)
            else min(self.costs.get(one, 1) for one in parts if one not in self.common)
            for parts in members
        )


def write_rules(rules: dict[str, Any]) -> str:
    """The text of `rules.json`: the same bytes for the same knowledge."""
    return json.dumps(rules, ensure_ascii=False, separators=(",", ":"), sort_keys=False) + "\n"


def write_modules(rules: dict[str, Any]) -> dict[str, str]:
    """The same as modules for the page, which may load scripts and nothing else, by their files' names.

    What all languages share is one module and each language is another, so that a phone reads the first
    message before it has fetched the last language.
    """
    languages = rules["languages"]
    base = rules | {"languages": [language["code"] for language in languages]}
    return {"base.js": _write_module(base)} | {
        f"{one['code']}.js": _write_module(pack_language(one)) for one in languages
    }


def _write_module(value: dict[str, Any]) -> str:
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return f"// Made by lightkeeper.check.compile. Do not edit.\nexport default {text};\n"


def main() -> int:
    """Writes `rules.json` beside this file, and the page's modules into the folder that is named."""
    rules = compile_rules()
    (HERE / "rules.json").write_text(write_rules(rules), "utf-8")
    for folder in map(Path, sys.argv[1:]):
        if not folder.is_dir():
            sys.exit(f"{folder} is no folder; the page's rules stand in .../public/static/check/rules")
        for name, text in write_modules(rules).items():
            (folder / name).write_text(text, "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
