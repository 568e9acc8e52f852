"""Brings what waits in the spool to the inbox, by itself, as soon as the inbox is back."""

import logging
import threading
import time

from django.db import close_old_connections, connections

from lightkeeper.report.slot import Slot
from lightkeeper.report.spool import Spool

logger = logging.getLogger(__name__)
EVERY = 2.0  # seconds; looking into an empty folder costs next to nothing


def begin_draining(spool: Spool, slot: Slot) -> threading.Thread:
    """Start the thread of this process. Several processes take turns by a lock on the folder."""
    thread = threading.Thread(target=drain_for_ever, args=(spool, slot), name="drain the spool", daemon=True)
    thread.start()
    return thread


def drain_for_ever(spool: Spool, slot: Slot) -> None:
    while True:
        time.sleep(EVERY)
        try:
            drain_once(spool, slot)
        except Exception:  # whatever it was, what waits must not wait for ever
            logger.exception("the spool could not be drained; it is tried again")


def drain_once(spool: Spool, slot: Slot) -> None:
    if spool.waiting():
        close_old_connections()
        spool.drain(slot)
        connections.close_all()
