"""One family of errors, each named for the situation and free of personal content.

Two edges translate them: the command line to an exit code and one clear line, the web to a status and
a kind sentence. A message says what happened and what to do next; it never repeats what a person wrote.
"""


class LightkeeperError(Exception):
    """Something we can explain to the person in front of us."""


class InvalidIdentifier(LightkeeperError):
    """An identifier that is none: the kind is unknown, or nothing was given."""


class InvalidReport(LightkeeperError):
    """A report that does not follow the contract, told by line, field and reason."""

    def __init__(self, field: str, reason: str, line: int | None = None) -> None:
        self.field, self.reason, self.line = field, reason, line
        where = f"line {line}, " if line is not None else ""
        super().__init__(f"{where}{field}: {reason}")

    def at(self, line: int) -> "InvalidReport":
        """The same error, with the line of the file it stands on."""
        return InvalidReport(self.field, self.reason, line)


class UnreadableExport(LightkeeperError):
    """A chat export that cannot be read, told by format, place and reason."""

    def __init__(self, reason: str, format: str = "unknown", line: int | None = None) -> None:
        self.reason, self.format, self.line = reason, format, line
        where = f", line {line}" if line is not None else ""
        super().__init__(f"cannot read this chat ({format}{where}): {reason}")


class NotAllowed(LightkeeperError):
    """The person may not do this; the reason is the one the page shows."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)


class ImpossibleMove(LightkeeperError):
    """A case cannot go from where it is to where it was sent."""

    def __init__(self, now: str, wanted: str) -> None:
        self.now, self.wanted = now, wanted
        super().__init__(f"a case that is {now} cannot become {wanted}")


class ImageRefused(LightkeeperError):
    """Image or video bytes were offered, in whatever disguise. Nothing of them is kept."""


class CannotOpen(LightkeeperError):
    """An envelope or a file that none of the keys at hand opens."""


class WrongReceipt(LightkeeperError):
    """The words are not a receipt: a word is mistyped, missing, or the check word does not fit.

    `place` is which word is not of the list, counted from 1; never the word itself.
    """

    def __init__(self, reason: str, place: int | None = None) -> None:
        self.place = place
        super().__init__(reason)


class TooFewToShow(LightkeeperError):
    """A number too small, or a difference too telling, to be published."""


class Held(LightkeeperError):
    """Something behind this is part of a live investigation and may not leave the house."""


class UnreadableInput(LightkeeperError):
    """A file or an option that cannot be understood, with what would be understood instead."""


class NoSuchCase(LightkeeperError):
    """There is no case, suspect or item of that name; or not any more."""


class AlreadyHere(LightkeeperError):
    """The report is a case already. Taking it twice would count a child twice."""


class SlotClosed(LightkeeperError):
    """The inbox or the spool cannot be reached or has no room. What was offered was not kept."""


class UnsafeToStart(LightkeeperError):
    """A setting is missing, wrong or dangerous: the site stays down until a person has mended it."""


class WarningRefused(NotAllowed):
    """The gate refused a warning; the reasons say what must change before it can go out."""


class OutboxFailed(LightkeeperError):
    """A service outside did not take what was sent. What it answered stays with it."""


class TimestampRefused(LightkeeperError):
    """The timestamping authority could not be reached, or did not answer what was asked."""
