"""The log of who looked, asked, took out or changed what: append-only, each entry chained to the one before.

An entry never holds a child's words. The reason that a person gives may name somebody, so the chain holds
only a salted digest of it; the words stand beside the chain and can be forgotten without breaking it.
Format: FACTS F6 (each entry = SHA-256 of the previous hash + canonical JSON).
"""

import hashlib
import json
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

FIRST_HASH = "0" * 64


@dataclass(frozen=True, slots=True)
class Act:
    """What somebody is about to do; it is written down in the same transaction as the doing.

    `about` is the id of a case, a suspect or a person, never a name or a handle. `detail` holds codes,
    counts and ids only.
    """

    who: str
    what: str
    about: str = ""
    why: str = ""
    detail: tuple[tuple[str, str], ...] = ()

    def __repr__(self) -> str:
        return f"Act({self.who}, {self.what}, {self.about})"


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the log."""

    number: int  # counted from 1, without a gap
    at: datetime  # with a time zone
    who: str
    what: str
    about: str
    detail: tuple[tuple[str, str], ...]
    why_digest: str  # "" when no reason was given
    previous: str
    hash: str


@dataclass(frozen=True, slots=True)
class Why:
    """The words of a reason and the salt that ties them to their entry. May be forgotten."""

    number: int
    salt: str
    words: str

    def __repr__(self) -> str:
        return f"Why({self.number})"


@dataclass(frozen=True, slots=True)
class Head:
    """The last entry's number and hash, kept somewhere else: what makes a cut-off end visible."""

    number: int
    hash: str

    def as_line(self) -> str:
        return f"{self.number} {self.hash}"


@dataclass(frozen=True, slots=True)
class Flaw:
    """One place at which the chain does not hold."""

    number: int
    says: str


def chain_entry(previous: Entry | None, act: Act, at: datetime) -> tuple[Entry, Why | None]:
    """Turn an act into the next entry of the chain, with its reason beside it."""
    number = previous.number + 1 if previous else 1
    before = previous.hash if previous else FIRST_HASH
    why = Why(number, secrets.token_hex(16), act.why) if act.why else None
    digest = digest_reason(why) if why else ""
    detail = tuple(sorted(act.detail))
    body = _body(number, at, act.who, act.what, act.about, detail, digest)
    entry = Entry(number, at, act.who, act.what, act.about, detail, digest, before, _hash(before, body))
    return entry, why


def digest_reason(why: Why) -> str:
    return hashlib.sha256(f"{why.salt}\n{why.words}".encode()).hexdigest()


def find_flaws(
    entries: Iterable[Entry], reasons: Iterable[Why] = (), heads: Iterable[Head] = ()
) -> tuple[Flaw, ...]:
    """Every place where the log was edited, cut, reordered or shortened; empty when it holds.

    A shortened end can only be seen against a head that was kept elsewhere.
    """
    flaws: list[Flaw] = []
    hashes: dict[int, str] = {}
    digests: dict[int, str] = {}
    number, before = 0, FIRST_HASH
    for entry in entries:
        if entry.number != number + 1:
            flaws.append(Flaw(entry.number, f"entry {number + 1} should stand here"))
        if entry.previous != before:
            flaws.append(Flaw(entry.number, "does not follow the entry before it"))
        if entry.hash != _hash(entry.previous, _body_of(entry)):
            flaws.append(Flaw(entry.number, "was changed after it was written"))
        number, before = entry.number, entry.hash
        hashes[number], digests[number] = entry.hash, entry.why_digest
    flaws.extend(_reason_flaws(reasons, digests))
    flaws.extend(_head_flaws(heads, hashes))
    return tuple(flaws)


def _reason_flaws(reasons: Iterable[Why], digests: dict[int, str]) -> Iterable[Flaw]:
    for why in reasons:
        if digests.get(why.number) != digest_reason(why):
            yield Flaw(why.number, "its reason was changed after it was written")


def _head_flaws(heads: Iterable[Head], hashes: dict[int, str]) -> Iterable[Flaw]:
    for head in heads:
        if head.number and hashes.get(head.number) != head.hash:
            missing = head.number not in hashes
            says = "is missing, and was there when the head was written down" if missing else "is not what it was"
            yield Flaw(head.number, says)


def _body_of(entry: Entry) -> str:
    return _body(entry.number, entry.at, entry.who, entry.what, entry.about, entry.detail, entry.why_digest)


def _body(
    number: int, at: datetime, who: str, what: str, about: str, detail: tuple[tuple[str, str], ...], digest: str
) -> str:
    return canonical(
        {
            "number": number,
            "at": at.isoformat(),
            "who": who,
            "what": what,
            "about": about,
            "detail": [list(pair) for pair in detail],
            "why": digest,
        }
    )


def canonical(value: dict[str, Any]) -> str:
    """JSON with sorted keys and no spaces: the same value always gives the same text."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def _hash(previous: str, body: str) -> str:
    return hashlib.sha256(f"{previous}\n{body}".encode()).hexdigest()
