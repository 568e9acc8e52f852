"""The worked examples of `tests/spec/check/exports`, as bytes, for the tests that turn them over."""

import io
import tomllib
import zipfile
from pathlib import Path
from typing import Any

import pytest

SPEC = Path(__file__).parents[2] / "spec" / "check" / "exports"
STATIC = Path(__file__).parents[3] / "src/lightkeeper/web/public/static/check/exports"


@pytest.fixture(scope="session")
def static_folder() -> Path:
    return STATIC


@pytest.fixture(scope="session")
def samples() -> dict[str, tuple[bytes, str]]:
    """Name to bytes and file name, every format and every language of WhatsApp."""
    found = {
        path.stem: _sample(tomllib.loads(path.read_text("utf-8"))) for path in sorted(SPEC.glob("samples/*.toml"))
    }
    for one in tomllib.loads((SPEC / "whatsapp_locales.toml").read_text("utf-8"))["locale"]:
        found[f"whatsapp_{one['name']}_{one['device']}"] = (_whatsapp(one).encode(), "")
    return found


def _sample(sample: dict[str, Any]) -> tuple[bytes, str]:
    if "input" in sample:
        return sample["input"].encode(), sample.get("filename", "")
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in sample["files"].items():
            packed.writestr(zipfile.ZipInfo(name), content.lstrip("\n"), zipfile.ZIP_DEFLATED)
    return archive.getvalue(), ""


def _whatsapp(one: dict[str, str]) -> str:
    return (
        f"{one['head1']}{one['notice']}\n{one['head1']}Sam: hi\nand: more\n{one['head1']}Noor: {one['media']}\n"
        f"{one['head2']}Sam: {one['deleted']}\n{one['head2']}Sam: bye\n"
    )
