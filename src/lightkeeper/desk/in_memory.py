"""A casebook in plain dictionaries: the judge of the real ones, and enough for a script or a test."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import UTC, date, datetime

from lightkeeper.core.errors import AlreadyHere, NoSuchCase
from lightkeeper.core.report import Report
from lightkeeper.core.suspect import Decision, Link, Suspect
from lightkeeper.desk.audit import Act, Entry, Why, chain_entry
from lightkeeper.desk.case import Band, Case, Hold, Item, ItemKind, name_suspect
from lightkeeper.desk.casebook import Line, Linkage, Page, Wanted
from lightkeeper.desk.holds import anchors_of, covered_reports
from lightkeeper.desk.queue import because_of, find_words, order_of, wants
from lightkeeper.desk.states import OPEN


def _now() -> datetime:
    return datetime.now(UTC)


class InMemoryCasebook:
    """Fits `desk.casebook.Casebook`. `now` gives the time that goes into the log."""

    def __init__(self, now: Callable[[], datetime] = _now) -> None:
        self._now = now
        self._cases: dict[str, Case] = {}
        self._items: dict[str, Item] = {}
        self._decisions: dict[tuple[str, str], Decision] = {}
        self._links: tuple[Link, ...] = ()
        self._suspects: dict[str, Suspect] = {}
        self._suspect_of: dict[str, str] = {}
        self._holds: dict[str, Hold] = {}
        self._entries: list[Entry] = []
        self._reasons: dict[int, Why] = {}

    def add_case(self, case: Case, act: Act) -> None:
        if case.id in self._cases or self.case_of(case.report.id):
            raise AlreadyHere(f"report of case {case.id} was taken before")
        self._cases[case.id] = case
        self.record(act)

    def case(self, case_id: str) -> Case:
        try:
            return self._cases[case_id]
        except KeyError:
            raise NoSuchCase(f"there is no case {case_id}") from None

    def case_to_change(self, case_id: str) -> Case:
        return self.case(case_id)

    def case_of(self, report_id: str) -> Case | None:
        return next((case for case in self._cases.values() if case.report.id == report_id), None)

    def cases_of(self, report_ids: Iterable[str]) -> tuple[Case, ...]:
        found = (case for report in set(report_ids) if (case := self.case_of(report)))
        return tuple(sorted(found, key=lambda case: (case.report.received, case.id)))

    def cases_behind(self, lookup: str) -> tuple[Case, ...]:
        found = [case for case in self._cases.values() if case.reply_to and case.reply_to.lookup == lookup]
        return tuple(sorted(found, key=lambda case: (case.report.received, case.id)))

    def save_case(self, case: Case, act: Act) -> None:
        self.case(case.id)
        self._cases[case.id] = case
        self.record(act)

    def queue(self, wanted: Wanted) -> Page:
        held = self.held_reports()
        chosen = [case for case in self._cases.values() if wants(wanted, case) and self._has_words(wanted, case)]
        if wanted.leaves:
            chosen = [case for case in chosen if case.report.id not in held]
        counts = tuple((band, sum(case.band is band for case in chosen)) for band in Band)
        if wanted.bands:
            chosen = [case for case in chosen if case.band in wanted.bands]
        chosen.sort(key=order_of)
        part = chosen[wanted.after : wanted.after + wanted.limit]
        return Page(tuple(self._line(case, held) for case in part), counts)

    def _has_words(self, wanted: Wanted, case: Case) -> bool:
        return find_words(wanted.words, case, self.items(case.id))

    def _line(self, case: Case, held: frozenset[str]) -> Line:
        suspect = self.suspect_of(case.report.id)
        return Line(
            case_id=case.id,
            band=case.band,
            state=case.state,
            team=case.team,
            area=case.report.area,
            due=case.due,
            received=case.report.received,
            age=case.report.age,
            owner=case.owner,
            because=because_of(case),
            suspect_size=len(suspect.reports) if suspect else 1,
            held=case.report.id in held,
            restricted=case.restricted,
            proposed=case.proposal is not None,
            decided=case.first_decision,
        )

    def items(self, case_id: str) -> tuple[Item, ...]:
        return tuple(sorted((i for i in self._items.values() if i.case_id == case_id), key=lambda i: (i.at, i.id)))

    def tasks_of(self, person: str) -> tuple[Item, ...]:
        mine = (one for one in self._items.values() if one.kind is ItemKind.TASK and one.assigned == person)
        return tuple(
            sorted((one for one in mine if not one.done), key=lambda one: (one.due or date.max, one.at, one.id))
        )

    def put_item(self, item: Item, act: Act) -> None:
        self.case(item.case_id)
        self._items[item.id] = item
        self.record(act)

    def reports(self) -> Iterable[Report]:
        return self.reports_of(case.report.id for case in self._cases.values())

    def reports_of(self, report_ids: Iterable[str]) -> tuple[Report, ...]:
        wanted, held = set(report_ids), self.held_reports()
        found = [case.report for case in self._cases.values() if case.report.id in wanted]
        found.sort(key=lambda report: (report.received, report.id))
        return tuple(replace(report, hold=report.id in held) for report in found)

    def held_reports(self) -> frozenset[str]:
        on_arrival = (case.report.id for case in self._cases.values() if case.report.hold)
        return covered_reports(anchors_of(self._holds.values(), on_arrival), self._suspects.values())

    def decisions(self) -> tuple[Decision, ...]:
        return tuple(self._decisions[pair] for pair in sorted(self._decisions))

    def decide(self, decision: Decision, act: Act) -> None:
        a, b = sorted((decision.a, decision.b))
        self._decisions[a, b] = Decision(a, b, decision.verdict)
        self.record(act)

    def undecide(self, a: str, b: str, act: Act) -> None:
        first, second = sorted((a, b))
        self._decisions.pop((first, second), None)
        self.record(act)

    def store_linkage(self, linkage: Linkage, act: Act | None = None) -> None:
        self._links = tuple(sorted(linkage.links, key=lambda link: (-link.weight, link.a, link.b)))
        self._suspects, self._suspect_of = {}, {}
        self.put_suspects(tuple(Suspect(name_suspect(one.id), one.reports) for one in linkage.suspects))
        if act:
            self.record(act)

    def put_links(self, links: Iterable[Link]) -> None:
        self._links = tuple(sorted((*self._links, *links), key=lambda link: (-link.weight, link.a, link.b)))

    def put_suspects(self, suspects: tuple[Suspect, ...]) -> None:
        self._leave_suspects({report for suspect in suspects for report in suspect.reports})
        self._suspects.update({suspect.id: suspect for suspect in suspects})
        self._suspect_of.update({report: suspect.id for suspect in suspects for report in suspect.reports})

    def links(self, report_ids: Iterable[str]) -> tuple[Link, ...]:
        wanted = set(report_ids)
        return tuple(link for link in self._links if link.a in wanted or link.b in wanted)

    def suspects(self, least: int = 2) -> tuple[Suspect, ...]:
        found = [suspect for suspect in self._suspects.values() if len(suspect.reports) >= least]
        return tuple(sorted(found, key=lambda suspect: (-len(suspect.reports), suspect.id)))

    def suspect(self, suspect_id: str) -> Suspect:
        try:
            return self._suspects[suspect_id]
        except KeyError:
            raise NoSuchCase(f"there is no suspect {suspect_id}") from None

    def suspect_of(self, report_id: str) -> Suspect | None:
        found = self._suspect_of.get(report_id)
        return self._suspects[found] if found else None

    def around(self, report_id: str) -> tuple[int, int]:
        suspect = self.suspect_of(report_id)
        others = [report for report in suspect.reports if report != report_id] if suspect else []
        return (len(others), sum(case.state in OPEN for case in self.cases_of(others)))

    def holds(self) -> tuple[Hold, ...]:
        return tuple(sorted(self._holds.values(), key=lambda hold: (hold.placed_at, hold.id)))

    def put_hold(self, hold: Hold, act: Act) -> None:
        self._holds[hold.id] = hold
        self.record(act)

    def record(self, act: Act) -> Entry:
        entry, why = chain_entry(self._entries[-1] if self._entries else None, act, self._now())
        self._entries.append(entry)
        if why:
            self._reasons[why.number] = why
        return entry

    def entries(self, about: str | None = None, who: str | None = None) -> Iterable[Entry]:
        return tuple(entry for entry in self._entries if about in (None, entry.about) and who in (None, entry.who))

    def reasons(self) -> Iterable[Why]:
        return tuple(self._reasons.values())

    def forget(self, case_ids: Iterable[str], act: Act) -> int:
        gone = [self._cases.pop(case_id) for case_id in case_ids if case_id in self._cases]
        names, reports = {case.id for case in gone}, {case.report.id for case in gone}
        self._items = {key: item for key, item in self._items.items() if item.case_id not in names}
        self._links = tuple(link for link in self._links if not {link.a, link.b} & reports)
        self._decisions = {pair: one for pair, one in self._decisions.items() if not set(pair) & reports}
        self._leave_suspects(reports)
        for entry in self._entries:
            if entry.about in names or entry.what == "search":
                self._reasons.pop(entry.number, None)
        self.record(act)
        return len(gone)

    def _leave_suspects(self, reports: set[str]) -> None:
        left = {}
        for suspect in self._suspects.values():
            kept = tuple(report for report in suspect.reports if report not in reports)
            if kept:
                left[suspect.id] = Suspect(suspect.id, kept)
        self._suspects = left
        self._suspect_of = {report: suspect.id for suspect in left.values() for report in suspect.reports}
