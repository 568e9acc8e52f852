"""The printer against a server that reads IPP as RFC 8010 writes it."""

import struct
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from lightkeeper.core.errors import OutboxFailed, UnreadableInput
from lightkeeper.warn.outbox.parcel import Parcel
from lightkeeper.warn.outbox.printer import Printer
from lightkeeper.warn.permit import Permit

SUCCESS = struct.pack(">HHI", 0x0101, 0x0000, 1) + b"\x03"
FAILURE = struct.pack(">HHI", 0x0101, 0x0507, 1) + b"\x03"


def read_job(body: bytes) -> tuple[int, dict[str, bytes], bytes]:
    """Operation, attributes and document of an IPP request."""
    operation = struct.unpack(">H", body[2:4])[0]
    at, attributes = 8, dict[str, bytes]()
    while body[at] != 0x03:
        if body[at] < 0x10:
            at += 1
            continue
        name_length = struct.unpack(">H", body[at + 1 : at + 3])[0]
        name = body[at + 3 : at + 3 + name_length].decode()
        at += 3 + name_length
        value_length = struct.unpack(">H", body[at : at + 2])[0]
        attributes[name] = body[at + 2 : at + 2 + value_length]
        at += 2 + value_length
    return operation, attributes, body[at + 1 :]


def test_the_pdf_reaches_the_printer(
    service: Any, parcel: Callable[..., Parcel], permit: Permit, now: datetime
) -> None:
    service.status, service.answer = 200, SUCCESS
    sent = Printer(f"{service.url}/ipp/print", copies=30, dry_run=False).send(parcel(pdf=b"%PDF-1.7"), permit, now)
    (request,) = service.asked
    operation, attributes, document = read_job(request.body)
    assert request.headers["Content-Type"] == "application/ipp"
    assert operation == 0x0002
    assert document == b"%PDF-1.7"
    assert list(attributes)[:2] == [
        "attributes-charset",
        "attributes-natural-language",
    ]  # the RFC wants them first
    assert struct.unpack(">i", attributes["copies"])[0] == 30
    assert attributes["printer-uri"].startswith(b"ipp://127.0.0.1:")
    assert attributes["job-name"].decode() == sent.reference


@pytest.mark.parametrize("answer", [FAILURE, b"", b"OK"])
def test_a_printer_that_refuses_is_a_failure(
    answer: bytes, service: Any, parcel: Callable[..., Parcel], permit: Permit, now: datetime
) -> None:
    service.status, service.answer = 200, answer
    with pytest.raises(OutboxFailed):
        Printer(f"{service.url}/ipp/print", dry_run=False).send(parcel(pdf=b"%PDF-1.7"), permit, now)


def test_without_a_pdf_there_is_nothing_to_print(
    parcel: Callable[..., Parcel], permit: Permit, now: datetime
) -> None:
    with pytest.raises(UnreadableInput, match="PDF"):
        Printer("https://printer.example.org/ipp/print").send(parcel(), permit, now)
