"""The casebook on Django's database: every write and its log entry are one transaction."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime

from django.db import IntegrityError, connection, transaction
from django.db.models import Count, Q, QuerySet

from lightkeeper.core.errors import AlreadyHere, NoSuchCase
from lightkeeper.core.report import Report, report_from_json
from lightkeeper.core.suspect import Decision, Link, Suspect, Verdict
from lightkeeper.desk.audit import Act, Entry, Why, chain_entry
from lightkeeper.desk.case import Band, Case, Hold, Item, name_suspect
from lightkeeper.desk.casebook import Linkage, Page, Wanted
from lightkeeper.desk.holds import anchors_of
from lightkeeper.desk.queue import search_text
from lightkeeper.web.casebook import rows, search
from lightkeeper.web.casebook.models import (
    AllowedRow,
    CaseRow,
    DecisionRow,
    EntryRow,
    HoldRow,
    ItemRow,
    LinkRow,
    WhyRow,
)

CHUNK = 2_000  # rows a statement
_LOG_LOCK = 0x6C69676874  # any number of ours: PostgreSQL lets one writer at a time append to the log


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
        self._one_writer()
        return self.case(case_id)

    def case_of(self, report_id: str) -> Case | None:
        row = CaseRow.objects.filter(report_id=report_id).first()
        return self._read(row) if row else None

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
        allowed = AllowedRow.objects.filter(case_id=row.id) if row.restricted else ()
        return rows.read_case(row, frozenset(one.person for one in allowed))

    def _set_allowed(self, case: Case) -> None:
        AllowedRow.objects.filter(case_id=case.id).exclude(person__in=case.allowed).delete()
        here = set(AllowedRow.objects.filter(case_id=case.id).values_list("person", flat=True))
        AllowedRow.objects.bulk_create(AllowedRow(case_id=case.id, person=one) for one in case.allowed - here)

    def queue(self, wanted: Wanted) -> Page:
        anchors, suspects = self._held_roots()
        found = search.with_words(_visible(wanted), wanted.words)
        if wanted.leaves:
            found = found.exclude(report_id__in=anchors).exclude(suspect__in=suspects)
        counted = dict(found.values_list("band").annotate(Count("id")).order_by())
        if wanted.bands:
            found = found.filter(band__in=[int(band) for band in wanted.bands])
        ordered = found.order_by("band", "due", "received", "id").defer("report", "desk")
        part = list(ordered[wanted.after : wanted.after + wanted.limit])
        sizes = self._sizes(part)
        held = {row.id for row in part if row.report_id in anchors or row.suspect in suspects}
        lines = tuple(rows.read_line(row, sizes.get(row.suspect, 1), row.id in held) for row in part)
        return Page(lines, tuple((band, counted.get(int(band), 0)) for band in Band))

    def _sizes(self, part: list[CaseRow]) -> dict[str, int]:
        names = {row.suspect for row in part if row.suspect}
        counted = CaseRow.objects.filter(suspect__in=names).values_list("suspect").annotate(Count("id"))
        return dict(counted.order_by())

    def items(self, case_id: str) -> tuple[Item, ...]:
        return tuple(rows.read_item(row) for row in ItemRow.objects.filter(case_id=case_id).order_by("at", "id"))

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
        anchors, suspects = self._held_roots()
        picked = found.order_by("received", "report_id").values_list("report", "suspect")
        for data, suspect in picked.iterator(chunk_size=CHUNK):
            report = report_from_json(data)
            yield replace(report, hold=report.id in anchors or suspect in suspects)

    def held_reports(self) -> frozenset[str]:
        anchors, suspects = self._held_roots()
        linked = CaseRow.objects.filter(suspect__in=suspects).values_list("report_id", flat=True)
        return frozenset(anchors) | frozenset(linked)

    def _held_roots(self) -> tuple[set[str], set[str]]:
        """The reports that holds were placed on, and the suspects that these reach."""
        on_arrival = CaseRow.objects.filter(held_on_arrival=True).values_list("report_id", flat=True)
        anchors = anchors_of(self.holds(), on_arrival)
        linked = CaseRow.objects.filter(report_id__in=anchors).exclude(suspect="")
        return set(anchors), set(linked.values_list("suspect", flat=True))

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
        LinkRow.objects.bulk_create((rows.write_link(link) for link in linkage.links), batch_size=CHUNK)
        named = ((name_suspect(one.id), one.reports) for one in linkage.suspects)
        self._set_suspects({report: name for name, reports in named for report in reports})
        if act:
            self.record(act)

    @transaction.atomic
    def put_suspects(self, suspects: tuple[Suspect, ...]) -> None:
        named = {report: suspect.id for suspect in suspects for report in suspect.reports}
        self._set_suspects(named, CaseRow.objects.filter(report_id__in=named))

    def _set_suspects(self, named: dict[str, str], among: QuerySet[CaseRow] | None = None) -> None:
        changed = []
        for row in (CaseRow.objects.all() if among is None else among).only("id", "report_id", "suspect"):
            suspect = named.get(row.report_id, "")
            if row.suspect != suspect:
                row.suspect = suspect
                changed.append(row)
        CaseRow.objects.bulk_update(changed, ["suspect"], batch_size=CHUNK)

    def links(self, report_ids: Iterable[str]) -> tuple[Link, ...]:
        wanted = list(report_ids)
        found = LinkRow.objects.filter(Q(a__in=wanted) | Q(b__in=wanted)).order_by("-weight", "a", "b")
        return tuple(rows.read_link(row) for row in found)

    def suspects(self, least: int = 2) -> tuple[Suspect, ...]:
        named = CaseRow.objects.exclude(suspect="")
        large = named.values("suspect").annotate(size=Count("id")).filter(size__gte=least).values("suspect")
        groups: dict[str, list[str]] = {}
        for suspect, report in named.filter(suspect__in=large).values_list("suspect", "report_id"):
            groups.setdefault(suspect, []).append(report)
        found = [Suspect(name, tuple(sorted(reports))) for name, reports in groups.items()]
        return tuple(sorted(found, key=lambda suspect: (-len(suspect.reports), suspect.id)))

    def suspect(self, suspect_id: str) -> Suspect:
        found = (
            CaseRow.objects.filter(suspect=suspect_id).order_by("report_id").values_list("report_id", flat=True)
        )
        if not suspect_id or not found:
            raise NoSuchCase(f"there is no suspect {suspect_id}")
        return Suspect(suspect_id, tuple(found))

    def suspect_of(self, report_id: str) -> Suspect | None:
        name = CaseRow.objects.filter(report_id=report_id).values_list("suspect", flat=True).first()
        return self.suspect(name) if name else None

    # holds

    def holds(self) -> tuple[Hold, ...]:
        return tuple(rows.read_hold(row) for row in HoldRow.objects.order_by("placed_at", "id"))

    @transaction.atomic
    def put_hold(self, hold: Hold, act: Act) -> None:
        rows.write_hold(hold).save()
        self.record(act)

    # the log

    @transaction.atomic
    def record(self, act: Act) -> Entry:
        self._one_writer()
        last = EntryRow.objects.order_by("-number").first()
        entry, why = chain_entry(rows.read_entry(last) if last else None, act, self._now())
        rows.write_entry(entry).save(force_insert=True)
        if why:
            WhyRow(number=why.number, salt=why.salt, words=why.words).save(force_insert=True)
        return entry

    def _one_writer(self) -> None:
        """Whoever changes anything writes into the log, so the log's lock makes writers queue, each until its
        transaction ends. On SQLite every transaction of ours has the file to itself."""
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOG_LOCK])

    def entries(self, about: str | None = None, who: str | None = None) -> Iterator[Entry]:
        found = EntryRow.objects.order_by("number")
        if about is not None:
            found = found.filter(about=about)
        if who is not None:
            found = found.filter(who=who)
        return (rows.read_entry(row) for row in found.iterator(chunk_size=CHUNK))

    def reasons(self) -> Iterator[Why]:
        return (rows.read_why(row) for row in WhyRow.objects.order_by("number").iterator(chunk_size=CHUNK))

    # forgetting

    @transaction.atomic
    def forget(self, case_ids: Iterable[str], act: Act) -> int:
        gone = CaseRow.objects.filter(id__in=list(case_ids))
        names, reports = list(gone.values_list("id", flat=True)), list(gone.values_list("report_id", flat=True))
        # What was searched for may be a name of somebody who is forgotten now.
        numbers = EntryRow.objects.filter(Q(about__in=names) | Q(what="search")).values("number")
        WhyRow.objects.filter(number__in=numbers).delete()
        LinkRow.objects.filter(Q(a__in=reports) | Q(b__in=reports)).delete()
        DecisionRow.objects.filter(Q(a__in=reports) | Q(b__in=reports)).delete()
        search.drop_cases(names)
        gone.delete()
        self.record(act)
        return len(names)


def _visible(wanted: Wanted) -> QuerySet[CaseRow]:
    """The cases of the queue that is asked for, before bands and words."""
    teams = sorted(wanted.teams)
    # One team is an equality, so that the index gives the queue in its order without sorting it.
    found = CaseRow.objects.filter(team=teams[0]) if len(teams) == 1 else CaseRow.objects.filter(team__in=teams)
    if wanted.states:
        found = found.filter(state__in=[str(state) for state in wanted.states])
    else:
        found = found.filter(is_open=True)
    if wanted.areas:
        found = found.filter(area__in=wanted.areas)
    if not wanted.sees_restricted:
        mine = AllowedRow.objects.filter(person=wanted.person).values("case_id")
        found = found.filter(Q(restricted=False) | Q(id__in=mine))
    if wanted.owner is not None:
        found = found.filter(owner=wanted.owner)
    return found
