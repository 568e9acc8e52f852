"""What somebody with a browser, a script and bad intent tries on the public site (docs/explanation/trust.md)."""

import re
import time
from typing import Any
from urllib.parse import quote, urlencode

import pytest
from django.urls import URLPattern, URLResolver, get_resolver
from tests.trust.payloads import DATABASE, ELSEWHERE, LINE_BREAKS, MARK, PATHS, SCRIPTS
from tests.trust.reporting import kept_of
from tests.trust.shown import Acting, acts

from lightkeeper.report.form import screens
from lightkeeper.report.receipt import door, make_receipt
from lightkeeper.web.inbox.models import Envelope, Reply

pytestmark = pytest.mark.django_db
SLUGS = {
    "slug": "instagram",
    "audience": "child",
    "situation": "blackmail",
    "warning_id": "w1",
    "name": "area.csv",
}


def every_address() -> list[str]:
    """Each address of the site, with something plausible in its places."""
    found = []
    for pattern in get_resolver().url_patterns:
        inner = pattern.url_patterns if isinstance(pattern, URLResolver) else [pattern]
        prefixes = ("/", "/cy/") if isinstance(pattern, URLResolver) else ("/",)
        for one in inner:
            assert isinstance(one, URLPattern)
            route = re.sub(r"<\w+:(\w+)>", lambda part: SLUGS[part[1]], str(one.pattern))
            found += [prefix + route for prefix in prefixes]
    return found


def test_the_judge_sees_a_script_that_got_through() -> None:
    assert Acting(f"<b onclick=window.{MARK}=1>").places
    assert Acting(f"<script>window.{MARK}=1</script>").places
    assert Acting(f'<a href="javascript:{MARK}">').places
    assert not Acting(f"<p>&lt;script&gt;window.{MARK}=1&lt;/script&gt;</p><input value='{MARK}'>").places


@pytest.mark.parametrize("address", every_address())
def test_nothing_in_an_address_acts_in_a_page(client: Any, address: str) -> None:
    for payload in (*SCRIPTS[:6], *DATABASE[:3], *LINE_BREAKS):
        for asked in (f"{address}?{urlencode({'saved': payload, 'next': payload, payload: payload})}",):
            response = client.get(asked)
            assert response.status_code < 500, asked
            assert not acts(response), asked
            assert "\n" not in response.get("Location", "")
            assert not any(cookie.value for cookie in response.cookies.values()), asked


@pytest.mark.parametrize("payload", [*SCRIPTS, *DATABASE, *LINE_BREAKS[:2]])
def test_nothing_typed_into_any_field_acts_on_the_page_that_shows_it(client: Any, send: Any, payload: str) -> None:
    token = kept_of(client.get("/report").content.decode())
    for screen in screens():
        fields = {"kept": token, "screen": screen.name, "go": "next"}
        response = send("/report", fields | {field.name: payload for field in screen.fields})
        if response.status_code == 422:  # a field that wants a number or a choice: shown again, and left out
            assert not acts(response)
            typed = {f.name: payload for f in screen.fields if f.kind in ("text", "line", "lines")}
            response = send("/report", fields | typed)
        assert response.status_code in (200, 415, 422), screen.name
        assert not acts(response), screen.name
        if response.status_code == 200:
            token = kept_of(response.content.decode())
    check = send("/report", {"kept": token, "go": "change:what"})
    assert not acts(check)
    assert not acts(send("/replies", {"words": payload}))
    assert not acts(send("/feedback", {"text": payload, "found": payload, "kept": payload}))
    chosen = {"language": payload, "text": payload, "colours": payload, "remember": payload}
    assert not acts(send("/cookies", chosen))


@pytest.mark.parametrize("where", ELSEWHERE)
def test_nobody_is_sent_elsewhere(client: Any, send: Any, where: str) -> None:
    """The one redirect to another site is the neutral page, and nobody chooses it."""
    query = urlencode(dict.fromkeys(("next", "url", "to", "return", "redirect", "language", "saved"), where))
    answers = [client.get(f"{address}?{query}") for address in every_address()]
    answers += [send("/cookies", {"next": where, "language": where, "remember": "yes"}), client.get(f"/{where}")]
    for answer in answers:
        location = answer.get("Location", "")
        assert location in ("", "https://weather.example/") or location.startswith(("/", "?")), location
        assert not location.startswith(("//", "/\\")), location


@pytest.mark.parametrize(
    "headers",
    [
        {"host": "evil.example"},
        {"host": "testserver:80@evil.example"},
        {"host": "testserver.evil.example"},
        {"host": "evil.example\r\nX: 1"},
    ],
)
def test_another_host_gets_nothing(client: Any, headers: dict[str, str]) -> None:
    response = client.get("/", headers=headers)
    assert response.status_code == 400
    assert "evil" not in response.content.decode()


FORWARDED = {
    "x-forwarded-host": "evil.example",
    "x-host": "evil.example",
    "x-original-url": "/leave",
    "x-rewrite-url": "/leave",
    "x-forwarded-proto": "evil",
    "x-forwarded-prefix": "/evil",
    "forwarded": "host=evil.example",
    "x-http-method-override": "DELETE",
    "accept-language": "<script>, evil",
}


@pytest.mark.parametrize(
    "address", ["/", "/report", "/help", "/warnings", "/directory.json", "/warnings/feed.atom"]
)
def test_no_header_changes_what_a_cache_would_keep(client: Any, address: str) -> None:
    """A page that a stranger's header could change, and that a cache kept, would be served to the next child."""
    plain, poisoned = client.get(address), client.get(address, headers=FORWARDED)
    assert b"evil" not in poisoned.content
    assert poisoned.status_code == plain.status_code
    if "no-store" not in plain["Cache-Control"]:
        assert poisoned.content == plain.content


@pytest.mark.parametrize("path", PATHS)
def test_no_path_leads_out_of_its_folder(client: Any, path: str) -> None:
    for before in ("/static/", "/figures/", "/warnings/", "/help/apps/", "/help/child/", "/cy/figures/", "/"):
        for asked in (before + path, before + quote(path)):
            response = client.get(asked)
            assert response.status_code in (301, 302, 400, 404), asked
            assert b"root:" not in response.content
            assert b"only-for-tests" not in response.content


def test_a_form_cannot_set_what_it_does_not_ask(client: Any, send: Any) -> None:
    """Mass assignment: fields of the report, the case and the envelope that no screen has."""
    token = kept_of(client.get("/report").content.decode())
    names = (
        "id",
        "band",
        "hold",
        "received",
        "reporter",
        "team",
        "reference",
        "key",
        "kind",
        "linked",
        "reply_to",
    )
    more = dict.fromkeys(names, "1")
    page = send("/report", {"kept": token, "screen": "what", "what": "He threatens me.", "go": "next", **more})
    from django.conf import settings

    from lightkeeper.report.kept import open_kept

    assert set(open_kept(kept_of(page.content.decode()), settings.FORM_KEY).answers) == {"what"}
    send("/report", {"kept": kept_of(page.content.decode()), "go": "send", **more})
    assert [row.kind for row in Envelope.objects.all()] == ["report"]


def test_a_token_of_one_form_opens_no_other_door(client: Any, send: Any) -> None:
    """The sealed answers of a report hold a receipt of their own: sending them to the replies shows only that."""
    theirs = make_receipt()
    Reply.objects.create(lookup="ab" * 32, sealed=b"x", written="2026-01-31T10:00Z")
    token = kept_of(client.get("/report").content.decode())
    page = send("/replies", {"kept": token, "answer": "hello", "go": "send"}).content.decode()
    assert " ".join(theirs.words) not in page
    assert (
        send("/replies", {"kept": "x" * 200, "answer": "hello"}).status_code == 200
    )  # expired, asks for the words


def test_guessing_receipts_is_slowed_down_and_learns_nothing(send: Any, settings: Any) -> None:
    """Right words that nobody has look like right words without a reply; wrong ones are counted by network."""
    unused = " ".join(make_receipt().words)
    taken = make_receipt()
    opened = door(taken, settings.PEPPER)
    Envelope.objects.create(reference="0" * 32, key="k", kind="report", sealed=b"x", arrived="2026-01-31T10:00Z")
    one, other = send("/replies", {"words": unused}), send("/replies", {"words": " ".join(taken.words)})
    strip = re.compile(rb'value="[^"]*"')
    assert strip.sub(b"", one.content) == strip.sub(b"", other.content)
    assert opened.lookup.encode() not in other.content
    for _ in range(settings.MOST_WRONG_RECEIPTS):
        assert send("/replies", {"words": "acorn " * 9}).status_code == 422
    assert send("/replies", {"words": unused}).status_code == 429


def test_the_time_of_an_answer_does_not_tell_a_receipt(send: Any, settings: Any) -> None:
    """Receipts with a reply and without are asked in turn; a rank test must not tell their times apart.

    What is timed is the processor's own time, in one process, so that a busy machine does not hide a difference.
    A receipt with a reply has a reply to open and to show, which is the work that is seen anyway; what must not be
    told apart is a receipt that was given out and one that was not.
    """
    from scipy.stats import mannwhitneyu

    given = make_receipt()
    settings.MOST_WRONG_RECEIPTS = 1000
    for number in range(200):
        key = f"{number:064x}"
        Reply.objects.create(lookup=key, sealed=b"x", written="2026-01-31T10:00Z")
    times: tuple[list[float], list[float]] = ([], [])
    for number in range(300):
        words = given.words if number % 2 else make_receipt().words
        begin = time.process_time()
        send("/replies", {"words": " ".join(words)})
        times[number % 2].append(time.process_time() - begin)
    assert mannwhitneyu(times[0][10:], times[1][10:]).pvalue > 0.0001


def test_no_method_but_three_is_known(client: Any) -> None:
    for method in ("PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"):
        assert client.generic(method, "/report").status_code == 405


def test_a_link_in_a_report_is_never_followed(client: Any, send: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing that is told makes the site ask another machine, so that a link cannot be used to look inside."""
    import socket

    asked: list[Any] = []
    monkeypatch.setattr(socket, "getaddrinfo", lambda *a, **k: asked.append(a) or [])
    monkeypatch.setattr(socket.socket, "connect", lambda self, to: asked.append(to))
    token = kept_of(client.get("/report").content.decode())
    links = "http://169.254.169.254/latest\nhttp://localhost:9/\nfile:///etc/passwd\ngopher://x:1/"
    page = send(
        "/report", {"kept": token, "screen": "them", "links": links, "names": "http://10.0.0.1/", "go": "next"}
    )
    page = send("/report", {"kept": kept_of(page.content.decode()), "screen": "what", "what": links, "go": "next"})
    done = send("/report", {"kept": kept_of(page.content.decode()), "go": "send"})
    assert b"data-done" in done.content
    assert asked == []


def test_the_page_of_thanks_is_never_kept_and_names_the_receipt_nowhere_but_in_its_text(
    client: Any, send: Any
) -> None:
    token = kept_of(client.get("/report").content.decode())
    page = send("/report", {"kept": token, "screen": "what", "what": "He threatens me.", "go": "next"})
    done = send("/report", {"kept": kept_of(page.content.decode()), "go": "send"})
    words = re.findall(r"<li>([a-z]{4,8})</li>", done.content.decode())
    assert len(words) == 9
    assert done["Cache-Control"] == "no-store"
    told = " ".join(f"{name}: {value}" for name, value in done.headers.items())
    assert not any(re.search(rf"\b{word}\b", told) for word in words)
    assert not done.cookies


def test_no_field_hands_its_text_to_the_browsers_memory_or_to_a_speller_elsewhere(client: Any, send: Any) -> None:
    """Whoever takes up the phone later finds no list of what was typed; no speller in a cloud reads a story."""
    pages = [
        client.get(address).content.decode()
        for address in ("/replies", "/feedback", "/check", "/help", "/cookies")
    ]
    token = kept_of(client.get("/report").content.decode())
    for screen in screens():
        asked = {"kept": token, "go": f"change:{screen.name}"}
        pages.append(send("/report", asked).content.decode())
    fields = [field for page in pages for field in re.findall(r"<(?:textarea|input)\b[^>]*>", page)]
    typed = [
        one for one in fields if one.startswith("<textarea") or re.search(r'type="(text|search|number)"', one)
    ]
    assert len(typed) > 8
    for field in typed:
        assert 'autocomplete="off"' in field, field
        assert 'spellcheck="false"' in field or 'inputmode="decimal"' in field, field
