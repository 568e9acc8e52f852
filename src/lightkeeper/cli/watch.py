"""The command `watch`: count reports, compare two periods, or look for a rise in weekly series."""

import argparse
import csv
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, TYPE_CHECKING

from lightkeeper.core.errors import Held, NotAllowed, TooFewToShow, UnreadableInput
from lightkeeper.core.report import Report, read_reports

if TYPE_CHECKING:  # NumPy and SciPy are only loaded when the command runs
    from lightkeeper.watch.compare import Comparison
    from lightkeeper.watch.counts import Table
    from lightkeeper.watch.population import Rate
    from lightkeeper.watch.publish import Publishable

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
    parser.add_argument("--area", metavar="SLUG", help="one police force area alone, like wiltshire")
    parser.add_argument("--population", type=Path, metavar="CSV", help="area,under_18,base,source: for a rate")
    parser.add_argument("--ledger", type=Path, metavar="FILE", help="everything published before (keep it secret)")
    parser.add_argument("--publish", action="store_true", help="write what may be published into the ledger")
    parser.add_argument(
        "--approve", nargs=3, metavar=("NAME", "ROLE", "REASON"), help="who allows the exact total, and why"
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

    if options.definition not in DEFINITIONS:
        raise UnreadableInput(f"a definition is one of: {', '.join(DEFINITIONS)}")
    if bool(options.first) != bool(options.last):
        raise UnreadableInput("give both --from and --to: a period has two dates")
    definition = DEFINITIONS[options.definition]
    reports = list(_read_all(options.reports))
    known = Known(suspects=_read_assignments(options.assignments))
    by = tuple(name.strip() for name in options.by.split(",") if name.strip())
    period = Period(read_day(options.first), read_day(options.last)) if options.first else None
    now = count_reports(reports, period, by, definition, known=known, area=options.area)
    comparison = None
    if options.against:
        before_period = Period(read_day(options.against[0]), read_day(options.against[1]))
        before = count_reports(reports, before_period, by, definition, known=known, area=options.area)
        comparison = compare_tables(now, before)
    rate = _rate(now, options.population)
    publishable, refusal = _publishable(now, options)
    if options.json:
        found = {
            "counts": now.as_json(),
            "comparison": comparison.as_json() if comparison else None,
            "rate": rate.as_json() if rate else None,
            "publishable": publishable.as_json() if publishable else {"refused": refusal},
        }
        print(json.dumps(found, ensure_ascii=False, indent=2))
    else:
        _print_figures(now, comparison, rate, publishable, refusal)
    return 0


def _rate(table: "Table", path: Path | None) -> "Rate | None":
    """The rate per 100,000 children, where one area is counted and its population is known."""
    from lightkeeper.watch.population import default_population, rate_of, read_population

    population = read_population(path) if path else default_population()
    if path is None and table.area not in population.under_18:
        return None
    return rate_of(table, population)


def _publishable(table: "Table", options: argparse.Namespace) -> "tuple[Publishable | None, str]":
    """What may be published beside everything in the ledger, or why nothing may. Records it when told to."""
    from lightkeeper.watch.ledger import Ledger, read_ledger, write_ledger
    from lightkeeper.watch.publish import Approval, publish

    if options.publish and not options.ledger:
        raise UnreadableInput("--publish needs --ledger: what was published before decides what may be now")
    ledger = Ledger()
    if options.ledger and options.ledger.exists():
        ledger = read_ledger(_read_text(options.ledger).splitlines())
    approval = None
    if options.approve:
        name, role, reason = options.approve
        approval = Approval(name, role, reason, datetime.now(UTC).date())
    try:
        found = publish(table, ledger, approval=approval)
    except (TooFewToShow, Held, NotAllowed) as refusal:
        if options.publish:
            raise
        return None, str(refusal)
    if options.publish:
        with _create(options.ledger, "a") as file:  # added to, never written anew: a lost ledger protects nobody
            file.writelines(write_ledger(Ledger((found.release,))))
    return found, ""


def _print_figures(
    table: "Table",
    comparison: "Comparison | None",
    rate: "Rate | None",
    publishable: "Publishable | None",
    refusal: str,
) -> None:
    from lightkeeper.watch.say import say_publishable, say_table

    print("\n".join(say_table(table)))
    for one in (comparison, rate):
        if one:
            print(f"\n{one.sentence}")
    print()
    print("\n".join(say_publishable(publishable)) if publishable else f"Not to be published: {refusal}")


def _read_text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        raise UnreadableInput(f"cannot read {path}") from None


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


def _create(path: Path, mode: str = "w") -> IO[str]:
    try:
        return path.open(mode, encoding="utf-8", newline="")
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
