"""`lightkeeper keys`: makes the team's key, the offline recovery key and a site's secret."""

import argparse
import os
import secrets
from pathlib import Path

from lightkeeper.core.errors import UnreadableInput
from lightkeeper.report.seal import make_keys

SUMMARY = "Make the keys that reports are sealed with, and a site's secret."
EXAMPLE = """
lightkeeper keys make --out keys/ --name team
lightkeeper keys make --out /media/usb/ --name recovery
lightkeeper keys secret --out data/secret
"""


def arguments(parser: argparse.ArgumentParser) -> None:
    what = parser.add_subparsers(dest="what", required=True, metavar="WHAT")
    make = what.add_parser(
        "make", help="one key pair: NAME.key stays with the team, NAME.pub goes to the public site"
    )
    make.add_argument("--out", type=Path, required=True, help="the folder to write into")
    make.add_argument("--name", default="team", help="what the files are called (default: team)")
    secret = what.add_parser("secret", help="a random secret for one site")
    secret.add_argument("--out", type=Path, required=True, help="the file to write")


def run(options: argparse.Namespace) -> int:
    if options.what == "secret":
        write_private(options.out, secrets.token_urlsafe(48) + "\n")
        print(f"secret: {options.out}")
        return 0
    pair = make_keys()
    private, public = options.out / f"{options.name}.key", options.out / f"{options.name}.pub"
    write_private(private, f"# public key: {pair.recipient}\n{pair.identity}\n")
    public.write_text(f"{pair.recipient}\n", encoding="ascii")
    print(f"opens:  {private} (keep it with the team, never on the public site)")
    print(f"closes: {public} (append it to the public site's recipients.txt)")
    return 0


def write_private(path: Path, text: str) -> None:
    """Write a new file that only its owner can read. Raises UnreadableInput when it is there already."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise UnreadableInput(f"{path.name} is there already; a key is never overwritten") from None
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(text)
