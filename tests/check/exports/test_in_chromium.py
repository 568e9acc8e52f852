"""The browser's modules in a real browser: the same words, from a picked file, with no request after loading."""

import base64
import functools
import http.server
import json
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from lightkeeper.check.exports import read_export
from lightkeeper.core.errors import UnreadableExport

playwright = pytest.importorskip("playwright.sync_api")
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking"]
pytestmark = [pytest.mark.browser, pytest.mark.skipif(CHROMIUM is None, reason="no Chromium here")]

READ_ALL = """async (cases) => {
  const { readExport } = await import("/index.js");
  const said = [];
  for (const { data, filename } of cases) {
    const bytes = Uint8Array.from(atob(data), (letter) => letter.charCodeAt(0));
    try {
      said.push(await readExport(new File([bytes], filename), { filename }));
    } catch (error) {
      said.push({ error: error.reason ?? String(error.stack) });
    }
  }
  return said;
}"""


class QuietFiles(http.server.SimpleHTTPRequestHandler):
    """The static folder and an empty page, without a word on the terminal."""

    def do_GET(self) -> None:
        if self.path == "/":
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(b"<!doctype html><title>check</title>")
        else:
            super().do_GET()

    def log_message(self, *_: Any) -> None:
        return


@pytest.fixture(scope="module")
def address(static_folder: Path) -> Iterator[str]:
    handler = functools.partial(QuietFiles, directory=str(static_folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}/"
        server.shutdown()


@pytest.fixture(scope="module")
def page(address: str) -> Iterator[Any]:
    with playwright.sync_playwright() as started:
        browser = started.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        opened = browser.new_page()
        opened.goto(address)
        yield opened
        browser.close()


def test_every_example_is_read_as_in_python(page: Any, samples: dict[str, tuple[bytes, str]]) -> None:
    extra = {"picture": (b"\xff\xd8\xff\xe0" + b"x" * 99, "chat.txt"), "locked": (b"PK\x03\x04" + b"x" * 99, "")}
    cases = {**samples, **extra}
    sent = [{"data": base64.b64encode(data).decode(), "filename": name} for data, name in cases.values()]
    for name, theirs in zip(cases, page.evaluate(READ_ALL, sent), strict=True):
        assert theirs == in_python(*cases[name]), name


def test_nothing_is_asked_of_the_network_once_the_modules_are_there(page: Any, samples: dict[str, Any]) -> None:
    page.evaluate("import('/index.js')")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    data, name = samples["whatsapp_zip"]
    said = page.evaluate(READ_ALL, [{"data": base64.b64encode(data).decode(), "filename": name}])
    assert len(said[0]["messages"]) == 9
    assert asked == []


def in_python(data: bytes, name: str) -> dict[str, Any]:
    try:
        chat = read_export(data, filename=name)
    except UnreadableExport as error:
        return {"error": error.reason}
    messages = [
        {
            "sender": one.sender,
            "text": one.text,
            "sentAt": one.sent_at.isoformat() if one.sent_at else None,
            "kind": str(one.kind),
        }
        for one in chat.messages
    ]
    return json.loads(json.dumps({"messages": messages, "me": chat.me, "notes": list(chat.notes), "id": chat.id}))
