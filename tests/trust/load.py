"""Many at once for a while: reading, reporting, coming back; every answer is counted and every second timed."""

import random
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from tests.sites import Site
from tests.trust.faults import workers_of
from tests.trust.reporting import ask, fill_in, send

PAGES = ("/", "/report", "/replies", "/cookies", "/leaving", "/help", "/cy/")


@dataclass(slots=True)
class Load:
    """What a load came to. Times are milliseconds; memory is of all workers together, in MB."""

    times: list[float] = field(default_factory=list)
    wrong: list[int] = field(default_factory=list)  # statuses of 500 and above, or 0 when nobody answered
    reports: int = 0
    memory: list[float] = field(default_factory=list)
    seconds: float = 0.0

    @property
    def p99(self) -> float:
        return self.quantile(0.99)

    def quantile(self, share: float) -> float:
        return float(np.quantile(self.times, share))


def press(site: Site, clients: int, seconds: float, seed: int) -> Load:
    """Nine of ten visits read a page; one of ten tells a report to its end."""
    load, over = Load(seconds=seconds), time.monotonic() + seconds

    def visit(number: int) -> None:
        dice = random.Random(seed * 1000 + number)
        while time.monotonic() < over:
            begin = time.perf_counter()
            if dice.random() < 0.9:
                answer = ask(site.address + dice.choice(PAGES))
            else:
                try:
                    answer = send(site.address, fill_in(site.address, f"Load {number}: somebody threatens me."))
                except LookupError:
                    load.wrong.append(0)
                    continue
                load.reports += answer.acknowledged
            load.times.append((time.perf_counter() - begin) * 1000)
            if answer.status == 0 or answer.status >= 500:
                load.wrong.append(answer.status)

    threads = [threading.Thread(target=visit, args=(number,)) for number in range(clients)]
    for thread in threads:
        thread.start()
    while any(thread.is_alive() for thread in threads):
        load.memory.append(sum(memory_of(worker) for worker in workers_of(site)))
        time.sleep(0.5)
    return load


def memory_of(process: int) -> float:
    """Resident memory in MB."""
    lines = Path(f"/proc/{process}/status").read_text().splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS"))
