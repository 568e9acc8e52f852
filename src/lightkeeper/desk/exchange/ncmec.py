"""Read a referral with the field names of NCMEC's CyberTipline, one JSON object a line. Fields only, never files.

The mapping is in docs/reference/ncmec.md. What has no place in our report is left out; uploaded files are refused.
"""

import json
from typing import Any

from lightkeeper.core.errors import InvalidReport
from lightkeeper.core.report import Report, report_from_json

_HARMS = {
    "Online Enticement of Children for Sexual Acts": "grooming",
    "Sextortion": "sextortion",
    "sextortion": "sextortion",
    "Unsolicited Obscene Material Sent to a Child": "images_sent_to_child",
}
_FILES = ("uploadedFiles", "fileDetails", "files", "attachments")


def read_referral(line: str | bytes) -> Report:
    """One referral as a report of a platform. Raises InvalidReport, without the content."""
    try:
        data = json.loads(line)
    except (ValueError, RecursionError):
        raise InvalidReport("referral", "is not one JSON object on one line") from None
    if not isinstance(data, dict):
        raise InvalidReport("referral", "must be a JSON object")
    if any(data.get(name) for name in _FILES):
        raise InvalidReport("files", "are not taken in; send fields only")
    incident = _part(data, "incidentSummary")
    return report_from_json(
        {
            "id": _id(data),
            "received": incident.get("incidentDateTime") or data.get("dateReceived"),
            "reporter": "platform",
            "harms": [_HARMS.get(str(incident.get("incidentType")), "other")],
            "platforms": _platforms(data),
            "child": {"age": _part(data, "victim").get("age")},
            "suspect": list(_identifiers(_part(data, "personOrUserReported"))),
            "narrative": data.get("additionalInfo"),
        }
    )


def _part(data: dict[str, Any], name: str) -> dict[str, Any]:
    part = data.get(name) or {}
    if not isinstance(part, dict):
        raise InvalidReport(name, "must be a JSON object")
    return part


def _id(data: dict[str, Any]) -> str:
    number = data.get("reportId")
    if not isinstance(number, int | str) or not str(number).strip():
        raise InvalidReport("reportId", "is missing")
    return f"ncmec-{number}"[:64]


def _platforms(data: dict[str, Any]) -> list[str]:
    name = _part(data, "personOrUserReported").get("espService") or data.get("espName")
    return [name.casefold()] if isinstance(name, str) and name else []


def _identifiers(person: dict[str, Any]) -> Any:
    service = person.get("espService")
    platform = service.casefold() if isinstance(service, str) else None
    for field, kind in (("screenName", "handle"), ("espIdentifier", "handle"), ("displayName", "display_name")):
        for value in _texts(person, field):
            yield {
                "kind": kind,
                "value": value,
                **({"platform": platform} if kind == "handle" and platform else {}),
            }
    for field, kind in (("email", "email"), ("phone", "phone"), ("profileUrl", "url")):
        for value in _texts(person, field):
            yield {"kind": kind, "value": value}


def _texts(person: dict[str, Any], field: str) -> list[str]:
    value = person.get(field)
    values = value if isinstance(value, list) else [value]
    return [one for one in values if isinstance(one, str) and one]
