"""Two teams learn which suspects they share, and next to nothing else.

What is compared are the strong normal forms of a suspect's identifiers (accounts, numbers, addresses). A held
report's are left out, and so is what several suspects of one team have in common: that is public and links nobody.
"""

import hmac
from collections.abc import Iterable, Mapping
from hashlib import sha256

from lightkeeper.core.errors import UnreadableInput
from lightkeeper.core.report import Report
from lightkeeper.link.keys import KeyKind, keys_of

STRONG = (KeyKind.HANDLE, KeyKind.PHONE, KeyKind.EMAIL, KeyKind.PAYMENT, KeyKind.URL)
SHORTEST_SECRET = 16  # bytes


def shareable_items(reports: Iterable[Report], assignments: Mapping[str, str]) -> dict[str, str]:
    """What may be compared with a partner: each item ("handle:…") with the one suspect that it belongs to.

    `assignments` maps a report's id to its suspect's. A suspect with a held report is left out whole.
    """
    owners: dict[str, set[str]] = {}
    held: set[str] = set()
    for report in reports:
        suspect = assignments.get(report.id, report.id)
        if report.hold:
            held.add(suspect)
        for key in keys_of(report):
            if key.kind in STRONG:
                owners.setdefault(f"{key.kind}:{key.value}", set()).add(suspect)
    return {
        item: next(iter(suspects))
        for item, suspects in sorted(owners.items())
        if len(suspects) == 1 and not suspects & held
    }


def keyed_tokens(items: Mapping[str, str], secret: bytes) -> dict[str, str]:
    """Each item as a token that only holders of the agreed secret can make, with its suspect.

    HMAC-SHA-256. Whoever has the secret can try out guesses, so agree on a fresh one for each exchange and destroy
    it afterwards. Raises UnreadableInput for a secret under 16 bytes.
    """
    if len(secret) < SHORTEST_SECRET:
        raise UnreadableInput(f"the agreed secret must have at least {SHORTEST_SECRET} random bytes")
    return {hmac.new(secret, item.encode(), sha256).hexdigest(): suspect for item, suspect in items.items()}


def match_tokens(ours: Mapping[str, str], theirs: Iterable[str]) -> tuple[str, ...]:
    """Our suspects that the partner knows as well."""
    return tuple(sorted({ours[token] for token in theirs if token in ours}))
