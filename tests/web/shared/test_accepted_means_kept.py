"""Accepted means kept, with the real things: gunicorn, a PostgreSQL that dies, a full disk, a kill -9."""

import json
import os
import re
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPException
from pathlib import Path

import pytest
from tests.postgres import Cluster, running_cluster, there_is_postgres
from tests.sites import House, Site, build_house, serve

from lightkeeper.report.seal import open_envelope

SCREENS = ("safe", "what", "threat", "them", "you", "reach")


def post(site: Site, address: str, fields: dict[str, str]) -> tuple[int, str]:
    request = urllib.request.Request(site.address + address, urllib.parse.urlencode(fields).encode())
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()


def get(site: Site, address: str) -> tuple[int, str]:
    with urllib.request.urlopen(site.address + address, timeout=30) as answer:
        return answer.status, answer.read().decode()


def kept(page: str) -> str:
    found = re.search(r'name="kept" value="([^"]+)"', page)
    assert found
    return found.group(1)


def prepare_report(site: Site, story: str) -> dict[str, str]:
    """Walk to the last page; returns the fields that its button sends."""
    page = get(site, "/report")[1]
    for screen in SCREENS:
        fields = {"kept": kept(page), "screen": screen, "go": "next"}
        page = post(site, "/report", fields | ({"what": story} if screen == "what" else {}))[1]
    return {"kept": kept(page), "go": "send"}


def words_of(page: str) -> list[str]:
    return re.findall(r"<li>([a-z]{4,8})</li>", page)


def stories(house: House, sealed: list[bytes]) -> list[str]:
    opened = [json.loads(open_envelope(one, [house.team_key.identity])) for one in sealed]
    return sorted(one["report"]["narrative"] for one in opened)


def in_sqlite(house: House) -> list[str]:
    with sqlite3.connect(house.folder / "inbox.sqlite3", timeout=10) as inbox:
        return stories(house, [row[0] for row in inbox.execute("SELECT sealed FROM inbox_envelope")])


@pytest.fixture
def house(tmp_path: Path) -> House:
    return build_house(tmp_path)


@pytest.fixture
def cluster() -> Iterator[Cluster]:
    """A server of its own, because it will be killed."""
    if not there_is_postgres():
        pytest.skip("no PostgreSQL on this machine")
    with running_cluster() as running:
        yield running


@pytest.mark.postgres
def test_the_database_dies_and_comes_back_and_no_report_is_lost_or_doubled(house: House, cluster: Cluster) -> None:
    database = cluster.new_database()
    environment = {
        **os.environ,
        "LIGHTKEEPER_DATA": str(house.folder / "public"),
        "LIGHTKEEPER_INBOX_OWNER_URL": cluster.url(database),
    }
    command = [sys.executable, "-m", "lightkeeper.cli.main", "prepare", "inbox"]
    subprocess.run(command, env=environment, check=True, capture_output=True, timeout=120)
    with serve(house, "public", INBOX_URL=cluster.url(database, "lightkeeper_public")) as site:
        before, during = prepare_report(site, "before"), prepare_report(site, "during")
        assert words_of(post(site, "/report", before)[1])
        cluster.stop()
        status, page = post(site, "/report", during)
        assert (status, len(words_of(page))) == (200, 9)
        for address in ("/", "/help", "/report", "/leaving"):
            assert get(site, address)[0] == 200
        status, page = post(site, "/replies", {"words": " ".join(words_of(page))})
        assert (status, "tel:08001111" in page) == (200, True)
        assert len(list((house.folder / "public" / "spool").glob("*.age"))) == 1
        cluster.start()
        assert words_of(post(site, "/report", during)[1])  # pressed again, because nobody was sure
        wait_until(lambda: not list((house.folder / "public" / "spool").glob("*.age")))
    with cluster.connect(database) as connection:
        rows = connection.execute("SELECT sealed FROM inbox_envelope").fetchall()
    assert stories(house, [bytes(row[0]) for row in rows]) == ["before", "during"]  # type: ignore[arg-type]


def wait_until(done: object, seconds: float = 40) -> None:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if done():  # type: ignore[operator]
            return
        time.sleep(0.2)
    raise AssertionError("it never came to that")


def test_killed_the_moment_after_the_receipt_every_acknowledged_report_is_there(house: House) -> None:
    told = [f"story {number}" for number in range(12)]
    with serve(house, "public", workers=2) as site:
        waiting = {story: prepare_report(site, story) for story in told}

        def send(story: str) -> str | None:
            try:
                return story if words_of(post(site, "/report", waiting[story])[1]) else None
            except (OSError, HTTPException):  # cut before, or in the middle of, the answer
                return None

        with ThreadPoolExecutor(4) as many:
            results = [many.submit(send, story) for story in told]
            results[3].result()
            os.killpg(site.process.pid, signal.SIGKILL)
            acknowledged = [result.result() for result in results]
        site.process.wait()
    kept_stories = in_sqlite(house)
    assert {story for story in acknowledged if story} <= set(kept_stories)
    assert len(kept_stories) == len(set(kept_stories))


def fill_the_disk(master: int) -> None:
    """From now on no file of the running site can be written, as on a full disk."""
    workers = Path(f"/proc/{master}/task/{master}/children").read_text().split()
    assert workers
    for process in (str(master), *workers):
        subprocess.run(["prlimit", "--pid", process, "--fsize=0"], check=True, timeout=20)


def test_a_full_disk_gets_a_clear_page_and_nothing_half_written(house: House) -> None:
    """A limit on file sizes stands for the full disk: neither the database nor the spool can grow."""
    with serve(house, "public") as site:
        last = prepare_report(site, "when there was no room")
        fill_the_disk(site.process.pid)
        status, page = post(site, "/report", last)
        assert status == 503
        assert words_of(page) == []
        assert "tel:999" in page
        assert get(site, "/")[0] == 200
        last = {"kept": kept(page), "go": "send"}
    assert in_sqlite(house) == []
    assert [
        file.name for file in (house.folder / "public" / "spool").glob("*.*") if file.suffix in {".age", ".part"}
    ] == []
    with serve(house, "public") as site:
        assert words_of(post(site, "/report", last)[1])
    assert in_sqlite(house) == ["when there was no room"]


def test_a_chunked_upload_is_turned_away_with_a_page_and_leaves_no_trace(house: House) -> None:
    picture = b"\xff\xd8\xff\xe0" + bytes(range(256)) * 40
    with serve(house, "public") as site:
        host, _, port = site.address.removeprefix("http://").partition(":")
        with socket.create_connection((host, int(port)), timeout=20) as line:
            head = f"POST /report HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n"
            line.sendall(head.encode() + b"Content-Type: application/x-www-form-urlencoded\r\n\r\n")
            line.sendall(f"{len(picture):x}\r\n".encode() + picture + b"\r\n0\r\n\r\n")
            answer = b"".join(iter(lambda: line.recv(65536), b""))
        request = urllib.request.Request(site.address + "/report", picture, {"Content-Type": "image/jpeg"})
        with pytest.raises(urllib.error.HTTPError) as refused:
            urllib.request.urlopen(request, timeout=20)
        refused.value.close()
    assert answer.startswith(b"HTTP/1.1 415")
    assert b"tel:999" in answer
    assert refused.value.code == 415
    for file in house.folder.rglob("*"):
        if file.is_file():
            assert picture[:64] not in file.read_bytes()
            assert "/report" not in file.name


def test_what_a_running_site_logs_holds_no_address_and_no_word(house: House) -> None:
    with serve(house, "public") as site:
        post(site, "/report", prepare_report(site, "a very particular sentence"))
        post(site, "/replies", {"words": "acorn particular"})
        post(site, "/feedback", {"text": "particular"})
        other_host = urllib.request.Request(site.address + "/", headers={"Host": "particular.example"})
        with pytest.raises(urllib.error.HTTPError) as refused:
            urllib.request.urlopen(other_host, timeout=20)
        refused.value.close()
    log = site.log.read_text()
    assert "particular" not in log
    assert "127.0.0.1" not in log.replace(site.address.removeprefix("http://"), "")
