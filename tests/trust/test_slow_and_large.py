"""Slow lines and huge bodies: the site answers others meanwhile, gives nobody for ever, keeps nothing of it."""

import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

import pytest
from tests.sites import Site, build_house, free_port, serve
from tests.trust.faults import workers_of
from tests.trust.load import memory_of
from tests.trust.reporting import ask

from lightkeeper.web.shared import slow_senders

NGINX = Path(__file__).parents[2] / "deploy/nginx.conf"
HEAD = b"POST /report HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/x-www-form-urlencoded\r\n"


def line_to(address: str) -> socket.socket:
    host, _, port = address.removeprefix("http://").partition(":")
    return socket.create_connection((host, int(port)), timeout=60)


def seconds_until_answered(address: str) -> float:
    begin = time.monotonic()
    assert ask(f"{address}/report").status == 200
    return time.monotonic() - begin


def test_a_slow_line_is_cut_and_the_site_is_there_again(tmp_path, monkeypatch):
    """Every thread is held by a line that never ends its request; the bound is made short for the test."""
    (tmp_path / "sitecustomize.py").write_text(
        "import lightkeeper.web.shared.slow_senders as one\none.LONGEST = 2.0\n"
    )
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    house = build_house(tmp_path)
    with serve(house, "public") as site, ExitStack() as lines:
        for number in range(16):
            line = lines.enter_context(line_to(site.address))
            line.sendall(HEAD + (b"Content-Length: 500\r\n\r\nwhat=" if number % 2 else b"X-Slow: "))
        time.sleep(0.5)
        assert seconds_until_answered(site.address) < 15


def test_the_bound_is_half_a_minute():
    assert slow_senders.LONGEST == 30


def test_a_hundred_megabytes_are_turned_away_and_take_no_memory(tmp_path):
    house = build_house(tmp_path)
    with serve(house, "public") as site:
        ask(f"{site.address}/report")
        before = memory_of(workers_of(site)[0])
        with line_to(site.address) as line:
            line.sendall(HEAD + b"Content-Length: 104857600\r\nConnection: close\r\n\r\n")
            try:
                for _ in range(1600):
                    line.sendall(b"x" * 65536)
            except OSError:
                pass  # cut in the middle, which is allowed
            else:
                assert line.recv(65536).startswith(b"HTTP/1.1 413")
        assert ask(f"{site.address}/report").status == 200
        assert memory_of(workers_of(site)[0]) < before + 20
        assert not [
            path for path in (tmp_path / "public").rglob("*") if path.is_file() and path.stat().st_size > 5e6
        ]


@pytest.mark.parametrize(
    "lines",
    [
        b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n" + b"X-A: " + b"a" * 100_000 + b"\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n" + b"X-A: a\r\n" * 5_000 + b"\r\n",
        b"GET /" + b"a" * 100_000 + b" HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
        HEAD
        + b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /x HTTP/1.1\r\nHost: a\r\n\r\n",
        HEAD + b"Content-Length: 5\r\nContent-Length: 6\r\n\r\nabcde",
        HEAD + b"Content-Length: -5\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + b"\x00" * 200,
        b"GET http://example.org/ HTTP/1.1\r\nHost: example.org\r\n\r\n",
    ],
    ids=["header", "headers", "line", "smuggled", "two lengths", "negative", "tls", "proxy"],
)
def test_what_is_no_proper_request_gets_a_refusal_and_nothing_else(site, lines):
    with line_to(site.address) as line:
        answer = b""
        with suppress(OSError):  # the server may hang up while we are still speaking
            line.sendall(lines)
            line.shutdown(socket.SHUT_WR)
        with suppress(ConnectionResetError):
            while more := line.recv(65536):
                answer += more
    assert answer == b"" or answer.split(b" ", 2)[1][:1] == b"4"
    assert answer.count(b"HTTP/1.1") <= 1
    assert ask(f"{site.address}/").status == 200


@pytest.fixture(scope="module")
def site(tmp_path_factory) -> Iterator[Site]:
    with serve(build_house(tmp_path_factory.mktemp("site")), "public") as running:
        yield running


@contextmanager
def behind_nginx(site: Site, folder: Path) -> Iterator[str]:
    """The file that we give to whoever runs a server, with a certificate, a port and a log of its own."""
    port, plain = free_port(), free_port()
    key, certificate = folder / "key.pem", folder / "cert.pem"
    make = [
        "openssl",
        "req",
        "-x509",
        "-newkey",
        "rsa:2048",
        "-nodes",
        "-days",
        "2",
        "-subj",
        "/CN=help.example.org",
    ]
    subprocess.run([*make, "-keyout", key, "-out", certificate], check=True, capture_output=True)
    ours = NGINX.read_text()
    for old, new in (
        ("listen 443", f"listen 127.0.0.1:{port}"),
        ("listen 80", f"listen 127.0.0.1:{plain}"),
        ("/etc/letsencrypt/live/help.example.org/fullchain.pem", str(certificate)),
        ("/etc/letsencrypt/live/help.example.org/privkey.pem", str(key)),
        ("/var/log/nginx/help.error.log", str(folder / "error.log")),
        ("http://127.0.0.1:8000", site.address),
    ):
        assert old in ours, old
        ours = ours.replace(old, new)
    around = f"pid {folder}/pid;\nerror_log {folder}/error.log;\nevents {{}}\nhttp {{\n{ours}\n}}\n"
    (folder / "nginx.conf").write_text(around)
    process = subprocess.Popen(
        ["nginx", "-c", folder / "nginx.conf", "-g", "daemon off;"], stderr=subprocess.DEVNULL
    )
    try:
        time.sleep(1)
        yield f"127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(10)


@pytest.mark.skipif(not shutil.which("nginx"), reason="no nginx on this machine")
def test_behind_our_nginx_two_hundred_slow_lines_hold_up_nobody(tmp_path):
    import ssl
    import urllib.request

    trusting = ssl.create_default_context()
    trusting.check_hostname, trusting.verify_mode = False, ssl.CERT_NONE
    house = build_house(tmp_path)
    with (
        serve(house, "public", HOSTS="help.example.org", HTTPS="yes", PROXIES="1") as site,
        behind_nginx(site, tmp_path) as front,
        ExitStack() as lines,
    ):
        for number in range(200):
            line = lines.enter_context(trusting.wrap_socket(line_to(front)))
            line.sendall(HEAD + (b"Content-Length: 500\r\n\r\nwhat=" if number % 2 else b"X-Slow: "))
        begin = time.monotonic()
        request = urllib.request.Request(f"https://{front}/report", headers={"Host": "help.example.org"})
        with urllib.request.urlopen(request, timeout=20, context=trusting) as answer:
            assert answer.status == 200
            assert answer.headers["Strict-Transport-Security"]
        assert time.monotonic() - begin < 5
    assert not (tmp_path / "error.log").exists() or "127.0.0.1" not in (tmp_path / "error.log").read_text()
