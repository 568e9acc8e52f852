"""The reference names every format and every limit as they are."""

from pathlib import Path

from lightkeeper.check.exports import FORMATS, limits

DOCS = (Path(__file__).parents[3] / "docs/reference/chat-exports.md").read_text("utf-8")


def test_every_limit_stands_in_the_reference() -> None:
    named = {name: value for name, value in vars(limits).items() if name.isupper()}
    assert named
    for name, value in named.items():
        assert f"| `{name}` | {value:,} " in DOCS


def test_every_format_stands_in_the_reference() -> None:
    assert all(f"`{name}`" in DOCS for name in FORMATS)


def test_the_example_runs() -> None:
    example = DOCS.partition("```python\n")[2].partition("```")[0]
    assert "assert" in example
    exec(compile(example, "chat-exports.md", "exec"), {})
