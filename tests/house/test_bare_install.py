"""The bare install: the built wheel alone, no other package, must check a chat."""

import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest

TOP = Path(__file__).parents[2]
CHAT = "Alex: hi\nMia: send me 200 in gift cards or I send your pic to all your friends\n"


@pytest.fixture(scope="module")
def bare(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)],
        cwd=TOP, check=True, capture_output=True,
    )  # fmt: skip
    (wheel,) = folder.glob("*.whl")
    ZipFile(wheel).extractall(folder / "site")
    return folder / "site"


def run_bare(bare: Path, code: str, told: str = "") -> subprocess.CompletedProcess[str]:
    # -I and -S: no environment, no site-packages, so that nothing but the wheel can be imported.
    start = f"import sys; sys.path.insert(0, {str(bare)!r}); "
    return subprocess.run(
        [sys.executable, "-I", "-S", "-c", start + code], input=told, capture_output=True, text=True, check=False
    )


def test_check_needs_no_other_package(bare):
    done = run_bare(bare, "import lightkeeper.check; print('django' in sys.modules, 'numpy' in sys.modules)")
    assert (done.returncode, done.stdout) == (0, "False False\n"), done.stderr


def test_the_command_works_bare(bare):
    code = "from lightkeeper.cli.main import main; sys.exit(main(['check', '-', '--json']))"
    done = run_bare(bare, code, told=CHAT)
    assert done.returncode == 0, done.stderr
    assert '"level": "danger"' in done.stdout or '"level":"danger"' in done.stdout


def test_the_wheel_carries_its_data_and_no_tests(bare):
    names = {str(path.relative_to(bare)) for path in bare.rglob("*")}
    assert "lightkeeper/cli/demo_reports/cheshire-2023-one-suspect.jsonl" in names
    assert "lightkeeper/py.typed" in names
    assert not any(name.startswith("tests") for name in names)
