"""`lightkeeper languages`: what no person has read yet, and what has no words yet, in each language."""

import argparse

SUMMARY = "List the translations that no person has reviewed, and sentences that have none."
EXAMPLE = """
lightkeeper languages
lightkeeper languages --only cy --missing
"""
SHOWN = 70  # characters of a sentence


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--only", metavar="CODE", help="one language, like cy")
    parser.add_argument(
        "--missing", action="store_true", help="only sentences without a translation; exit 1 if any"
    )


def run(options: argparse.Namespace) -> int:
    from lightkeeper.web.shared.catalogues import missing, sources_by_language, unreviewed

    wanted = [code for code in sources_by_language() if options.only in (None, code)]
    without = {code: missing(code) for code in wanted}
    for code, messages in without.items():
        for message in messages:
            print(f"{code}  missing     {message[:SHOWN]}")
    waiting = [] if options.missing else [entry for entry in unreviewed() if entry[0] in wanted]
    for code, source, line, message in waiting:
        print(f"{code}  unreviewed  {source.name}:{line}  {message[:SHOWN]}")
    print(f"{len(waiting)} to review, {sum(map(len, without.values()))} missing")
    return 1 if options.missing and any(without.values()) else 0
