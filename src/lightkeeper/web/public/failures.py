"""Pages for when something does not work. Each one still shows whom to call, and says what to do next."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return page(request, "unclear", 400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return page(request, "elsewhere", 403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return page(request, "not_found", 404)


def wrong_method(request: HttpRequest) -> HttpResponse:
    response = page(request, "unclear", 405)
    response["Allow"] = "GET, HEAD, POST"
    return response


def too_long(request: HttpRequest) -> HttpResponse:
    return page(request, "too_long", 413)


def no_pictures(request: HttpRequest) -> HttpResponse:
    return page(request, "no_pictures", 415)


def too_many(request: HttpRequest) -> HttpResponse:
    response = page(request, "too_many", 429)
    response["Retry-After"] = "600"
    return response


def broken(request: HttpRequest) -> HttpResponse:
    return page(request, "broken", 500)


def page(request: HttpRequest, name: str, status: int) -> HttpResponse:
    return render(request, f"public/failures/{name}.html", status=status)
