"""Promise 3: no image comes in, nothing personal goes out. Every input, every disguise, every trace."""

import logging
import random
import re
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.report.test_images import DISGUISES, EXIF_THUMBNAIL, FILES, JPEG, PNG
from tests.sites import House

pytestmark = pytest.mark.django_db
FORMS = ("/report", "/replies", "/feedback", "/cookies", "/cy/report")
PLAIN = "application/x-www-form-urlencoded"


def everything_on_disk(house: House) -> bytes:
    return b"".join(path.read_bytes() for path in sorted(house.folder.rglob("*")) if path.is_file())


def token(client: Any, address: str = "/report") -> str:
    found = re.search(r'name="kept" value="([^"]+)"', client.get(address).content.decode())
    assert found
    return found.group(1)


@pytest.mark.parametrize("kind", FILES)
@pytest.mark.parametrize("address", FORMS)
def test_an_upload_is_turned_away_with_a_kind_page_and_nothing_of_it_stays(
    client: Any, house: House, address: str, kind: str
) -> None:
    upload = SimpleUploadedFile("pic.jpg", FILES[kind], content_type="image/jpeg")
    response = client.post(address, {"what": "hello", "pic": upload})
    assert response.status_code == 415
    assert "tel:999" in response.content.decode()
    assert FILES[kind][8:60] not in everything_on_disk(house)


@pytest.mark.parametrize("address", FORMS)
@pytest.mark.parametrize(
    "kind", ["image/jpeg", "application/octet-stream", "multipart/form-data", "text/plain", ""]
)
def test_a_bare_body_of_any_kind_is_turned_away(client: Any, address: str, kind: str) -> None:
    response = client.post(address, JPEG, content_type=kind)
    assert response.status_code == 415


@pytest.mark.parametrize("method", ["put", "patch", "delete", "options", "trace"])
def test_other_ways_to_send_are_turned_away(client: Any, method: str) -> None:
    assert getattr(client, method)("/report").status_code == 405


def test_a_chunked_body_is_turned_away(client: Any) -> None:
    stream = {"wsgi.input": BytesIO(b"what=hello"), "HTTP_TRANSFER_ENCODING": "chunked"}
    response = client.post("/report", b"", content_type=PLAIN, **stream)
    assert stream["wsgi.input"].read() == b""  # taken off the line, so that the browser sees the page
    assert response.status_code == 415


def test_a_body_that_is_too_long_is_turned_away_before_it_is_understood(client: Any) -> None:
    response = client.post("/report", b"what=" + b"x" * 600_000, content_type=PLAIN)
    assert response.status_code == 413


@pytest.mark.parametrize("charset", ["utf-16", "utf-7", "latin-1"])
def test_a_form_in_another_alphabet_is_not_guessed_at(client: Any, charset: str) -> None:
    response = client.post("/report", b"kept=x", content_type=f"{PLAIN}; charset={charset}")
    assert response.status_code == 400


@pytest.mark.parametrize("disguise", DISGUISES)
@pytest.mark.parametrize("field", ["what", "names", "words", "must_not", "town"])
def test_in_a_field_of_the_report_it_is_refused_at_that_field(
    client: Any, send: Any, house: House, field: str, disguise: str
) -> None:
    from lightkeeper.report.form import screens

    screen = next(one for one in screens() if any(part.name == field for part in one.fields))
    hidden = DISGUISES[disguise](PNG)
    response = send("/report", {"kept": token(client), "screen": screen.name, "go": "next", field: hidden})
    assert response.status_code == 422
    page = response.content.decode()
    assert f'href="#f-{field}"' in page
    assert hidden[:60] not in page
    assert hidden[:60].encode() not in everything_on_disk(house)


@pytest.mark.parametrize("disguise", DISGUISES)
def test_in_every_other_field_of_the_site_it_is_refused(client: Any, send: Any, disguise: str) -> None:
    hidden = DISGUISES[disguise](EXIF_THUMBNAIL)
    answer = {"kept": token(client, "/feedback"), "answer": hidden}
    tries = [
        send("/replies", {"words": hidden}),
        send("/replies", answer),
        send("/feedback", {"kept": token(client, "/feedback"), "text": hidden}),
        send("/cookies", {"remember": hidden}),
        send("/report", {"keep_words": hidden}),
    ]
    assert [response.status_code for response in tries[:4]] == [422, 422, 422, 415]
    assert hidden[:60] not in tries[4].content.decode()
    from lightkeeper.web.inbox.models import Envelope

    assert not Envelope.objects.exists()


def test_noise_in_the_hidden_field_opens_nothing(send: Any) -> None:
    response = send("/report", {"kept": DISGUISES["base64"](PNG), "go": "send"})
    assert "begin again" in response.content.decode()


def test_the_code_of_the_public_site_opens_no_connection() -> None:
    """No reported link is ever fetched: nothing in the report room or the public site knows how."""
    source = Path(__file__).parents[3] / "src" / "lightkeeper"
    files = [*(source / "report").rglob("*.py"), *(source / "web" / "public").rglob("*.py")]
    assert len(files) > 20
    for file in files:
        found = re.search(
            r"^\s*(?:import|from) (socket|http|urllib\.request|requests|httpx|aiohttp|ftplib)\b",
            file.read_text(),
            re.M,
        )
        assert not found, file.name


def test_a_page_that_breaks_logs_no_word_of_what_was_sent(
    client: Any,
    capsys: pytest.CaptureFixture[str],
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The worst case: a page fails with an exception that quotes its input."""
    from lightkeeper.web.public import report_pages
    from lightkeeper.web.shared.quiet_log import QuietFormatter

    def breaks(posted: Any, kept: Any) -> Any:
        raise ValueError(f"cannot understand {posted['what']}")

    monkeypatch.setattr(report_pages, "next_step", breaks)
    client.raise_request_exception = False
    secret = "a very particular sentence"
    body = urlencode({"kept": token(client), "screen": "what", "what": secret})
    with caplog.at_level(logging.DEBUG):
        response = client.post("/report", body, content_type=PLAIN)
    assert response.status_code == 500
    assert secret not in response.content.decode()
    written = "\n".join(QuietFormatter().format(record) for record in caplog.records)
    assert "ValueError" in written
    assert "particular" not in written
    assert "particular" not in capsys.readouterr().err


def test_random_noise_never_makes_the_site_fail(client: Any) -> None:
    noise = random.Random(3)
    for _ in range(60):
        body = noise.randbytes(noise.randint(0, 400))
        assert client.post("/report", body, content_type=PLAIN).status_code < 500
