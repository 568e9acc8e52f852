"""The how-to's nginx before a real public site: headers, TLS, forms, pictures, and no log of anybody."""

import socket
from collections.abc import Iterator

import pytest
from tests.proxy import HOST, Proxy, behind_nginx, there_is_nginx
from tests.sites import build_house

pytestmark = pytest.mark.skipif(not there_is_nginx(), reason="no nginx on this machine")


@pytest.fixture(scope="module")
def proxy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Proxy]:
    house, folder = build_house(tmp_path_factory.mktemp("house")), tmp_path_factory.mktemp("nginx")
    with behind_nginx(house, folder, MOST_WRONG_RECEIPTS="3") as proxy:
        yield proxy


def test_pages_come_over_tls_with_every_header_of_the_site(proxy: Proxy) -> None:
    status, headers, page = proxy.ask("/")
    assert (status, "tel:999" in page) == (200, True)
    assert headers["Strict-Transport-Security"].startswith("max-age=63072000")
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert headers["Cache-Control"] == "no-store"
    assert headers["Server"] == "nginx"  # no version


def test_plain_http_is_sent_on(proxy: Proxy) -> None:
    with socket.create_connection(("127.0.0.1", proxy.plain_port), timeout=10) as line:
        line.sendall(f"GET /report HTTP/1.1\r\nHost: {HOST}\r\nConnection: close\r\n\r\n".encode())
        answer = line.makefile("rb").read().decode()
    assert answer.startswith("HTTP/1.1 301")
    assert f"Location: https://{HOST}/report" in answer


def test_our_own_form_is_taken_and_another_sites_is_not(proxy: Proxy) -> None:
    form = b"words=no+such+words"
    assert proxy.ask("/replies", form, Origin=f"https://{HOST}")[0] == 422
    assert proxy.ask("/replies", form, Origin="https://other.example.org")[0] == 403


@pytest.mark.parametrize("size", [200_000, 900_000, 3_000_000])
def test_a_picture_is_turned_away_kindly_and_never_touches_a_file(proxy: Proxy, size: int) -> None:
    picture = b"\xff\xd8\xff" + b"only made up" * (size // 12)
    status, _, page = proxy.ask("/report", picture, **{"Content-Type": "image/jpeg"})
    assert status in {413, 415}
    assert "picture" in page
    assert "nginx" not in page
    assert all("only made up" not in text for text in proxy.files().values())
    assert not [name for name in proxy.files() if not name.endswith(".log")]


def test_an_address_that_the_browser_made_up_does_not_hide_a_network(proxy: Proxy) -> None:
    tried = [
        proxy.ask("/replies", b"words=no+such+words", **{"X-Forwarded-For": f"203.0.113.{one}"})[0]
        for one in range(6)
    ]
    assert tried[-1] == 429


def test_no_log_holds_an_address_a_path_or_a_word(proxy: Proxy) -> None:
    proxy.ask("/replies?words=particular", b"words=particular+words")
    proxy.ask("/no/such/particular")
    with socket.create_connection(("127.0.0.1", proxy.tls_port), timeout=10) as line:
        line.sendall(b"this is no handshake\r\n\r\n")
        line.recv(200)
    said = "".join(proxy.files().values()) + proxy.site.log.read_text()
    assert "particular" not in said
    assert "127.0.0.1" not in said.replace(proxy.site.address.removeprefix("http://"), "")
