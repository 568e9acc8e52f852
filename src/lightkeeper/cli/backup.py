"""`lightkeeper backup`: a site's folder and databases in one sealed file, while it is running."""

import argparse
import os
import time
from pathlib import Path

from lightkeeper.core.errors import UnreadableInput

SUMMARY = "Write one sealed file with a site's whole data folder and its databases, while the site is running."
EXAMPLE = """
lightkeeper backup --data /var/lib/lightkeeper/team --out /backups/team.age --to-file recovery.pub
"""
# A site whose database is PostgreSQL names it here, as the site itself does.
DATABASES = {"casebook": "LIGHTKEEPER_CASEBOOK_URL", "inbox": "LIGHTKEEPER_INBOX_URL"}


def arguments(parser: argparse.ArgumentParser) -> None:
    add_data(parser)
    parser.add_argument(
        "--out", type=Path, required=True, metavar="FILE", help="the backup; must not be there yet"
    )
    parser.add_argument("--to", action="append", default=[], metavar="age1...", help="a public key to seal it for")
    parser.add_argument("--to-file", type=Path, metavar="FILE", help="a file of public keys, one a line")


def run(options: argparse.Namespace) -> int:
    from lightkeeper.report.seal import read_recipients
    from lightkeeper.web.shared.backup.pack import back_up

    recipients = list(options.to)
    if options.to_file:
        recipients += read_recipients(read_text(options.to_file))
    start = time.monotonic()
    packed = back_up(data_folder(options), options.out, recipients, databases())
    size = options.out.stat().st_size / 1e6
    print(f"{options.out}: {len(packed.files)} files, {size:,.1f} MB sealed, {time.monotonic() - start:.1f} s")
    return 0


def add_data(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--data", type=Path, metavar="DIR", help="the site's data folder (when not said: LIGHTKEEPER_DATA)"
    )


def data_folder(options: argparse.Namespace) -> Path:
    """The folder that is meant. Raises UnreadableInput when neither the option nor the variable names one."""
    given = options.data or os.environ.get("LIGHTKEEPER_DATA")
    if not given:
        raise UnreadableInput("name the data folder with --data, or set LIGHTKEEPER_DATA")
    return Path(given)


def databases() -> dict[str, str]:
    """The PostgreSQL databases that the environment names; SQLite's lie in the data folder."""
    named = {name: os.environ.get(variable, "") for name, variable in DATABASES.items()}
    return {name: address for name, address in named.items() if address.startswith("postgres")}


def read_text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        raise UnreadableInput(f"{path.name} cannot be read") from None
