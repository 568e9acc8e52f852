"""What the first pass knows of a piece is what a close reading says of it, however it is written."""

import random

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.check_talk import make_text

from lightkeeper.check.engine import default_tokens
from lightkeeper.check.traces import LONE


def read_closely(piece: str) -> tuple[str, ...]:
    tokens = default_tokens()
    norms = (token.norm for token in tokens.read(piece))
    return tuple(norm if norm in tokens.rules.words or norm in LONE else "" for norm in norms)


def test_the_quick_look_agrees_with_the_close_one_on_made_up_talk() -> None:
    dice = random.Random(8)
    pieces = {piece for _ in range(3_000) for piece in make_text(dice).split()}
    assert len(pieces) > 3_000
    for piece in pieces:
        assert default_tokens().traces[piece] == read_closely(piece), piece


@settings(max_examples=500, deadline=None)
@given(st.text(st.sampled_from("aeioscpSENDxp'’\"!?.,-*(1$@ß…é"), min_size=1, max_size=12))
def test_the_quick_look_agrees_with_the_close_one_on_anything(piece: str) -> None:
    assert default_tokens().traces[piece] == read_closely(piece)
