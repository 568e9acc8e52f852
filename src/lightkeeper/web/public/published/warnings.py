"""Warnings for everyone: the list, one warning in the site's own frame, the feed, and the form for partners."""

from dataclasses import replace
from datetime import UTC, datetime

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.safestring import SafeString, mark_safe

from lightkeeper.core.errors import UnreadableInput
from lightkeeper.warn.formats.feed import outline_of, write_feed
from lightkeeper.warn.formats.html import write_blocks
from lightkeeper.web.public.published.shelf import Shown, away, for_everyone, name_of, shelf, shown_to
from lightkeeper.web.shared.publications import Shelf

_BEFORE_THE_FIRST = datetime(2026, 1, 1, tzinfo=UTC)  # an empty feed needs a date too


def warnings(request: HttpRequest) -> HttpResponse:
    """What holds now, and under it what no longer does."""
    try:
        found = _shown(shelf())
    except UnreadableInput:
        return away(request)
    holding = [one for one in found if not (one.standing.expired or one.standing.withdrawn)]
    earlier = [one for one in found if one not in holding]
    return render(request, "public/published/warnings.html", {"holding": holding, "earlier": earlier})


def warning(request: HttpRequest, warning_id: str) -> HttpResponse:
    """One warning, in the reader's language where there is a signed one; or the notice that it was withdrawn."""
    try:
        now = shelf()
    except UnreadableInput:
        return away(request)
    names = {one.warning.id: name_of(one.warning) for one in now.warnings}
    wanted = names.get(warning_id)
    for one in _shown(now):
        if wanted is not None and name_of(one.warning) == wanted:
            return render(request, "public/published/warning.html", {"one": one, "body": _body(one)})
    raise Http404


def feed(request: HttpRequest) -> HttpResponse:
    """Atom: made here, because here is known at which address the warnings stand."""
    try:
        now = shelf()
    except UnreadableInput:
        return away(request)
    moment = timezone.now()
    entries = []
    for one in now.warnings:
        with translation.override(one.warning.language):
            page = request.build_absolute_uri(reverse("warning", args=[one.warning.id]))
        entries.append((replace(one.warning, page=page), one.standing(moment)))
    here = request.build_absolute_uri(request.path)
    body = write_feed(entries, settings.TEAM_NAME, here, now.changed or _BEFORE_THE_FIRST)
    return for_everyone(body, "application/atom+xml; charset=utf-8")


def cap(request: HttpRequest, warning_id: str) -> HttpResponse:
    """The newest message for partner systems: an alert, an update or a cancel."""
    try:
        found = [one.cap for one in shelf().warnings if one.warning.id == warning_id]
    except UnreadableInput:
        return away(request)
    if not found:
        raise Http404
    return for_everyone(found[0], "application/cap+xml; charset=utf-8")


def _shown(now: Shelf) -> list[Shown]:
    return list(shown_to(now.warnings, translation.get_language() or "en", timezone.now()))


def _body(one: Shown) -> SafeString:
    """The warning's text. Every word in it is escaped where it is written out, so this is safe to mark as such."""
    return mark_safe("" if one.standing.withdrawn else write_blocks(outline_of(one.warning, one.standing)))  # noqa: S308
