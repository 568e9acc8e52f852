"""Reads and writes the directory's records, one JSON file a service, so that one change is one small diff.

A record that is malformed stops the reading with its file's name: a directory with a hole in it is worse than
a site that refuses to start.
"""

import json
import re
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from lightkeeper.core.errors import UnreadableInput
from lightkeeper.help.areas import areas
from lightkeeper.help.service import (
    Audience,
    Confidence,
    Evidence,
    Kind,
    Phone,
    PlatformRoute,
    Reach,
    Service,
    Verification,
)

_NUMBER = re.compile(r"\+?[0-9][0-9 -]{1,18}[0-9]")
_PREMIUM = re.compile(r"(09|118|070)")  # numbers that cost: never in the directory
_SHORTENER = re.compile(r"https?://(?:www\.)?(?:bit\.ly|tinyurl\.com|t\.co|goo\.gl|ow\.ly|is\.gd)/", re.IGNORECASE)
_STATUS = ("active", "inactive", "defunct", "temporarily closed")


def services_folder() -> Path:
    """The folder with the records that come with this package."""
    return Path(str(files("lightkeeper.help"))) / "services"


@cache
def shipped_services() -> tuple[Service, ...]:
    """The records of this package, read once."""
    return read_services(services_folder())


def read_services(folder: Path) -> tuple[Service, ...]:
    """Every service of a folder, by priority and name. Raises UnreadableInput with the file's name."""
    found = [read_service(path) for path in sorted(folder.glob("*.json"))]
    if not found:
        raise UnreadableInput(f"no directory records in {folder.name}")
    return tuple(sorted(found, key=lambda one: (one.priority, one.name)))


def read_service(path: Path) -> Service:
    """One record. Raises UnreadableInput with the file's name and the reason."""
    try:
        service = service_from_json(json.loads(path.read_text("utf-8")))
        if service.id != path.stem:
            raise ValueError("the id is not the file's name")
    except KeyError as missing:
        raise UnreadableInput(f"{path.name}: {missing.args[0]} is missing") from None
    except (ValueError, TypeError, AttributeError) as wrong:
        raise UnreadableInput(f"{path.name}: {wrong}") from None
    except RecursionError:
        raise UnreadableInput(f"{path.name}: it is nested too deep") from None
    return service


def write_service(folder: Path, service: Service, verified: Verification) -> Path:
    """Set who checked a record and when, and the next review; everything else of the file stays as it was."""
    path = folder / f"{service.id}.json"
    record = json.loads(path.read_text("utf-8"))
    record["verified"] = {"on": verified.on.isoformat(), "by": list(verified.by), "note": verified.note}
    record["review_by"] = service.next_review(verified.on).isoformat()
    path.write_text(json.dumps(record, ensure_ascii=False, indent=2) + "\n", "utf-8")
    return path


def service_from_json(record: Mapping[str, Any]) -> Service:
    """Turn a record into a Service. Raises ValueError or KeyError with the reason."""
    service = Service(
        id=record["id"],
        name=record["name"],
        name_cy=record.get("name_cy"),
        organization=record["organization"],
        status=record["status"],
        kind=Kind(record["kind"]),
        description=record["description"],
        audience=tuple(Audience(one) for one in record["audience"]),
        service_areas=tuple(record["service_areas"]),
        priority=record["priority"],
        evidence=_evidence(record["evidence"]),
        review_by=date.fromisoformat(record["review_by"]),
        verified=_verification(record.get("verified")),
        minimum_age=record.get("minimum_age"),
        maximum_age=record.get("maximum_age"),
        phones=tuple(Phone(**phone) for phone in record.get("phones", ())),
        schedules=tuple(one["description"] for one in record.get("schedules", ())),
        languages=tuple(record.get("languages", ())),
        email=record.get("email"),
        url=record.get("url"),
        fees_description=record.get("fees_description"),
        not_for=record.get("not_for"),
        notes=record.get("notes"),
        valid_from=_date(record.get("valid_from")),
        valid_to=_date(record.get("valid_to")),
        replaced_by=record.get("replaced_by"),
        route=_route(record.get("route")),
    )
    for fault in faults(service):
        raise ValueError(fault)
    return service


def faults(service: Service) -> Iterable[str]:
    """What is wrong with a record, in plain words: an unknown place, a costly number, a shortened link."""
    if service.status not in _STATUS:
        yield f"status must be one of: {', '.join(_STATUS)}"
    yield from (f"no such area: {area}" for area in service.service_areas if area not in areas())
    yield from (
        f"no description in {language}" for language in ("en", "cy") if not service.description.get(language)
    )
    for phone in service.phones:
        if not _NUMBER.fullmatch(phone.number):
            yield "a phone number holds something else than digits and spaces"
        if _PREMIUM.match(phone.number.replace(" ", "")):
            yield "a number that costs extra has no place here"
    if service.url and (not service.url.startswith("https://") or _SHORTENER.match(service.url)):
        yield "the address must be https and not shortened"
    if service.verified and service.phones and len(set(service.verified.by)) < 2:
        yield "a record with a number needs two different people who checked it"


def _evidence(record: Mapping[str, Any]) -> Evidence:
    return Evidence(
        source=record["source"],
        as_of=record["as_of"],
        retrieved=date.fromisoformat(record["retrieved"]),
        confidence=Confidence(record["confidence"]),
        uncertain=tuple(record.get("uncertain", ())),
    )


def _verification(record: Mapping[str, Any] | None) -> Verification | None:
    if record is None:
        return None
    return Verification(date.fromisoformat(record["on"]), tuple(record["by"]), record["note"])


def _route(record: Mapping[str, Any] | None) -> PlatformRoute | None:
    if record is None:
        return None
    steps = {way: {lang: tuple(text) for lang, text in record[way].items()} for way in ("report", "block")}
    return PlatformRoute(Reach(record["reach"]), steps["report"], steps["block"])


def _date(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)
