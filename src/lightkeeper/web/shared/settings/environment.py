"""Strict readers for the environment: a site that is set up wrongly says so in one line and does not start."""

import ipaddress
import os
import stat
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from lightkeeper.core.errors import UnreadableInput, UnsafeToStart
from lightkeeper.report.seal import read_recipients

SHORTEST_SECRET = 43  # characters: 256 bits in base64url
_SQLITE = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA trusted_schema=OFF;"


def text(name: str, default: str | None = None) -> str:
    """A variable's value. Raises UnsafeToStart when it is not set and there is no default."""
    value = os.environ.get(name, "").strip() or default
    if value is None:
        raise UnsafeToStart(f"{name} is not set (docs/reference/settings.md says what it is)")
    return value


def yes_or_no(name: str, default: bool) -> bool:
    """`yes` or `no`, and nothing else: a misspelt safety switch must not count as off."""
    value = text(name, "yes" if default else "no").lower()
    if value not in {"yes", "no"}:
        raise UnsafeToStart(f"{name} must be yes or no")
    return value == "yes"


def whole_number(name: str, default: int, least: int, most: int) -> int:
    value = text(name, str(default))
    if not value.isdecimal() or not least <= int(value) <= most:
        raise UnsafeToStart(f"{name} must be a whole number from {least} to {most}")
    return int(value)


def words(name: str, default: str | None = None) -> list[str]:
    """A list with commas between."""
    found = [word.strip() for word in text(name, default).split(",") if word.strip()]
    if not found:
        raise UnsafeToStart(f"{name} is empty")
    return found


def folder(name: str, default: Path | None = None) -> Path:
    """A folder of our own. It is made when missing, for the owner alone; one that others can write is refused."""
    path = Path(text(name, str(default) if default else None)).expanduser().absolute()
    try:
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError:
        raise UnsafeToStart(f"{name}: the folder cannot be made or is no folder") from None
    if path.stat().st_mode & stat.S_IWOTH:
        raise UnsafeToStart(f"{name}: the folder can be written by everybody (chmod 700)")
    return path


def place(name: str, default: Path) -> Path:
    """A folder that somebody else may make, and that is perhaps not there yet. Its writer decides who reads it."""
    return Path(text(name, str(default))).expanduser().absolute()


def secret(name: str, default: Path | None = None) -> str:
    """The content of a secret's file, which only its owner may read. 43 characters or more."""
    value = private_text(name, default)
    if len(value) < SHORTEST_SECRET:
        raise UnsafeToStart(
            f"{name}: the secret is shorter than {SHORTEST_SECRET} characters (lightkeeper keys secret)"
        )
    return value


def private_text(name: str, default: Path | None = None) -> str:
    """The text of a file that nobody but its owner (and its group, for systemd credentials) can read."""
    path = Path(text(name, str(default) if default else None)).expanduser()
    try:
        if path.stat().st_mode & (stat.S_IROTH | stat.S_IWOTH | stat.S_IWGRP):
            raise UnsafeToStart(f"{name}: the file can be read by others (chmod 600)")
        return path.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError):
        raise UnsafeToStart(f"{name}: the file cannot be read") from None


def recipients(name: str, default: Path | None = None) -> tuple[str, ...]:
    """The public keys that reports are sealed with: one at least, and never a secret one among them."""
    path = Path(text(name, str(default) if default else None)).expanduser()
    try:
        found = read_recipients(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError):
        raise UnsafeToStart(f"{name}: the file cannot be read") from None
    except UnreadableInput as error:
        raise UnsafeToStart(f"{name}: {error}") from None
    if not found:
        raise UnsafeToStart(f"{name}: there is no public key in the file, and nothing is ever kept unsealed")
    return found


def must_not_be_set(name: str, why: str) -> None:
    if os.environ.get(name):
        raise UnsafeToStart(f"{name} is set, but {why}")


def https(name: str, hosts: list[str]) -> bool:
    """Whether the site is served over TLS. `no` is for this machine alone."""
    wanted = yes_or_no(name, default=True)
    if not wanted and not all(is_this_machine(host) for host in hosts):
        raise UnsafeToStart(f"{name} is no, but the site answers to a name that is not this machine")
    return wanted


def is_this_machine(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def database(name: str, default: Path) -> dict[str, object]:
    """A Django database from `sqlite:///path` or `postgresql://user:password@host:port/name?option=value`."""
    address = text(name, f"sqlite:///{default}")
    parts = urlsplit(address)
    if parts.scheme == "sqlite":
        return sqlite(Path(unquote(address.removeprefix("sqlite:///"))))
    if parts.scheme in {"postgresql", "postgres"}:
        return postgresql(parts.path.lstrip("/"), parts, dict(parse_qsl(parts.query)))
    raise UnsafeToStart(f"{name} must begin with sqlite:/// or postgresql://")


def sqlite(path: Path) -> dict[str, object]:
    """SQLite as a store that keeps its word: a commit is on disk, and writers queue instead of failing."""
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        "TEST": {"NAME": path.with_name(f"test-{path.name}")},
        "CONN_MAX_AGE": None,
        "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 5, "init_command": _SQLITE},
    }


def postgresql(name: str, parts: SplitResult, options: Mapping[str, str]) -> dict[str, object]:
    """PostgreSQL with a short patience: a page never waits longer than two seconds for a database that is away."""
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(name),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.get("host", parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {
            "connect_timeout": 2,
            "options": "-c statement_timeout=5000 -c synchronous_commit=on",
            **{key: value for key, value in options.items() if key != "host"},
        },
    }
