"""Every place where something from outside is read, as a function of bytes (fuzz.py, guided.py).

Nothing here reads XML and nothing reads back an evidence bag or a CAP message: those are only ever written
(tests/house/test_no_xml_no_network.py).
"""

import gzip
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from lightkeeper.report.seal import make_keys

SECRET = "wren-harbour-7391"  # stands in every good input; no error may show it
KEY = make_keys()
Parser = Callable[[bytes], object]


def text(data: bytes) -> str:
    return data.decode("utf-8", "replace")


def as_file(read: Callable[[Path], object]) -> Parser:
    """What reads a file, as a function of its bytes."""
    scratch = Path(tempfile.gettempdir()) / f"lightkeeper-fuzz-{time.time_ns()}"

    def through_a_file(data: bytes) -> object:
        try:
            scratch.write_bytes(data)
            return read(scratch)
        finally:
            scratch.unlink(missing_ok=True)

    return through_a_file


def every_form(data: bytes) -> object:
    from lightkeeper.report.form import read_screen, screens

    pieces = text(data).split("\n")
    given = [{one.name: pieces[at : at + 2] for at, one in enumerate(screen.fields)} for screen in screens()]
    return [read_screen(screen, one) for screen, one in zip(screens(), given, strict=True)]


def every_identifier(data: bytes) -> object:
    from lightkeeper.core.identifier import Identifier, IdentifierKind
    from lightkeeper.link.keys import forms_of

    value = text(data)[:400]
    return [list(forms_of(Identifier(kind, value or "x"))) for kind in IdentifierKind if kind != "image_hash"]


def reports_to_link(path: Path) -> object:
    """The reader in compiled code."""
    from lightkeeper.link.arrays.reading import read_piece

    return read_piece(path, 0, path.stat().st_size)


def partners_file(data: bytes) -> object:
    """A whole import at the desk; what it says of unreadable lines must not repeat them."""
    from tests.desk.made_up import LEAD, NOW

    from lightkeeper.desk.exchange.partner import take_partner_file
    from lightkeeper.desk.in_memory import InMemoryCasebook

    for form in ("lightkeeper", "ncmec"):
        taken = take_partner_file(InMemoryCasebook(), LEAD, NOW, "desk", text(data).splitlines(), form)
        assert SECRET not in " ".join(taken.unreadable)
    return None


def backup(data: bytes) -> object:
    """What lies inside a backup: anybody can seal a file for a public key."""
    from lightkeeper.report.seal import seal
    from lightkeeper.web.shared.backup.unpack import verify_backup

    sealed = seal(gzip.compress(data, 1), [KEY.recipient])
    return as_file(lambda path: verify_backup(path, [KEY.identity]))(sealed)


def publications() -> Parser:
    """The file that the public site shows warnings and figures from."""
    from lightkeeper.web.shared.publications import NAME, read_shelf

    folder = Path(tempfile.mkdtemp(prefix="lightkeeper-fuzz-"))

    def write_and_read(data: bytes) -> object:
        (folder / NAME).write_bytes(data)
        return read_shelf(folder)

    return write_and_read


def parsers() -> dict[str, Parser]:
    """Every place where something from outside is read."""
    from lightkeeper.check.batch import read_conversations
    from lightkeeper.check.engine import check
    from lightkeeper.check.exports import read_exports
    from lightkeeper.check.exports.pasted import read_lines
    from lightkeeper.cli.link import read_decisions
    from lightkeeper.core.report import parse_report
    from lightkeeper.desk.exchange.ncmec import read_referral
    from lightkeeper.desk.keys import read_identities
    from lightkeeper.help.records import read_service
    from lightkeeper.report.kept import open_kept
    from lightkeeper.report.receipt import read_receipt
    from lightkeeper.report.redact import clean
    from lightkeeper.report.seal import open_envelope, read_recipients
    from lightkeeper.warn.figures import read_figures
    from lightkeeper.watch.events import read_events
    from lightkeeper.watch.ledger import read_ledger
    from lightkeeper.watch.population import read_population
    from lightkeeper.watch.rules import read_rules
    from lightkeeper.watch.series import read_series
    from lightkeeper.web.shared.backup.manifest import read_manifest

    return {
        "chat export": lambda data: read_exports(data),
        "pasted chat, checked": lambda data: check(read_lines(text(data[:2000]))),
        "batch of chats": lambda data: list(read_conversations(data.split(b"\n"))),
        "report": lambda data: parse_report(data),
        "reports to link": as_file(reports_to_link),
        "referral": lambda data: read_referral(data),
        "partner's file": partners_file,
        "forms": every_form,
        "field": lambda data: clean(text(data), 8000),
        "receipt": lambda data: read_receipt(text(data)),
        "answers on their way": lambda data: open_kept(text(data), b"k" * 32),
        "envelope": lambda data: open_envelope(data, [KEY.identity]),
        "recipients": lambda data: read_recipients(text(data)),
        "key file": as_file(read_identities),
        "identifiers": every_identifier,
        "decisions": as_file(read_decisions),
        "series": as_file(read_series),
        "population": as_file(read_population),
        "rules for small numbers": as_file(read_rules),
        "directory record": as_file(read_service),
        "figures": lambda data: read_figures(data),
        "ledger": lambda data: read_ledger(text(data).splitlines()),
        "events": lambda data: read_events(text(data)),
        "publications": publications(),
        "manifest": as_file(read_manifest),
        "backup": backup,
    }


# Whoever mends a record of the directory must be told which value is wrong; it is the team's own public text.
MAY_REPEAT = frozenset({"directory record"})
ALSO: dict[str, tuple[type[Exception], ...]] = {  # what a parser says it raises besides our own errors
    "manifest": (ValueError,),
}
