"""The directory as an open JSON feed in the shape of Open Referral UK (HSDS 3), for anyone to use.

A number that we would not show to a child is not in the feed either: whoever takes it up cannot know what we
doubt. The record is still there with its source, and says that a number was held back and why.
"""

import uuid
from collections.abc import Iterable
from datetime import date
from typing import Any

from lightkeeper.help.areas import areas
from lightkeeper.help.directory import may_show_number
from lightkeeper.help.service import Audience, Service

_NAMESPACE = uuid.UUID("5b0d6c1e-3c0a-5d5e-9a57-2f6f0d1c7a11")  # ours: the same record keeps the same id for ever


def publish_feed(services: Iterable[Service], today: date) -> dict[str, Any]:
    """One page of services, as the Open Referral UK interface lists them."""
    contents = [service_as_hsds(service, today) for service in services]
    return {
        "total_items": len(contents),
        "total_pages": 1,
        "page_number": 1,
        "size": len(contents),
        "first_page": True,
        "last_page": True,
        "empty": not contents,
        "profile": "https://docs.openreferraluk.org/",
        "generated": today.isoformat(),
        "contents": contents,
    }


def service_as_hsds(service: Service, today: date) -> dict[str, Any]:
    """One service in the shape of HSDS 3. Fields of our own stand under `lightkeeper`."""
    shown = may_show_number(service, Audience.CHILD, today)
    record = {
        "id": _id("service", service.id),
        "organization_id": _id("organization", service.organization),
        "name": service.name,
        "alternate_name": service.name_cy,
        "description": service.described("en"),
        "url": service.url,
        "status": service.status,
        "fees_description": service.fees_description,
        "eligibility_description": ", ".join(service.audience),
        "minimum_age": service.minimum_age,
        "maximum_age": service.maximum_age,
        "assured_date": service.verified.on.isoformat() if service.verified else None,
        "organization": {
            "id": _id("organization", service.organization),
            "name": service.organization,
            "description": service.organization,
        },
        "phones": _phones(service) if shown else [],
        "schedules": [
            {"id": _id("schedule", service.id, text), "description": text} for text in service.schedules
        ],
        "service_areas": [
            {
                "id": _id("service_area", service.id, code),
                "name": areas()[code].name("en"),
                "uri": f"iso3166:{code}",
            }
            for code in service.service_areas
        ],
        "languages": [{"id": _id("language", service.id, code), "code": code} for code in service.languages],
        "lightkeeper": _provenance(service, today, number_held_back=bool(service.phones) and not shown),
    }
    return {key: value for key, value in record.items() if value is not None}


def _phones(service: Service) -> list[dict[str, Any]]:
    return [
        {"id": _id("phone", service.id, phone.number), "number": phone.number, "type": phone.type}
        for phone in service.phones
    ]


def _provenance(service: Service, today: date, number_held_back: bool) -> dict[str, Any]:
    return {
        "slug": service.id,
        "kind": str(service.kind),
        "description_cy": service.described("cy"),
        "not_for": service.not_for,
        "source": service.evidence.source,
        "as_of": service.evidence.as_of,
        "confidence": str(service.evidence.confidence),
        "uncertain": list(service.evidence.uncertain),
        "review_by": service.review_by.isoformat(),
        "checked": service.is_checked(today),
        "checked_by": len(service.verified.by) if service.verified else 0,  # how many people; who, stays with us
        "number_held_back": number_held_back,
    }


def _id(*words: str) -> str:
    return str(uuid.uuid5(_NAMESPACE, "/".join(words)))
