"""A published warning with its permit, and servers on this machine that play the services outside."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from lightkeeper.warn.outbox.parcel import Parcel, pack
from lightkeeper.warn.permit import Permit
from lightkeeper.warn.warning import PublicWarning


@dataclass
class Request:
    path: str
    headers: dict[str, str]
    body: bytes


@dataclass
class Service:
    """A service outside: what it was asked, and what it answers next."""

    url: str = ""
    status: int = 201
    answer: bytes = b"{}"
    headers: dict[str, str] = field(default_factory=dict)
    asked: list[Request] = field(default_factory=list)


@pytest.fixture
def service() -> Iterator[Service]:
    played = Service()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            played.asked.append(Request(self.path, dict(self.headers), body))
            self.send_response(played.status)
            for name, value in played.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(played.answer)))
            self.end_headers()
            self.wfile.write(played.answer)

        def do_GET(self) -> None:
            self.do_POST()

        def log_message(self, *_: object) -> None: ...

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        played.url = f"http://127.0.0.1:{server.server_port}"
        yield played
        server.shutdown()
        thread.join()


@pytest.fixture
def permit(good: PublicWarning) -> Permit:
    return Permit(good.id, good.fingerprint(), good.expires)


@pytest.fixture
def parcel(good: PublicWarning) -> Callable[..., Parcel]:
    return lambda body="Tell someone.", to=(), pdf=b"": pack(good, body, to, pdf)
