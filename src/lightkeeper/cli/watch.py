"""The command `watch`: count reports, compare two periods, or look for a rise in weekly series."""

import argparse
import csv
import json
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from lightkeeper.core.errors import UnreadableInput
from lightkeeper.core.report import Report, read_reports

SUMMARY = "Count reports, compare two periods in one true sentence, and look for a rise in weekly counts."
EXAMPLE = """
lightkeeper watch reports.jsonl --from 2022-10-01 --to 2023-09-30 --against 2021-10-01 2022-09-30
lightkeeper watch reports.jsonl --by platform,age --json
lightkeeper watch --series weekly.csv --out alarms.csv
"""


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("reports", nargs="*", type=Path, metavar="REPORTS.jsonl", help="files of reports")
    parser.add_argument("--from", dest="first", metavar="D", help="first day counted, like 2022-10-01")
    parser.add_argument("--to", dest="last", metavar="D", help="last day counted")
    parser.add_argument("--against", nargs=2, metavar=("D", "D"), help="first and last day of the period before")
    parser.add_argument("--by", default="", metavar="platform,age,…", help="count by these, separated by commas")
    parser.add_argument("--definition", default="all-1", help="what counts: all-1, sextortion-1 or image-shared-1")
    parser.add_argument(
        "--assignments", type=Path, metavar="CSV", help="link's report_id,suspect_id: count suspects"
    )
    parser.add_argument("--json", action="store_true", help="everything as one JSON object")
    parser.add_argument("--series", type=Path, metavar="WEEKLY.csv", help="series,week,count with weeks in order")
    parser.add_argument("--out", type=Path, metavar="ALARMS.csv", help="where the alarms of --series are written")
    parser.add_argument("--weeks", type=int, default=52, metavar="N", help="judge the last N weeks (52)")
    parser.add_argument("--alarm-rate", type=float, default=0.005, metavar="A", help="false alarms a week (0.005)")


def run(options: argparse.Namespace) -> int:
    if options.series:
        return _look_for_rises(options)
    if not options.reports:
        raise UnreadableInput("name a file of reports, or a file of weekly counts with --series")
    return _count_and_compare(options)


def _count_and_compare(options: argparse.Namespace) -> int:
    from lightkeeper.watch.compare import compare_tables
    from lightkeeper.watch.counts import Known, count_reports
    from lightkeeper.watch.definition import DEFINITIONS
    from lightkeeper.watch.period import Period, read_day
    from lightkeeper.watch.say import say_table

    if options.definition not in DEFINITIONS:
        raise UnreadableInput(f"a definition is one of: {', '.join(DEFINITIONS)}")
    definition = DEFINITIONS[options.definition]
    reports = list(_read_all(options.reports))
    known = Known(suspects=_read_assignments(options.assignments))
    by = tuple(name.strip() for name in options.by.split(",") if name.strip())
    period = None
    if options.first or options.last:
        if not (options.first and options.last):
            raise UnreadableInput("give both --from and --to: a period has two dates")
        period = Period(read_day(options.first), read_day(options.last))
    now = count_reports(reports, period, by, definition, known=known)
    comparison = None
    if options.against:
        before_period = Period(read_day(options.against[0]), read_day(options.against[1]))
        before = count_reports(reports, before_period, by, definition, known=known)
        comparison = compare_tables(now, before)
    if options.json:
        found = {"counts": now.as_json(), "comparison": comparison.as_json() if comparison else None}
        print(json.dumps(found, ensure_ascii=False, indent=2))
    else:
        print("\n".join(say_table(now)))
        if comparison:
            print(f"\n{comparison.sentence}")
    return 0


def _look_for_rises(options: argparse.Namespace) -> int:
    from lightkeeper.watch.baseline import LEAST_HISTORY, Look
    from lightkeeper.watch.budget import expected_false_alarms
    from lightkeeper.watch.rise import find_rises
    from lightkeeper.watch.series import alarm_rows, read_series

    if not options.out:
        raise UnreadableInput("say with --out where the alarms go")
    if not 0 < options.alarm_rate < 1 or options.weeks < 1:
        raise UnreadableInput("--alarm-rate lies between 0 and 1, and --weeks is 1 or more")
    alarms = judged = names = 0
    with _create(options.out) as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow(("series", "week", "alarm", "expected", "upper", "p"))
        for series in read_series(options.series):
            weeks = min(options.weeks, series.counts.shape[1] - LEAST_HISTORY)
            if weeks < 1:
                raise UnreadableInput(f"a series needs more than {LEAST_HISTORY} weeks to be judged")
            rises = find_rises(series.counts, weeks, options.alarm_rate, Look(season_weeks=series.weeks_a_year))
            table.writerows(alarm_rows(series, rises))
            alarms, judged, names = alarms + int(rises.alarm.sum()), judged + rises.p.size, names + len(rises.p)
    usual = expected_false_alarms(names, options.alarm_rate)
    print(
        f"{alarms:,} alarms in {judged:,} weeks of {names:,} series; about {usual:.1f} false alarms a month "
        "are to be expected. An alarm opens a review, it publishes nothing."
    )
    return 0


def _create(path: Path) -> IO[str]:
    try:
        return path.open("w", encoding="utf-8", newline="")
    except OSError:
        raise UnreadableInput(f"cannot write {path}") from None


def _read_all(paths: list[Path]) -> Iterator[Report]:
    for path in paths:
        try:
            with path.open("rb") as lines:
                yield from read_reports(lines)
        except OSError:
            raise UnreadableInput(f"cannot open {path}") from None


def _read_assignments(path: Path | None) -> dict[str, str]:
    if path is None:
        return {}
    try:
        with path.open(encoding="utf-8", newline="") as lines:
            return {row["report_id"]: row["suspect_id"] for row in csv.DictReader(lines)}
    except (OSError, KeyError, UnicodeDecodeError):
        raise UnreadableInput("assignments are a CSV file with the columns report_id and suspect_id") from None
