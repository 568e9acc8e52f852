"""The shelf as a reader of one language sees it: each warning once, in that language where somebody signed it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from lightkeeper.warn.formats.outline import Standing
from lightkeeper.warn.warning import PublicWarning
from lightkeeper.web.shared.publications import OpenWarning, Shelf, read_shelf

ENGLISH = "en"
_FEW_MINUTES = "public, max-age=300"


@dataclass(frozen=True, slots=True)
class Shown:
    """One warning in the version that this reader gets. `foreign`: it is not in the language of the page."""

    warning: PublicWarning
    standing: Standing
    foreign: bool


def shelf() -> Shelf:
    """What is public at this moment. Raises UnreadableInput where the file is damaged."""
    return read_shelf(settings.PUBLICATIONS)


def away(request: HttpRequest) -> HttpResponse:
    return render(request, "public/published/away.html", status=503)


def for_everyone(content: bytes | str, kind: str) -> HttpResponse:
    """A file that is the same for everyone, and may be kept for a few minutes on the way."""
    return HttpResponse(content, content_type=kind, headers={"Cache-Control": _FEW_MINUTES})


def shown_to(warnings: tuple[OpenWarning, ...], language: str, now: datetime) -> Iterator[Shown]:
    """Every warning once, in the order of the shelf."""
    versions: dict[str, list[OpenWarning]] = {}
    for one in warnings:
        if _is_signed(one.warning):
            versions.setdefault(name_of(one.warning), []).append(one)
    for found in versions.values():
        best = min(found, key=lambda one: _rank(one, language))
        yield Shown(best.warning, best.standing(now), best.warning.language != language)


def name_of(warning: PublicWarning) -> str:
    """The name that all languages of a warning share."""
    return warning.id.removesuffix(f"-{warning.language}")


def _is_signed(warning: PublicWarning) -> bool:
    """The gate has asked already; a translation that nobody signed is not shown even if it got this far."""
    return warning.translation is None or warning.translation.reviewed_on is not None


def _rank(one: OpenWarning, language: str) -> tuple[bool, bool, bool]:
    """What stands goes before what was withdrawn, then the reader's language, then English."""
    return one.withdrawn is not None, one.warning.language != language, one.warning.language != ENGLISH
