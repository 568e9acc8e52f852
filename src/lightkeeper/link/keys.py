"""Keys: what two reports can agree on. Every identifier of a report gives one or more."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from lightkeeper.core.identifier import Identifier, IdentifierKind
from lightkeeper.core.report import Report
from lightkeeper.link.forms.email import email_form, local_part
from lightkeeper.link.forms.handle import handle_form, handle_stem, public_handles
from lightkeeper.link.forms.image import image_form
from lightkeeper.link.forms.link import read_link
from lightkeeper.link.forms.name import name_form
from lightkeeper.link.forms.payment import is_named, payment_form
from lightkeeper.link.forms.phone import phone_form
from lightkeeper.link.forms.script import script_words

MOST_IDENTIFIERS = 64  # of one report; nobody meets more, and a list of thousands says nothing
SHORTEST_HANDLE = 4  # signs; two strangers share "LV", and a name of three letters


class KeyKind(StrEnum):
    """What a key is made of. The order is fixed: engines store the kind as its place."""

    HANDLE = "handle"
    STEM = "stem"  # a handle without its trailing digits, or the name before an e-mail's @
    NAME = "name"
    PHONE = "phone"
    EMAIL = "email"
    PAYMENT = "payment"
    URL = "url"
    IMAGE = "image"
    SCRIPT = "script"


@dataclass(frozen=True, slots=True)
class Key:
    """One normal form, and which identifier of the report (counted from 0) it came from.

    Images and scripts are compared by closeness: their value is the hash (64 hexadecimal signs) or the
    sorted words, and an engine puts near ones in one family.
    """

    kind: KeyKind
    value: str
    source: int

    def __repr__(self) -> str:
        return f"Key({self.kind}, from {self.source})"


def keys_of(report: Report) -> tuple[Key, ...]:
    """The different keys of a report, from its first 64 identifiers, in the order they were given."""
    found: dict[tuple[KeyKind, str], Key] = {}
    for source, identifier in enumerate(report.suspect[:MOST_IDENTIFIERS]):
        for kind, value in forms_of(identifier):
            if value:
                found.setdefault((kind, value), Key(kind, value, source))
    return tuple(found.values())


def forms_of(identifier: Identifier) -> Iterator[tuple[KeyKind, str]]:
    """The normal forms of one identifier; an empty value means that it says nothing."""
    value = identifier.value
    match identifier.kind:
        case IdentifierKind.HANDLE:
            yield from handle_keys(value)
        case IdentifierKind.DISPLAY_NAME:
            yield KeyKind.NAME, name_form(value)
        case IdentifierKind.PHONE:
            yield KeyKind.PHONE, phone_form(value)
        case IdentifierKind.EMAIL:
            form = email_form(value)
            if handle_form(local_part(form)) not in public_handles():
                yield KeyKind.EMAIL, form
                yield KeyKind.STEM, stem_of(local_part(form))
        case IdentifierKind.PAYMENT:
            yield KeyKind.PAYMENT, payment_form(value, identifier.scheme)
        case IdentifierKind.URL:
            yield from link_keys(value)
        case IdentifierKind.IMAGE_PDQ:
            number = image_form(value)
            yield KeyKind.IMAGE, "" if number is None else f"{number:064x}"
        case IdentifierKind.SCRIPT:
            yield KeyKind.SCRIPT, " ".join(sorted(script_words(value)))


def handle_keys(value: str) -> Iterator[tuple[KeyKind, str]]:
    """A handle's skeleton and its stem. A handle that is a link to a profile is read as that link."""
    if "/" in value:
        yield from link_keys(value)
        return
    form = handle_form(value)
    if len(form) >= SHORTEST_HANDLE and form not in public_handles():
        yield KeyKind.HANDLE, form
        yield KeyKind.STEM, stem_of(value)


def stem_of(handle: str) -> str:
    stem = handle_stem(handle)
    return "" if stem in public_handles() else stem


def link_keys(value: str) -> Iterator[tuple[KeyKind, str]]:
    """A profile link gives the keys of the handle in it, a payment link those of the account."""
    what, name = read_link(value)
    if what == "handle":
        yield from handle_keys(name.replace("/", ""))
    elif what == "phone":
        yield KeyKind.PHONE, phone_form(name)
    elif is_named(what):
        yield KeyKind.PAYMENT, payment_form(name, what)
    else:
        yield KeyKind.URL, name
