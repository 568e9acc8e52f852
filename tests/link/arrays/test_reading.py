"""The fast reader reads what the plain one reads: the same keys from every line, and no line that is none."""

import json
import random
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from lightkeeper.core.errors import InvalidReport
from lightkeeper.core.identifier import Identifier, IdentifierKind
from lightkeeper.core.report import parse_report
from lightkeeper.link import weigh
from lightkeeper.link.arrays import reading
from lightkeeper.link.arrays.parts import Part
from lightkeeper.link.arrays.signs import hash_texts
from lightkeeper.link.keys import forms_of

HEAD = {"received": "2026-03-01T09:00:00Z", "reporter": "child", "harms": ["threat"], "narrative": 'she said "no"'}
SIGNS = 'abzLOI0139 ._-+@/$%:()"\\\n\x7féаß💙'
VALUES = st.one_of(
    st.text(SIGNS, min_size=1, max_size=24),
    st.from_regex(r"(\+|00)?[ 0-9().-]{5,16}", fullmatch=True),
    st.from_regex(r"[a-z0-9._%+-]{1,9}@[a-zA-Z0-9.-]{3,12}", fullmatch=True),
    st.sampled_from(
        ["me@googlemail.com", "SnapChat", "support12", "bc1QXY", "b c1qxy", "1BoatSLRHtKNngk", "x" * 201]
    ),
    st.integers(0, 2**256 - 1).map(lambda bits: f"{bits:064X}"),
    st.lists(st.sampled_from(["please", "tell", "nobody", "NOW", "é", "a1", "ok!"]), min_size=5).map(" ".join),
)
SCHEMES = st.sampled_from([None, "paypal", "cashtag", "PayPal", "iban", "btc", "cashapp", "é", "upi"])
IDENTIFIERS = st.builds(
    lambda kind, value, scheme: Identifier(kind, value, None, scheme),
    st.sampled_from(IdentifierKind),
    VALUES,
    SCHEMES,
)


def line_of(name: str, suspect: list[Identifier], dice: random.Random) -> str:
    """A report, written as anyone might write it."""
    said = []
    for one in suspect:
        fields = [("kind", str(one.kind)), ("value", one.value), ("platform", "wizz")]
        fields += [("scheme", one.scheme)] if one.scheme else []
        said.append(dict(dice.sample(fields, len(fields))))
    fields = list({**HEAD, "id": name, "suspect": said, "child": {"age": 14}}.items())
    separators = dice.choice([(",", ":"), (", ", ": "), (" ,\t", " : ")])
    return json.dumps(
        dict(dice.sample(fields, len(fields))), ensure_ascii=dice.random() < 0.5, separators=separators
    )


def read(lines: list[str], folder: Path) -> Part:
    path = folder / "reports.jsonl"
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return reading.read_piece(path, 0, path.stat().st_size)


def keys_read(part: Part, report: int) -> set[tuple[int, int, str]]:
    """Source, kind and what tells it apart, as text."""
    mine = part.report == report
    rows = zip(part.source[mine], part.kind[mine], part.value[mine], strict=True)
    found = {(int(source), int(kind), str(value)) for source, kind, value in rows}
    for place in (part.image_report == report).nonzero()[0]:
        hexadecimal = "".join(f"{int(word):016x}" for word in part.image[place])
        found.add((int(part.image_source[place]), weigh.IMAGE, hexadecimal))
    for place in (part.script_report == report).nonzero()[0]:
        count = int(part.word_start[place + 1] - part.word_start[place])
        found.add((int(part.script_source[place]), weigh.SCRIPT, str(count)))
    return found


def keys_wanted(suspect: list[Identifier]) -> set[tuple[int, int, str]]:
    found = set()
    for source, one in enumerate(suspect):
        for kind, value in forms_of(one):
            code = weigh.KINDS.index(kind)
            told = value if code == weigh.IMAGE else str(len(value.split()))
            if value:
                found.add((source, code, told if code >= weigh.IMAGE else str(hash_texts([value])[0])))
    return found


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.lists(IDENTIFIERS, max_size=6), min_size=1, max_size=5), st.randoms(use_true_random=False))
@example(
    [
        [
            Identifier(IdentifierKind.PHONE, "+44 (0)7700 900123"),
            Identifier(IdentifierKind.PHONE, "0044 7700900123"),
        ]
    ],
    random.Random(1),
)
def test_every_line_gives_the_keys_of_the_plain_reader(
    tmp_path: Path, suspects: list[list[Identifier]], dice: random.Random
) -> None:
    part = read([line_of(f"r{n}", one, dice) for n, one in enumerate(suspects)], tmp_path)
    assert part.name.tobytes().decode() == "".join(f"r{n}" for n in range(len(suspects)))
    for report, suspect in enumerate(suspects):
        assert keys_read(part, report) == keys_wanted(suspect)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_a_broken_line_is_refused_or_read_as_json_has_it(tmp_path: Path, data: st.DataObject) -> None:
    whole = line_of(
        "r0",
        [Identifier(IdentifierKind.HANDLE, "mia.lake77"), Identifier(IdentifierKind.PHONE, "07700 900123")],
        random.Random(3),
    )
    place = data.draw(st.integers(0, len(whole) - 1))
    broken = (
        whole[:place]
        + data.draw(st.text(' "{}[],:\\0e.-tn', max_size=2))
        + whole[place + data.draw(st.integers(0, 2)) :]
    )
    try:
        part = read([broken], tmp_path)
    except InvalidReport:
        with pytest.raises(InvalidReport):
            parse_report(broken)
        return
    said = json.loads(broken) if broken.strip() else None
    assert len(part.name_start) - 1 == (1 if said else 0)
    if said:
        assert part.name.tobytes().decode() == said["id"]
        told = [Identifier(IdentifierKind(one["kind"]), one["value"]) for one in said.get("suspect", [])]
        assert keys_read(part, 0) == keys_wanted(told)


def test_a_file_is_read_the_same_in_one_piece_or_in_many(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    dice = random.Random(5)
    suspects = [
        [Identifier(IdentifierKind.HANDLE, f"someone.{n}"), Identifier(IdentifierKind.DISPLAY_NAME, "Élan")]
        for n in range(300)
    ]
    lines = [line_of(f"r{n:03}", one, dice) for n, one in enumerate(suspects)]
    whole = read(lines, tmp_path)
    monkeypatch.setattr(reading, "CHUNK", 700)
    cut = read(lines, tmp_path)
    assert whole.name.tobytes() == cut.name.tobytes()
    for report in range(300):
        assert keys_read(whole, report) == keys_read(cut, report)
