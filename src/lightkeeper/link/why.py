"""Why two reports were put together, or why not: the path between them, from the files of a run."""

import csv
import json
from collections import deque
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from lightkeeper.core.errors import UnreadableInput
from lightkeeper.link.doubt import WHAT_WOULD_MAKE_IT_WRONG

_Line = dict[str, Any]


def explain_pair(folder: Path, a: str, b: str) -> list[str]:
    """Lines that say why A and B are one suspect (the path of links) or why they are not.

    Raises UnreadableInput when the folder holds no result or a report is not in it.
    """
    suspects = _suspects_of(folder, (a, b))
    for report in (a, b):
        if report not in suspects:
            raise UnreadableInput("a report of that name is not in this result")
    if a == b:
        return [f"{a} is one report."]
    if suspects[a] == suspects[b]:
        return _why_together(folder, a, b, suspects[a])
    return _why_apart(folder, a, b, suspects[a], suspects[b])


def _why_together(folder: Path, a: str, b: str, suspect: str) -> list[str]:
    path = _path(_read(folder, "links.jsonl"), a, b)
    steps = f"{len(path)} step{'s' if len(path) > 1 else ''}"
    lines = [f"{a} and {b} are linked: suspect {suspect}, {steps}."]
    for here, there, link in path:
        lines += ["", f"{here} ── {link['weight']:.1f} ──▶ {there}", *_reasons(link)]
    return [*lines, "", *WHAT_WOULD_MAKE_IT_WRONG]


def _why_apart(folder: Path, a: str, b: str, of_a: str, of_b: str) -> list[str]:
    members = {
        one["id"]: set(one["reports"]) for one in _read(folder, "suspects.jsonl") if one["id"] in (of_a, of_b)
    }
    left, right = members[of_a], members[of_b]
    lines = [f"{a} and {b} are not linked: suspects {of_a} ({_many(left)}) and {of_b} ({_many(right)})."]
    between = [
        link
        for link in _read(folder, "links.jsonl")
        if (link["a"] in left and link["b"] in right) or (link["a"] in right and link["b"] in left)
    ]
    for link in sorted(between, key=lambda link: -float(link["weight"]))[:5]:
        lines += ["", f"possible: {link['a']} ── {link['weight']:.1f} ── {link['b']}", *_reasons(link)]
    if between:
        return [*lines, "", "The evidence is below the bar, so nothing was joined. An officer may confirm it."]
    return [
        *lines,
        "",
        "They share nothing rare enough to be shown; what they share, if anything, many share.",
    ]


def _reasons(link: _Line) -> list[str]:
    return [f"  {reason['weight']:+6.1f}  {reason['kind']}: {reason['how']}" for reason in link["reasons"]]


def _many(reports: set[str]) -> str:
    return f"{len(reports):,} report{'s' if len(reports) != 1 else ''}"


def _path(links: Iterator[_Line], a: str, b: str) -> list[tuple[str, str, _Line]]:
    """The shortest way from A to B over the links that joined."""
    near: dict[str, list[tuple[str, _Line]]] = {}
    for link in links:
        if link["strength"] == "linked":
            near.setdefault(link["a"], []).append((link["b"], link))
            near.setdefault(link["b"], []).append((link["a"], link))
    came: dict[str, tuple[str, _Line]] = {}
    waiting = deque([a])
    while waiting and b not in came:
        here = waiting.popleft()
        for there, link in near.get(here, ()):
            if there not in came and there != a:
                came[there] = (here, link)
                waiting.append(there)
    path: list[tuple[str, str, _Line]] = []
    while b != a:
        here, link = came[b]
        path.append((here, b, link))
        b = here
    return path[::-1]


def _suspects_of(folder: Path, reports: tuple[str, ...]) -> dict[str, str]:
    with _open(folder, "assignments.csv") as file:
        return {row[0]: row[1] for row in csv.reader(file) if row and row[0] in reports}


def _read(folder: Path, name: str) -> Iterator[_Line]:
    with _open(folder, name) as file:
        for line in file:
            yield json.loads(line)


def _open(folder: Path, name: str) -> Any:
    try:
        return (folder / name).open(encoding="utf-8", newline="")
    except OSError:
        raise UnreadableInput(f"there is no {name} in this folder; run `lightkeeper link` first") from None
