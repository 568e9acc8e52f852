"""Both sites and a whole visit where there is no network but the machine's own loop (test_no_network.py)."""

import fcntl
import socket
import struct
import sys
import tempfile
from pathlib import Path

from tests.sites import build_house, serve
from tests.trust.reporting import ask, fill_in, send

SIOCSIFFLAGS, UP, RUNNING = 0x8914, 0x1, 0x40


def raise_the_loop() -> None:
    """A new network namespace has a loop that is down."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as line:
        fcntl.ioctl(line, SIOCSIFFLAGS, struct.pack("16sh14x", b"lo", UP | RUNNING))


def there_is_no_way_out() -> bool:
    try:
        socket.create_connection(("192.0.2.1", 80), 2).close()
    except OSError:
        return True
    return False


def main() -> None:
    raise_the_loop()
    assert there_is_no_way_out()
    with tempfile.TemporaryDirectory() as folder:
        house = build_house(Path(folder))
        with serve(house, "public") as public, serve(house, "team") as team:
            for page in (
                "/",
                "/help",
                "/help/who-can-help",
                "/check",
                "/report",
                "/replies",
                "/figures",
                "/warnings",
            ):
                assert ask(public.address + page).status == 200, page
            thanks = send(public.address, fill_in(public.address, "He threatens me. https://example.com/x"))
            assert thanks.acknowledged
            assert ask(f"{public.address}/replies", {"words": thanks.words}).status == 200
            assert ask(f"{team.address}/account/login/").status == 200
    print("all of it works")


if __name__ == "__main__":
    sys.exit(main())
