"""Every command explains itself, with an example, and stands in the generated reference."""

import os
import re
import shlex
from pathlib import Path

import pytest

from lightkeeper.cli.main import COMMANDS, build_parser, load_command
from lightkeeper.cli.reference import write_reference

PAGE = Path(__file__).parents[2] / "docs/reference/cli.md"


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help_with_an_example_that_parses(name):
    module = load_command(name)
    assert module.SUMMARY.strip()
    examples = [line for line in module.EXAMPLE.strip().splitlines() if "lightkeeper " in line]
    assert examples, f"{name} shows no example"
    for example in examples:
        words = shlex.split(re.split(r"\s[|>]\s", example.split("lightkeeper ", 1)[1])[0], comments=True)
        assert words[0] == name
        build_parser(only=name).parse_args(words)


def test_the_reference_is_current():
    wanted = write_reference()
    if os.environ.get("LIGHTKEEPER_WRITE_DOCS"):
        PAGE.write_text(wanted)
    assert PAGE.read_text() == wanted, "run: LIGHTKEEPER_WRITE_DOCS=1 ./dev shell pytest tests/house"


def test_every_command_file_is_a_command():
    files = {path.stem for path in (Path(__file__).parents[2] / "src/lightkeeper/cli").glob("*.py")}
    assert files - {"__init__", "main", "reference", "progress"} == set(COMMANDS)
