"""The report, one question a page, at one address.

Every step is a POST to the same address; the answers so far travel in the page, closed with the site's key
(report/kept.py). The server stores nothing before the last step.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language

from lightkeeper.core.errors import SlotClosed, UnreadableInput
from lightkeeper.report.form import Problem, Screen, merge, missing, read_screen, screen_named, screens
from lightkeeper.report.kept import Kept, close, open_kept
from lightkeeper.report.submit import keep, seal_report
from lightkeeper.report.tell import said_now, told
from lightkeeper.web.public import wiring
from lightkeeper.web.public.report_view import fold, show_fields, show_summary

CHECK = "check"
CARRIED = {"keep_names": "names", "keep_words": "words"}


@dataclass(frozen=True, slots=True)
class Step:
    """Where somebody is in the report, and what they have said so far."""

    kept: Kept
    screen: str
    problems: tuple[Problem, ...] = ()
    typed: QueryDict | None = None  # what was just typed, shown again where it could not be used
    checking: bool = False  # came from "check your answers", and goes back there
    notice: str = ""


def report(request: HttpRequest) -> HttpResponse:
    """GET begins; POST goes a step on or back, or sends."""
    if request.method == "GET":
        return show(request, Step(Kept(), screens()[0].name))
    if "kept" not in request.POST:
        return show(request, begin_with_carried(request.POST))
    try:
        kept = open_kept(request.POST["kept"], settings.FORM_KEY)
    except UnreadableInput:
        return show(request, Step(Kept(), screens()[0].name, notice="expired"))
    if request.POST.get("go") == "send":
        return send(request, kept)
    return show(request, next_step(request.POST, kept))


report.looks_for_pictures = True  # type: ignore[attr-defined] # at the field, where it can be said kindly


def begin_with_carried(posted: QueryDict) -> Step:
    """Begin with the names and words that somebody chose to keep on the check page."""
    them = screen_named("them")
    assert them is not None
    given = {field: posted.getlist(sent) for sent, field in CARRIED.items() if sent in posted}
    answers, problems = read_screen(them, given)
    carried = "carried" if answers else ""
    return Step(Kept(answers), screens()[0].name, notice="picture" if problems else carried)


def next_step(posted: QueryDict, kept: Kept) -> Step:
    """Take the answers of the screen that was sent, and find the screen to show."""
    go, checking = posted.get("go", "next"), posted.get("checking") == "yes"
    if go.startswith("change:"):
        wanted = screen_named(go.removeprefix("change:")) or screens()[0]
        return Step(kept, wanted.name, checking=True)
    screen = screen_named(posted.get("screen", ""))
    if screen is None:  # the check page: back to the last screen, or the same in another language
        return Step(kept, screens()[-1].name if go == "back" else CHECK)
    answers, problems = read_screen(screen, dict(posted.lists()))
    kept = replace(kept, answers=merge(kept.answers, screen, answers))
    if go == "language":
        return Step(kept, screen.name, typed=posted, checking=checking)
    if go == "back":
        return Step(kept, before(screen), checking=checking)
    if problems:
        return Step(kept, screen.name, problems, typed=posted, checking=checking)
    return Step(kept, CHECK if checking or go == CHECK else after(screen))


def send(request: HttpRequest, kept: Kept) -> HttpResponse:
    """Seal, keep, and show the receipt; the receipt is only shown once the report is on disk."""
    unanswered = missing(kept.answers)
    if unanswered is not None:
        return show(request, Step(kept, unanswered.name, (Problem("what", "missing"),)))
    if too_many_from_here(request, kept):
        return show(request, Step(kept, CHECK, notice="many"), status=429)
    envelope = seal_report(kept.answers, get_language() or "en", kept.receipt, wiring.sealing(), timezone.now())
    try:
        keep(envelope, (wiring.inbox(), wiring.spool()))
    except SlotClosed:
        return show(request, Step(kept, CHECK, notice="not_kept"), status=503)
    shown = {"words": kept.receipt.words, "grown_up": "age" in told(kept.answers), **in_danger(kept)}
    return render(request, "public/report/receipt.html", shown)


def too_many_from_here(request: HttpRequest, kept: Kept) -> bool:
    """Whether the network of this visitor has sent all it may for now.

    Who took the time to write has room of their own, so that nobody who floods from the same school by hand, or
    with a program that does not wait, can use it up.
    """
    kind, most = ("unhurried report", 4) if kept.unhurried else ("report", 1)
    sent = wiring.throttle().count(kind, wiring.network_address(request))
    return sent > most * settings.MOST_REPORTS


def show(request: HttpRequest, step: Step, status: int = 200) -> HttpResponse:
    """Show a screen, or the check page."""
    token = close(step.kept, settings.FORM_KEY)
    shared: dict[str, Any] = {"kept": token, "notice": step.notice, "flow": True, "steps": len(screens()) + 1}
    shared |= in_danger(step.kept)
    screen = screen_named(step.screen)
    if screen is None:
        grown_up = "age" in told(step.kept.answers)
        shared |= {"summary": show_summary(step.kept.answers), "number": len(screens()) + 1, "grown_up": grown_up}
        return render(request, "public/report/check.html", shared, status=status)
    shared |= {
        "screen": screen,
        "folds": fold(show_fields(screen, step.kept.answers, step.typed, step.problems)),
        "problems": step.problems,
        "number": place_of(screen) + 1,
        "checking": step.checking,
        "default_go": "next",  # what the Enter key in a line does
    }
    return render(request, "public/report/screen.html", shared, status=422 if step.problems else status)


def in_danger(kept: Kept) -> dict[str, bool]:
    """What was said on the first screen that the page must answer at once."""
    return {name: said_now(kept.answers, name) == "yes" for name in ("danger", "hurt")}


def place_of(screen: Screen) -> int:
    return screens().index(screen)


def before(screen: Screen) -> str:
    return screens()[max(place_of(screen) - 1, 0)].name


def after(screen: Screen) -> str:
    names: Sequence[str] = [one.name for one in screens()] + [CHECK]
    return names[place_of(screen) + 1]
