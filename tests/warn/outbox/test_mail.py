"""E-mail against a small mail server on this machine, spoken to line by line."""

import email
import email.policy
import socketserver
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime

import pytest

from lightkeeper.core.errors import OutboxFailed, UnreadableInput
from lightkeeper.warn.outbox.mail import Mail
from lightkeeper.warn.outbox.parcel import Parcel
from lightkeeper.warn.permit import Permit


class MailServer(socketserver.TCPServer):
    """Takes every message, or refuses every reader."""

    allow_reuse_address = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Session)
        self.letters: list[tuple[list[str], bytes]] = []
        self.refuses = False


class _Session(socketserver.StreamRequestHandler):
    server: MailServer

    def handle(self) -> None:
        self._say("220 ready")
        readers: list[str] = []
        while line := self.rfile.readline():
            word = line[:4].upper()
            if word == b"QUIT":
                self._say("221 bye")
                return
            if word == b"RCPT":
                readers.append(line.decode().split("<")[1].split(">")[0])
                self._say("550 no such reader" if self.server.refuses else "250 ok")
            elif word == b"DATA":
                self._say("354 go on")
                body = b"".join(iter(self.rfile.readline, b".\r\n"))
                self.server.letters.append((readers, body))
                readers = []
                self._say("250 taken")
            else:
                self._say("250 ok")

    def _say(self, line: str) -> None:
        self.wfile.write(f"{line}\r\n".encode())


@pytest.fixture
def server() -> Iterator[MailServer]:
    with MailServer() as running:
        thread = threading.Thread(target=running.serve_forever, args=(0.01,))
        thread.start()
        yield running
        running.shutdown()
        thread.join()


@pytest.fixture
def outbox(server: MailServer) -> Mail:
    return Mail("127.0.0.1", "team@example.org", port=server.server_address[1], tls=False, dry_run=False)


def test_every_reader_gets_a_letter_of_their_own(
    server: MailServer, outbox: Mail, parcel: Callable[..., Parcel], permit: Permit, now: datetime
) -> None:
    sent = outbox.send(parcel("Dŵr. Tell someone.", ("a@example.com", "b@example.com"), b"%PDF-1.7"), permit, now)
    assert sent.count == 2
    assert [readers for readers, _ in server.letters] == [["a@example.com"], ["b@example.com"]]
    letter = email.message_from_bytes(server.letters[0][1], policy=email.policy.default)
    assert "b@example.com" not in server.letters[0][1].decode()
    assert letter["Subject"] == "More reports of online blackmail in Wiltshire"
    body = letter.get_body(("plain",))
    assert body is not None
    assert body.get_content().strip() == "Dŵr. Tell someone."
    (pdf,) = letter.iter_attachments()
    assert (pdf.get_content_type(), pdf.get_content()) == ("application/pdf", b"%PDF-1.7")


def test_a_mail_server_that_refuses_is_a_failure_without_content(
    server: MailServer, outbox: Mail, parcel: Callable[..., Parcel], permit: Permit, now: datetime
) -> None:
    server.refuses = True
    with pytest.raises(OutboxFailed) as caught:
        outbox.send(parcel(to=("a@example.com",)), permit, now)
    assert "example.com" not in str(caught.value)


@pytest.mark.parametrize("reader", ["a@example.com\nBcc: b@example.com", "a@example.com\r\nX: y"])
def test_no_reader_smuggles_a_line_in(
    reader: str, outbox: Mail, parcel: Callable[..., Parcel], permit: Permit, now: datetime
) -> None:
    with pytest.raises(UnreadableInput):
        outbox.send(parcel(to=(reader,)), permit, now)


def test_a_subject_is_one_line(outbox: Mail, parcel: Callable[..., Parcel], permit: Permit, now: datetime) -> None:
    with pytest.raises(UnreadableInput):
        outbox.send(replace(parcel(to=("a@example.com",)), subject="a\nb"), permit, now)


def test_mail_leaves_the_machine_with_tls_only() -> None:
    with pytest.raises(UnreadableInput, match="TLS"):
        Mail("mail.example.org", "team@example.org", tls=False)


def test_a_server_without_tls_gets_nothing_when_tls_is_asked_for(
    server: MailServer, outbox: Mail, parcel: Callable[..., Parcel], permit: Permit, now: datetime
) -> None:
    with pytest.raises(OutboxFailed):
        replace(outbox, tls=True).send(parcel(to=("a@example.com",)), permit, now)
    assert server.letters == []
