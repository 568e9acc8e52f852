"""From figures and a place to a warning, in our own words, with nothing in it that was not passed in."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from lightkeeper.core.errors import UnreadableInput
from lightkeeper.core.place import Place
from lightkeeper.warn.figures import Counted, Figures
from lightkeeper.warn.warning import (
    Audience,
    Change,
    Contact,
    Count,
    Kind,
    Link,
    NumberApproval,
    PublicWarning,
    Quote,
    School,
    Translation,
)
from lightkeeper.warn.wording import HUMAN_LANGUAGES, Wording, read_table, wording

_NAMED_PLATFORMS = 3
_LEAST_TO_NAME = 5  # a platform or an age band with fewer reports is not named
_NEVER_NAMED = ("not said", "other")


@dataclass(frozen=True, slots=True)
class Choices:
    """What a person decides about a warning; everything else comes from the figures and the wording."""

    issued: datetime
    language: str = "en"
    reviewed_by: str = ""  # the fluent reader of a translation; on the day of issue
    id: str = ""
    valid_days: int = 90
    at_least: bool = False
    exact: NumberApproval | None = None  # without it numbers are rounded to five
    quote: Quote | None = None
    school: School | None = None
    behind: tuple[str, ...] = ()
    page: str = ""
    embargo: datetime | None = None


def compose_warning(kind: Kind, place: Place, choices: Choices, figures: Figures | None = None) -> PublicWarning:
    """Write a warning. An appeal takes no figures; a letter may do without; the others need them.

    Raises UnreadableInput when figures are missing, or a bulletin has nothing to compare with.
    """
    if kind is Kind.APPEAL:
        figures = None  # nothing of a case may be read out of it, so nothing goes in
    elif figures is None and kind is not Kind.LETTER:
        raise UnreadableInput(f"a {kind} needs figures: make them with `lightkeeper watch … --json`")
    if kind is Kind.BULLETIN and (figures is None or figures.comparison is None):
        raise UnreadableInput("a bulletin compares two periods: make the figures with --against")
    if kind is Kind.LETTER and choices.school is None:
        raise UnreadableInput("a letter needs the school that sends it")
    words = wording(choices.language)
    count = _count(figures.total, figures, choices) if figures else None
    change = _change(figures, choices) if figures and kind is Kind.BULLETIN else None
    harm = figures.version if figures and figures.version in words.at("harm") else "sextortion-1"
    slots = _slots(words, place, harm, count, change)
    return PublicWarning(
        id=choices.id or f"{place.slug}-{kind}-{choices.issued:%Y-%m-%d}-{choices.language}",
        kind=kind,
        audience=Audience.SCHOOL if kind is Kind.LETTER else Audience.AREA,
        language=choices.language,
        place=place.name,
        force=_force(choices.language, place),
        headline=words.say(_headline(kind, change), **slots),
        summary=words.say(
            "kind/letter/summary_count" if kind is Kind.LETTER and count else f"kind/{kind}/summary", **slots
        ),
        pattern=(*words.steps(f"harm/{harm}/pattern"), words.at(f"harm/{harm}/abuse")),
        child_steps=words.steps("child/steps"),
        parent_steps=words.steps("parent/steps"),
        tonight=words.steps("tonight/steps"),
        contacts=_contacts(choices.language, place),
        issued=choices.issued,
        expires=choices.issued + timedelta(days=choices.valid_days),
        count=count,
        change=change,
        platforms=_platforms(figures) if kind is not Kind.LETTER else (),
        ages=_ages(figures) if kind is not Kind.LETTER else (),
        under_reporting=words.at("say/under_reporting"),
        quote=choices.quote,
        links=tuple(Link(one[choices.language], one["url"]) for one in read_table("wording/links.toml")["link"]),
        school=choices.school,
        translation=_translation(choices),
        embargo=choices.embargo,
        behind=choices.behind,
        page=choices.page,
    )


def say_count(words: Wording, count: Count) -> str:
    """ "at least 17 reports"; "about 85 reports" where the number was rounded."""
    how = "at_least" if count.at_least else "exact" if count.approval else "rounded"
    return words.say(f"count/{how}", number=f"{count.number:,}")


def say_period(words: Wording, count: Count) -> str:
    if count.first is None or count.last is None:
        return ""
    return words.say("count/period", first=words.day(count.first), last=words.day(count.last))


def _slots(words: Wording, place: Place, harm: str, count: Count | None, change: Change | None) -> dict[str, Any]:
    slots = {
        "place": place.name,
        "force": _force(words.language, place),
        "harm": words.at(f"harm/{harm}/name"),
        "what": words.at(f"harm/{harm}/what"),
    }
    if count:
        said = say_count(words, count)
        slots |= {"count": said, "Count": said[0].upper() + said[1:], "period": say_period(words, count)}
    if change:
        before = {"before": f"{change.before.number:,}", "before_period": say_period(words, change.before)}
        slots["change"] = words.say(f"change/{change.verdict}", **before)
    return slots


def _headline(kind: Kind, change: Change | None) -> str:
    if kind is Kind.BULLETIN:
        return f"kind/bulletin/headline_{'rise' if change and change.verdict == 'rise' else 'other'}"
    return f"kind/{kind}/headline"


def _count(counted: Counted, figures: Figures, choices: Choices) -> Count:
    number = counted.number if choices.exact else _round_to_five(counted.number)
    words = wording(choices.language).table["harm"].get(figures.version, {}).get("counted", figures.definition)
    return Count(
        number=number,
        first=counted.first,
        last=counted.last,
        definition=words,
        version=figures.version,
        at_least=choices.at_least,
        approval=choices.exact,
    )


def _change(figures: Figures, choices: Choices) -> Change | None:
    compared = figures.comparison
    if compared is None:
        return None
    return Change(
        before=_count(compared.before, figures, choices),
        ratio=_two_places(compared.ratio),
        low=_two_places(compared.low),
        high=_two_places(compared.high),
        verdict=compared.verdict(figures.total.number),
    )


def _round_to_five(number: int) -> int:
    """Round to the nearest five; a number below five stays, so that the gate sees it and refuses."""
    return number if number < _LEAST_TO_NAME else 5 * round(number / 5)


def _two_places(figure: float | None) -> float | None:
    return None if figure is None else round(figure, 2)


def _platforms(figures: Figures | None) -> tuple[str, ...]:
    rows = figures.by_platform if figures else ()
    named = [name for name, count in rows if count >= _LEAST_TO_NAME and name not in _NEVER_NAMED]
    proper = read_table("platforms.toml")["name"]
    return tuple(proper.get(name, name.title()) for name in named[:_NAMED_PLATFORMS])


def _ages(figures: Figures | None) -> tuple[str, ...]:
    """The age bands that together hold most of the reports, largest first; none where a band is small."""
    rows = [row for row in (figures.by_age if figures else ()) if row[0] not in _NEVER_NAMED]
    most = sum(count for _, count in rows) / 2
    named: list[str] = []
    reached = 0
    for name, count in rows:
        if count < _LEAST_TO_NAME or reached > most:
            break
        named.append(name)
        reached += count
    return tuple(named) if reached > most else ()


def _translation(choices: Choices) -> Translation | None:
    if choices.language in HUMAN_LANGUAGES:
        return None
    day = choices.issued.date() if choices.reviewed_by else None
    return Translation("en", "machine", choices.reviewed_by, day)


def _contacts(language: str, place: Place) -> tuple[Contact, ...]:
    slots = {"force": _force(language, place), "force_website": place.website}
    return tuple(
        Contact(
            id=one["id"],
            name=one[language]["name"].format_map(slots),
            when=one[language]["when"].format_map(slots),
            phone=one["phone"],
            url=one["url"].format_map(slots),
        )
        for one in read_table("wording/contacts.toml")["contact"]
    )


def _force(language: str, place: Place) -> str:
    """The force's name in the language of the text, where it has one."""
    names = read_table("wording/forces.toml").get(language, {})
    return str(names.get(place.slug, place.force))
