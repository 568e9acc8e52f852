"""Where the team site's objects are built."""

from functools import cache
from pathlib import Path

from django.conf import settings

from lightkeeper.core.errors import CannotOpen
from lightkeeper.web.casebook.casebook import DjangoCasebook


def casebook() -> DjangoCasebook:
    return DjangoCasebook()


@cache
def identities() -> tuple[str, ...]:
    """The team's secret keys, read once. Raises CannotOpen."""
    from lightkeeper.desk.keys import read_identities

    try:
        said = settings.TEAM_KEY_PASSPHRASE_FILE
        passphrase = Path(said).read_text("utf-8").strip() if said else None
        return read_identities(Path(settings.TEAM_KEY_FILE), passphrase)
    except OSError:
        raise CannotOpen("the team's key file cannot be read") from None
