"""Every line of a running site is JSON of a known form, and holds no address, no path, no receipt and no word."""

import json
import os
import signal
import socket
import time
from pathlib import Path
from typing import Any

import pytest
from tests.sites import Site, build_house, serve
from tests.trust.faults import workers_of
from tests.trust.reporting import ask, fill_in, send

PAGE = Path(__file__).parents[2] / "docs/reference/log.md"
FIELDS = {"at", "level", "logger", "says", "request", "error", "frames"}
WORD = "zqcanarylog"
ADDRESS = "127.0.0.1"


def send_raw(site: Site, data: bytes) -> bytes:
    host, _, port = site.address.removeprefix("http://").partition(":")
    with socket.create_connection((host, int(port)), timeout=20) as line:
        line.sendall(data)
        line.shutdown(socket.SHUT_WR)
        return b"".join(iter(lambda: line.recv(65536), b""))


def provoke(site: Site) -> str:
    """Do everything that has ever made a server write a line; returns the receipt that was given."""
    for broken in (
        f"GET /{WORD} HTTP/9.9\r\nHost: {ADDRESS}\r\n\r\n",
        f"{WORD} / HTTP/1.1\r\nHost: {ADDRESS}\r\n\r\n",
        f"GET / HTTP/1.1\r\nHost: {ADDRESS}\r\n{WORD} broken: x\r\n\r\n",
        f"GET / HTTP/1.1\r\nHost: {WORD}.example\r\n\r\n",
        f"POST /report HTTP/1.1\r\nHost: {ADDRESS}\r\nContent-Length: {WORD}\r\n\r\n",
        f"GET /%00{WORD} HTTP/1.1\r\nHost: {ADDRESS}\r\n\r\n",
    ):
        send_raw(site, broken.encode())
    thanks = send(site.address, fill_in(site.address, f"{WORD} threatens me."))
    ask(f"{site.address}/replies", {"words": thanks.words})
    ask(f"{site.address}/replies?words={'+'.join(thanks.words.split())}")
    ask(f"{site.address}/{WORD}")
    os.kill(workers_of(site)[0], signal.SIGKILL)  # the master says that a worker is gone
    time.sleep(1.5)
    ask(f"{site.address}/")
    return thanks.words


def test_what_a_running_site_writes(tmp_path):
    house = build_house(tmp_path)
    lines: list[dict[str, Any]] = []
    away = "postgresql://nobody@127.0.0.1:9/none"
    for more in ({}, {"INBOX_URL": away}):
        (tmp_path / "public.log").unlink(missing_ok=True)
        with serve(house, "public", workers=2, **more) as site:
            words = provoke(site)
        log = site.log.read_text()
        assert WORD not in log
        assert ADDRESS not in log
        assert not any(f" {one} {two}" in log for one, two in zip(words.split(), words.split()[1:], strict=False))
        assert "/replies" not in log
        lines += [json.loads(line) for line in log.splitlines()]
    assert len(lines) > 5, "nothing was written, so nothing was tried"
    for line in lines:
        assert set(line) <= FIELDS
        assert line["level"] in ("WARNING", "ERROR", "CRITICAL")


def test_each_answer_carries_a_number_of_its_own(tmp_path):
    import urllib.request

    with serve(build_house(tmp_path), "public") as site:
        numbers = set()
        for _ in range(5):
            with urllib.request.urlopen(site.address, timeout=20) as answer:
                numbers.add(answer.headers["X-Request-Id"])
    assert len(numbers) == 5
    assert all(len(number) == 12 for number in numbers)


def test_the_page_names_every_field():
    text = PAGE.read_text()
    assert all(f"`{field}`" in text for field in FIELDS)


@pytest.mark.parametrize("gone", ["Invalid request from ip=10.0.0.9: Invalid Header: 'zqcanarylog'", ""])
def test_what_another_program_fills_in_is_left_out(gone):
    import logging

    from lightkeeper.web.shared.quiet_log import QuietFormatter

    record = logging.LogRecord("gunicorn.error", logging.WARNING, "x.py", 1, gone, (), None)
    written = json.loads(QuietFormatter().format(record))
    assert written["says"] in ("Invalid request", "(no message)")
