"""Django has one settings module a process: the two sites' tests run as two commands, and say so when mixed."""

import os

import pytest


def use_site(site: str) -> None:
    """Choose the site for this process. Raises UsageError when the other one has been chosen."""
    wanted = f"lightkeeper.web.shared.settings.{site}"
    chosen = os.environ.setdefault("DJANGO_SETTINGS_MODULE", wanted)
    if chosen != wanted:
        raise pytest.UsageError(
            f"tests/web/{site} runs alone, with {wanted} (chosen is {chosen}): pytest tests/web/{site}"
        )


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_setupnodes() -> None:
    """Let each of several processes (-n 2) build a site of its own: what this one built must not be inherited."""
    for name in [name for name in os.environ if name.startswith(("LIGHTKEEPER_", "DJANGO_SETTINGS_MODULE"))]:
        del os.environ[name]
