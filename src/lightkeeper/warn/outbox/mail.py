"""E-mail through the team's own mail server, one message a reader, so that no reader sees another."""

import smtplib
import ssl
from dataclasses import dataclass, field
from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime

from lightkeeper.core.errors import OutboxFailed, UnreadableInput
from lightkeeper.warn.outbox.parcel import Parcel, Sent, demand_permit, reference_of
from lightkeeper.warn.permit import Permit

_SECONDS = 20
_AT_HOME = ("127.0.0.1", "::1", "localhost")


@dataclass(frozen=True, slots=True)
class Mail:
    """A mail server; without TLS it must be on this machine."""

    host: str
    sender: str
    port: int = 587
    user: str = ""
    password: str = field(default="", repr=False)
    tls: bool = True
    dry_run: bool = True

    def __post_init__(self) -> None:
        if not self.tls and self.host not in _AT_HOME:
            raise UnreadableInput("mail leaves this machine with TLS only")

    def send(self, parcel: Parcel, permit: Permit, now: datetime) -> Sent:
        """Plain text, with the PDF beside it where there is one. Raises OutboxFailed."""
        demand_permit(parcel, permit, now)
        messages = [self._message(parcel, reader, now) for reader in parcel.to]
        if not self.dry_run and messages:
            self._send_all(messages)
        return Sent("mail", len(messages), self.dry_run, reference_of(parcel))

    def _message(self, parcel: Parcel, reader: str, now: datetime) -> EmailMessage:
        if "\n" in reader or "\r" in reader or "\n" in parcel.subject:
            raise UnreadableInput("an address and a subject are one line each")
        message = EmailMessage()
        message["From"], message["To"], message["Subject"] = self.sender, reader, parcel.subject
        message["Date"] = format_datetime(now)
        message["Content-Language"] = parcel.language
        message["Message-ID"] = f"<{reference_of(parcel)}@{self.sender.rpartition('@')[2]}>"
        message["Auto-Submitted"] = "auto-generated"
        message.set_content(parcel.body)
        if parcel.pdf:
            message.add_attachment(
                parcel.pdf, maintype="application", subtype="pdf", filename=f"{parcel.warning_id}.pdf"
            )
        return message

    def _send_all(self, messages: list[EmailMessage]) -> None:
        try:
            with smtplib.SMTP(self.host, self.port, timeout=_SECONDS) as server:
                if self.tls:
                    server.starttls(context=ssl.create_default_context())
                if self.user:
                    server.login(self.user, self.password)
                for message in messages:
                    server.send_message(message)
        except (smtplib.SMTPException, OSError):
            raise OutboxFailed("the mail server did not take it") from None
