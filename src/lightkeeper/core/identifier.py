"""What an offender can be recognised by: a handle, a number, an account, a link, a picture's hash, a script.

An identifier is kept as it was given; its normal forms are made in `link/keys`.
"""

from dataclasses import dataclass
from enum import StrEnum

from lightkeeper.core.errors import InvalidIdentifier

LONGEST_VALUE = 20_000


class IdentifierKind(StrEnum):
    HANDLE = "handle"
    DISPLAY_NAME = "display_name"
    PHONE = "phone"
    EMAIL = "email"
    PAYMENT = "payment"
    URL = "url"
    IMAGE_PDQ = "image_pdq"
    SCRIPT = "script"


@dataclass(frozen=True, slots=True)
class Identifier:
    """One thing an offender was seen to use, as the person who reported it wrote it.

    `platform` goes with a handle, `scheme` with a payment. Raises InvalidIdentifier when the value is
    empty or longer than 20,000 characters.
    """

    kind: IdentifierKind
    value: str
    platform: str | None = None
    scheme: str | None = None

    def __post_init__(self) -> None:
        if not self.value:
            raise InvalidIdentifier("an identifier needs a value")
        if len(self.value) > LONGEST_VALUE:
            raise InvalidIdentifier(f"an identifier may have at most {LONGEST_VALUE:,} characters")

    def __repr__(self) -> str:
        # Two letters tell a developer which one it is; they tell nobody who it is.
        shown = f"{self.value[:2]}…" if len(self.value) >= 6 and self.value[:2].isalnum() else "…"
        return f"Identifier({self.platform or self.scheme or self.kind}, {shown!r})"
