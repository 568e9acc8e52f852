"""One message's tokens, after those of what the same person wrote just before it."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, pairwise
from typing import NamedTuple

from lightkeeper.check.tokens import Token, Tokens

SHORTEST_RUN = 3  # letters in a row that may spell a word
LONGEST_RUN = 48  # letters that are taken together


class Line(NamedTuple):
    """The tokens that a message is read with; those from `begin` on end in the message itself.

    `owners` says which of the message's pieces each of those tokens begins and ends in.
    """

    tokens: list[Token]
    begin: int
    owners: list[tuple[int, int]] | None  # None: each piece's tokens in turn


def read_line(tokens: Tokens, tail: Sequence[str], pieces: Sequence[str]) -> Line:
    """The tokens of the tail and of the message's pieces, with words written l i k e this put together."""
    every = [*tail, *pieces]
    if find_runs(tokens, every, tokens.find_lone(every)):
        return _read_spelled(tokens, tail, pieces)
    before = [token for piece in tail for token in tokens[piece]]
    return Line(before + [token for piece in pieces for token in tokens[piece]], len(before), None)


def find_runs(tokens: Tokens, pieces: Sequence[str], lone: Iterable[int]) -> list[tuple[int, int]]:
    """The first and the last of the pieces wherever letters stand in a row, enough of them to spell a word.

    Some letters are words by themselves, and a row of those alone is none: `lone` are the places of others.
    """
    runs: list[tuple[int, int]] = []
    for place in lone:
        if runs and place <= runs[-1][1]:
            continue
        first = place
        while first and tokens.letter(pieces[first - 1]) is not None:
            first -= 1
        last = first + _count_letters(tokens, pieces, first) - 1
        if last - first + 1 >= SHORTEST_RUN:
            runs.append((first, last))
    return runs


def cut_runs(runs: Iterable[tuple[int, int]], begins: Sequence[int]) -> Iterator[tuple[int, int]]:
    """The parts of runs between two places where a message begins: the first piece, and the one after the last."""
    for first, last in runs:
        yield from pairwise((first, *(one for one in begins if first < one <= last), last + 1))


def spell_traces(
    tokens: Tokens, pieces: Sequence[str], traces: list[tuple[str, ...]], runs: Iterable[tuple[int, int]]
) -> None:
    """Puts the words that runs of letters spell in place of the letters, each where its last letter stands."""
    for place, after in runs:
        while place < after:
            words = _spell(tokens, pieces, place, after)
            for word, first, last in words:
                traces[first : last + 1] = [()] * (last - first) + [(word if tokens.rules.knows(word) else "",)]
            place = words[-1][2] + 1 if words else place + 1


def place_pieces(text: str) -> list[tuple[int, int]]:
    """Where in a text each of its pieces begins and ends, in characters."""
    places = []
    end = 0
    for piece in text.split():
        start = text.index(piece, end)
        end = start + len(piece)
        places.append((start, end))
    return places


def place_tokens(
    tokens: Tokens, line: Line, pieces: Sequence[str], places: Sequence[tuple[int, int]]
) -> list[tuple[int, int]]:
    """Where in a message's text each of its own tokens begins and ends, by its pieces and their places."""
    owners = line.owners
    if owners is None:
        owners = [(place, place) for place, piece in enumerate(pieces) for _ in tokens[piece]]
    own = line.tokens[line.begin :]
    return [
        (places[first][0] + token.start, places[last][0] + token.end)
        for token, (first, last) in zip(own, owners, strict=True)
    ]


def _read_spelled(tokens: Tokens, tail: Sequence[str], pieces: Sequence[str]) -> Line:
    every = [*tail, *pieces]
    read: list[Token] = []
    owners: list[tuple[int, int]] = []  # of all tokens, by pieces of `every`
    place = 0
    while place < len(every):
        run = _count_letters(tokens, every[place : place + LONGEST_RUN], 0)
        words = _spell(tokens, every, place, place + run)
        read.extend(tokens.token(word, 0, len(every[last])) for word, _, last in words)
        owners.extend((first, last) for _, first, last in words)
        if words:
            place = words[-1][2] + 1
        else:
            read.extend(tokens[every[place]])
            owners.extend((place, place) for _ in tokens[every[place]])
            place += 1
    begin = sum(last < len(tail) for _, last in owners)
    own = [(max(0, first - len(tail)), last - len(tail)) for first, last in owners[begin:]]
    return Line(read, begin, own)


def _spell(tokens: Tokens, pieces: Sequence[str], place: int, after: int) -> list[tuple[str, int, int]]:
    """The words that a run of letters spells from one of them on, each with its first and its last piece."""
    run = pieces[place : min(after, place + LONGEST_RUN)]
    words = tokens.spelled("".join(tokens.letter(one) or "" for one in run)) if len(run) >= SHORTEST_RUN else None
    ends = accumulate(map(len, words or ()), initial=place)
    return [(word, first, end - 1) for word, (first, end) in zip(words or (), pairwise(ends), strict=True)]


def _count_letters(tokens: Tokens, pieces: Sequence[str], place: int) -> int:
    end = place
    while end < len(pieces) and tokens.letter(pieces[end]) is not None:
        end += 1
    return end - place
