"""A published warning goes out by the team's own outboxes: after the fourth step, once a way, nothing held."""

from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread
from typing import Any, ClassVar

import pytest
from django.conf import settings
from django.urls import reverse
from tests.web.team.test_publications import draft, go_all_the_way, hold_the_case

from lightkeeper.web.casebook.casebook import DjangoCasebook
from lightkeeper.web.shared.publications import NAME
from lightkeeper.web.team.models import Sending

pytestmark = pytest.mark.django_db(databases=["default", "inbox"])


class Service(BaseHTTPRequestHandler):
    """A Mastodon server on this machine."""

    asked: ClassVar[list[tuple[str, bytes]]] = []
    status: ClassVar[int] = 200

    def do_POST(self) -> None:
        self.asked.append((self.headers["Authorization"], self.rfile.read(int(self.headers["Content-Length"]))))
        self.send_response(self.status)
        self.end_headers()
        self.wfile.write(b"{}")

    def log_message(self, *_: object) -> None:
        """Nothing is logged."""


@pytest.fixture
def service() -> Iterator[str]:
    Service.asked.clear()
    Service.status = 200
    with HTTPServer(("127.0.0.1", 0), Service) as server:
        Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.fixture
def tables(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, service: str) -> Iterator[Path]:
    monkeypatch.setattr(settings, "DESK_TABLES", tmp_path)
    (tmp_path / "token").write_text("made-up-token\n")
    (tmp_path / "schools.txt").write_text("# who asked for it\nhead@school.example\nlead@school.example\n")
    (tmp_path / "outboxes.toml").write_text(
        f"""
        [[outbox]]
        name = "Our account"
        kind = "mastodon"
        url = "{service}"
        token_file = "token"
        send = true
        [[outbox]]
        name = "Schools"
        kind = "mail"
        host = "mail.example.org"
        sender = "desk@example.org"
        readers_file = "schools.txt"
        """
    )
    yield tmp_path
    (settings.PUBLICATIONS / NAME).unlink(missing_ok=True)


def send(sign_in: Callable[..., Any], name: str, way: str, who: str = "robin") -> Any:
    return sign_in(who).post(reverse("send_warning", args=[name]), {"way": way}, follow=True)


def test_it_goes_out_once_by_each_way_and_a_dry_run_sends_nothing(
    sign_in: Callable[..., Any], tables: Path, django_capture_on_commit_callbacks: Any
) -> None:
    name = draft()
    assert b"is sent before it is published" in send(sign_in, name, "Our account").content
    go_all_the_way(sign_in, django_capture_on_commit_callbacks, name)
    page = sign_in("robin").get(reverse("warning", args=[name])).content
    assert b"Send: Our account" in page
    assert b"Try: Schools" in page
    assert b"2 readers" in page
    assert b"Send: Our account" not in sign_in("sam").get(reverse("warning", args=[name])).content
    assert b"Sent by Our account: 1." in send(sign_in, name, "Our account").content
    assert b"went out this way before" in send(sign_in, name, "Our account").content
    assert b"Schools would send 2. Nothing went out." in send(sign_in, name, "Schools").content
    assert send(sign_in, name, "Nobody").status_code == 404
    ((token, body),) = Service.asked
    assert token == "Bearer made-up-token"
    assert b"public" in body
    assert [row.way for row in Sending.objects.all()] == ["Our account"]
    sent = [entry for entry in DjangoCasebook().entries() if entry.what == "warning.send"]
    assert [dict(entry.detail)["dry_run"] for entry in sent] == ["False", "True"]


def test_what_is_held_by_now_is_not_sent_and_a_failure_is_not_kept_as_sent(
    sign_in: Callable[..., Any], tables: Path, django_capture_on_commit_callbacks: Any
) -> None:
    name = draft()
    go_all_the_way(sign_in, django_capture_on_commit_callbacks, name)
    Service.status = 503
    assert send(sign_in, name, "Our account").status_code == 502
    assert Sending.objects.count() == 0
    Service.status = 200
    hold_the_case(DjangoCasebook())
    asked = len(Service.asked)
    assert send(sign_in, name, "Our account").status_code == 403
    assert b"held by now" in sign_in("robin").get(reverse("warning", args=[name])).content
    assert len(Service.asked) == asked


def test_a_slip_in_the_file_is_said_and_takes_no_page_away(
    sign_in: Callable[..., Any], tables: Path, django_capture_on_commit_callbacks: Any
) -> None:
    name = draft()
    go_all_the_way(sign_in, django_capture_on_commit_callbacks, name)
    for text, said in (
        ("[[outbox", b"not TOML"),
        ('[[outbox]]\nname = "x"\nkind = "pigeon"', b"outbox 1: pigeon is missing or unknown"),
        ('[[outbox]]\nname = "x"\nkind = "mail"\nhost = "h"', b"outbox 1: sender is missing or unknown"),
        ('[[outbox]]\nname = "x"\nkind = "mastodon"\nurl = "u"\ntoken_file = "none"', b"cannot be read"),
    ):
        (tables / "outboxes.toml").write_text(text)
        page = sign_in("robin").get(reverse("warning", args=[name]))
        assert page.status_code == 200
        assert said in page.content
    (tables / "outboxes.toml").unlink()
    assert b"No outbox is set up here" in sign_in("robin").get(reverse("warning", args=[name])).content
