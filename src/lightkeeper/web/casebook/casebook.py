"""The casebook on Django's database: every write and its log entry are one transaction."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime

from django.db import IntegrityError, transaction
from django.db.models import F, Q, QuerySet

from lightkeeper.core.errors import AlreadyHere, NoSuchCase
from lightkeeper.core.report import Report, report_from_json
from lightkeeper.core.suspect import Decision, Link, Suspect, Verdict
from lightkeeper.desk.audit import Act, Entry, Why
from lightkeeper.desk.case import Case, Hold, Item, ItemKind, name_suspect
from lightkeeper.desk.casebook import Linkage, Page, Wanted
from lightkeeper.desk.queue import search_text
from lightkeeper.web.casebook import held, linked, log, rows, search
from lightkeeper.web.casebook.models import AllowedRow, CaseRow, DecisionRow, ItemRow, LinkRow
from lightkeeper.web.casebook.queue import read_page
from lightkeeper.web.casebook.suspects import (
    count_around,
    read_suspect,
    read_suspect_name,
    read_suspects,
    set_suspects,
)


def in_parts(names: list[str]) -> Iterator[list[str]]:
    """A database takes only so many values in one statement."""
    return (names[start : start + rows.CHUNK] for start in range(0, len(names), rows.CHUNK))


def _now() -> datetime:
    return datetime.now(UTC)


class DjangoCasebook:
    """The one casebook of the team site. Holds no state of its own but the clock."""

    def __init__(self, now: Callable[[], datetime] = _now) -> None:
        self._now = now

    # cases

    @transaction.atomic
    def add_case(self, case: Case, act: Act) -> None:
        if CaseRow.objects.filter(Q(report_id=case.report.id) | Q(id=case.id)).exists():
            raise AlreadyHere(f"report of case {case.id} was taken before")
        try:
            with transaction.atomic():
                rows.fill_case(CaseRow(), case).save(force_insert=True)
        except IntegrityError:
            raise AlreadyHere(f"report of case {case.id} was taken before") from None
        self._set_allowed(case)
        search.index_case(case.id, search_text(case))
        self.record(act)

    def case(self, case_id: str) -> Case:
        return self._read(self._row(case_id))

    def case_to_change(self, case_id: str) -> Case:
        log.one_writer()
        return self.case(case_id)

    def case_of(self, report_id: str) -> Case | None:
        row = CaseRow.objects.filter(report_id=report_id).first()
        return self._read(row) if row else None

    def cases_of(self, report_ids: Iterable[str]) -> tuple[Case, ...]:
        parts = (CaseRow.objects.filter(report_id__in=part) for part in in_parts(sorted(report_ids)))
        found = [self._read(row) for part in parts for row in part]
        return tuple(sorted(found, key=lambda case: (case.report.received, case.id)))

    def cases_behind(self, lookup: str) -> tuple[Case, ...]:
        found = CaseRow.objects.filter(lookup=lookup).exclude(lookup="").order_by("received", "id")
        return tuple(self._read(row) for row in found)

    @transaction.atomic
    def save_case(self, case: Case, act: Act) -> None:
        rows.fill_case(self._row(case.id), case).save(force_update=True)
        self._set_allowed(case)
        self.record(act)

    def _row(self, case_id: str) -> CaseRow:
        row = CaseRow.objects.filter(id=case_id).first()
        if row is None:
            raise NoSuchCase(f"there is no case {case_id}")
        return row

    def _read(self, row: CaseRow) -> Case:
        allowed = row.allowed_rows.all() if row.restricted else ()
        return rows.read_case(row, frozenset(one.person for one in allowed))

    def _set_allowed(self, case: Case) -> None:
        AllowedRow.objects.filter(case_id=case.id).exclude(person__in=case.allowed).delete()
        here = set(AllowedRow.objects.filter(case_id=case.id).values_list("person", flat=True))
        AllowedRow.objects.bulk_create(AllowedRow(case_id=case.id, person=one) for one in case.allowed - here)

    def queue(self, wanted: Wanted) -> Page:
        return read_page(wanted)

    def items(self, case_id: str) -> tuple[Item, ...]:
        return tuple(rows.read_item(row) for row in ItemRow.objects.filter(case_id=case_id).order_by("at", "id"))

    def tasks_of(self, person: str) -> tuple[Item, ...]:
        mine = ItemRow.objects.filter(assigned=person, kind=str(ItemKind.TASK), done=None)
        return tuple(rows.read_item(row) for row in mine.order_by(F("due").asc(nulls_last=True), "at", "id"))

    @transaction.atomic
    def put_item(self, item: Item, act: Act) -> None:
        case = self.case(item.case_id)
        rows.write_item(item).save()
        search.index_case(case.id, search_text(case, self.items(case.id)))
        self.record(act)

    # reports and links

    def reports(self) -> Iterator[Report]:
        return self._reports(CaseRow.objects.all())

    def reports_of(self, report_ids: Iterable[str]) -> tuple[Report, ...]:
        return tuple(self._reports(CaseRow.objects.filter(report_id__in=list(report_ids))))

    def _reports(self, found: QuerySet[CaseRow]) -> Iterator[Report]:
        anchors, names = held.held_roots()
        picked = found.order_by("received", "report_id").values_list("report", "suspect")
        for data, suspect in picked.iterator(chunk_size=rows.CHUNK):
            report = report_from_json(data)
            yield replace(report, hold=report.id in anchors or suspect in names)

    def held_reports(self) -> frozenset[str]:
        return held.held_reports()

    def decisions(self) -> tuple[Decision, ...]:
        found = DecisionRow.objects.order_by("a", "b")
        return tuple(Decision(row.a, row.b, Verdict(row.verdict)) for row in found)

    @transaction.atomic
    def decide(self, decision: Decision, act: Act) -> None:
        a, b = sorted((decision.a, decision.b))
        DecisionRow.objects.update_or_create(a=a, b=b, defaults={"verdict": str(decision.verdict)})
        self.record(act)

    @transaction.atomic
    def undecide(self, a: str, b: str, act: Act) -> None:
        first, second = sorted((a, b))
        DecisionRow.objects.filter(a=first, b=second).delete()
        self.record(act)

    @transaction.atomic
    def store_linkage(self, linkage: Linkage, act: Act | None = None) -> None:
        LinkRow.objects.all().delete()
        LinkRow.objects.bulk_create((rows.write_link(link) for link in linkage.links), batch_size=rows.CHUNK)
        named = ((name_suspect(one.id), one.reports) for one in linkage.suspects)
        set_suspects({report: name for name, reports in named for report in reports})
        if act:
            self.record(act)

    @transaction.atomic
    def put_links(self, links: Iterable[Link]) -> None:
        LinkRow.objects.bulk_create(rows.write_link(link) for link in links)

    @transaction.atomic
    def put_suspects(self, suspects: tuple[Suspect, ...]) -> None:
        named = {report: suspect.id for suspect in suspects for report in suspect.reports}
        set_suspects(named, CaseRow.objects.filter(report_id__in=named))
        linked.regroup(named)

    def links(self, report_ids: Iterable[str]) -> tuple[Link, ...]:
        wanted = list(report_ids)
        found = LinkRow.objects.filter(Q(a__in=wanted) | Q(b__in=wanted)).order_by("-weight", "a", "b")
        return tuple(rows.read_link(row) for row in found)

    def suspects(self, least: int = 2) -> tuple[Suspect, ...]:
        return read_suspects(least)

    def suspect(self, suspect_id: str) -> Suspect:
        return read_suspect(suspect_id)

    def suspect_of(self, report_id: str) -> Suspect | None:
        name = read_suspect_name(report_id)
        return read_suspect(name) if name else None

    def around(self, report_id: str) -> tuple[int, int]:
        return count_around(report_id)

    # holds

    def holds(self) -> tuple[Hold, ...]:
        return held.read_holds()

    @transaction.atomic
    def put_hold(self, hold: Hold, act: Act) -> None:
        rows.write_hold(hold).save()
        self.record(act)

    # the log

    @transaction.atomic
    def record(self, act: Act) -> Entry:
        return log.append(act, self._now())

    def entries(self, about: str | None = None, who: str | None = None) -> Iterator[Entry]:
        return log.read_entries(about, who)

    def reasons(self) -> Iterator[Why]:
        return log.read_reasons()

    # forgetting

    @transaction.atomic
    def forget(self, case_ids: Iterable[str], act: Act) -> int:
        gone = CaseRow.objects.filter(id__in=list(case_ids))
        names, reports = list(gone.values_list("id", flat=True)), list(gone.values_list("report_id", flat=True))
        log.forget_reasons(names)
        LinkRow.objects.filter(Q(a__in=reports) | Q(b__in=reports)).delete()
        DecisionRow.objects.filter(Q(a__in=reports) | Q(b__in=reports)).delete()
        search.drop_cases(names)
        gone.delete()
        self.record(act)
        linked.forget(reports)
        return len(names)
