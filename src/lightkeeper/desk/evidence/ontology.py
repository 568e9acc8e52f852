"""The case as CASE/UCO JSON-LD, written by hand for tools that read it; `case_validate` checks it in the tests."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from lightkeeper.core.identifier import Identifier, IdentifierKind
from lightkeeper.desk.case import Case

_CONTEXT = {
    "kb": "https://lightkeeper.example/kb/",
    "case-investigation": "https://ontology.caseontology.org/case/investigation/",
    "uco-action": "https://ontology.unifiedcyberontology.org/uco/action/",
    "uco-core": "https://ontology.unifiedcyberontology.org/uco/core/",
    "uco-identity": "https://ontology.unifiedcyberontology.org/uco/identity/",
    "uco-observable": "https://ontology.unifiedcyberontology.org/uco/observable/",
    "uco-tool": "https://ontology.unifiedcyberontology.org/uco/tool/",
    "uco-types": "https://ontology.unifiedcyberontology.org/uco/types/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}


def write_ontology(case: Case, payload: Mapping[str, bytes], made_at: datetime, version: str) -> bytes:
    """An investigation with what the offender used and the files of the bag. Nothing about the child is in it."""
    found = [_observable(case, number, one) for number, one in enumerate(case.report.suspect)]
    packed = [_file(case, path, data) for path, data in payload.items()]
    tool = _node(case, "tool", "uco-tool:Tool", {"uco-core:name": "Lightkeeper", "uco-tool:version": version})
    members = [{"@id": one["@id"]} for one in (*found, *packed)]
    record = _node(
        case,
        "provenance",
        "case-investigation:ProvenanceRecord",
        {
            "uco-core:description": "What a person reported, packed unaltered; no device or account was examined.",
            "case-investigation:exhibitNumber": f"LK/{case.id}",
            "uco-core:object": members,
        },
    )
    packing = _node(
        case,
        "packing",
        "case-investigation:InvestigativeAction",
        {
            "uco-core:name": "packed",
            "uco-action:endTime": _time(made_at),
            "uco-action:instrument": {"@id": tool["@id"]},
            "uco-action:result": {"@id": record["@id"]},
        },
    )
    about = _node(
        case,
        "investigation",
        "case-investigation:Investigation",
        {
            "uco-core:name": case.id,
            "case-investigation:focus": "online blackmail of a child",
            "uco-core:object": [{"@id": packing["@id"]}, {"@id": record["@id"]}],
        },
    )
    graph = [about, packing, record, tool, *found, *packed]
    return (json.dumps({"@context": _CONTEXT, "@graph": graph}, ensure_ascii=False, indent=2) + "\n").encode()


def _node(case: Case, name: str, kind: str, properties: dict[str, Any]) -> dict[str, Any]:
    """Names end in a UUID as UCO wants; the same case gives the same names."""
    uuid = uuid5(NAMESPACE_URL, f"lightkeeper/{case.id}/{name}")
    slug = name.split("/")[0]
    return {"@id": f"kb:{slug}-{uuid}", "@type": kind, **properties}


def _time(moment: datetime) -> dict[str, str]:
    return {"@type": "xsd:dateTime", "@value": moment.astimezone(UTC).isoformat().replace("+00:00", "Z")}


def _observable(case: Case, number: int, one: Identifier) -> dict[str, Any]:
    facet = _node(case, f"facet/{number}", *_facet(one))
    return _node(
        case,
        f"observable/{number}",
        "uco-observable:ObservableObject",
        {"uco-core:description": _words(one), "uco-core:hasFacet": [facet]},
    )


def _words(one: Identifier) -> str:
    where = one.platform or one.scheme
    return f"{one.kind} as it was given{f', {where}' if where else ''}"


def _facet(one: Identifier) -> tuple[str, dict[str, Any]]:
    match one.kind:
        case IdentifierKind.PHONE:
            return "uco-observable:PhoneAccountFacet", {"uco-observable:phoneNumber": one.value}
        case IdentifierKind.EMAIL:
            return "uco-observable:EmailAddressFacet", {"uco-observable:addressValue": one.value}
        case IdentifierKind.URL:
            return "uco-observable:URLFacet", {"uco-observable:fullValue": one.value}
        case IdentifierKind.DISPLAY_NAME:
            return "uco-observable:DigitalAccountFacet", {"uco-observable:displayName": one.value}
        case IdentifierKind.SCRIPT:
            return "uco-observable:MessageFacet", {"uco-observable:messageText": one.value}
        case IdentifierKind.IMAGE_PDQ:
            # A perceptual hash is no checksum of a file, so it is not written as one.
            return "uco-observable:AccountFacet", {"uco-observable:accountIdentifier": f"pdq:{one.value}"}
        case _:
            return "uco-observable:AccountFacet", {"uco-observable:accountIdentifier": one.value}


def _file(case: Case, path: str, data: bytes) -> dict[str, Any]:
    checksum = _node(
        case,
        f"hash/{path}",
        "uco-types:Hash",
        {
            "uco-types:hashMethod": "SHA256",
            "uco-types:hashValue": {"@type": "xsd:hexBinary", "@value": sha256(data).hexdigest()},
        },
    )
    facet = _node(
        case,
        f"content/{path}",
        "uco-observable:ContentDataFacet",
        {"uco-observable:sizeInBytes": len(data), "uco-observable:hash": [checksum]},
    )
    name = _node(case, f"name/{path}", "uco-observable:FileFacet", {"uco-observable:fileName": path})
    return _node(case, f"file/{path}", "uco-observable:File", {"uco-core:hasFacet": [name, facet]})
