"""What leaves the house and what comes in from partners: evidence bags, STIX, subject access, imports."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from lightkeeper.core.errors import NotAllowed
from lightkeeper.desk.actions.export_evidence import export_evidence
from lightkeeper.desk.disclosure import write_disclosure
from lightkeeper.desk.evidence.timestamp import ask_authority
from lightkeeper.desk.exchange.partner import take_partner_file
from lightkeeper.desk.exchange.stix import write_stix
from lightkeeper.desk.holds import refuse_held
from lightkeeper.desk.suspect_page import seen_identifiers
from lightkeeper.web.team.guard import Desk, page
from lightkeeper.web.team.linking import link_new


def _download(data: bytes | str, name: str, kind: str) -> HttpResponse:
    response = HttpResponse(data, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _why(request: HttpRequest) -> str:
    reason = request.POST.get("reason", "").strip()[:500]
    if not reason:
        raise NotAllowed("say why")
    return reason


@page("evidence.export", sees=False)
def evidence(request: HttpRequest, desk: Desk, case_id: str) -> HttpResponse:
    """The case as a sealed evidence bag."""
    ask = ask_authority(settings.TIMESTAMP_AUTHORITY) if settings.TIMESTAMP_AUTHORITY else None
    recipient = request.POST.get("recipient", "")
    sealed = export_evidence(desk.book, desk.case, desk.officer, desk.now, recipient, _why(request), ask)
    return _download(sealed, f"{case_id}-{desk.now:%Y%m%d}.tar.age", "application/octet-stream")


@page("case.disclose", sees=False)
def disclose(request: HttpRequest, desk: Desk, case_id: str) -> HttpResponse:
    """What is held of the person who reported this case, over all their reports."""
    case, reason = desk.case, _why(request)
    cases = desk.book.cases_behind(case.reply_to.lookup) if case.reply_to else (case,)
    refuse_held([one.report.id for one in cases], desk.book.held_reports())
    items = [item for one in cases for item in desk.book.items(one.id)]
    desk.record("case.disclose", case_id, why=reason, cases=str(len(cases)))
    return _download(
        write_disclosure(cases, items, desk.now), f"{case_id}-subject-access.json", "application/json"
    )


@page("suspect.export", sees=False)
def stix(request: HttpRequest, desk: Desk, suspect_id: str) -> HttpResponse:
    """What the suspect uses, as STIX 2.1."""
    reason = _why(request)
    refuse_held(desk.suspect.reports, desk.book.held_reports())
    reports = desk.book.reports_of([case.report.id for case in desk.cases])
    desk.record("suspect.export", suspect_id, why=reason, reports=str(len(reports)))
    bundle = write_stix(suspect_id, seen_identifiers(reports), settings.TEAM, desk.now)
    return _download(bundle, f"{suspect_id}-stix.json", "application/stix+json;version=2.1")


@page("import.take", sees=False)
def take_import(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Take in a partner's reports, pasted as JSON Lines; no file is ever uploaded to this site."""
    team = settings.TEAM if settings.TEAM in desk.officer.teams else min(desk.officer.teams)
    form = "ncmec" if request.POST.get("form") == "ncmec" else "lightkeeper"
    lines = request.POST.get("lines", "").splitlines()
    taken = take_partner_file(desk.book, desk.officer, desk.now, team, lines, form)
    link_new(desk.book, taken.cases, desk.now)
    said = f"{len(taken.cases)} new, {taken.here_already} were here."
    messages.success(request, " ".join((said, *taken.unreadable[:20])))
    return redirect("queue")
