"""The hash index finds exactly what a full scan finds; faiss is the judge."""

import faiss
import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lightkeeper.core.errors import UnreadableInput
from lightkeeper.link.forms.image import BITS, NEAR, is_degenerate
from lightkeeper.link.hash_index import HashIndex
from lightkeeper.link.hash_kernels import STARTS, WIDTHS


def flip(one: bytes, places) -> bytes:
    value = int.from_bytes(one, "little")
    for place in places:
        value ^= 1 << int(place)
    return value.to_bytes(32, "little")


@pytest.fixture(scope="module")
def hashes() -> list[bytes]:
    """20,000 hashes, a quarter of them within 0 to 40 bits of another."""
    rng = np.random.default_rng(7)
    fresh = [rng.bytes(32) for _ in range(15_000)]
    near = [flip(fresh[k], rng.choice(BITS, k % 41, replace=False)) for k in range(5_000)]
    return [one for one in fresh + near if not is_degenerate(int.from_bytes(one))]


@pytest.fixture
def index(tmp_path):
    with HashIndex(tmp_path / "index") as opened:
        yield opened


def test_it_finds_what_faiss_finds(index, hashes):
    index.append(hashes)
    judge = faiss.IndexBinaryFlat(BITS)
    judge.add(np.frombuffer(b"".join(hashes), dtype=np.uint8).reshape(-1, 32))
    queries = hashes[-600:]
    limits, distances, labels = judge.range_search(
        np.frombuffer(b"".join(queries), dtype=np.uint8).reshape(-1, 32), NEAR + 1
    )
    several = 0
    for number, query in enumerate(queries):
        part = slice(limits[number], limits[number + 1])
        wanted = set(zip(labels[part].tolist(), distances[part].astype(int).tolist(), strict=True))
        assert set(index.search(query)) == wanted
        several += len(wanted) > 1
    assert several > 300  # the judge had something to judge


@settings(deadline=None, max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_no_pattern_of_31_flips_escapes(index, data):
    """The worst flips for pigeonhole are spread evenly over the chunks, so those are drawn on purpose."""
    chunk = st.sampled_from(range(len(WIDTHS)))
    spread = data.draw(st.lists(chunk, min_size=0, max_size=NEAR))
    places = {int(STARTS[c] + data.draw(st.integers(0, int(WIDTHS[c]) - 1))) for c in spread}
    one = np.random.default_rng(len(index)).bytes(32)
    (number,) = index.append([one])
    assert index.search(flip(one, places)) == ((number, len(places)),)


def test_the_flips_that_fill_every_chunk_are_found_and_one_more_is_not(index):
    one = np.random.default_rng(5).bytes(32)
    index.append([one])
    places = [int(start) + k for start in STARTS[:10] for k in range(3)] + [int(STARTS[10])]
    assert len(places) == 31
    assert index.search(flip(one, places)) == ((0, 31),)
    assert index.search(flip(one, [*places, int(STARTS[10]) + 1])) == ()


def test_appending_needs_no_rebuild_and_survives_reopening(tmp_path, hashes):
    folder = tmp_path / "index"
    with HashIndex(folder) as index:
        for start in range(0, 3000, 700):  # past the first room, so that the files grow
            index.append(hashes[start : start + 700])
        before = index.search(hashes[10])
    with HashIndex(folder) as again:
        assert len(again) == 3500
        assert again.search(hashes[10]) == before
        assert again.append(hashes[:1]) == range(3500, 3501)
        assert (3500, 0) in again.search(hashes[0])


def test_a_crash_in_the_middle_of_an_append_loses_nothing_that_was_there(tmp_path, hashes):
    folder = tmp_path / "index"
    with HashIndex(folder) as index:
        index.append(hashes[:500])
        wanted = [index.search(one) for one in hashes[:50]]
        # What a crash leaves: the mark, a hash without a number, and heads that point at it.
        index._state[1] = 1
        index._make_room(501)
        index._hashes[500] = index._hashes[0]
        index._chain(500, 501)
    with HashIndex(folder) as again:
        assert len(again) == 500
        assert [again.search(one) for one in hashes[:50]] == wanted
        assert again._state[1] == 0


def test_many_copies_of_one_picture_are_all_found(index):
    one = np.random.default_rng(3).bytes(32)
    index.append([one] * 2000)
    assert index.search(one) == tuple((number, 0) for number in range(2000))


@pytest.mark.parametrize(
    "flat", [bytes(32), b"\xff" * 32, b"\x00\xff" * 16, b"\xaa\xaa" * 16, b"\xff\x00\x00\xff" * 8]
)
def test_a_hash_that_says_nothing_never_links(index, flat):
    assert is_degenerate(int.from_bytes(flat))
    assert index.append([flat]) == range(1)
    assert index.search(flat) == ()


def test_bad_input_is_refused_clearly(index):
    with pytest.raises(UnreadableInput):
        index.append([b"short"])
    with pytest.raises(UnreadableInput):
        index.search(bytes(32), radius=32)


def test_the_newest_can_be_taken_back_as_if_they_had_never_come(tmp_path, hashes):
    with HashIndex(tmp_path / "one") as index, HashIndex(tmp_path / "other") as other:
        index.append([*hashes[:900], bytes(32), *hashes[900:1200]])
        index.cut(700)
        other.append(hashes[:700])
        index.append(hashes[1500:1600])
        other.append(hashes[1500:1600])
        for one in (*hashes[650:750], *hashes[1500:1600]):
            assert index.search(one) == other.search(one)


def test_two_that_are_open_at_once_see_each_others_hashes(tmp_path, hashes):
    with HashIndex(tmp_path / "index") as one, HashIndex(tmp_path / "index") as other:
        one.append(hashes[:3000])  # past the room that the other has mapped
        other.catch_up()
        assert other.search(hashes[2500]) == one.search(hashes[2500])
        other.append(hashes[3000:3100])
        one.catch_up()
        assert (3050, 0) in one.search(hashes[3050])


def test_a_folder_that_followed_another_list_starts_empty(tmp_path, hashes):
    with HashIndex(tmp_path / "index", "one") as index:
        index.append(hashes[:10])
    with HashIndex(tmp_path / "index", "one") as again:
        assert len(again) == 10
    with HashIndex(tmp_path / "index", "other") as new:
        assert len(new) == 0
        assert new.search(hashes[0]) == ()


def test_a_folder_that_is_something_else_is_refused(tmp_path):
    (tmp_path / "state").write_text("many")
    with pytest.raises(UnreadableInput):
        HashIndex(tmp_path)
