"""Keeping and forgetting: what is due, forgetting it, and the certificates."""

import json

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from lightkeeper.core.errors import NoSuchCase
from lightkeeper.desk.outcomes import OUTCOMES
from lightkeeper.desk.rules import read_rules
from lightkeeper.web.team.forgetting import cases_due, forget_cases, scrub_pages
from lightkeeper.web.team.guard import Desk, page
from lightkeeper.web.team.models import Certificate


@page("keep.see")
def keeping(request: HttpRequest, desk: Desk) -> HttpResponse:
    """The dry run: what would be forgotten, and what a hold keeps."""
    context = {
        "desk": desk,
        "due": cases_due(desk.book, desk.now, desk.officer.teams),
        "rules": sorted(read_rules("retention")["days"].items(), key=lambda rule: (rule[1], rule[0])),
        "outcome_words": {outcome.code: outcome.says for outcome in OUTCOMES.values()},
        "certificates": Certificate.objects.order_by("-made")[:50],
    }
    return render(request, "team/keeping.html", context)


@page("keep.forget", sees=False)
def forget(request: HttpRequest, desk: Desk) -> HttpResponse:
    due = [one for one in cases_due(desk.book, desk.now, desk.officer.teams) if not one.kept_by]
    made = forget_cases(desk.book, due, desk.officer, desk.now, request.POST.get("reason", "")[:500])
    transaction.on_commit(scrub_pages)
    messages.success(request, f"{made.cases} cases are forgotten. The certificate is below.")
    return redirect("keeping")


@page("keep.see")
def certificate(request: HttpRequest, desk: Desk, number: int) -> HttpResponse:
    made = Certificate.objects.filter(pk=number).first()
    if made is None:
        raise NoSuchCase("there is no such certificate")
    response = HttpResponse(json.dumps(made.body, indent=2), content_type="application/json")
    response["Content-Disposition"] = f'attachment; filename="forgotten-{made.made:%Y-%m-%d}-{made.pk}.json"'
    return response
