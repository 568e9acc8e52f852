"""Writes the reference of the command line from the commands themselves, so that it cannot lie."""

import argparse
import os

from lightkeeper.cli.main import COMMANDS, add_command, build_parser, load_command

EXIT_CODES = {
    0: "done; for `check`, whatever the level",
    1: "something went wrong that the line on the terminal explains",
    2: "the input or the options cannot be read",
    3: "refused, because it would harm someone: a hold, a number too small, a thing you may not do",
    4: "none of the keys at hand opens this",
    130: "stopped by Ctrl-C",
}


def write_reference() -> str:
    """The page `docs/reference/cli.md` as Markdown."""
    os.environ["COLUMNS"] = "100"  # argparse folds to the terminal; the page must not depend on one
    parts = ["# The command line\n", "<!-- made from the commands; see tests/house/test_cli_reference.py -->\n"]
    parts.append(_block(build_parser().format_help()))
    commands = argparse.ArgumentParser(prog="lightkeeper").add_subparsers()
    for name in COMMANDS:
        add_command(commands, name, load_command(name))
        parts += [f"## {name}\n", _block(commands.choices[name].format_help())]
    parts += ["## Exit codes\n", "| code | meaning |", "| --- | --- |"]
    parts += [f"| {code} | {meaning} |" for code, meaning in EXIT_CODES.items()]
    return "\n".join(parts) + "\n"


def _block(text: str) -> str:
    return f"```\n{text.rstrip()}\n```\n"
