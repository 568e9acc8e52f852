"""What is about the house and not about a case: the tray, the nightly round."""

from django.contrib import messages
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from lightkeeper.web.team.arrivals import take_arrivals
from lightkeeper.web.team.guard import Desk, open_to_all, page
from lightkeeper.web.team.linking import link_new


@page("tray.take", sees=False)
def take_tray(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Open what came in, link it, and say how much it was."""
    desk.record("tray.take")
    taken = take_arrivals(desk.book, desk.now, desk.officer)
    link_new(desk.book, taken.cases, desk.now)
    said = f"{len(taken.cases)} new, {taken.answers} answers, {taken.feedback} about the site."
    if taken.unopened:
        said += f" {taken.unopened} could not be opened with the keys here; they wait."
    messages.success(request, said)
    return redirect("queue")


@open_to_all
def health(request: HttpRequest) -> HttpResponse:
    """For the machine that watches this one: the site runs and its database answers."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("well", content_type="text/plain")
