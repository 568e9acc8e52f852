"""`lightkeeper languages` lists what no person has read, and fails when something has no words."""

import subprocess
import sys


def run(*words):
    command = [sys.executable, "-m", "lightkeeper.cli.main", "languages", *words]
    return subprocess.run(command, capture_output=True, text=True, timeout=60)


def test_it_lists_each_unreviewed_sentence_and_counts_them():
    done = run("--only", "cy")
    *lines, last = done.stdout.strip().splitlines()
    unreviewed = [line for line in lines if line.startswith("cy  unreviewed  django.po:")]
    assert unreviewed
    assert last.startswith(f"{len(unreviewed)} to review, ")


def test_no_language_lacks_a_sentence():
    done = run("--missing")
    assert (done.returncode, done.stdout.strip()) == (0, "0 to review, 0 missing")
