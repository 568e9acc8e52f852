"""`lightkeeper restore`: bring a backup back into an empty place, or only check it."""

import argparse
import time
from pathlib import Path

from lightkeeper.cli.backup import add_data, data_folder, databases, read_text

SUMMARY = "Bring a backup back into an empty folder (and empty PostgreSQL databases), or only check it."
EXAMPLE = """
lightkeeper restore team.age --key recovery.key --data /var/lib/lightkeeper/team
lightkeeper restore team.age --key recovery.key --check
"""


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("backup", type=Path, help="the file that `lightkeeper backup` wrote")
    parser.add_argument("--key", type=Path, required=True, metavar="FILE", help="the key that opens it")
    parser.add_argument("--check", action="store_true", help="open it, check every file, and write nothing")
    add_data(parser)


def run(options: argparse.Namespace) -> int:
    from lightkeeper.web.shared.backup.unpack import restore, verify_backup

    lines = (line.split("#", 1)[0].strip() for line in read_text(options.key).splitlines())
    identities = [line for line in lines if line]
    start = time.monotonic()
    if options.check:
        packed = verify_backup(options.backup, identities)
    else:
        packed = restore(options.backup, data_folder(options), identities, databases())
    size = sum(size for size, _ in packed.files.values()) / 1e6
    done = "sound" if options.check else "restored"
    print(
        f"{done}: {len(packed.files)} files, {size:,.1f} MB, made {packed.made}, {time.monotonic() - start:.1f} s"
    )
    return 0
