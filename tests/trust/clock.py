"""A clock of their own for real servers, that is set back and forward while they run.

Only the time of day jumps (clock.c, loaded before the C library). The clock that measures how long something took
goes on, as it does on a real machine.
"""

import mmap
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

SOURCE = Path(__file__).with_suffix(".c")


def clocks_can_be_set() -> bool:
    return shutil.which("cc") is not None


class Clock:
    """`before` are the words that start a command under this clock."""

    def __init__(self, folder: Path) -> None:
        library, file = folder / "clock.so", folder / "seconds"
        subprocess.run(["cc", "-O2", "-shared", "-fPIC", "-o", library, SOURCE, "-ldl"], check=True)
        file.write_bytes(bytes(8))
        self.before = ("env", f"LD_PRELOAD={library}", f"CLOCK_FILE={file}")
        with file.open("r+b") as opened:
            self.seconds = mmap.mmap(opened.fileno(), 8)

    def jump(self, to: float) -> None:
        """Set it to so many seconds after the right time, or before it."""
        self.seconds[:] = int(to).to_bytes(8, "little", signed=True)


@contextmanager
def own_clock() -> Iterator[Clock]:
    with TemporaryDirectory(prefix="lk-clock-") as folder:
        Path(folder).chmod(0o755)  # the database server is another user
        yield Clock(Path(folder))
