"""Words for times, bands and codes on the desk's pages."""

from datetime import datetime, timedelta
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from lightkeeper.core.place import places
from lightkeeper.desk.policy import PERMISSIONS

register = template.Library()


@register.filter
def number(band: Any) -> int:
    return int(band)


@register.filter
def of(table: dict[str, Any], key: str) -> Any:
    """What a table holds under a key, or the key itself."""
    return table.get(key, key)


@register.filter
def ago(moment: datetime, now: datetime) -> str:
    return f"{in_words(now - moment)} ago" if moment <= now else "just now"


@register.filter
def clock(due: datetime | None, now: datetime) -> SafeString | str:
    """How long is left until a deadline, or how far over it we are; a word says which, not a colour alone."""
    if due is None:
        return ""
    left = due - now
    if left < timedelta(0):
        return format_html('<span class="late">{} over</span>', in_words(-left))
    return format_html('<span class="left">{} left</span>', in_words(left))


def in_words(span: timedelta) -> str:
    minutes = int(span.total_seconds() // 60)
    if minutes < 90:
        return f"{max(minutes, 0)} min"
    if minutes < 48 * 60:
        return f"{minutes // 60} h"
    return f"{minutes // (24 * 60)} days"


@register.filter
def readable(code: Any) -> str:
    """A code as words: `gift_card` is `gift card`, and an image is a picture."""
    return str(code).replace("_", " ").replace("image pdq", "picture hash").replace("image", "picture")


@register.filter
def safe_json(text: str) -> SafeString:
    """JSON that cannot end the script element it stands in."""
    from django.utils.safestring import mark_safe

    return mark_safe(text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026"))  # noqa: S308


@register.filter
def act_words(what: str) -> str:
    """What the log's code means, for a look or a refusal: "open a case"; "" for a code that says it itself."""
    kind, _, action = what.partition(".")
    rule = PERMISSIONS.get(action) if kind in ("see", "refused") else None
    return "" if rule is None else f"not allowed: {rule.does}" if kind == "refused" else rule.does


@register.filter
def how_long(days: int) -> str:
    """A time of keeping as people say it: 730 days are 2 years."""
    years, rest = divmod(days, 365)
    return f"{days} days" if rest or not years else "1 year" if years == 1 else f"{years} years"


@register.filter
def place_name(slug: str) -> str:
    """A police force area as people say it; a partner's own name for one stays as it is."""
    return places()[slug].name if slug in places() else slug


@register.filter
def unlocal(value: float) -> str:
    """A number for SVG: a point, whatever the language."""
    return f"{value:.1f}"


@register.filter
def open_cases(cases: list[Any]) -> int:
    from lightkeeper.desk.states import OPEN

    return sum(case.state in OPEN for case in cases)


@register.filter
def most_urgent(cases: list[Any]) -> str:
    from lightkeeper.desk.states import OPEN

    bands = [case.band for case in cases if case.state in OPEN]
    return str(min(bands)) if bands else "all finished"


@register.simple_tag(takes_context=True)
def demo_code_now(context: dict[str, Any]) -> str | None:
    """In the demo, the one-time code of the person who is signing in; None everywhere else."""
    from allauth.account.internal.stagekit import get_pending_stage
    from django.conf import settings

    if not settings.DEMO:
        return None
    from lightkeeper.web.team.demo import demo_code

    stage = get_pending_stage(context["request"])
    user = stage.login.user if stage else context["request"].user
    return demo_code(user.get_username())


@register.filter
def bar(row: dict[str, Any]) -> str:
    """How long a row's bar is, in hundredths of the longest."""
    return f"{100 * row['count'] / max(row['most'], 1):.1f}"
