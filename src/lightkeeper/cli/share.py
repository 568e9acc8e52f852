"""`lightkeeper share`: find out which suspects two teams share, a command for each side."""

import argparse
import csv
import os
import secrets
import sys
from pathlib import Path

from lightkeeper.core.errors import UnreadableInput
from lightkeeper.core.report import read_reports

SUMMARY = "find out with another team which suspects you share, without showing hands"
EXAMPLE = """
lightkeeper share ask --reports ours.jsonl --links out --question q.json --keep q.key
lightkeeper share answer --reports ours.jsonl --links out --question q.json --answer a.json
lightkeeper share learn --reports ours.jsonl --links out --answer a.json --keep q.key
lightkeeper share secret --secret agreed.key
lightkeeper share tokens --reports ours.jsonl --links out --secret agreed.key --tokens tokens.txt
lightkeeper share match --reports ours.jsonl --links out --secret agreed.key --tokens theirs.txt
"""


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("step", choices=list(STEPS), help="ask, answer, learn: private set intersection; "
                        "secret, tokens, match: tokens with an agreed secret")  # fmt: skip
    parser.add_argument("--reports", type=Path, metavar="FILE", help="your reports, one JSON object a line")
    parser.add_argument("--links", type=Path, metavar="DIR", help="what `lightkeeper link` wrote about them")
    parser.add_argument("--question", type=Path, metavar="FILE", help="the asking side's message")
    parser.add_argument("--answer", type=Path, metavar="FILE", help="the answering side's message")
    parser.add_argument("--keep", type=Path, metavar="FILE", help="the asking side's key; never send it")
    parser.add_argument("--secret", type=Path, metavar="FILE", help="the secret that both sides agreed on")
    parser.add_argument("--tokens", type=Path, metavar="FILE", help="tokens to write, or the partner's to match")


def run(options: argparse.Namespace) -> int:
    STEPS[options.step](options)
    return 0


def ask(options: argparse.Namespace) -> None:
    from lightkeeper.link import intersect

    question, key = intersect.ask(list(_items(options)))
    _write_private(_given(options, "keep"), key)
    _given(options, "question").write_bytes(question)
    _say(f"You ask about {intersect.count_asked(question):,} items. Send the question; keep the key to yourself.")


def answer(options: argparse.Namespace) -> None:
    from lightkeeper.link import intersect

    question = _read(options, "question")
    told = intersect.answer(question, list(_items(options)))
    _given(options, "answer").write_bytes(told)
    _say(
        f"The partner asks about {intersect.count_asked(question):,} items. Send the answer if that is plausible."
    )


def learn(options: argparse.Namespace) -> None:
    from lightkeeper.link import intersect

    items = _items(options)
    shared = intersect.learn(_read(options, "answer"), list(items), _read(options, "keep"))
    _given(options, "keep").unlink()
    _show(sorted({items[item] for item in shared}))


def secret(options: argparse.Namespace) -> None:
    _write_private(_given(options, "secret"), secrets.token_bytes(32))
    _say("Hand the secret to the partner in person or sealed; both destroy it after the exchange.")


def tokens(options: argparse.Namespace) -> None:
    from lightkeeper.link.share import keyed_tokens

    made = keyed_tokens(_items(options), _read(options, "secret"))
    _given(options, "tokens").write_text("".join(f"{token}\n" for token in sorted(made)))
    _say(f"{len(made):,} tokens written. They say nothing without the secret.")


def match(options: argparse.Namespace) -> None:
    from lightkeeper.link.share import keyed_tokens, match_tokens

    theirs = _given(options, "tokens").read_text().split()
    _show(match_tokens(keyed_tokens(_items(options), _read(options, "secret")), theirs))


STEPS = {"ask": ask, "answer": answer, "learn": learn, "secret": secret, "tokens": tokens, "match": match}


def _items(options: argparse.Namespace) -> dict[str, str]:
    from lightkeeper.link.share import shareable_items

    try:
        with (_given(options, "links") / "assignments.csv").open(newline="") as file:
            assignments = {row["report_id"]: row["suspect_id"] for row in csv.DictReader(file)}
        with _given(options, "reports").open("rb") as lines:
            return shareable_items(read_reports(lines), assignments)
    except (OSError, KeyError, UnicodeDecodeError):
        raise UnreadableInput(
            "the reports, or the assignments.csv of `lightkeeper link` beside them, cannot be read"
        ) from None


def _given(options: argparse.Namespace, name: str) -> Path:
    path: Path | None = getattr(options, name)
    if path is None:
        raise UnreadableInput(f"`share {options.step}` needs --{name}")
    return path


def _read(options: argparse.Namespace, name: str) -> bytes:
    try:
        return _given(options, name).read_bytes()
    except OSError:
        raise UnreadableInput(f"the file given with --{name} cannot be read") from None


def _write_private(path: Path, key: bytes) -> None:
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise UnreadableInput("a key file of that name is there already; it is not written over") from None
    with os.fdopen(handle, "wb") as file:
        file.write(key)


def _show(suspects: list[str] | tuple[str, ...]) -> None:
    for suspect in suspects:
        print(suspect)
    _say(f"{len(suspects):,} of your suspects are known to the partner as well.")


def _say(line: str) -> None:
    print(line, file=sys.stderr)
