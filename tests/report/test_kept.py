"""Answers on their way: the browser cannot read them, cannot change them, and cannot keep them for long."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lightkeeper.core.errors import UnreadableInput
from lightkeeper.report.kept import Kept, close, open_kept

KEY = b"k" * 32
answers = st.dictionaries(st.text(max_size=10), st.lists(st.text(max_size=50), max_size=3).map(tuple), max_size=5)


@given(answers)
def test_what_was_closed_is_opened(said: dict[str, tuple[str, ...]]) -> None:
    kept = Kept(said)
    assert open_kept(close(kept, KEY), KEY) == kept


def test_the_token_is_not_readable() -> None:
    token = close(Kept({"what": ("a very particular sentence",)}), KEY)
    assert "particular" not in token


@pytest.mark.parametrize("broken", ["", "x", "é", "gAAAA", "\x00" * 50])
def test_what_is_not_ours_is_refused(broken: str) -> None:
    with pytest.raises(UnreadableInput):
        open_kept(broken, KEY)


def test_a_changed_token_or_another_sites_token_is_refused() -> None:
    token = close(Kept({"what": ("x",)}), KEY)
    changed = token[:30] + ("A" if token[30] != "A" else "B") + token[31:]
    for wrong, key in ((changed, KEY), (token, b"l" * 32)):
        with pytest.raises(UnreadableInput):
            open_kept(wrong, key)


def test_after_a_day_it_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    import time

    token = close(Kept({"what": ("x",)}), KEY)
    later = time.time() + 25 * 3600
    monkeypatch.setattr(time, "time", lambda: later)
    with pytest.raises(UnreadableInput):
        open_kept(token, KEY)


def test_a_clock_that_is_set_back_costs_nobody_their_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    import time

    token = close(Kept({"what": ("x",)}), KEY)
    earlier = time.time() - 3 * 3600
    monkeypatch.setattr(time, "time", lambda: earlier)
    assert open_kept(token, KEY).answers == {"what": ("x",)}


def test_answers_do_not_show_in_a_repr() -> None:
    assert "particular" not in repr(Kept({"what": ("a very particular sentence",)}))
