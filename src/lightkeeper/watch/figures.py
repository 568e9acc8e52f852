"""Everything a page of figures shows, ready to be put on it: for the team, and for the public.

The web calls `team_figures` and `public_figures` and writes what they return into a template: a title
that says the finding, the chart as SVG, the same numbers as a table, a summary in plain words, and the
downloads. `public_figures` takes a Publishable and can therefore not show a small number.
"""

from collections.abc import Sequence

from lightkeeper.core.place import places
from lightkeeper.watch.chart import Bar, Mark, Point, bar_chart, line_chart
from lightkeeper.watch.compare import Comparison
from lightkeeper.watch.counts import Table, in_order_of_size, platform_names
from lightkeeper.watch.download import public_csv, team_csv
from lightkeeper.watch.events import Event, warn_of_events
from lightkeeper.watch.page import FiguresPage
from lightkeeper.watch.period import Period
from lightkeeper.watch.publish import Publishable
from lightkeeper.watch.sentence import say_count

_NAMES = {"platform": "platform", "age": "age", "area": "police force area", "harm": "what was done"}


def public_figures(table: Publishable, ident: str = "figures", events: Sequence[Event] = ()) -> FiguresPage:
    """An open figure: a published table as chart, table, words and download, and what else may explain it."""
    title = f"{_capital(table.total.text)} reports from {table.period.in_words()}{_place(table.area)}"
    bars = [Bar(_say_key(row.key), row.number, row.text) for row in table.rows]
    rows = [(*map(_say_value, row.key), row.text) for row in table.rows]
    summary = [
        f"{title}. Counted is {table.definition.words}; both days are in the period.",
        *_say_largest(bars, table.by),
        *warn_of_events(events, table.period),
        "Not every child tells, so the true number is higher.",
        *(["A report can name several, so the bars do not add up."] if table.overlapping else []),
        *(['"Fewer than 5" stands for 1 to 4, so that nobody can be recognised.'] if table.rows else []),
    ]
    return FiguresPage(
        title=title,
        summary=tuple(summary),
        svg=bar_chart(title, _describe(bars), bars, ident) if bars else "",
        columns=(*_columns(table.by), "Reports"),
        rows=(*rows, _total_row(table.by, table.total.text)),
        csv=public_csv(table),
        file_name=_file_name(table.period, table.by, table.area),
    )


def team_figures(
    table: Table, comparison: Comparison | None = None, events: Sequence[Event] = (), ident: str = "figures"
) -> FiguresPage:
    """A figure for the team, with true counts, the comparison in one sentence, and what else may explain it."""
    title = f"{say_count(table.total.reports)} from {table.period.in_words()}{_place(table.area)}"
    bars = [Bar(_say_key(cell.key), cell.reports, f"{cell.reports:,}") for cell in in_order_of_size(table)]
    summary = [*([comparison.sentence] if comparison else []), *warn_of_events(events, table.period)]
    for count, noun in ((table.total.children, "child"), (table.total.suspects, "suspect")):
        if count is not None:
            summary.append(f"In these reports: {say_count(count, noun)}.")
    rows = [(*map(_say_value, cell.key), f"{cell.reports:,}") for cell in in_order_of_size(table)]
    return FiguresPage(
        title=title,
        summary=tuple(summary),
        svg=bar_chart(title, _describe(bars), bars, ident) if bars else "",
        columns=(*_columns(table.by), "Reports"),
        rows=(*rows, _total_row(table.by, f"{table.total.reports:,}")),
        csv=team_csv(table),
        file_name=_file_name(table.period, table.by, table.area),
    )


def weekly_chart(
    title: str,
    weeks: Sequence[str],
    counts: Sequence[int],
    usual: Sequence[tuple[float, float]] = (),
    alarms: Sequence[bool] = (),
    marks: Sequence[Mark] = (),
    ident: str = "weeks",
) -> str:
    """The line of a weekly series for the team, with the usual range, the alarms and the events on it."""
    points = [
        Point(
            week,
            count,
            usual[place][0] if usual else None,
            usual[place][1] if usual else None,
            bool(alarms[place]) if len(alarms) else False,
        )
        for place, (week, count) in enumerate(zip(weeks, counts, strict=True))
    ]
    alarmed = [point.label for point in points if point.alarm]
    words = f"Reports a week from {weeks[0]} to {weeks[-1]}, highest {max(counts):,}, last {counts[-1]:,}."
    words += f" Unusually many in {', '.join(alarmed)}." if alarmed else " No week was unusual."
    return line_chart(title, words, points, marks, ident)


def _say_largest(bars: Sequence[Bar], by: Sequence[str]) -> list[str]:
    drawn = sorted((bar for bar in bars if bar.number), key=lambda bar: -(bar.number or 0))
    if len(by) != 1 or by[0] not in _NAMES or len(drawn) < 2 or drawn[0].number == drawn[1].number:
        return []
    return [f"Most often named as {_NAMES[by[0]]}: {drawn[0].name} ({drawn[0].words})."]


def _describe(bars: Sequence[Bar]) -> str:
    return "; ".join(f"{bar.name}: {bar.words}" for bar in bars) + "."


def _say_key(key: Sequence[str]) -> str:
    return ", ".join(_say_value(value) for value in key)


def _say_value(value: str) -> str:
    if value in places():
        return places()[value].name
    return platform_names().get(value) or _capital(value.replace("_", " "))


def _columns(by: Sequence[str]) -> tuple[str, ...]:
    return tuple(_capital(_NAMES.get(name, name)) for name in by) or ("Figure",)


def _total_row(by: Sequence[str], text: str) -> tuple[str, ...]:
    return ("All", *([""] * (len(by) - 1)), text)


def _place(area: str | None) -> str:
    return f" in {places()[area].name}" if area is not None and area in places() else ""


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _file_name(period: Period, by: Sequence[str], area: str | None) -> str:
    parts = ["figures", area or "all", *by, period.first.isoformat(), period.last.isoformat()]
    return "-".join(parts) + ".csv"
