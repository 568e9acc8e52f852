"""A word about the site itself: sealed like a report, read and moderated by the team."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language

from lightkeeper.core.errors import ImageRefused, SlotClosed, UnreadableInput
from lightkeeper.report.kept import Kept, close, open_kept
from lightkeeper.report.redact import clean, words_left
from lightkeeper.report.submit import keep, seal_feedback
from lightkeeper.web.public import failures, wiring

FOUND = ("yes", "partly", "no")
LONGEST = 2_000


def feedback(request: HttpRequest) -> HttpResponse:
    if request.method == "GET":
        return ask(request)
    try:
        nonce = open_kept(request.POST.get("kept", ""), settings.FORM_KEY).receipt.entropy
        text = clean(request.POST.get("text", ""), LONGEST)
    except UnreadableInput:
        return ask(request, "expired", 422)
    except ImageRefused:
        return ask(request, "picture", 422, words_left(request.POST["text"], LONGEST))
    if request.POST.get("go") == "language":
        return ask(request, text=text)
    found = request.POST.get("found", "")
    if not text and found not in FOUND:
        return ask(request, "missing", 422)
    if wiring.throttle().count("feedback", wiring.network_address(request)) > settings.MOST_REPORTS:
        return failures.too_many(request)
    said = {"found": found if found in FOUND else "", "text": text}
    envelope = seal_feedback(said, get_language() or "en", nonce, wiring.sealing(), timezone.now())
    try:
        keep(envelope, (wiring.inbox(), wiring.spool()))
    except SlotClosed:
        return ask(request, "not_kept", 503, text)
    return render(request, "public/feedback/thanks.html")


feedback.looks_for_pictures = True  # type: ignore[attr-defined]


def ask(request: HttpRequest, problem: str = "", status: int = 200, text: str = "") -> HttpResponse:
    shown = {
        "kept": close(Kept(), settings.FORM_KEY),
        "problem": problem,
        "text": text,
        "found": request.POST.get("found", ""),
        "flow": True,
        "report_address": reverse("report"),
    }
    return render(request, "public/feedback/ask.html", shown, status=status)
