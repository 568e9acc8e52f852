"""The first pass: every sign in a conversation, message by message, whoever turns out to be who.

A message is read together with the last words that the same person sent before it, so that a threat cut
into several messages is seen in the one that completes it. What is found in a message depends on the
messages before it and never on those after. Most messages hold no word that any phrase is looked for by
(`Reader.read`), or never all the words that one phrase needs (`Reader._wanted`); only the rest is read
closely.
"""

from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from lightkeeper.check.context import Contexts
from lightkeeper.check.phrases import Match, Word, find_phrases
from lightkeeper.check.tail import WINDOW, Place, Tails, place_pieces
from lightkeeper.check.tokens import Tokens
from lightkeeper.core.finding import Stage
from lightkeeper.core.message import Message, MessageKind

SHORTEST_RUN = 3  # letters in a row that may spell a word
SILENT = (MessageKind.SYSTEM, MessageKind.DELETED, MessageKind.CALL)


@dataclass(frozen=True, slots=True)
class Hit:
    """One sign at one place, with the weight that the talk around it leaves to it."""

    message: int
    sender: str
    rule: int
    span: tuple[int, int]
    weight: float
    position: int  # characters of talk before it, leaving out messages that threaten


class Reader:
    """Reads one conversation from its first message to its last."""

    def __init__(self, tokens: Tokens, messages: Sequence[Message]) -> None:
        self.tokens, self.rules, self.messages = tokens, tokens.rules, messages
        self.hits: list[Hit] = []
        self.contexts = Contexts(tokens, messages)
        self.threatening: set[int] = set()  # messages that hold a whole threat by themselves
        self._tails = Tails(messages, self.threatening)
        self._recent: dict[str, deque[list[str]]] = {}
        self._hot: dict[str, int] = {}  # how many pieces more a sender's last anchor word may matter
        self._position = 0

    def read(self) -> list[Hit]:
        """All signs, in the order of messages, places and rules."""
        passes = self.tokens.harmless.issuperset
        hot, recent = self._hot, self._recent
        for number, message in enumerate(self.messages):
            sender, text = message.sender, message.text
            pieces = text.split()
            if (sender in hot or not passes(pieces)) and message.kind not in SILENT:
                self._consider(number, message, pieces)
            if number not in self.threatening:
                self._position += len(text)
            if sender not in recent:
                recent[sender] = deque(maxlen=WINDOW)
            if message.kind not in SILENT:
                recent[sender].append(pieces)
        return self.hits

    def _consider(self, number: int, message: Message, pieces: list[str]) -> None:
        """Reads a message closely if it, and what its sender said before it, may hold a phrase."""
        tokens, hot = self.tokens, self._hot
        if any(not tokens[piece].harmless for piece in pieces):
            hot[message.sender] = WINDOW
        elif message.sender in hot:
            hot[message.sender] -= len(pieces)
            if hot[message.sender] + len(pieces) <= 0:
                del hot[message.sender]
                return
        else:
            return
        wanted = self._wanted(message.sender, pieces)
        if wanted:
            self._search(number, message, wanted)

    def _wanted(self, sender: str, pieces: list[str]) -> Iterable[int]:
        """The phrases of which every word may be here or just before, and at least one is here."""
        here: dict[int, int] = {}
        anchors: set[int] = set()
        lone = self._gather(pieces, here, anchors)
        before: dict[int, int] = {}
        count = 0
        for earlier in reversed(self._recent.get(sender, ())):
            lone += self._gather(earlier, before, anchors)
            count += len(earlier)
            if count >= WINDOW:
                break
        phrases = self.rules.phrases
        if lone >= SHORTEST_RUN - 1:
            return range(len(phrases))
        wanted = []
        for number in anchors:
            phrase = phrases[number]
            needs, said = phrase.needs, here.get(phrase.language, 0)
            if needs & said and not needs & ~(said | before.get(phrase.language, 0)):
                wanted.append(number)
        return wanted

    def _gather(self, pieces: list[str], meaning: dict[int, int], anchors: set[int]) -> int:
        """Adds up what pieces mean and what is looked for by them. Returns how many are lone letters."""
        lone = 0
        tokens = self.tokens
        for text in pieces:
            piece = tokens[text]
            for language, bits in piece.meaning:
                meaning[language] = meaning.get(language, 0) | bits
            if piece.anchors:
                anchors.update(piece.anchors)
            lone += piece.lone
        return lone

    def _search(self, number: int, message: Message, wanted: Iterable[int]) -> None:
        here = place_pieces(number, message.text)
        matches: dict[int, tuple[Match, list[Word]]] = {}
        for tail in self._tails.before(number, message.sender):
            words, begin = self._words([*tail, *here], number)
            for match in find_phrases(self.rules, words, begin, wanted):
                matches.setdefault(match.rule, (match, words))
        found = sorted((self._hit(number, message, match, words) for match, words in matches.values()), key=_order)
        self.hits.extend(found)
        if any(self.rules.rules[hit.rule].stage is Stage.THREAT for hit in found):
            words, _ = self._words(here, number)
            alone = find_phrases(self.rules, words, 0, wanted)
            if any(self.rules.rules[match.rule].stage is Stage.THREAT for match in alone):
                self.threatening.add(number)

    def _words(self, pieces: list[Place], number: int) -> tuple[list[Word], int]:
        """The words of these pieces, and which of them is the first that ends in this message."""
        words: list[Word] = []
        place = 0
        while place < len(pieces):
            run = self._run(pieces, place)
            spelled = self._spelled(pieces[place : place + run]) if run >= SHORTEST_RUN else None
            if spelled:
                words.extend(spelled)
                place += run
                continue
            piece = pieces[place]
            words.extend(
                Word(token.norm, token.meaning, piece.message, piece.start + token.start, piece.start + token.end)
                for token in self.tokens[piece.text].tokens
            )
            place += 1
        begin = next((place for place, word in enumerate(words) if word.message == number), len(words))
        return words, begin

    def _run(self, pieces: list[Place], place: int) -> int:
        end = place
        while end < len(pieces) and self.tokens.letter(pieces[end].text) is not None:
            end += 1
        return end - place

    def _spelled(self, run: list[Place]) -> list[Word] | None:
        letters = "".join(self.tokens.letter(piece.text) or "" for piece in run)
        spelled = self.tokens.spelled(letters)
        if spelled is None:
            return None
        words = []
        place = 0
        for norm in spelled:
            last = run[place + len(norm) - 1]
            first = next(piece for piece in run[place : place + len(norm)] if piece.message == last.message)
            meaning = self.rules.words.get(norm, ())
            words.append(Word(norm, meaning, last.message, first.start, last.start + len(last.text)))
            place += len(norm)
        return words

    def _hit(self, number: int, message: Message, match: Match, words: list[Word]) -> Hit:
        seen = [word for word in words[match.first : match.after] if word.message == number]
        span = (seen[0].start, seen[-1].end)
        rule = self.rules.rules[match.rule]
        factor = self.contexts.factor(rule, number, span, self.threatening)
        return Hit(number, message.sender, match.rule, span, rule.weight * factor, self._position)


def _order(hit: Hit) -> tuple[tuple[int, int], int]:
    return hit.span, hit.rule
