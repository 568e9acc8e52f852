"""deploy/nginx.conf in a real nginx, with TLS, before a real public site: only ports and paths are changed."""

import re
import shutil
import socket
import ssl
import subprocess
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import Message
from pathlib import Path

import pytest
from tests.sites import Site, build_house, free_port, serve

CONF = Path(__file__).parents[2] / "deploy/nginx.conf"
NGINX = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
HOST = "help.example.org"
pytestmark = pytest.mark.skipif(NGINX is None or not shutil.which("openssl"), reason="no nginx on this machine")


@dataclass(frozen=True, slots=True)
class Proxy:
    folder: Path
    tls_port: int
    plain_port: int
    site: Site

    def ask(self, path: str, body: bytes | None = None, **headers: str) -> tuple[int, Message, str]:
        """One request as a browser makes it, over TLS, with the certificate looked at."""
        trusted = ssl.create_default_context(cafile=str(self.folder / "fullchain.pem"))
        trusted.check_hostname = False  # the name is example.org's, the machine is this one
        request = urllib.request.Request(
            f"https://127.0.0.1:{self.tls_port}{path}", body, {"Host": HOST, **headers}
        )
        try:
            with urllib.request.urlopen(request, timeout=20, context=trusted) as answer:
                return answer.status, answer.headers, answer.read().decode()
        except urllib.error.HTTPError as error:
            with error:
                return error.code, error.headers, error.read().decode()

    def files(self) -> dict[str, str]:
        """Whatever nginx left behind: logs and temporary files."""
        kept = [path for name in ("log", "bodies", "passed-on") for path in (self.folder / name).rglob("*")]
        return {path.name: path.read_text(errors="replace") for path in kept if path.is_file()}


def on_this_machine(text: str, proxy: Proxy) -> str:
    """The file with our ports and paths, and nothing else changed."""
    changes = {
        r"listen 443": f"listen 127.0.0.1:{proxy.tls_port}",
        r"listen 80": f"listen 127.0.0.1:{proxy.plain_port}",
        r"\n *listen \[::\][^;]*;": "",
        r"/etc/letsencrypt/live/help\.example\.org": str(proxy.folder),
        r"/var/log/nginx": str(proxy.folder / "log"),
        r"http://127\.0\.0\.1:8000": proxy.site.address,
    }
    for before, after in changes.items():
        text, count = re.subn(before, after, text)
        assert count, before
    return text


@pytest.fixture(scope="module")
def proxy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Proxy]:
    house, folder = build_house(tmp_path_factory.mktemp("house")), tmp_path_factory.mktemp("nginx")
    for name in ("log", "bodies", "passed-on"):
        (folder / name).mkdir()
    make_certificate(folder)
    with serve(house, "public", HOSTS=HOST, HTTPS="yes", PROXIES="1", MOST_WRONG_RECEIPTS="3") as site:
        proxy = Proxy(folder, free_port(), free_port(), site)
        (folder / "site.conf").write_text(on_this_machine(CONF.read_text(), proxy))
        (folder / "nginx.conf").write_text(
            f"daemon off; worker_processes 1; pid {folder}/pid; error_log {folder}/log/main.log emerg;\n"
            f"events {{}} http {{ client_body_temp_path {folder}/bodies; proxy_temp_path {folder}/passed-on;\n"
            f"fastcgi_temp_path {folder}; uwsgi_temp_path {folder}; scgi_temp_path {folder};\n"
            f"include {folder}/site.conf; }}\n"
        )
        assert NGINX
        for path in (folder, folder.parent):
            path.chmod(0o711)  # the workers run as another user
        process = subprocess.Popen([NGINX, "-p", str(folder), "-c", str(folder / "nginx.conf")])
        try:
            wait_for_port(proxy.tls_port, process)
            yield proxy
        finally:
            process.terminate()
            process.wait(15)


def make_certificate(folder: Path) -> None:
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", f"/CN={HOST}",
         "-keyout", str(folder / "privkey.pem"), "-out", str(folder / "fullchain.pem")],
        check=True, capture_output=True,
    )  # fmt: skip


def wait_for_port(port: int, process: "subprocess.Popen[bytes]") -> None:
    for _ in range(200):
        assert process.poll() is None, "nginx did not take the file"
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            try:
                process.wait(0.1)
            except subprocess.TimeoutExpired:
                continue
        else:
            return
    raise AssertionError("nginx never answered")


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
