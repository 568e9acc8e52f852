"""A gunicorn worker that gives nobody for ever to send a request: a few slow lines must not keep the site busy."""

import socket
import time
from contextlib import suppress
from typing import Any

from gunicorn.workers.gthread import ThreadWorker

LONGEST = 30.0  # seconds for one whole request to come in; a long report on a weak line takes three


class BoundedWorker(ThreadWorker):  # type: ignore[misc]
    """The usual threads. After half a minute nothing more is read from a line; an answer can still be written."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._until: dict[Any, float] = {}

    def handle(self, conn: Any) -> Any:
        self._until[conn] = time.monotonic() + LONGEST
        try:
            return super().handle(conn)
        finally:
            self._until.pop(conn, None)

    def notify(self) -> None:
        """Called by gunicorn about once a second."""
        super().notify()
        for conn, until in list(self._until.items()):
            if time.monotonic() > until:
                with suppress(OSError):
                    conn.sock.shutdown(socket.SHUT_RD)
