"""`lightkeeper prepare`: tables, and users of the inbox who may do no more than they need."""

import argparse
from pathlib import Path

from lightkeeper.core.errors import UnreadableInput

SUMMARY = "Make the inbox's tables and its insert-only user on PostgreSQL, or the casebook's tables."
EXAMPLE = """
LIGHTKEEPER_INBOX_OWNER_URL=postgresql://owner@db/inbox lightkeeper prepare inbox --public-password-file public.pw
LIGHTKEEPER_CASEBOOK_URL=postgresql://desk@db/casebook lightkeeper prepare casebook
"""


def arguments(parser: argparse.ArgumentParser) -> None:
    what = parser.add_subparsers(dest="what", required=True, metavar="WHAT")
    inbox = what.add_parser("inbox", help="tables and users (the owner's address: LIGHTKEEPER_INBOX_OWNER_URL)")
    what.add_parser("casebook", help="the team site's tables; again after every update (its settings must be set)")
    inbox.add_argument("--public-user", default="lightkeeper_public", help="may add envelopes and read replies")
    inbox.add_argument("--public-password-file", type=Path, help="a file with its password")
    inbox.add_argument("--team-user", default="lightkeeper_team", help="may take envelopes and add replies")
    inbox.add_argument("--team-password-file", type=Path, help="a file with its password")


def run(options: argparse.Namespace) -> int:
    if options.what == "casebook":
        from lightkeeper.web.casebook.prepare import prepare_casebook

        print(f"the casebook is ready ({prepare_casebook()})")
        return 0
    from lightkeeper.web.inbox.prepare import prepare_inbox

    made = prepare_inbox(
        options.public_user,
        read_password(options.public_password_file),
        options.team_user,
        read_password(options.team_password_file),
    )
    print(
        f"the inbox is ready for {options.public_user} and {options.team_user}" if made else "the inbox is ready"
    )
    return 0


def read_password(path: Path | None) -> str | None:
    """The first line of a password's file. Raises UnreadableInput."""
    if path is None:
        return None
    try:
        return path.read_text(encoding="utf-8").splitlines()[0]
    except (OSError, UnicodeDecodeError, IndexError):
        raise UnreadableInput(f"{path.name}: there is no password in this file") from None
