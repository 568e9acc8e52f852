"""A printer in the office: the PDF by IPP (RFC 8010 and 8011), the protocol every network printer speaks."""

import struct
from dataclasses import dataclass
from datetime import datetime

from lightkeeper.core.errors import OutboxFailed, UnreadableInput
from lightkeeper.warn.outbox.http import post
from lightkeeper.warn.outbox.parcel import Parcel, Sent, demand_permit, reference_of
from lightkeeper.warn.permit import Permit

_PRINT_JOB = 0x0002
_VERSION = 0x0101
_OPERATION_GROUP, _JOB_GROUP, _END = b"\x01", b"\x02", b"\x03"
_CHARSET, _LANGUAGE, _URI, _NAME, _MIME, _INTEGER = 0x47, 0x48, 0x45, 0x42, 0x49, 0x21
_FIRST_FAILURE = 0x0100  # status codes below it are successes


@dataclass(frozen=True, slots=True)
class Printer:
    """A printer's address, such as https://printer.example/ipp/print."""

    url: str
    copies: int = 1
    dry_run: bool = True

    def send(self, parcel: Parcel, permit: Permit, now: datetime) -> Sent:
        """Print the PDF. Raises UnreadableInput without one, OutboxFailed when the printer refuses."""
        demand_permit(parcel, permit, now)
        if not parcel.pdf:
            raise UnreadableInput("a printer needs the PDF")
        if not self.dry_run:
            answer = post(self.url, self._job(parcel), {"Content-Type": "application/ipp"}, "the printer")
            if len(answer) < 8 or struct.unpack(">H", answer[2:4])[0] >= _FIRST_FAILURE:
                raise OutboxFailed("the printer refused the job")
        return Sent("printer", self.copies, self.dry_run, reference_of(parcel))

    def _job(self, parcel: Parcel) -> bytes:
        operation = (
            _text(_CHARSET, "attributes-charset", "utf-8"),
            _text(_LANGUAGE, "attributes-natural-language", parcel.language),
            _text(_URI, "printer-uri", self.url.replace("http", "ipp", 1)),
            _text(_NAME, "job-name", reference_of(parcel)),
            _text(_MIME, "document-format", "application/pdf"),
        )
        job = _attribute(_INTEGER, "copies", struct.pack(">i", self.copies))
        head = struct.pack(">HHI", _VERSION, _PRINT_JOB, 1)
        return head + _OPERATION_GROUP + b"".join(operation) + _JOB_GROUP + job + _END + parcel.pdf


def _text(tag: int, name: str, value: str) -> bytes:
    return _attribute(tag, name, value.encode())


def _attribute(tag: int, name: str, value: bytes) -> bytes:
    raw = name.encode()
    return struct.pack(">BH", tag, len(raw)) + raw + struct.pack(">H", len(value)) + value
