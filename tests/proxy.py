"""deploy/nginx.conf in a real nginx, with TLS, before a running site: only ports and paths are changed."""

import re
import shutil
import socket
import ssl
import subprocess
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email.message import Message
from pathlib import Path

from tests.sites import House, Site, free_port, serve

CONF = Path(__file__).parents[1] / "deploy/nginx.conf"
NGINX = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
HOST = "help.example.org"


def there_is_nginx() -> bool:
    return NGINX is not None and shutil.which("openssl") is not None


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


@contextmanager
def behind_nginx(house: House, folder: Path, **more: str) -> Iterator[Proxy]:
    """A public site as the how-to puts it on a server. The folder is nginx's; its workers run as another user."""
    for name in ("log", "bodies", "passed-on"):
        (folder / name).mkdir()
    make_certificate(folder)
    with serve(house, "public", HOSTS=HOST, HTTPS="yes", PROXIES="1", **more) as site:
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
            path.chmod(0o711)
        process = subprocess.Popen([NGINX, "-p", str(folder), "-c", str(folder / "nginx.conf")])
        try:
            wait_for_port(proxy.tls_port, process)
            yield proxy
        finally:
            process.terminate()
            process.wait(15)
