"""Measure the public site and print the figures. `./dev bench report` runs this.

Four parts: the processor's time for one submission (gunicorn, one worker, sealing on, SQLite with
synchronous=FULL); submissions a second at 1, 10 and 100 at once, with nothing lost and nothing doubled;
what a page weighs; and when the largest thing is painted on a slow phone, where Chromium is there.
`./dev bench report --lighthouse CLI` prints Lighthouse's scores of every page (lighthouse.py).
"""

import argparse
import gzip
import http.client
import os
import re
import shutil
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode

import psutil

sys.path.insert(0, str(Path(__file__).parents[2]))
from lighthouse import print_lighthouse
from tests.sites import House, Site, build_house, serve

HEADERS = {"Content-Type": "application/x-www-form-urlencoded", "Accept-Encoding": "gzip"}
PAGES = (
    *(
        "/",
        "/cy/",
        "/help",
        "/help/child",
        "/help/child/threat",
        "/help/parent",
        "/help/school",
        "/help/take-it-down",
    ),
    *("/help/who-can-help", "/help/apps", "/help/apps/snapchat", "/report", "/replies", "/replies/lost", "/check"),
    *("/check/questions", "/warnings", "/figures", "/cookies", "/feedback", "/leaving", "/pictures", "/privacy"),
    "/accessibility",
)
STORY = "Someone I met in a game says he will share a picture with my school unless I buy gift cards. " * 6
ANSWERS = {
    "now": ("safe",),
    "what": (STORY,),
    "happened": ("sextortion",),
    "demands": ("gift_card",),
    "deadline": ("today",),
    "apps": ("snapchat",),
    "names": ("some_name\nother_name",),
    "words": ("buy it now or everyone sees it. " * 20,),
    "who": ("child",),
    "age": ("14",),
    "area": ("wiltshire",),
}
SLOW_4G = {"offline": False, "latency": 150, "downloadThroughput": 200_000, "uploadThroughput": 93_750}  # bytes/s


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--submissions", type=int, default=600, help="for each measurement (default: 600)")
    parser.add_argument("--workers", type=int, default=2, help="processes of the site for the rates (default: 2)")
    parser.add_argument(
        "--lighthouse", metavar="CLI", help="the lighthouse program: print its scores, and no more"
    )
    parser.add_argument("--pages", nargs="+", default=PAGES, help="for Lighthouse (default: every page)")
    options = parser.parse_args()
    with made_up_house() as house:
        if options.lighthouse:
            print_lighthouse(house, options.lighthouse, options.pages)
            return
        with serve(house, "public", MOST_REPORTS="1000000") as site:
            print_processor_time(house, site, options.submissions)
            print_weights(site)
            print_paint(site)
        with serve(house, "public", workers=options.workers, MOST_REPORTS="1000000") as site:
            print_rates(house, site, options.submissions, options.workers)


@contextmanager
def made_up_house() -> Iterator[House]:
    folder = Path(tempfile.mkdtemp(prefix="lightkeeper-bench-"))
    try:
        yield build_house(folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def prepared(house: House, count: int) -> list[bytes]:
    """The last step of `count` different reports, as a browser sends it."""
    os.environ.update(house.environment("public"))
    from lightkeeper.report.kept import Kept, close
    from lightkeeper.web.shared.settings import public

    return [
        urlencode({"kept": close(Kept(ANSWERS), public.FORM_KEY), "go": "send"}).encode() for _ in range(count)
    ]


def in_the_inbox(house: House) -> int:
    with sqlite3.connect(house.folder / "inbox.sqlite3", timeout=30) as inbox:
        return int(inbox.execute("SELECT count(*) FROM inbox_envelope").fetchone()[0])


class Sender:
    """One browser: a connection that is kept open."""

    def __init__(self, site: Site) -> None:
        self.line = http.client.HTTPConnection(site.address.removeprefix("http://"), timeout=60)

    def send(self, body: bytes) -> float:
        """Send one report; returns the seconds it took. Anything but a receipt is an error."""
        begin = time.perf_counter()
        self.line.request("POST", "/report", body, HEADERS)
        answer = self.line.getresponse()
        page = answer.read()
        took = time.perf_counter() - begin
        if answer.headers.get("Content-Encoding") == "gzip":
            page = gzip.decompress(page)
        if answer.status != 200 or b'<ol class="words"' not in page:
            raise RuntimeError(f"the site answered {answer.status}")
        return took


def processor_seconds(site: Site) -> float:
    """Time of all processes of the site, in user and system mode."""
    master = psutil.Process(site.process.pid)
    times = [process.cpu_times() for process in (master, *master.children(recursive=True))]
    return sum(one.user + one.system for one in times)


def print_processor_time(house: House, site: Site, count: int) -> None:
    """The server's own time, with waking up taken off: the first 50 are not counted."""
    bodies, sender = prepared(house, count + 50), Sender(site)
    for body in bodies[:50]:
        sender.send(body)
    before, idle = processor_seconds(site), idle_share(site)
    begin = time.perf_counter()
    for body in bodies[50:]:
        sender.send(body)
    seconds = time.perf_counter() - begin
    used = processor_seconds(site) - before - idle * seconds
    each = used / count * 1000
    print(
        f"processor time a submission: {each:.2f} ms (goal: 5 ms or less), {count} submissions one after the other"
    )


def idle_share(site: Site) -> float:
    """Processor seconds a second while nobody asks anything."""
    before = processor_seconds(site)
    time.sleep(2)
    return (processor_seconds(site) - before) / 2


def print_rates(house: House, site: Site, count: int, workers: int) -> None:
    print(
        f"\nsubmissions a second ({workers} processes of 8 threads; the senders share the {os.cpu_count()} cores)"
    )
    for at_once in (1, 10, 100):
        bodies, before = prepared(house, count), in_the_inbox(house)
        share = [bodies[start::at_once] for start in range(at_once)]
        begin = time.perf_counter()
        with ThreadPoolExecutor(at_once) as many:
            done = list(many.map(lambda part: send_all(site, part), share))
        seconds = time.perf_counter() - begin
        took = sorted(one for times, _ in done for one in times)
        errors = sum(failed for _, failed in done)
        waited = wait_for_spool(house)
        kept = in_the_inbox(house) - before
        middle, slow = statistics.median(took) * 1000, took[int(len(took) * 0.95)] * 1000
        print(f"  {at_once:>3} at once: {len(took) / seconds:7.1f}/s   median {middle:6.0f} ms   ", end="")
        print(f"95 in 100 under {slow:6.0f} ms   errors {errors}   kept {kept} of {count}, {waited} by the spool")


def wait_for_spool(house: House, seconds: float = 60) -> int:
    """How many went to the spool because the inbox was busy; returns once they are in the inbox."""
    spool = house.folder / "public" / "spool"
    waiting, until = len(list(spool.glob("*.age"))), time.monotonic() + seconds
    while list(spool.glob("*.age")) and time.monotonic() < until:
        time.sleep(0.2)
    return waiting


def send_all(site: Site, bodies: list[bytes]) -> tuple[list[float], int]:
    """Send one after the other on one line; a line that was cut is opened again, and the report sent again."""
    sender, took, errors = Sender(site), [], 0
    for body in bodies:
        try:
            took.append(sender.send(body))
        except (OSError, http.client.HTTPException, RuntimeError):
            errors += 1
            sender = Sender(site)
            took.append(sender.send(body))
    return took, errors


def print_weights(site: Site) -> None:
    print("\npage                  requests   kB gzipped   of it scripts")
    print("(goals: 6, 35, 12; the check page brings what it knows along, so that it never has to ask)")
    for address in PAGES:
        status, page = fetch(site, address)
        if status != 200:
            print(f"{address:<22}not there ({status})")
            continue
        text = gzip.decompress(page).decode() if page[:2] == b"\x1f\x8b" else page.decode()
        parts = re.findall(
            r'(?:<script[^>]* src|<link rel="(?:icon|stylesheet|modulepreload)"[^>]*href|<img src)="([^"]+)"',
            text,
        )
        sizes = {part: len(fetch(site, part)[1]) for part in dict.fromkeys(parts)}
        scripts = sum(size for part, size in sizes.items() if part.endswith(".js"))
        total = (len(page) + sum(sizes.values())) / 1024
        print(f"{address:<22}{len(sizes) + 1:>8}{total:>13.1f}{scripts / 1024:>16.1f}")


def fetch(site: Site, address: str) -> tuple[int, bytes]:
    line = http.client.HTTPConnection(site.address.removeprefix("http://"), timeout=30)
    line.request("GET", address, headers={"Accept-Encoding": "gzip"})
    answer = line.getresponse()
    return answer.status, answer.read()


def print_paint(site: Site) -> None:
    """Largest contentful paint, cold, on Slow 4G (1.6 Mbit/s, 150 ms) with the processor slowed four times."""
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    if chromium is None:
        print("\nno Chromium here: the largest paint was not measured")
        return
    from playwright.sync_api import sync_playwright

    print("\nlargest paint on Slow 4G with a processor four times slower (goal: under 2.5 s; median of 5, cold)")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        for address in ("/", "/help", "/report", "/cy/", "/check"):
            times = [one_paint(browser, site.address + address) for _ in range(5)]
            print(f"{address:<22}{statistics.median(times) / 1000:8.2f} s")
        browser.close()


def one_paint(browser: object, address: str) -> float:
    context = browser.new_context(viewport={"width": 360, "height": 740})  # type: ignore[attr-defined]
    page = context.new_page()
    tools = context.new_cdp_session(page)
    tools.send("Network.enable")
    tools.send("Network.emulateNetworkConditions", SLOW_4G)
    tools.send("Emulation.setCPUThrottlingRate", {"rate": 4})
    page.goto(address, wait_until="networkidle")
    painted = page.evaluate(
        """() => new Promise((done) => new PerformanceObserver((list) => done(list.getEntries().at(-1).startTime))
            .observe({ type: 'largest-contentful-paint', buffered: true }))"""
    )
    context.close()
    return float(painted)


if __name__ == "__main__":
    main()
