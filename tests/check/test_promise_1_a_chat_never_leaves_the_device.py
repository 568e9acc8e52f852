"""Promise 1, on the command line and in the library: no socket is opened, no process started, no file left behind.

The interpreter's own audit events are listened to, in a process of its own, so that no library can go round them.
"""

import subprocess
import sys
from pathlib import Path

import pytest

CHAT = "Sam: hi\nKid: hey\nSam: pay me 50 in steam cards or i send your pic to everyone\n"
GUARD = """
import sys
FORBIDDEN = ("socket.", "urllib.", "subprocess.", "os.system", "os.exec", "os.posix_spawn", "os.fork", "http.")
def listen(event, arguments):
    if event.startswith(FORBIDDEN):
        raise SystemExit(f"forbidden: {event}")
    if event == "open" and isinstance(arguments[1], str) and set(arguments[1]) & set("wax+"):
        raise SystemExit("forbidden: a file is written")
sys.dont_write_bytecode = True
"""
COMMAND = "from lightkeeper.cli.main import main\nsys.addaudithook(listen)\nsys.exit(main(sys.argv[1:]))"


def run(code: str, *words: str, told: str = CHAT) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", GUARD + code, *words], input=told, capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize("words", [("check", "-"), ("check", "-", "--json"), ("check", "FILE")])
def test_the_command_reaches_for_nothing(tmp_path: Path, words: tuple[str, ...]) -> None:
    (tmp_path / "chat.txt").write_text(CHAT)
    done = run(COMMAND, *(str(tmp_path / "chat.txt") if word == "FILE" else word for word in words))
    assert done.returncode == 0, done.stderr
    assert "danger" in done.stdout.lower()
    assert [path.name for path in tmp_path.iterdir()] == ["chat.txt"]


def test_the_library_reaches_for_nothing() -> None:
    code = """
from lightkeeper.check import check
from lightkeeper.check.exports import read_export
sys.addaudithook(listen)
print(check(read_export(sys.stdin.buffer.read())).level)
"""
    done = run(code)
    assert (done.returncode, done.stdout) == (0, "danger\n"), done.stderr


@pytest.mark.parametrize(
    "forbidden",
    ["import socket; socket.socket()", "import subprocess; subprocess.run(['true'])", "open('/dev/null', 'w')"],
)
def test_the_guard_itself_can_fail(forbidden: str) -> None:
    done = run(f"sys.addaudithook(listen)\n{forbidden}")
    assert done.returncode == 1
    assert "forbidden" in done.stderr
