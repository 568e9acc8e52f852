"""What every page of the public site is given."""

from functools import cache, lru_cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import translate_url
from django.utils.translation import get_language, override

from lightkeeper.web.public.choices import read_choices


def every_page(request: HttpRequest) -> dict[str, Any]:
    """The numbers that always stand there, the person's own choices, and the same page in each language."""
    return {
        "emergency": "999",
        "main_pages": fixed_part("main_pages", get_language() or "en"),
        "foot": fixed_part("foot", get_language() or "en"),
        "childline": "0800 1111",
        "childline_tel": "08001111",
        "team_name": settings.TEAM_NAME,
        "choices": read_choices(request),
        "neutral_address": settings.NEUTRAL_ADDRESS,
        "languages": [
            {
                "code": code,
                "name": name,
                "address": address_in(request.path, code),
                "now": code == get_language(),
            }
            for code, name in settings.LANGUAGES
        ],
    }


@lru_cache(maxsize=512)
def address_in(path: str, language: str) -> str:
    """The same page in another language. Looked up once: our addresses are few, and say nothing of who asks."""
    return translate_url(path, language)


@cache
def fixed_part(name: str, language: str) -> str:
    """A part that is the same on every page of a language, rendered once: half of a page's work is in these."""
    with override(language):
        return render_to_string(f"public/parts/{name}.html")
