"""Measure the readers of chat exports: time and memory for a long chat, here and in Node, and right answers
beside two libraries from PyPI on every form of WhatsApp's that we have an example of.

    .venv/bin/python bench/check/exports.py [--messages 40000] [--peers PYTHON]

`--peers` names an interpreter that has `whatstk` and `chat-miner`; without it that part is left out.
"""

import argparse
import functools
import http.server
import json
import shutil
import subprocess
import tempfile
import threading
import time
import tomllib
import tracemalloc
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from lightkeeper.check.exports import read_export

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
TWIN = ROOT / "src/lightkeeper/web/public/static/check/exports/index.js"
LOCALES = ROOT / "tests/spec/check/exports/whatsapp_locales.toml"
TEXT = "message number {} about the homework, the match on Saturday and what to bring"
START = datetime(2024, 1, 1)  # noqa: DTZ001 - exports have local time


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    options.add_argument("--messages", type=int, default=40_000)
    options.add_argument("--peers", help="an interpreter that has whatstk and chat-miner")
    given = options.parse_args()
    chats = {name: make(given.messages) for name, make in MAKERS.items()}
    print_python(chats, given.messages)
    print_node(chats)
    print_chromium(chats)
    print_hostile()
    print_right_answers(given.peers)


def whatsapp(count: int) -> bytes:
    return "\n".join(f"{when(n):%d/%m/%Y, %H:%M} - {who(n)}: {TEXT.format(n)}" for n in range(count)).encode()


def whatsapp_ios(count: int) -> bytes:
    return "\n".join(
        f"[{when(n):%m/%d/%y, %I:%M:%S}\u202f{when(n):%p}] {who(n)}: {TEXT.format(n)}" for n in range(count)
    ).encode()


def instagram(count: int) -> bytes:
    messages = [
        {
            "sender_name": who(n),
            "timestamp_ms": 1704067200000 + n * 60000,
            "content": TEXT.format(n),
            "is_geoblocked_for_viewer": False,
        }
        for n in reversed(range(count))
    ]
    return json.dumps(
        {"participants": [{"name": "Sam"}, {"name": "Noor"}], "messages": messages, "title": "Sam"}
    ).encode()


def telegram(count: int) -> bytes:
    messages = [
        {
            "id": n,
            "type": "message",
            "date": when(n).isoformat(),
            "from": who(n),
            "from_id": f"user{n % 2}",
            "text": TEXT.format(n),
        }
        for n in range(count)
    ]
    return json.dumps({"name": "Sam", "type": "personal_chat", "id": 1, "messages": messages}).encode()


def table(count: int) -> bytes:
    rows = (f'{who(n)},{when(n).isoformat(sep=" ")},"{TEXT.format(n)}"' for n in range(count))
    return "\n".join(("sender,date,text", *rows)).encode()


def pasted(count: int) -> bytes:
    return "\n".join(f"{who(n)}: {TEXT.format(n)}" for n in range(count)).encode()


MAKERS: dict[str, Callable[[int], bytes]] = {
    "whatsapp, Android": whatsapp,
    "whatsapp, iPhone": whatsapp_ios,
    "instagram": instagram,
    "telegram": telegram,
    "csv": table,
    "pasted": pasted,
}


def when(number: int) -> datetime:
    return START + timedelta(minutes=11 * number)


def who(number: int) -> str:
    return ("Sam", "Noor")[number % 2]


def print_python(chats: dict[str, bytes], count: int) -> None:
    print(f"Python, {count:,} messages (processor seconds, best of 3; memory on top of the file itself)")
    for name, data in chats.items():
        seconds = min(timed(data) for _ in range(3))
        tracemalloc.start()
        read = len(read_export(data).messages)
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert read == count
        speed = f"{seconds:6.2f} s  {count / seconds:9,.0f} messages/s"
        print(f"  {name:18} {len(data) / 1e6:5.1f} MB  {speed}  {peak / 1e6:6.1f} MB")
    print()


def timed(data: bytes) -> float:
    start = time.process_time()
    read_export(data)
    return time.process_time() - start


def print_node(chats: dict[str, bytes]) -> None:
    node = shutil.which("node")
    if node is None:
        print("Node is not here: the browser's twin was not measured\n")
        return
    print("The browser's modules, in Node (first reading, as on a page that was just opened; then best of 3)")
    for name, data in chats.items():
        done = subprocess.run(
            [node, str(HERE / "exports_twin.mjs"), TWIN.as_uri()], input=data, capture_output=True, check=True
        )
        told = json.loads(done.stdout)
        print(
            f"  {name:18} {told['first']:6.2f} s  {told['best']:6.2f} s"
            f"  {told['messages'] / told['best']:9,.0f} messages/s"
            f"  {told['memory'] / 1e6:6.1f} MB of heap"
        )
    print()


def print_chromium(chats: dict[str, bytes]) -> None:
    """Seconds on the clock in a real browser, as a person waits for them, at full speed and at a quarter of it."""
    chromium = shutil.which("chromium")
    if chromium is None:
        print("Chromium is not here: the page's speed was not measured\n")
        return
    from playwright.sync_api import sync_playwright

    print("Chromium, seconds on the clock (first reading; the same with the processor slowed down four times)")
    handler = functools.partial(SilentFiles, directory=str(TWIN.parent))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server, sync_playwright() as started:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        browser = started.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        for name, data in chats.items():
            waits = [_wait(browser, server.server_address[1], data, slower) for slower in (1, 4)]
            print(f"  {name:18} {waits[0]:6.2f} s  {waits[1]:6.2f} s")
        browser.close()
        server.shutdown()
    print()


class SilentFiles(http.server.SimpleHTTPRequestHandler):
    """The static folder, without a word on the terminal."""

    def log_message(self, *_: Any) -> None:
        return


def _wait(browser: Any, port: int, data: bytes, slower: int) -> float:
    page = browser.new_page()
    page.goto(f"http://127.0.0.1:{port}/facts.js")
    page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": slower})
    seconds = page.evaluate(
        """async (text) => {
          const { readExport } = await import("/index.js");
          const bytes = new TextEncoder().encode(text);
          const start = performance.now();
          await readExport(bytes, {});
          return (performance.now() - start) / 1000;
        }""",
        data.decode(),
    )
    page.close()
    return float(seconds)


def print_hostile() -> None:
    """How long the worst inputs we know of take until they are read or refused."""
    print("Hostile input (read or refused after so many processor seconds)")
    cases = {
        "90 MB in one line": b"21/11/2026, 22:07 - Sam: " + b"a" * 90_000_000,
        "90 MB of line ends": b"a\n" * 45_000_000,
        "2 million lines": b"a\n" * 1_999_000,
        "1 million lines with names": b"a: b\n" * 999_000,
        "900,000 brackets": b"[" * 900_000,
        "1 MB of < in a message": b"21/11/2026, 22:07 - Sam: " + b"<aa: " * 200_000,
        "a name and 1 MB of gaps": b"Sam" + b" " * 999_000 + b"x",
        "heads without an end": b"[21/11/2026, 22:07:50" * 40_000,
    }
    for name, data in cases.items():
        start = time.process_time()
        try:
            said = f"read, {len(read_export(data).messages):,} messages"
        except Exception as error:
            said = str(error)
        print(f"  {name:26} {time.process_time() - start:6.2f} s  {said}")
    print()


def print_right_answers(peers: str | None) -> None:
    locales = tomllib.loads(LOCALES.read_text("utf-8"))["locale"]
    cases = [(chat_of(one), expected_of(one)) for one in locales]
    print(f"Right answers on {len(cases)} forms of WhatsApp's export (4 messages of two people each)")
    ours = [
        [
            [one.sender, one.sent_at.isoformat() if one.sent_at else None]
            for one in read_export(text.encode()).messages
        ]
        for text, _ in cases
    ]
    print_score("lightkeeper", ours, [right for _, right in cases])
    if peers is None:
        print("  whatstk, chat-miner    not measured (see --peers)")
        return
    with tempfile.TemporaryDirectory() as folder:
        for number, (text, _) in enumerate(cases):
            Path(folder, f"{number:03}.txt").write_text(text, "utf-8")
        done = subprocess.run([peers, str(HERE / "exports_peers.py"), folder], capture_output=True, check=True)
    for name, theirs in json.loads(done.stdout).items():
        print_score(name, theirs, [right for _, right in cases])


def print_score(name: str, read: list[Any], right: list[Any]) -> None:
    """How many chats are wholly right, and how many messages have the right sender at the right time."""
    messages = sum(sum(one in (found or []) for one in wanted) for found, wanted in zip(read, right, strict=True))
    chats = sum(all(one in (found or []) for one in wanted) for found, wanted in zip(read, right, strict=True))
    total = sum(map(len, right))
    print(
        f"  {name:22} {chats:3} of {len(right)} chats, {messages:3} of {total} messages with their sender and time"
    )


def chat_of(one: dict[str, str]) -> str:
    return (
        f"{one['head1']}Sam: hi\nand: more\n{one['head1']}Noor: {one['media']}\n"
        f"{one['head2']}Sam: {one['deleted']}\n{one['head2']}Sam: bye\n"
    )


def expected_of(one: dict[str, str]) -> list[list[str]]:
    return [["Sam", one["t1"]], ["Noor", one["t1"]], ["Sam", one["t2"]], ["Sam", one["t2"]]]


if __name__ == "__main__":
    main()
