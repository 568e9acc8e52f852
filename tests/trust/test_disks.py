"""The disk is full, or read-only: pages go on, nobody is thanked for what was not kept, and it mends by itself."""

import base64
import json
import time
from pathlib import Path

import pytest
from tests.sites import House, Site, build_house, serve
from tests.trust.disks import SmallDisk, disks_can_be_made, small_disk
from tests.trust.reporting import ask, fill_in, send

from lightkeeper.report.seal import open_envelope

pytestmark = pytest.mark.skipif(not disks_can_be_made(), reason="no mount namespaces on this machine")
READ = """
import base64, json, sqlite3, sys
rows = sqlite3.connect("inbox.sqlite3").execute("SELECT sealed FROM inbox_envelope").fetchall()
assert sqlite3.connect("inbox.sqlite3").execute("PRAGMA integrity_check").fetchone() == ("ok",)
print(json.dumps([base64.b64encode(row[0]).decode() for row in rows]))
"""


def kept_on(disk: SmallDisk, house: House) -> list[str]:
    """What was told, as the team can open it, from the inbox on the small disk."""
    sealed = json.loads(disk.run(f"python3 -c '{READ}'"))
    opened = (open_envelope(base64.b64decode(one), [house.team_key.identity]) for one in sealed)
    return sorted(json.loads(one)["report"]["narrative"] for one in opened)


def try_to_send(site: Site, story: str) -> bool:
    """Whether somebody was thanked. A page that cannot be made is a failure of the test."""
    answer = send(site.address, fill_in(site.address, story))
    assert answer.acknowledged or answer.status == 503, answer.status
    assert answer.acknowledged or "tel:999" in answer.page
    return answer.acknowledged


def pages_answer(site: Site) -> None:
    for page in ("/", "/help", "/report", "/leaving"):
        assert ask(site.address + page).status == 200


def send_until_refused(site: Site, most: int = 200) -> list[str]:
    thanked = []
    for number in range(most):
        story = f"story {number:03d} somebody threatens to show a photo"
        if not try_to_send(site, story):
            return thanked
        thanked.append(story)
    raise AssertionError("the disk never filled up")


def come_back(site: Site, story: str) -> None:
    """After a failure nobody knocks for five seconds: the spool takes what comes meanwhile."""
    assert try_to_send(site, story)


def wait_for_the_spool(disk: SmallDisk) -> None:
    until = time.monotonic() + 30
    while disk.run("ls spool").strip():
        assert time.monotonic() < until, "the spool was not drained"
        time.sleep(0.3)


def test_a_full_disk(tmp_path: Path) -> None:
    house = build_house(tmp_path)
    data = tmp_path / "public"
    with (
        small_disk(data, 12_000) as disk,
        serve(house, "public", before=disk.inside, INBOX_URL=f"sqlite:///{data / 'inbox.sqlite3'}") as site,
    ):
        disk.fill(leave=120)
        thanked = send_until_refused(site)
        assert thanked
        pages_answer(site)
        assert not try_to_send(site, "still no room")
        disk.empty()
        come_back(site, "there is room again")
        wait_for_the_spool(disk)
        assert kept_on(disk, house) == sorted([*thanked, "there is room again"])


def test_a_read_only_disk(tmp_path: Path) -> None:
    house = build_house(tmp_path)
    data = tmp_path / "public"
    with (
        small_disk(data, 12_000) as disk,
        serve(house, "public", before=disk.inside, INBOX_URL=f"sqlite:///{data / 'inbox.sqlite3'}") as site,
    ):
        disk.be("ro")  # before any connection to the database was opened: each is opened while it is read-only
        for _ in range(12):  # every thread of the site meets it
            assert not try_to_send(site, "while it was read-only")
        pages_answer(site)
        disk.be("rw")
        told = [f"after it {number}" for number in range(12)]
        for story in told:
            come_back(site, story)
        wait_for_the_spool(disk)
        assert kept_on(disk, house) == sorted(told)
