"""Nothing reads XML, and only named files may ask another machine: what is not there cannot be used against us."""

import ast
from collections.abc import Iterator
from pathlib import Path

SOURCE = Path(__file__).parents[2] / "src/lightkeeper"
XML = {"parse", "fromstring", "XML", "iterparse", "XMLParser", "XMLPullParser", "ParserCreate", "parseString"}
NETWORK = {"urllib.request", "http.client", "smtplib", "socket", "ssl", "asyncio", "requests", "httpx", "ftplib"}
# Each asks only where the team's own settings say, and never where a report does.
MAY_ASK = {
    "cli/demo.py",  # its own two sites, on this machine
    "desk/evidence/timestamp.py",  # the timestamp authority
    "web/team/webhooks.py",  # the team's own tools
    "warn/outbox/http.py",  # the outboxes that are set up
    "warn/outbox/mail.py",
    "warn/outbox/notify.py",
    "web/shared/slow_senders.py",  # cuts a line that somebody else opened
}


def trees() -> Iterator[tuple[str, ast.AST]]:
    for path in SOURCE.rglob("*.py"):
        yield str(path.relative_to(SOURCE)), ast.parse(path.read_text(encoding="utf-8"))


def imported(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (one.name for one in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{one.name}" for one in node.names)


def test_nothing_reads_xml():
    """No entity is ever resolved: partners' files are JSON lines, and CAP and Atom only leave the house."""
    for name, tree in trees():
        if not any(module.startswith(("xml.", "lxml", "defusedxml")) for module in imported(tree)):
            continue
        calls = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
        assert not calls & XML, name


def test_only_named_files_ask_another_machine():
    asking = {name for name, tree in trees() if NETWORK & set(imported(tree))}
    assert asking - MAY_ASK == set()
