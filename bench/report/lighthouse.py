"""Lighthouse's own scores of every public page, on its slow phone, with the site deployed as the how-to says.

Lighthouse is not ours: `npm install lighthouse@12` in a folder of its own, and give its program.
"""

import json
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from tests.proxy import HOST, behind_nginx
from tests.sites import House

KINDS = ("performance", "accessibility", "best-practices", "seo")
CHROMIUM = "--headless=new --no-sandbox --disable-gpu --disable-quic --disable-background-networking"
# The address is the how-to's, the machine is this one, and its certificate was made a moment ago.
HERE = f'--host-resolver-rules="MAP {HOST} 127.0.0.1" --ignore-certificate-errors'


def print_lighthouse(house: House, program: str, pages: Sequence[str]) -> None:
    print(f"{'lighthouse 12':<32}" + "".join(f"{kind:>16}" for kind in KINDS) + "   (goal: 100 each)")
    with tempfile.TemporaryDirectory(prefix="lightkeeper-nginx-") as folder:
        (Path(folder) / "nginx").mkdir()
        with behind_nginx(house, Path(folder) / "nginx", MOST_REPORTS="1000000") as proxy:
            for page in pages:
                print_scores(page, ask(program, f"https://{HOST}:{proxy.tls_port}{page}"))


def ask(program: str, address: str) -> dict[str, Any] | None:
    command = [program, address, "--output=json", "--quiet", f"--chrome-flags={CHROMIUM} {HERE}"]
    chromium = shutil.which("chromium") or shutil.which("google-chrome") or ""
    done = subprocess.run(
        [*command, f"--only-categories={','.join(KINDS)}"],
        env={**os.environ, "CHROME_PATH": chromium},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    found: dict[str, Any] | None = None if done.returncode else json.loads(done.stdout)
    return found


def print_scores(page: str, found: dict[str, Any] | None) -> None:
    """A line for the page, and one for each thing that costs it points."""
    if found is None or found.get("runtimeError"):
        print(f"{page:<32}lighthouse failed", flush=True)
        return
    scores = [found["categories"][kind]["score"] for kind in KINDS]
    print(
        f"{page:<32}" + "".join(f"{'none' if one is None else round(one * 100):>16}" for one in scores), flush=True
    )
    for line in lacking(found):
        print(f"    {line}", flush=True)


def lacking(found: dict[str, Any]) -> Iterator[str]:
    for kind in KINDS:
        category = found["categories"][kind]
        if category["score"] == 1:
            continue
        for ref in category["auditRefs"]:
            audit = found["audits"][ref["id"]]
            if ref["weight"] and audit["score"] is not None and audit["score"] < 1:
                yield f"{kind}: {audit['title']} {audit.get('displayValue', '')}".rstrip()
