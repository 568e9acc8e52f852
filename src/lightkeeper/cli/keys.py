"""`lightkeeper keys`: the team's key, the offline recovery key, who may open reports, and changing keys."""

import argparse
import os
import secrets
from pathlib import Path

from lightkeeper.core.errors import UnreadableInput
from lightkeeper.report.seal import make_keys, read_recipients

SUMMARY = "Make the keys that reports are sealed with, say who may open them, and change them."
EXAMPLE = """
lightkeeper keys make --out keys/ --name team --passphrase-file passphrase.txt
lightkeeper keys make --out /media/usb/ --name recovery
lightkeeper keys recipients --file data/recipients.txt --add keys/team.pub
lightkeeper keys secret --out data/secret
LIGHTKEEPER_DATA=/var/lib/lightkeeper-team lightkeeper keys rotate
"""


def arguments(parser: argparse.ArgumentParser) -> None:
    what = parser.add_subparsers(dest="what", required=True, metavar="WHAT")
    make = what.add_parser(
        "make", help="one key pair: NAME.key stays with the team, NAME.pub goes to the public site"
    )
    make.add_argument("--out", type=Path, required=True, help="the folder to write into")
    make.add_argument("--name", default="team", help="what the files are called (default: team)")
    make.add_argument(
        "--passphrase-file", type=Path, help="close the key file with this passphrase (age -d opens it)"
    )
    secret = what.add_parser("secret", help="a random secret for one site")
    secret.add_argument("--out", type=Path, required=True, help="the file to write")
    listed = what.add_parser("recipients", help="show, add or remove who may open reports from now on")
    listed.add_argument("--file", type=Path, required=True, help="the public site's recipients.txt")
    listed.add_argument("--add", type=Path, metavar="NAME.pub", help="a public key to add")
    listed.add_argument("--remove", metavar="AGE1...", help="a public key to remove")
    what.add_parser(
        "rotate", help="a new team key; what waits in the inbox is sealed again (on the team's machine)"
    )
    what.add_parser("forget-old", help="take old keys out of the team's key file, once nothing is sealed for them")


def run(options: argparse.Namespace) -> int:
    match options.what:
        case "secret":
            write_private(options.out, secrets.token_urlsafe(48) + "\n")
            print(f"secret: {options.out}")
        case "make":
            _make(options)
        case "recipients":
            _recipients(options)
        case "rotate":
            _rotate()
        case "forget-old":
            _forget_old()
    return 0


def _make(options: argparse.Namespace) -> None:
    pair = make_keys()
    private, public = options.out / f"{options.name}.key", options.out / f"{options.name}.pub"
    text = f"# public key: {pair.recipient}\n{pair.identity}\n"
    if options.passphrase_file:
        from lightkeeper.desk.keys import close_identities

        write_private_bytes(private, close_identities(text, _passphrase(options.passphrase_file)))
    else:
        write_private(private, text)
    public.write_text(f"{pair.recipient}\n", encoding="ascii")
    print(f"opens:  {private} (keep it with the team, never on the public site)")
    print(f"closes: {public} (append it to the public site's recipients.txt)")


def _passphrase(path: Path) -> str:
    try:
        passphrase = path.read_text(encoding="utf-8").strip()
    except OSError:
        raise UnreadableInput("the passphrase file cannot be read") from None
    if len(passphrase) < 16:
        raise UnreadableInput("the passphrase is shorter than 16 characters")
    return passphrase


def _recipients(options: argparse.Namespace) -> None:
    """Rewrite the file at once: a site that reads it sees the old list or the new one."""
    here = list(_read_recipients(options.file)) if options.file.exists() else []
    if options.add:
        here += [one for one in _read_recipients(options.add) if one not in here]
    if options.remove:
        if options.remove not in here:
            raise UnreadableInput("this public key is not in the file")
        here.remove(options.remove)
    if options.add or options.remove:
        if not here:
            raise UnreadableInput("the last public key cannot be removed: reports could not be sealed any more")
        _replace(options.file, "".join(f"{one}\n" for one in here))
    print("\n".join(here))


def _read_recipients(path: Path) -> tuple[str, ...]:
    try:
        return read_recipients(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError):
        raise UnreadableInput(f"{path.name} cannot be read") from None


def _replace(path: Path, text: str) -> None:
    fresh = path.with_name(f".{path.name}.new")
    fresh.write_text(text, encoding="ascii")
    fresh.replace(path)


def _rotate() -> None:
    _team_site()
    from lightkeeper.web.team.rotation import rotate

    done = rotate()
    print(f"new key: {done.recipient}")
    print(f"{done.sealed_again} waiting envelopes are sealed for it; {done.unopened} could not be opened and stay")
    print("next: put the new recipients.txt on the public site, then `lightkeeper keys forget-old` here")


def _forget_old() -> None:
    _team_site()
    from lightkeeper.web.team.rotation import forget_old

    print(f"{forget_old()} old keys are gone from the team's key file")


def _team_site() -> None:
    import django

    os.environ["DJANGO_SETTINGS_MODULE"] = "lightkeeper.web.shared.settings.team"
    django.setup()


def write_private(path: Path, text: str) -> None:
    """Write a new file that only its owner can read. Raises UnreadableInput when it is there already."""
    write_private_bytes(path, text.encode("ascii"))


def write_private_bytes(path: Path, data: bytes) -> None:
    """The same for bytes."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise UnreadableInput(f"{path.name} is there already; a key is never overwritten") from None
    with os.fdopen(handle, "wb") as file:
        file.write(data)
