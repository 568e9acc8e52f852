"""Pack a case: contents, ontology, manifests, an optional timestamp, one tar, sealed for one named person."""

from dataclasses import dataclass

import pyrage
from pyrage import x25519

from lightkeeper import __version__
from lightkeeper.core.errors import UnreadableInput
from lightkeeper.desk.evidence.bag import make_bag, write_tar
from lightkeeper.desk.evidence.content import Contents, payload_of
from lightkeeper.desk.evidence.ontology import write_ontology
from lightkeeper.desk.evidence.sheet import NO_FORENSIC_TOOL, Exhibit, sheet_pdf
from lightkeeper.desk.evidence.timestamp import Ask, stamp


@dataclass(frozen=True, slots=True)
class Packed:
    """A bag's files by path, and the name of its folder."""

    folder: str
    files: dict[str, bytes]

    def __repr__(self) -> str:
        return f"Packed({self.folder}, {len(self.files)} files)"


def pack_case(contents: Contents, organisation: str, ask: Ask | None = None) -> Packed:
    """Make the bag. `ask` reaches a timestamping authority; without it there is no timestamp."""
    case, made_at = contents.case, contents.made_at
    payload = payload_of(contents)
    exhibits = tuple(
        Exhibit.of(number, path, data)
        for number, (path, data) in enumerate(
            ((path, data) for path, data in payload.items() if path not in ("README.txt", "continuity.html")),
            start=1,
        )
    )
    payload["continuity.pdf"] = sheet_pdf(
        case, contents.entries, exhibits, contents.made_by, made_at, contents.reason
    )
    tags = {"metadata/case.jsonld": write_ontology(case, payload, made_at, __version__)}
    files = make_bag(payload, tags, _info(contents, organisation))
    if ask is not None:
        files["timestamp.tsr"] = stamp(files["tagmanifest-sha256.txt"], ask)
    return Packed(f"{case.id}-{made_at:%Y%m%d}", files)


def _info(contents: Contents, organisation: str) -> dict[str, str]:
    return {
        "Source-Organization": organisation,
        "External-Identifier": contents.case.id,
        "External-Description": NO_FORENSIC_TOOL,
        "Contact-Name": contents.made_by,
        "Bagging-Date": f"{contents.made_at:%Y-%m-%d}",
        "Bag-Software-Agent": f"Lightkeeper {__version__}",
        "Time-Zone": "UTC, where no other is written",
    }


def seal_bag(packed: Packed, contents: Contents, recipient: str) -> bytes:
    """The bag as a tar, sealed so that only the named person's key opens it. Raises UnreadableInput."""
    try:
        key = x25519.Recipient.from_str(recipient.strip())
    except pyrage.RecipientError:
        raise UnreadableInput("this is not an age public key (age1...)") from None
    return bytes(pyrage.encrypt(write_tar(packed.files, packed.folder, contents.made_at), [key]))
