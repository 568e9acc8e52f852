"""A small disk of its own for a running site: it can be filled, made read-only and given back.

A file system in memory, mounted where only the site's own processes see it (a mount namespace); nothing of the
machine is touched, and no special right is needed.
"""

import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class SmallDisk:
    """A mounted disk. `inside` are the words that start a command where it can be seen."""

    folder: Path
    holder: "subprocess.Popen[bytes]"

    @property
    def inside(self) -> tuple[str, ...]:
        return ("nsenter", f"--target={self.holder.pid}", "--user", "--mount", "--preserve-credentials")

    def run(self, script: str) -> str:
        """A shell script, with the disk as its folder."""
        words = [*self.inside, "sh", "-c", f"cd {self.folder} && {script}"]
        done = subprocess.run(words, capture_output=True, text=True, check=True, timeout=30)
        return done.stdout

    def fill(self, leave: int) -> None:
        """Write until only `leave` KiB are free."""
        self.run(
            f"free=$(df -k --output=avail . | tail -1); head -c $(( (free - {leave}) * 1024 )) /dev/zero > full"
        )

    def empty(self) -> None:
        self.run("rm full")

    def be(self, way: str) -> None:
        """`ro` for read-only, `rw` for as it was."""
        self.run(f"mount -o remount,{way} {self.folder}")


def disks_can_be_made() -> bool:
    if not (shutil.which("unshare") and shutil.which("nsenter")):
        return False
    probe = ["unshare", "--map-root-user", "--mount", "mount", "-t", "tmpfs", "tmpfs", "/mnt"]
    return subprocess.run(probe, check=False, capture_output=True).returncode == 0


@contextmanager
def small_disk(folder: Path, kilobytes: int) -> Iterator[SmallDisk]:
    script = f"mount -t tmpfs -o size={kilobytes}k,mode=700 tmpfs {folder} && echo ready && exec sleep 3600"
    words = ["unshare", "--map-root-user", "--mount", "sh", "-c", script]
    holder = subprocess.Popen(words, stdout=subprocess.PIPE)
    try:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"ready\n"
        yield SmallDisk(folder, holder)
    finally:
        holder.kill()
        holder.communicate()
