"""Counting by network, without keeping one."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lightkeeper.report.throttle import SIZE, WINDOW, Throttle, network_of


class Clock:
    def __init__(self) -> None:
        self.seconds = 1_000_000.0

    def __call__(self) -> float:
        return self.seconds


def test_neighbours_count_together_and_others_apart(tmp_path: Path) -> None:
    throttle = Throttle(tmp_path / "t")
    assert [throttle.count("receipt", f"192.0.2.{last}") for last in (1, 2, 3)] == [1, 2, 3]
    assert throttle.count("receipt", "198.51.100.1") == 1
    assert throttle.count("report", "192.0.2.1") == 1
    assert throttle.so_far("receipt", "192.0.2.200") == 3


def test_after_the_window_everything_is_forgotten(tmp_path: Path) -> None:
    clock = Clock()
    throttle = Throttle(tmp_path / "t", clock)
    throttle.count("receipt", "192.0.2.1")
    before = (tmp_path / "t").read_bytes()
    clock.seconds += WINDOW
    assert throttle.so_far("receipt", "192.0.2.1") == 0
    after = (tmp_path / "t").read_bytes()
    assert before[8:40] != after[8:40]  # the key is another one
    assert after[40:] == bytes(SIZE - 40)


def test_the_file_holds_no_address_and_two_installations_count_in_other_places(tmp_path: Path) -> None:
    one, two = Throttle(tmp_path / "one"), Throttle(tmp_path / "two")
    for throttle in (one, two):
        throttle.count("receipt", "192.0.2.77")
    written = (tmp_path / "one").read_bytes()
    for trace in (b"192.0.2", bytes([192, 0, 2])):
        assert trace not in written
    assert written[40:] != (tmp_path / "two").read_bytes()[40:]


def test_processes_share_the_file(tmp_path: Path) -> None:
    Throttle(tmp_path / "t").count("receipt", "192.0.2.1")
    assert Throttle(tmp_path / "t").count("receipt", "192.0.2.1") == 2


@given(st.ip_addresses())
def test_a_network_hides_the_machine(address: object) -> None:
    assert network_of(str(address)).endswith(("/24", "/56"))


@pytest.mark.parametrize("odd", ["", "nonsense", "::g", "1.2.3"])
def test_what_is_no_address_is_counted_as_one_network(odd: str) -> None:
    assert network_of(odd) == "unknown"


def test_a_disk_that_cannot_be_written_stands_in_nobodys_way(tmp_path: Path) -> None:
    throttle = Throttle(tmp_path / "gone" / "t")
    assert [throttle.count("report", "192.0.2.1") for _ in range(3)] == [1, 1, 1]
    assert throttle.so_far("report", "192.0.2.1") == 0
