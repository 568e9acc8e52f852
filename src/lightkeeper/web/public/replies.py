"""The way back: with the nine words somebody reads our answers, and can write again."""

import json
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import get_language

from lightkeeper.core.errors import CannotOpen, ImageRefused, SlotClosed, UnreadableInput, WrongReceipt
from lightkeeper.report.kept import Kept, close, open_kept
from lightkeeper.report.receipt import Door, Receipt, door, read_receipt
from lightkeeper.report.redact import clean, words_left
from lightkeeper.report.seal import open_envelope
from lightkeeper.report.submit import keep, seal_answer
from lightkeeper.web.public import failures, wiring

LONGEST_ANSWER = 8_000
LONGEST_WORDS = 200


@dataclass(frozen=True, slots=True)
class ShownReply:
    text: str
    written: object


def replies(request: HttpRequest) -> HttpResponse:
    """GET asks for the words; POST shows what waits, or keeps an answer."""
    if request.method == "GET":
        return ask(request)
    if "answer" in request.POST:
        return answer(request)
    if wiring.throttle().so_far("receipt", wiring.network_address(request)) >= settings.MOST_WRONG_RECEIPTS:
        return failures.too_many(request)
    try:
        receipt = read_receipt(request.POST.get("words", ""))
    except WrongReceipt as error:
        return wrong(request, error.place)
    return show(request, receipt)


replies.looks_for_pictures = True  # type: ignore[attr-defined]


def lost(request: HttpRequest) -> HttpResponse:
    return render(request, "public/replies/lost.html")


def ask(
    request: HttpRequest, problem: str = "", status: int = 200, typed: str = "", place: int | None = None
) -> HttpResponse:
    shown = {"problem": problem, "typed": typed, "place": place}
    return render(request, "public/replies/ask.html", shown, status=status)


def wrong(request: HttpRequest, place: int | None) -> HttpResponse:
    """Count the try, and show what was typed with the word to look at: nobody should type nine words twice."""
    wiring.throttle().count("receipt", wiring.network_address(request))
    try:
        typed = clean(request.POST.get("words", ""), LONGEST_WORDS)
    except ImageRefused:
        typed = ""
    return ask(request, "words", status=422, typed=typed, place=place)


def show(
    request: HttpRequest, receipt: Receipt, note: str = "", problem: str = "", text: str = "", status: int = 0
) -> HttpResponse:
    """The replies of this receipt, and what was being written. Made in memory for one person, kept by nobody."""
    token = close(Kept({}, receipt), settings.FORM_KEY)
    shown = {"kept": token, "note": note, "problem": problem, "flow": True, "text": text}
    opened = door(receipt, settings.PEPPER)
    try:
        found = [read_reply(reply.sealed, opened) for reply in wiring.inbox().waiting(opened.lookup)]
    except SlotClosed:
        return render(request, "public/replies/away.html", shown)
    status = status or (422 if problem else 200)
    return render(request, "public/replies/show.html", {**shown, "replies": found}, status=status)


def read_reply(sealed: bytes, opened: Door) -> ShownReply:
    """Open one reply. One that does not open is shown as such, and hides none of the others."""
    try:
        reply = json.loads(open_envelope(sealed, [opened.identity]))["reply"]
        return ShownReply(str(reply["text"]), parse_datetime(reply["written"]))
    except (CannotOpen, ValueError, KeyError):
        return ShownReply("", None)


def answer(request: HttpRequest) -> HttpResponse:
    """Keep what somebody adds, sealed like a report."""
    try:
        receipt = open_kept(request.POST.get("kept", ""), settings.FORM_KEY).receipt
    except UnreadableInput:
        return ask(request, "expired")
    try:
        text = clean(request.POST["answer"], LONGEST_ANSWER)
    except ImageRefused:
        return show(request, receipt, problem="picture", text=words_left(request.POST["answer"], LONGEST_ANSWER))
    if request.POST.get("go") == "language":
        return show(request, receipt, text=text)
    if not text:
        return show(request, receipt, problem="missing")
    if wiring.throttle().count("answer", wiring.network_address(request)) > settings.MOST_REPORTS:
        return show(request, receipt, problem="not_kept", text=text, status=429)
    envelope = seal_answer(text, get_language() or "en", receipt, wiring.sealing(), timezone.now())
    try:
        keep(envelope, (wiring.inbox(), wiring.spool()))
    except SlotClosed:
        return show(request, receipt, problem="not_kept", text=text)
    return show(request, receipt, note="sent")
