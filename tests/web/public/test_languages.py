"""Welsh is complete, is built from the repository's catalogue, and what no person has read is listed."""

import re
from typing import Any

import polib
import pytest

from lightkeeper.web.shared.catalogues import messages_in_use, missing, sources_by_language, unreviewed

HOLES = re.compile(r"%\(\w+\)s|<[^>]+>")
ADDRESSES = (
    "/",
    "/report",
    "/replies",
    "/replies/lost",
    "/cookies",
    "/feedback",
    "/leaving",
    "/pictures",
    "/privacy",
)
SAME = {"Instagram", "Snapchat", "WhatsApp", "TikTok", "Discord", "Telegram", "Roblox", "Help"}


def welsh() -> dict[str, polib.POEntry]:
    return {entry.msgid: entry for source in sources_by_language()["cy"] for entry in polib.pofile(str(source))}


def test_every_sentence_of_the_pages_has_welsh() -> None:
    assert len(set(messages_in_use())) > 200
    assert missing("cy") == []


def test_no_sentence_is_english_twice() -> None:
    assert {msgid for msgid, entry in welsh().items() if entry.msgstr == msgid} <= SAME


def test_numbers_and_links_are_the_same_in_both() -> None:
    for msgid, entry in welsh().items():
        assert sorted(HOLES.findall(msgid)) == sorted(HOLES.findall(entry.msgstr)), entry.linenum


def test_nothing_is_left_over_in_the_catalogue() -> None:
    assert set(welsh()) - {message for message, _ in messages_in_use()} == set()


def test_machine_made_welsh_is_marked_until_a_person_has_read_it() -> None:
    listed = {message for _, _, _, message in unreviewed()}
    for msgid, entry in welsh().items():
        reviewed = "reviewed:" in (entry.tcomment or "")
        assert reviewed or msgid in listed or entry.msgstr == msgid


@pytest.mark.django_db
@pytest.mark.parametrize("address", ADDRESSES)
def test_a_page_is_there_in_both_languages_and_leads_to_the_other(client: Any, address: str) -> None:
    english = client.get(address).content.decode()
    in_welsh = client.get("/cy" + address).content.decode()
    assert '<html lang="en" dir="ltr"' in english
    assert '<html lang="cy" dir="ltr"' in in_welsh
    assert f'"/cy{address}"' in english
    assert f'"{address}"' in in_welsh
    titles = [re.search(r"<h1>(.*?)</h1>", page) for page in (english, in_welsh)]
    assert titles[0]
    assert titles[1]
    assert titles[0].group(1) != titles[1].group(1)
    assert "Leave now" not in in_welsh
