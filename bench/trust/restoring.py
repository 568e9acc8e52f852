"""Back up and restore a casebook of many cases while somebody writes into it. A process of its own.

python bench/trust/restoring.py FOLDER CASES [DATABASE-ADDRESS EMPTY-DATABASE-ADDRESS]
"""

import importlib.util
import json
import os
import subprocess
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path
from types import ModuleType
from typing import Any

TOP = Path(__file__).parents[2]
sys.path.insert(0, str(TOP))

from tests.sites import build_house, write_private  # noqa: E402 - the folder of the tests is found first


def main(folder: Path, cases: int, casebook: str = "", empty: str = "") -> dict[str, float]:
    house = build_house(folder)
    write_private(folder / "recovery.key", house.recovery_key.identity + "\n")
    settings = house.environment("team", **({"CASEBOOK_URL": casebook} if casebook else {}))
    set_up(settings)
    desk_bench().fill(cases)
    over, written = threading.Event(), list[float]()
    writer = threading.Thread(target=write, args=(cases, over, written))
    writer.start()
    while len(written) < 3:
        time.sleep(0.01)
    before = len(written)
    backup, key = str(folder / "b.age"), str(folder / "recovery.key")
    public = house.recovery_key.recipient
    backing_up = command(["backup", "--data", str(folder / "team"), "--out", backup, "--to", public], settings)
    meanwhile = len(written) - before
    over.set()
    writer.join()
    again = folder / "again"
    elsewhere = {**settings, **({"LIGHTKEEPER_CASEBOOK_URL": empty} if empty else {})}
    restoring = command(["restore", backup, "--key", key, "--data", str(again)], elsewhere)
    moved = {**elsewhere, "LIGHTKEEPER_DATA": str(again), "LIGHTKEEPER_SECRET_FILE": str(folder / "team.secret")}
    command(["verify", "audit"], moved)
    return {
        "cases": cases, "backing_up": backing_up, "meanwhile": meanwhile, "restoring": restoring,
        "size": (folder / "b.age").stat().st_size / 1e6, "missing": max(0, cases + before - count(moved)),
    }  # fmt: skip


def set_up(settings: dict[str, str]) -> None:
    os.environ.update(settings)
    os.environ["DJANGO_SETTINGS_MODULE"] = "lightkeeper.web.shared.settings.team"
    import django
    from django.core.management import call_command

    django.setup()
    for alias in ("default", "inbox"):
        call_command("migrate", database=alias, verbosity=0, interactive=False)


def desk_bench() -> ModuleType:
    """The desk's own bench knows how to fill a casebook quickly."""
    found = importlib.util.spec_from_file_location("desk_bench", TOP / "bench/desk/run.py")
    assert found is not None
    assert found.loader is not None
    module = importlib.util.module_from_spec(found)
    found.loader.exec_module(module)
    return module


def write(first: int, over: threading.Event, written: list[float]) -> None:
    """Open one case after another, through the desk's own act and log, until told to stop."""
    from tests.desk.made_up import open_case

    from lightkeeper.web.casebook.casebook import DjangoCasebook

    book: Any = DjangoCasebook()
    while not over.wait(0.02):
        open_case(book, first + 1_000_000 + len(written))
        written.append(time.monotonic())


def command(words: list[str], settings: dict[str, str]) -> float:
    """Run one of our commands; returns its seconds by the clock."""
    begin = time.monotonic()
    environment = {**os.environ, **settings}
    done = subprocess.run([sys.executable, "-m", "lightkeeper.cli.main", *words], env=environment, check=False,
                          capture_output=True, text=True)  # fmt: skip
    assert done.returncode == 0, done.stderr[-1500:]
    return time.monotonic() - begin


def count(settings: dict[str, str]) -> int:
    code = "import django; django.setup(); from lightkeeper.web.casebook.models import CaseRow as Row"
    code += "; print(Row.objects.count())"
    done = subprocess.run(
        [sys.executable, "-c", code], env={**os.environ, **settings}, check=True, capture_output=True
    )
    return int(done.stdout)


def run(folder: Path, cases: int, *databases: str) -> dict[str, float]:
    """The same in a process of its own."""
    folder.chmod(0o700)
    words = [sys.executable, __file__, str(folder), str(cases), *databases]
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("LIGHTKEEPER_", "DJANGO_"))}
    done = subprocess.run(words, env=clean, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found


if __name__ == "__main__":
    with suppress(BrokenPipeError):
        print(json.dumps(main(Path(sys.argv[1]), int(sys.argv[2]), *sys.argv[3:5])))
