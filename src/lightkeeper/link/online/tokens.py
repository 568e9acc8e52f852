"""A report's keys as the index keeps them: 64 bits each, with their kind and the identifier they came from."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from struct import Struct

from lightkeeper.core.report import Report
from lightkeeper.link import weigh
from lightkeeper.link.keys import Key, KeyKind, keys_of
from lightkeeper.link.online.alike import Alike

Token = int
PLACE = {kind: place for place, kind in enumerate(weigh.KINDS)}
_KEY, _TOKEN = Struct("<qBB"), Struct("<q")


@dataclass(frozen=True, slots=True)
class Keyed:
    """A key of a report: its token, its kind's place, and the identifier that it came from."""

    token: Token
    kind: int
    source: int


def token_of(kind: KeyKind, value: str) -> Token:
    """64 bits that stand for a key; two different keys share them less often than a disk errs."""
    return int.from_bytes(blake2b(f"{kind}:{value}".encode(), digest_size=8).digest(), "big", signed=True)


Exact = Sequence[tuple[Key, Token]]


def exact_tokens(report: Report) -> Exact:
    """The report's keys with tokens of their own, before near-equal ones are looked for."""
    return [(key, token_of(key.kind, key.value)) for key in keys_of(report)]


def of_kind(exact: Exact, *kinds: KeyKind) -> list[Token]:
    return [token for key, token in exact if key.kind in kinds]


def settled(exact: Exact, alike: Alike, scripts: Collection[Token]) -> list[Keyed]:
    """Near-equal pictures and scripts get the token of those that came before; `scripts` are kept already."""
    found: dict[Token, Keyed] = {}
    for key, token in exact:
        match key.kind:
            case KeyKind.IMAGE:
                token = alike.picture(key.value, token)
            case KeyKind.SCRIPT if token not in scripts:
                token = alike.script(key.value, token)
        found.setdefault(token, Keyed(token, PLACE[key.kind], key.source))
    return list(found.values())


def pack_keys(keys: Iterable[Keyed]) -> bytes:
    return b"".join(_KEY.pack(key.token, key.kind, key.source) for key in keys)


def token_bytes(token: Token) -> bytes:
    """A token as it stands in a report's packed keys."""
    return _TOKEN.pack(token)


def sources_in(packed: bytes) -> dict[Token, int]:
    """Each key's token, with the identifier that it came from."""
    return {token: source for token, _, source in _KEY.iter_unpack(packed)}


def unpack_keys(packed: bytes) -> list[Keyed]:
    return [Keyed(*one) for one in _KEY.iter_unpack(packed)]
