"""Each of the four promises has a test with its name, and that test holds something."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

TOP = Path(__file__).parents[2]
MODEL = (TOP / "docs/explanation/threat-model.md").read_text()
ROWS = re.findall(r"^\| (\d)\. (.+?) \| (.+?) \|$", MODEL, flags=re.MULTILINE)
SAID = re.findall(r"^\| ([^|]+) \| (`[^|]+) \|$", MODEL.split("## What the pages say")[1], flags=re.MULTILINE)
TEMPLATES = TOP / "src/lightkeeper/web/public/templates"
# Words by which a page promises something about itself.
PROMISES = re.compile(
    r"\b(never|nothing|no cookie|no list|no other company|do not (store|keep)|not (stored|kept|sent|count)"
    r"|cannot (open|read)|stays on|without saying|forget it)\b",
    re.IGNORECASE,
)
PROMISES_NOTHING = {  # said of somebody else, of what went wrong, or to comfort
    "A picture that is not sent cannot be seen by one more person.",
    "You did nothing wrong.",
    "That also means you cannot read our answer any more.",
    "There is an answer here that we cannot open.",
    "Your browser cannot read a chat here.",
    "Nothing said",
    "It never decides for you.",  # the reading of a chat; there is nothing that could decide
}


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


def sentences() -> Iterator[str]:
    """Every sentence that a public page shows."""
    for template in TEMPLATES.rglob("*.html"):
        for text in re.findall(r'translate "([^"]+)"', template.read_text(encoding="utf-8")):
            yield from re.split(r"(?<=[.!?]) ", text)


def test_every_promise_on_a_page_has_a_row():
    listed = " ".join(said for said, _ in SAID)
    made = {one for one in sentences() if PROMISES.search(one)} - PROMISES_NOTHING
    assert len(made) > 15
    missing = sorted(one for one in made if one not in listed)
    assert missing == [], "a page promises what the threat model does not list: add it there, with its tests"


def test_every_row_is_still_said_on_a_page():
    shown = set(sentences())
    for said, _ in SAID:
        left = said
        for one in sorted(shown, key=len, reverse=True):
            left = left.replace(one, "")
        assert left.strip() == "", left


@pytest.mark.parametrize(("said", "tests"), SAID)
def test_each_sentence_has_tests_that_exist(said, tests):
    for name in re.findall(r"`([^`]+)`", tests):
        assert "def test_" in (TOP / name).read_text(), f"{name} holds no test of: {said}"


def test_every_attack_in_the_table_has_tests_that_exist():
    for attack in tomllib.loads((TOP / "tests/trust/attacks.toml").read_text())["attack"]:
        for test in attack["tests"]:
            path, _, name = test.partition("::")
            assert f"def {name or 'test_'}" in (TOP / path).read_text(), test


def test_every_test_that_the_page_of_figures_names_exists():
    page = (TOP / "docs/explanation/trust.md").read_text()
    for name in re.findall(r"`(tests/[^`]+\.py)`", page):
        assert (TOP / name).exists(), name
