"""The first page, and the honest page on what leaving cannot hide."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def home(request: HttpRequest) -> HttpResponse:
    return render(request, "public/home.html")


def leaving(request: HttpRequest) -> HttpResponse:
    return render(request, "public/leaving.html")


def health(request: HttpRequest) -> HttpResponse:
    """For a load balancer: the process answers. It asks no database, because pages need none."""
    return HttpResponse("ok\n", content_type="text/plain")
