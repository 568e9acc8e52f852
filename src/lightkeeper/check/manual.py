"""The list of signs as a page of the reference, made from the signs' own files."""

from pathlib import Path

from lightkeeper.check.compile import HERE, read_sign
from lightkeeper.core.finding import Stage

_SAYS = {"other": "the other person", "me": "the one who asks", "anyone": "anyone"}


def write_manual(folder: Path = HERE) -> str:
    """`docs/reference/signs.md`: every sign by stage, what it weighs, who says it, why it matters, examples."""
    signs = [read_sign(path) for path in sorted((folder / "signs").glob("*.toml"))]
    lines = ["# The signs that check knows", "", "Made from `src/lightkeeper/check/signs/`; do not edit.", ""]
    for stage in Stage:
        lines += [f"## {stage}", "", "| sign | weight | said by | what is shown | for example |"]
        lines += ["| --- | --- | --- | --- | --- |"]
        lines += [
            f"| `{sign['name']}` | {sign['weight']:g} | {_SAYS[sign['by']]} | {sign['why']} | {sign['true'][0]} |"
            for sign in signs
            if sign["stage"] == stage
        ]
        lines.append("")
    return "\n".join(lines)
