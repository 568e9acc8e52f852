"""The spool: whole or not there, drained once, by one process, and never lost on the way."""

import fcntl
import os
import shutil
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.contracts.slot import Inside, SlotContract
from tests.report.test_submit import Box

from lightkeeper.core.errors import SlotClosed
from lightkeeper.report.receipt import make_receipt
from lightkeeper.report.seal import make_keys
from lightkeeper.report.slot import SealedEnvelope
from lightkeeper.report.spool import Spool, read_file
from lightkeeper.report.submit import Sealing, seal_report

NOW = datetime(2026, 1, 31, 9, 30, tzinfo=UTC)
KEYS = make_keys()
SEALING = Sealing((KEYS.recipient,), b"p" * 32)


def envelope(what: str = "He wants money.", minute: int = 30) -> SealedEnvelope:
    return seal_report({"what": (what,)}, "en", make_receipt(), SEALING, NOW.replace(minute=minute))


def test_what_went_in_comes_out_oldest_first(tmp_path: Path) -> None:
    spool, inbox = Spool(tmp_path), Box()
    later, earlier = envelope("b", minute=31), envelope("a", minute=2)
    spool.add(later)
    spool.add(earlier)
    assert spool.drain(inbox) == 2
    assert inbox.inside == [earlier, later]
    assert spool.waiting() == []


def test_the_same_twice_is_one_file(tmp_path: Path) -> None:
    spool, one = Spool(tmp_path), envelope()
    spool.add(one)
    spool.add(one)
    assert len(spool.waiting()) == 1


def test_nothing_leaves_the_spool_before_the_inbox_has_it(tmp_path: Path) -> None:
    spool = Spool(tmp_path)
    spool.add(envelope())
    assert spool.drain(Box(closed=True)) == 0
    assert len(spool.waiting()) == 1


def test_a_file_that_is_no_envelope_holds_up_nothing_behind_it(tmp_path: Path) -> None:
    spool, inbox = Spool(tmp_path), Box()
    (tmp_path / "0-not-ours.age").write_bytes(b"somebody copied this here")
    (tmp_path / "20260101T0000Z_report_x_y.age").mkdir()
    spool.add(envelope())
    assert spool.drain(inbox) == 1
    assert [path.name for path in spool.waiting()] == ["0-not-ours.age", "20260101T0000Z_report_x_y.age"]


def test_one_envelope_that_the_inbox_never_takes_holds_up_nothing_behind_it(tmp_path: Path) -> None:
    class Picky(Box):
        def add(self, one: SealedEnvelope) -> None:
            if one.key == bad.key:
                raise SlotClosed("not this one")
            super().add(one)

    spool, inbox, bad = Spool(tmp_path), Picky(), envelope("a", minute=1)
    for one in (bad, envelope("b", minute=2), envelope("c", minute=3)):
        spool.add(one)
    assert spool.drain(inbox) == 2
    assert len(spool.waiting()) == 1


def test_what_a_dead_process_left_half_written_goes_after_an_hour(tmp_path: Path) -> None:
    spool, old, young = Spool(tmp_path), tmp_path / ".1-a.age.part", tmp_path / ".2-b.age.part"
    for part in (old, young):
        part.write_bytes(b"age-encr")
    os.utime(old, (NOW.timestamp(), NOW.timestamp()))
    spool.add(envelope())
    assert spool.drain(Box()) == 1
    assert (old.exists(), young.exists()) == (False, True)


def test_while_one_process_drains_another_does_nothing(tmp_path: Path) -> None:
    spool, inbox = Spool(tmp_path), Box()
    spool.add(envelope())
    with (tmp_path / ".draining").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        assert spool.drain(inbox) == 0
    assert spool.drain(inbox) == 1


def test_a_file_is_private_and_sealed_and_its_name_says_nothing(tmp_path: Path) -> None:
    Spool(tmp_path).add(envelope("a very particular sentence"))
    (file,) = tmp_path.glob("*.age")
    assert file.stat().st_mode & 0o777 == 0o600
    assert file.read_bytes().startswith(b"age-encryption.org/v1")
    assert b"particular" not in file.read_bytes()
    assert "particular" not in file.name


@pytest.mark.age
def test_the_plain_age_tool_opens_a_spooled_file(tmp_path: Path) -> None:
    if not shutil.which("age"):
        pytest.skip("the age tool is not installed")
    key = tmp_path / "team.key"
    key.write_text(KEYS.identity + "\n")
    Spool(tmp_path).add(envelope("told in words"))
    (file,) = tmp_path.glob("*.age")
    opened = subprocess.run(["age", "-d", "-i", str(key), str(file)], capture_output=True, check=True)
    assert b"told in words" in opened.stdout


def test_a_disk_that_is_full_says_so_and_leaves_nothing_half_written(tmp_path: Path) -> None:
    """A real full disk: a limit on the size of files, set for a process of its own."""
    script = (
        "import resource, signal, sys; from pathlib import Path;"
        "from tests.report.test_spool import envelope; from lightkeeper.report.spool import Spool;"
        "from lightkeeper.core.errors import SlotClosed;"
        "one = envelope(); signal.signal(signal.SIGXFSZ, signal.SIG_IGN);"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100));"
        "\ntry: Spool(Path(sys.argv[1])).add(one)\nexcept SlotClosed: sys.exit(7)"
    )
    done = subprocess.run([sys.executable, "-c", script, str(tmp_path)], cwd=Path(__file__).parents[2])
    assert done.returncode == 7
    assert [path.name for path in tmp_path.iterdir()] == []


def test_a_folder_that_is_gone_is_a_closed_slot(tmp_path: Path) -> None:
    with pytest.raises(SlotClosed):
        Spool(tmp_path / "gone").add(envelope())


class TestSpoolIsASlot(SlotContract):
    @pytest.fixture
    def slot(self, tmp_path: Path) -> Spool:
        return Spool(tmp_path)

    @pytest.fixture
    def inside(self, slot: Spool) -> Inside:
        return lambda: {(one.key, one.sealed) for one in map(read_file, slot.waiting())}
