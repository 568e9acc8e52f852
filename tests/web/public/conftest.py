"""The public site's tests: its own settings, real SQLite files, real keys, in a folder that goes away."""

import atexit
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import django
import pytest
from tests.sites import House, build_house
from tests.web.conftest import use_site

use_site("public")
FOLDER = Path(tempfile.mkdtemp(prefix="lightkeeper-public-"))
atexit.register(shutil.rmtree, FOLDER, ignore_errors=True)
HOUSE = build_house(FOLDER)
os.environ.update(HOUSE.environment("public", NEUTRAL_ADDRESS="https://weather.example/"))
django.setup()

PLAIN = "application/x-www-form-urlencoded"
Send = Callable[..., Any]


@pytest.fixture(scope="session")
def house() -> House:
    return HOUSE


@pytest.fixture(scope="session", autouse=True)
def _static_files() -> None:
    from django.core.management import call_command

    call_command("collectstatic", interactive=False, verbosity=0)


@pytest.fixture(autouse=True)
def _fresh_site() -> Iterator[None]:
    """No throttle, no spool and no pause is left over from the test before."""
    from django.conf import settings

    from lightkeeper.web.public import wiring

    yield
    settings.THROTTLE_FILE.unlink(missing_ok=True)
    for file in settings.SPOOL.glob("*"):
        file.unlink()
    for made in (wiring.inbox, wiring.spool, wiring.throttle):
        made.cache_clear()


@pytest.fixture
def send(client: Any) -> Send:
    """POST a plain form, as a browser without scripts does."""

    def post(address: str, fields: dict[str, Any], **headers: str) -> Any:
        return client.post(address, urlencode(fields, doseq=True), content_type=PLAIN, headers=headers)

    return post
