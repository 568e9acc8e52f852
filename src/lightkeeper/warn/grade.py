"""How hard a text is to read, as a school grade, and which sentences make it so.

English: the Flesch-Kincaid grade, 0.39 x words a sentence + 11.8 x syllables a word - 15.59 (Kincaid 1975).
Welsh: no grade formula was ever fitted to Welsh, so the count of long words a sentence stands in (RIX,
Anderson 1983), with Welsh letters such as "ch" and "dd" counted as the single letters they are. RIX is a
guide and not a measurement of Welsh readers; a fluent reader still has to say yes.
"""

import re
import tomllib
from bisect import bisect_right
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

_ADDRESS = re.compile(
    r"\b(?:https?://|www\.)\S+|(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,64}\.\S+"
    r"|(?<![\w.-])(?:[\w-]{1,63}\.){1,5}(?:uk|com|org|net|police)\b(?:/\S*)?"
)
_BREAK = re.compile(r"\n\s*\n|\n\s*(?=[-*•#>]|\d+[.)]\s)")
_END = re.compile(r"(?<=[.!?])[\"'”’)\]]*\s+|:\s*\n")
_SHORT_FORM = re.compile(r"\b(e\.g|i\.e|etc|Mr|Mrs|Ms|Dr|No|St|h\.y|e\.e)\.", re.IGNORECASE)
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_WELSH_LETTER = re.compile(r"ch|dd|ff|ng|ll|ph|rh|th|\w", re.IGNORECASE)
_LONG_WORD = 7  # letters, in RIX
_RIX_GRADES = (0.2, 0.5, 0.8, 1.3, 1.8, 2.4, 3.0, 3.7, 4.5, 5.3, 6.2, 7.2)  # grade 1, 2, ... 12 begins here

_VOWELS = re.compile(r"[aeiouy]+")
_TWO_SOUNDS = re.compile(
    r"ia(?![ln]$)|[^ctsg]ia[ln]|io(?!n)|eo(?!ple)|iu|[^qg]ua(?!r)|ie[tn](?!d)|[yoe]ing|sm$|[^aeiouy]['’]t"
)
_SILENT = (
    re.compile(r"[^aeiouyl]e$|[aeiouy]le$"),  # made, whole
    re.compile(r"[^aeioutd]ed$|[aeiouy](?<!i)(?<!e)(?<!u)ed$"),  # blocked, played
    re.compile(r"[^aeiouycsxzghl]es$|[aeiouy](?:th|ph|l)es$"),  # notes, clothes
    re.compile(r"[^aeiouy]e(?:ly|ful|less|ment|ness|ty)"),  # safely, careful
)


@dataclass(frozen=True, slots=True)
class HardSentence:
    """One sentence and its own grade, so that an author knows where to begin."""

    grade: float
    sentence: str

    def __repr__(self) -> str:
        return f"HardSentence({self.grade:.1f}, {len(self.sentence)} characters)"


def reading_grade(text: str, language: str = "en") -> float:
    """The school grade (US; add 5 for a reader's age) a text asks for, 0 or more; 0 for a text without words.

    Addresses on the web are left out, a number counts as one word of one syllable, and a list item or a
    heading counts as a sentence of its own.
    """
    sentences = [words for words in map(words_of, split_sentences(text)) if words]
    if not sentences:
        return 0.0
    return _welsh_grade(sentences) if language == "cy" else _english_grade(sentences)


def worst_sentences(text: str, n: int = 3, language: str = "en") -> tuple[HardSentence, ...]:
    """The n hardest sentences of a text, the hardest first."""
    graded = [HardSentence(round(reading_grade(one, language), 1), one) for one in split_sentences(text)]
    return tuple(sorted((one for one in graded if words_of(one.sentence)), key=lambda one: -one.grade)[:n])


def split_sentences(text: str) -> tuple[str, ...]:
    """The sentences of a text in order; headings and list items are sentences, however they end."""
    readable = _SHORT_FORM.sub(lambda match: match[1].replace(".", ""), _ADDRESS.sub("", text))
    pieces = (piece for block in _BREAK.split(readable) for piece in _END.split(block))
    return tuple(tidy for piece in pieces if (tidy := " ".join(piece.split()).lstrip("-*•#> ")))


def words_of(sentence: str) -> tuple[str, ...]:
    return tuple(_WORD.findall(sentence))


def count_syllables(word: str) -> int:
    """How many syllables an English word has when spoken; 1 for a number. Right for 97 words in 100."""
    plain = word.lower().replace("’", "'")
    known = _exceptions().get(plain)
    if known is not None:
        return known
    count = len(_VOWELS.findall(plain)) + len(_TWO_SOUNDS.findall(plain))
    return max(1, count - sum(1 for rule in _SILENT if rule.search(plain)))


def _english_grade(sentences: list[tuple[str, ...]]) -> float:
    words = [word for sentence in sentences for word in sentence]
    syllables = sum(count_syllables(word) for word in words)
    return max(0.0, 0.39 * len(words) / len(sentences) + 11.8 * syllables / len(words) - 15.59)


def _welsh_grade(sentences: list[tuple[str, ...]]) -> float:
    long_words = sum(len(_WELSH_LETTER.findall(word)) >= _LONG_WORD for words in sentences for word in words)
    rix = long_words / len(sentences)
    grade = bisect_right(_RIX_GRADES, rix)
    lower, upper = (0.0, *_RIX_GRADES)[grade], (*_RIX_GRADES, float("inf"))[grade]
    return grade + (rix - lower) / (upper - lower)


@cache
def _exceptions() -> dict[str, int]:
    table = tomllib.loads(files("lightkeeper.warn").joinpath("syllables.toml").read_text("utf-8"))
    return {word: int(count) for word, count in table["en"].items()}
