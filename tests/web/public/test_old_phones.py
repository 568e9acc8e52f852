"""What a phone of 2018 understands (Safari 12, Chrome 69) is enough to read, to leave and to tell."""

import re
from pathlib import Path

import pytest

STATIC = Path(__file__).parents[3] / "src/lightkeeper/web/public/static"
STYLES = sorted(STATIC.glob("*/*.css"))
# Scripts that every browser is given. The check page's modules need more; able.js says so where they fail.
EVERYWHERE = ("public/leave.js", "check/able.js")
# A script that has to look first whether it can work, before its first newer word is run (not read).
LOOKS_FIRST = ("public/flow.js",)

TOO_NEW_IN_A_STYLE = {
    r"\b(margin|padding)-(block|inline)\s*:": "write top and bottom, left and right",
    r"\bborder-(block|inline)\s*:": "write the sides",
    r"\binset(-block)?(-start|-end)?\s*:": "write top, right, bottom, left",
    r":not\([^)]*,": "one :not() for each",
    r":(is|where)\(": "write the selectors out",
}
TOO_NEW_IN_A_SCRIPT = {
    r"\?\.": "?.",
    r"\?\?": "??",
    r"catch\s*\{": "catch {",
    r"replaceAll|\.at\(": "a newer method",
}


@pytest.mark.parametrize("style", STYLES, ids=lambda path: path.name)
def test_no_layout_hangs_on_words_that_an_old_phone_does_not_know(style: Path) -> None:
    text = re.sub(r"/\*.*?\*/", "", style.read_text(), flags=re.S)
    found = [advice for pattern, advice in TOO_NEW_IN_A_STYLE.items() if re.search(pattern, text)]
    assert found == []
    for rule in re.findall(r"[^{}]+\{[^{}]*\}", text):
        if re.search(r"\bgap\s*:", rule):
            assert "display: grid" in rule  # in a flexible box the gap is younger than the phone
        if re.search(r":has\(|:focus-visible", rule):
            selectors = rule.split("{")[0]
            assert all(re.search(":has|:focus-visible", one) for one in selectors.split(",")), selectors.strip()


@pytest.mark.parametrize("name", [*EVERYWHERE, *LOOKS_FIRST])
def test_a_script_for_everyone_is_read_by_an_old_phone(name: str) -> None:
    text = re.sub(r"//.*", "", (STATIC / name).read_text())
    assert [word for pattern, word in TOO_NEW_IN_A_SCRIPT.items() if re.search(pattern, text)] == []
