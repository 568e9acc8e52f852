"""What the check page weighs, when it is useful on a slow phone, and how long it reads a chat of years.

    .venv/bin/python bench/check/page.py

Serves the public site, loads the page in Chromium with a processor four times slower on Slow 4G (1.6 Mbit/s,
150 ms), pastes a few lines as soon as the field is there, and waits for the answer. The long export is read at
full speed. Times are by the clock, so the machine has to be quiet.
"""

import sys
import tempfile
import time
import urllib.request
from pathlib import Path
from statistics import median

from playwright.sync_api import Browser, Page, expect, sync_playwright

sys.path.insert(0, str(Path(__file__).parents[2]))
from tests.browser.conftest import CHROMIUM, PHONE, QUIET
from tests.sites import build_house, serve

SLOW_4G = {"offline": False, "latency": 150, "downloadThroughput": 200_000, "uploadThroughput": 93_750}  # bytes/s
CHATS = {
    "an English threat": ("Sam: pay me 200 in steam cards or i send ur pics to all ur followers", "danger"),
    "harmless talk": ("Ann: hi\nBob: see you at the match", "none"),
    "a Spanish threat": ("Sam: paga o mando tus fotos a todos tus contactos", "danger"),
}
LONG = 40_000
# When an answer stood on the page, by the page's own clock, which begins with the navigation.
WATCH = """addEventListener("DOMContentLoaded", () => {
    const seen = () => {
        const level = document.querySelector("#answer:not([hidden]) > [data-level]:not([hidden])");
        if (level) window.answers = {[level.dataset.level]: performance.now(), ...window.answers};
    };
    new MutationObserver(() => requestAnimationFrame(() => setTimeout(seen)))
        .observe(document.getElementById("answer"), {attributes: true, subtree: true});
})"""
RUNS = 5


def main() -> int:
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        with serve(build_house(Path(folder)), "public") as site:
            address = f"{site.address}/check"
            print_weights(browser, address)
            for name, (chat, level) in CHATS.items():
                waits = [measure_wait(browser, address, chat, level) for _ in range(RUNS)]
                every = ", ".join(f"{wait:.2f}" for wait in waits)
                print(f"slow phone, {name}: the answer after {median(waits):.2f} s (goal 3 s; {every})")
            print_long(browser, address, Path(folder))
        browser.close()
    return 0


def print_weights(browser: Browser, address: str) -> None:
    page = browser.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(address)
    page.wait_for_load_state("load")
    print("what the page fetches, in bytes as they travel (gzip):")
    total = 0
    for url in dict.fromkeys(asked):
        request = urllib.request.Request(url, headers={"Accept-Encoding": "gzip"})
        with urllib.request.urlopen(request, timeout=30) as answer:
            size = len(answer.read())
        total += size
        print(f"  {size:>8,}  {url.partition('//')[2].partition('/')[2]}")
    print(f"  {total:>8,}  all together, {len(set(asked))} requests")
    page.close()


def measure_wait(browser: Browser, address: str, chat: str, level: str) -> float:
    """Seconds from the navigation to the painted answer, when the text is pasted as soon as there is a field."""
    page = open_slow_page(browser)
    page.add_init_script(WATCH)
    page.goto(address, wait_until="commit")
    page.wait_for_selector("#chat:not([hidden])", timeout=60_000)
    page.fill("#pasted", chat)
    page.click("#go")
    expect(page.locator(f"#answer [data-level={level}] .level")).to_be_visible(timeout=60_000)
    page.wait_for_timeout(300)
    seconds = page.evaluate("level => window.answers[level]", level) / 1000
    page.context.close()
    return float(seconds)


def open_slow_page(browser: Browser) -> Page:
    page = browser.new_context(viewport=PHONE).new_page()
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.emulateNetworkConditions", SLOW_4G)
    session.send("Emulation.setCPUThrottlingRate", {"rate": 4})
    return page


def print_long(browser: Browser, address: str, folder: Path) -> None:
    said = "so how was the match today i think we could go and see it next week"
    lines = [f"{'Ann' if n % 2 else 'Bob'}: {said[n % 40 :]} {n}" for n in range(LONG)]
    lines[LONG - 5_000] = "Ann: i will send your pics to all your followers"
    (folder / "chat.txt").write_text("\n".join(lines), "utf-8")
    page = browser.new_page()
    page.goto(address)
    page.wait_for_load_state("load")
    page.set_input_files("#file", str(folder / "chat.txt"))
    started = time.monotonic()
    page.click("#go")
    expect(page.locator("#answer [data-level=danger] .level")).to_be_visible(timeout=120_000)
    print(f"an export of {LONG:,} messages: {time.monotonic() - started:.1f} s (goal 5 s)")


if __name__ == "__main__":
    sys.exit(main())
