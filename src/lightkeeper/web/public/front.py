"""The first page, and the plain pages about the site itself."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def home(request: HttpRequest) -> HttpResponse:
    return render(request, "public/home.html")


def leaving(request: HttpRequest) -> HttpResponse:
    return render(request, "public/about/leaving.html")


def pictures(request: HttpRequest) -> HttpResponse:
    return render(request, "public/about/pictures.html")


def privacy(request: HttpRequest) -> HttpResponse:
    return render(request, "public/about/privacy.html")


def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "public/about/accessibility.html")


def health(request: HttpRequest) -> HttpResponse:
    """For a load balancer: the process answers. It asks no database, because pages need none."""
    return HttpResponse("ok\n", content_type="text/plain")
