"""Open figures for everyone: a chart with its table beside it, in plain words, and as a file."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import mark_safe

from lightkeeper.core.errors import UnreadableInput
from lightkeeper.web.public.published.shelf import away, for_everyone, shelf


def figures(request: HttpRequest) -> HttpResponse:
    try:
        found = shelf().figures
    except UnreadableInput:
        return away(request)
    # A chart that holds more than shapes and words was refused when the shelf was read.
    shown = [{"page": one, "chart": mark_safe(one.svg)} for one in found]  # noqa: S308
    return render(request, "public/published/figures.html", {"figures": shown})


def download(request: HttpRequest, name: str) -> HttpResponse:
    """The numbers with the lines that say what they count, for a spreadsheet."""
    try:
        found = [one.csv for one in shelf().figures if one.file_name == name]
    except UnreadableInput:
        return away(request)
    if not found:
        raise Http404
    response = for_everyone(found[0], "text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
