"""A suspect as a STIX 2.1 bundle under TLP:AMBER+STRICT: what the offender uses, and never anything of a child."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

import stix2

from lightkeeper.core.identifier import Identifier, IdentifierKind
from lightkeeper.desk.casebook import SeenIdentifier

# TLP 2.0 as OASIS publishes it for STIX 2.1 (cti-stix-common-objects).
_EXTENSION = "extension-definition--60a3c5c5-0d10-413e-aab3-9e08dde9e88d"
_AMBER_STRICT = "marking-definition--939a9414-2ddd-4d32-a0cd-375ea402b003"
#: A script may quote a child and a picture's hash is a child's picture: neither is shared this way.
_SHARED = {
    IdentifierKind.HANDLE,
    IdentifierKind.DISPLAY_NAME,
    IdentifierKind.PHONE,
    IdentifierKind.EMAIL,
    IdentifierKind.PAYMENT,
    IdentifierKind.URL,
}


def write_stix(suspect_id: str, identifiers: Iterable[SeenIdentifier], organisation: str, now: datetime) -> str:
    """The bundle as JSON: one sighting time span for each account, in one grouping."""
    maker = stix2.Identity(name=organisation, identity_class="organization", created=now, modified=now)
    marking = _marking()
    seen = [(one, _observable(one.identifier)) for one in identifiers if one.identifier.kind in _SHARED]
    data = [
        stix2.ObservedData(
            first_observed=one.first,
            last_observed=one.last,
            number_observed=len(one.reports),
            object_refs=[observed.id],
            created_by_ref=maker.id,
            object_marking_refs=[_AMBER_STRICT],
            created=now,
            modified=now,
        )
        for one, observed in seen
    ]
    objects: list[Any] = [maker, marking, *{observed.id: observed for _, observed in seen}.values(), *data]
    if data:
        objects.append(_grouping(suspect_id, data, maker, now))
    return str(stix2.Bundle(objects=objects).serialize(pretty=True))


def _grouping(suspect_id: str, data: list[Any], maker: Any, now: datetime) -> Any:
    return stix2.Grouping(
        name=f"Accounts of one suspect ({suspect_id})",
        context="suspicious-activity",
        object_refs=[one.id for one in data],
        created_by_ref=maker.id,
        object_marking_refs=[_AMBER_STRICT],
        created=now,
        modified=now,
    )


def _marking() -> Any:
    return stix2.MarkingDefinition(
        id=_AMBER_STRICT,
        created="2022-10-01T00:00:00.000Z",
        name="TLP:AMBER+STRICT",
        extensions={_EXTENSION: {"extension_type": "property-extension", "tlp_2_0": "amber+strict"}},
    )


def _observable(one: Identifier) -> Any:
    marked = {"object_marking_refs": [_AMBER_STRICT]}
    match one.kind:
        case IdentifierKind.EMAIL if "@" in one.value:
            return stix2.EmailAddress(value=one.value, **marked)
        case IdentifierKind.URL:
            return stix2.URL(value=one.value, **marked)
        case IdentifierKind.DISPLAY_NAME:
            return stix2.UserAccount(display_name=one.value, **marked)
        case _:
            kind = one.platform or one.scheme or str(one.kind)
            return stix2.UserAccount(account_login=one.value, account_type=kind, **marked)
