"""What the team published is on the public site, in the reader's language, and nothing else is."""

import csv
import json
import re
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from django.conf import settings
from tests.desk.made_up import made_up
from tests.web.publishing import SENDER, published, take_all_steps, updated, withdrawn, write_warning

from lightkeeper.core.errors import NotAllowed, UnreadableInput
from lightkeeper.warn.approval import Approval
from lightkeeper.watch.counts import count_reports
from lightkeeper.watch.figures import public_figures
from lightkeeper.watch.ledger import Ledger
from lightkeeper.watch.page import FiguresPage
from lightkeeper.watch.period import Period
from lightkeeper.watch.publish import publish
from lightkeeper.web.shared.publications import (
    NAME,
    Shelf,
    open_warning,
    read_shelf,
    shelf_as_text,
    shelf_from_text,
    write_shelf,
)

pytestmark = pytest.mark.django_db
NOW = datetime.now(UTC).replace(microsecond=0) - timedelta(days=2)
LONG_AGO = NOW - timedelta(days=200)
ATOM = "{http://www.w3.org/2005/Atom}"
CAP = "{urn:oasis:names:tc:emergency:cap:1.2}"
PutUp = Callable[..., Shelf]


@pytest.fixture
def put_up() -> Iterator[PutUp]:
    """Put warnings and figures on the shelf, as the team's site does; it is empty again afterwards."""

    def put(*warnings: Any, figures: tuple[FiguresPage, ...] = ()) -> Shelf:
        shelf = Shelf(NOW, tuple(warnings), figures)
        write_shelf(settings.PUBLICATIONS, lambda: shelf)
        return shelf

    yield put
    (settings.PUBLICATIONS / NAME).unlink(missing_ok=True)


def read(client: Any, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status
    return str(answer.content.decode())


def test_before_the_first_publication_everything_is_empty_and_kind(client: Any) -> None:
    assert "There is no warning now" in read(client, "/warnings")
    assert "no open figures yet" in read(client, "/figures")
    assert ET.fromstring(read(client, "/warnings/feed.atom")).findall(f"{ATOM}entry") == []
    assert "/warnings" in read(client, "/")


def test_a_published_warning_is_there_in_every_form(client: Any, put_up: PutUp) -> None:
    one = published(NOW).warning
    put_up(published(NOW))
    listed = read(client, "/warnings")
    assert one.headline in listed
    assert f'href="/warnings/{one.id}"' in listed
    page = read(client, f"/warnings/{one.id}")
    assert page.count("<main") == page.count("<h1") == 1
    assert one.child_steps[0] in page
    (entry,) = ET.fromstring(read(client, "/warnings/feed.atom")).findall(f"{ATOM}entry")
    assert entry.findtext(f"{ATOM}title") == one.headline
    assert entry.find(f"{ATOM}link").attrib["href"] == f"http://testserver/warnings/{one.id}"
    alert = ET.fromstring(read(client, f"/warnings/{one.id}.cap"))
    assert (alert.findtext(f"{CAP}status"), alert.findtext(f"{CAP}msgType")) == ("Actual", "Alert")


def test_what_is_the_teams_alone_is_nowhere(client: Any, put_up: PutUp) -> None:
    put_up(published(NOW))
    name = published(NOW).warning.id
    everything = (settings.PUBLICATIONS / NAME).read_text()
    everything += "".join(
        read(client, f"/warnings{end}") for end in ("", f"/{name}", f"/{name}.cap", "/feed.atom")
    )
    for ours in ("R-0001", "behind", "robin", "A fluent reader", "It is right."):
        assert ours not in everything


def test_a_draft_never_gets_an_open_form() -> None:
    warning = write_warning(NOW)
    with pytest.raises(NotAllowed, match="four steps"):
        open_warning(warning, Approval(warning.id), SENDER)
    done = take_all_steps(warning, NOW)
    for steps in range(1, 4):
        with pytest.raises(NotAllowed):
            open_warning(warning, Approval(warning.id, done.steps[:steps]), SENDER)


def test_a_withdrawn_warning_leaves_a_notice_and_none_of_its_words(client: Any, put_up: PutUp) -> None:
    was = published(NOW).warning
    put_up(withdrawn(NOW))
    page = read(client, f"/warnings/{was.id}")
    assert "This warning was withdrawn" in page
    assert "999" in page
    feed, cap = read(client, "/warnings/feed.atom"), read(client, f"/warnings/{was.id}.cap")
    for text in (page, read(client, "/warnings"), feed, cap, (settings.PUBLICATIONS / NAME).read_text()):
        assert was.headline not in text
        assert was.summary not in text
    assert "Withdrawn" in ET.fromstring(feed).find(f"{ATOM}entry").findtext(f"{ATOM}title")
    assert ET.fromstring(cap).findtext(f"{CAP}msgType") == "Cancel"
    assert ET.fromstring(cap).find(f"{CAP}references") is not None


def test_a_warning_that_ran_out_says_so_by_itself(client: Any, put_up: PutUp) -> None:
    put_up(published(LONG_AGO))
    name = published(LONG_AGO).warning.id
    assert "no longer holds" in read(client, "/warnings")
    assert 'class="notice"' in read(client, f"/warnings/{name}")


def test_an_update_is_newer_in_the_feed_and_an_update_for_partners(client: Any, put_up: PutUp) -> None:
    put_up(updated(NOW))
    name = updated(NOW).warning.id
    assert "what to do" in read(client, f"/warnings/{name}")
    entry = ET.fromstring(read(client, "/warnings/feed.atom")).find(f"{ATOM}entry")
    assert entry.findtext(f"{ATOM}updated") > entry.findtext(f"{ATOM}published")
    assert ET.fromstring(read(client, f"/warnings/{name}.cap")).findtext(f"{CAP}msgType") == "Update"


def test_a_welsh_page_says_that_the_text_is_english_until_a_welsh_one_is_public(
    client: Any, put_up: PutUp
) -> None:
    english, welsh = published(NOW), published(NOW, "cy")
    put_up(english)
    page = read(client, f"/cy/warnings/{english.warning.id}")
    assert "Mae'r rhybudd hwn yn Saesneg" in page.replace("&#x27;", "'")
    assert '<article class="warning" lang="en">' in page
    put_up(english, welsh)
    for name in (english.warning.id, welsh.warning.id):
        assert welsh.warning.headline in read(client, f"/cy/warnings/{name}")
        assert english.warning.headline in read(client, f"/warnings/{name}")
    assert read(client, "/cy/warnings").count('<li><a href="/cy/warnings/') == 1


def test_a_translation_without_a_signature_is_not_shown(client: Any, put_up: PutUp) -> None:
    english, welsh = published(NOW), published(NOW, "cy")
    text = shelf_as_text(Shelf(NOW, (welsh, english)))
    signed = f'"reviewed_on": "{welsh.warning.translation.reviewed_on}"'
    assert signed in text
    put_up(*shelf_from_text(text.replace(signed, '"reviewed_on": null')).warnings)
    assert english.warning.headline in read(client, f"/cy/warnings/{english.warning.id}")
    read(client, f"/cy/warnings/{welsh.warning.id}", 200)
    assert welsh.warning.headline not in read(client, f"/cy/warnings/{welsh.warning.id}")


@pytest.mark.parametrize("address", ["none", "none.cap", "..%2Fpublications.json", "publications.json"])
def test_no_other_address_gives_anything(client: Any, put_up: PutUp, address: str) -> None:
    put_up(published(NOW))
    for folder in ("warnings", "figures", "cy/warnings"):
        read(client, f"/{folder}/{address}", 404)


def a_figure() -> FiguresPage:
    reports = [
        made_up(n, received=datetime(2026, 1 + n % 3, 5, tzinfo=UTC), platforms=("instagram",) if n % 4 else ())
        for n in range(60)
    ]
    period = Period(date(2026, 1, 1), date(2026, 3, 31))
    return public_figures(publish(count_reports(reports, period, ("platform",)), Ledger()), "by-platform")


def test_open_figures_stand_beside_their_table_and_can_be_taken(client: Any, put_up: PutUp) -> None:
    page = a_figure()
    put_up(figures=(page,))
    shown = read(client, "/figures")
    assert page.svg in shown
    assert "<td>about 45</td>" in shown
    assert " style=" not in shown
    answer = client.get(f"/figures/{page.file_name}")
    assert answer["Content-Type"].startswith("text/csv")
    lines = answer.content.decode().splitlines()
    assert lines[0].startswith("# counted:")
    rows = list(csv.reader(line for line in lines if not line.startswith("#")))
    assert rows[0] == ["platform", "reports"]
    assert "yn Saesneg" in read(client, "/cy/figures")


@pytest.mark.parametrize(
    "added", ["<script>1</script>", '<rect onload="1"/>', '<path style="x"/>', '<a href="x">1</a>', "<image/>"]
)
def test_a_chart_that_does_more_than_show_is_refused(client: Any, put_up: PutUp, added: str) -> None:
    put_up(figures=(a_figure(),))
    path = settings.PUBLICATIONS / NAME
    data = json.loads(path.read_text())
    data["figures"][0]["svg"] = data["figures"][0]["svg"].replace("</svg>", f"{added}</svg>")
    path.write_text(json.dumps(data))
    with pytest.raises(UnreadableInput):
        read_shelf(settings.PUBLICATIONS)
    assert "come back later" in read(client, "/figures", 503)


def test_a_damaged_file_is_a_kind_page(client: Any, put_up: PutUp) -> None:
    put_up(published(NOW))
    path = settings.PUBLICATIONS / NAME
    path.write_text(path.read_text()[:300])
    for address in ("/warnings", "/warnings/x", "/figures", "/warnings/feed.atom", "/warnings/x.cap"):
        assert "999" in read(client, address, 503)


def test_the_shelf_comes_back_as_it_was_written(put_up: PutUp) -> None:
    shelf = put_up(published(NOW), withdrawn(LONG_AGO), figures=(a_figure(),))
    assert read_shelf(settings.PUBLICATIONS) == shelf
    assert [one.name for one in settings.PUBLICATIONS.iterdir() if not one.name.startswith(".")] == [NAME]
    assert (settings.PUBLICATIONS / NAME).stat().st_mode & 0o777 == 0o644


def test_pages_keep_the_policy_and_files_may_be_kept_a_while(client: Any, put_up: PutUp) -> None:
    put_up(published(NOW))
    assert "script-src 'self'" in client.get("/warnings")["Content-Security-Policy"]
    assert client.get("/warnings")["Cache-Control"] == "no-store"
    assert client.get("/warnings/feed.atom")["Cache-Control"] == "public, max-age=300"
    assert not re.search(
        r"<(script|style)[ >](?![^>]*src=)", read(client, f"/warnings/{published(NOW).warning.id}")
    )
