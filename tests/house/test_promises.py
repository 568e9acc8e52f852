"""Each of the four promises has a test with its name, and that test holds something."""

import re
from pathlib import Path

import pytest

TOP = Path(__file__).parents[2]
ROWS = re.findall(
    r"^\| (\d)\. (.+?) \| (.+?) \|$", (TOP / "docs/explanation/threat-model.md").read_text(), flags=re.MULTILINE
)


def test_all_four_are_there():
    assert [number for number, _, _ in ROWS] == ["1", "2", "3", "4"]
    readme = (TOP / "README.md").read_text()
    for _, promise, _ in ROWS:
        assert promise in readme


@pytest.mark.parametrize(("number", "promise", "tests"), ROWS)
def test_each_has_tests_that_exist(number, promise, tests):
    files = re.findall(r"`([^`]+)`", tests)
    assert any(f"promise_{number}_" in name for name in files), f"no test is named after: {promise}"
    for name in files:
        text = (TOP / name).read_text()
        assert re.search(r"^\s*(async )?def test_", text, flags=re.MULTILINE), f"{name} holds no test"
        assert "assert" in text or "raises" in text or "expect(" in text
