import json
import shutil
import subprocess
import sys

import pytest

from lightkeeper.cli.main import main
from lightkeeper.help.pages import read_pages
from lightkeeper.help.records import services_folder


@pytest.fixture
def folder(tmp_path):
    return shutil.copytree(services_folder(), tmp_path / "services")


def run(folder, *words):
    return main(["directory", *words, "--folder", str(folder), "--today", "2026-11-21"])


def test_the_build_report_lists_what_is_unchecked(folder, capsys):
    assert run(folder, "report") == 0
    said = capsys.readouterr().out
    assert "samaritans (Samaritans): never checked" in said
    assert "a child does not see its number" in said
    assert "116 123" not in said


def test_strict_fails_when_a_record_is_past_its_review_date(folder, capsys):
    assert main(["directory", "report", "--folder", str(folder), "--today", "2028-01-01"]) == 0
    assert main(["directory", "report", "--strict", "--folder", str(folder), "--today", "2028-01-01"]) == 1
    assert run(folder, "report", "--strict") == 0


def test_a_record_is_marked_with_who_and_when(folder, capsys):
    assert run(folder, "verify", "samaritans", "--by", "A. Person", "--by", "B. Person", "--note", "rang it") == 0
    record = json.loads((folder / "samaritans.json").read_text("utf-8"))
    assert record["verified"] == {"on": "2026-11-21", "by": ["A. Person", "B. Person"], "note": "rang it"}
    run(folder, "report")
    assert "samaritans (" not in capsys.readouterr().out


def test_once_checked_the_feed_carries_the_number(folder, capsys):
    run(folder, "verify", "samaritans", "--by", "A. Person", "--by", "B. Person", "--note", "rang it")
    capsys.readouterr()
    assert run(folder, "feed") == 0
    feed = json.loads(capsys.readouterr().out)
    (samaritans,) = [one for one in feed["contents"] if one["lightkeeper"]["slug"] == "samaritans"]
    assert samaritans["phones"][0]["number"] == "116 123"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("samaritans", "--by", "A. Person", "--note", "rang it"), "two different people"),
        (("samaritans", "--by", "A. Person", "--by", "a. person ", "--note", "rang it"), "two different people"),
        (("nobody", "--by", "A. Person", "--note", "rang it"), "no such record"),
        (("ceop", "--by", "A. Person", "--note", " "), "say who checked"),
    ],
)
def test_a_check_that_is_not_good_enough_is_refused(folder, capsys, words, said):
    before = (folder / "samaritans.json").read_bytes()
    assert run(folder, "verify", *words) == 2
    assert said in capsys.readouterr().err
    assert (folder / "samaritans.json").read_bytes() == before


def test_one_person_is_enough_where_there_is_no_number(folder):
    assert run(folder, "verify", "ceop", "--by", "A. Person", "--note", "looked at the page") == 0


def test_prints_each_pages_grade_and_its_hardest_sentence(folder, capsys):
    assert run(folder, "pages", "--grades") == 0
    said = capsys.readouterr().out
    assert " of 4  en/child/paid" in said
    assert " of 7  cy/school/letter" in said
    assert said.count("hardest (") == 2 * len(read_pages("en"))


def test_lists_the_pages_and_translations_that_nobody_reviewed(folder, capsys):
    assert run(folder, "pages") == 0
    said = capsys.readouterr().out
    assert "cy/child/paid: machine, unreviewed" in said
    assert "en/child/paid: written, not reviewed" in said
    assert "cy/steps.toml: not reviewed" in said


def test_needs_no_other_package():
    code = (
        "import sys; from lightkeeper.cli.main import main; main(['directory', 'report']); "
        "print({'markdown_it', 'django', 'yaml', 'numpy'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.endswith("set()\n")
