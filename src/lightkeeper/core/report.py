"""A report of online harm to a child, as it travels between the form, the desk and the engines.

Reads and writes `report.schema.json`, one JSON object a line. It never carries an image: only hashes.
"""

import json
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, NoReturn, TypeVar

from lightkeeper.core.errors import InvalidIdentifier, InvalidReport
from lightkeeper.core.identifier import Identifier, IdentifierKind

LONGEST_NARRATIVE = 20_000
OLDEST_CHILD = 17
_CURRENCY = re.compile(r"[A-Z]{3}")
_DATE_TIME = re.compile(r"\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)")


class Reporter(StrEnum):
    CHILD = "child"
    PARENT = "parent"
    SCHOOL = "school"
    PROFESSIONAL = "professional"
    POLICE = "police"
    PLATFORM = "platform"
    OTHER = "other"


class Harm(StrEnum):
    SEXTORTION = "sextortion"
    GROOMING = "grooming"
    IMAGES_REQUESTED = "images_requested"
    IMAGE_SHARED = "image_shared"
    IMAGES_SENT_TO_CHILD = "images_sent_to_child"
    THREAT = "threat"
    OTHER = "other"


class Demand(StrEnum):
    MONEY = "money"
    GIFT_CARD = "gift_card"
    CRYPTOCURRENCY = "cryptocurrency"
    IMAGES = "images"
    VIDEO_CALL = "video_call"
    MEETING = "meeting"
    SELF_HARM = "self_harm"
    ACCOUNT_ACCESS = "account_access"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Money:
    amount: float
    currency: str  # ISO 4217, three letters


@dataclass(frozen=True, slots=True)
class Danger:
    """What decides whether somebody must act now. `None` is "not said", which is never "no"."""

    now: bool | None = None
    self_harm: bool | None = None
    meeting: bool | None = None
    deadline: datetime | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """One report, exactly as the contract has it."""

    id: str
    received: datetime  # always with a time zone
    reporter: Reporter
    harms: tuple[Harm, ...]
    area: str | None = None
    age: int | None = None
    platforms: tuple[str, ...] = ()
    demands: tuple[Demand, ...] = ()
    lost: Money | None = None
    danger: Danger = field(default_factory=Danger)
    suspect: tuple[Identifier, ...] = ()
    narrative: str | None = None
    hold: bool = False

    def __repr__(self) -> str:
        return f"Report({self.reporter}, {len(self.suspect)} identifiers)"

    def as_json(self) -> dict[str, Any]:
        """The contract's form, with every field that a report can have."""
        return {
            "id": self.id,
            "received": _write_time(self.received),
            "area": self.area,
            "reporter": str(self.reporter),
            "child": {"age": self.age},
            "harms": [str(harm) for harm in self.harms],
            "platforms": list(self.platforms),
            "demands": [str(demand) for demand in self.demands],
            "lost": {"amount": self.lost.amount, "currency": self.lost.currency} if self.lost else None,
            "danger": _write_danger(self.danger),
            "suspect": [_write_identifier(one) for one in self.suspect],
            "narrative": self.narrative,
            "hold": self.hold,
        }


def read_reports(lines: Iterable[str | bytes]) -> Iterator[Report]:
    """Read reports, one JSON object a line; blank lines are passed over.

    Raises InvalidReport with the line (counted from 1), the field and the reason, never the content.
    """
    for number, line in enumerate(lines, start=1):
        if line.strip():
            try:
                yield parse_report(line)
            except InvalidReport as error:
                raise error.at(number) from None


def parse_report(line: str | bytes) -> Report:
    """Read one report from its JSON text. Raises InvalidReport."""
    try:
        data = json.loads(line, parse_constant=_refuse_constant)
    except (ValueError, RecursionError):
        # The decoder's own message quotes nothing, but its `doc` holds the text: drop the cause.
        raise InvalidReport("report", "is not one JSON object on one line") from None
    return report_from_json(data)


def write_reports(reports: Iterable[Report]) -> Iterator[str]:
    """One JSON line for each report, ending in a line feed."""
    for report in reports:
        yield json.dumps(report.as_json(), ensure_ascii=False, separators=(",", ":")) + "\n"


def report_from_json(data: object) -> Report:
    """Turn the parsed JSON of one report into a Report. Raises InvalidReport with field and reason."""
    top = _object(data, "report", _FIELDS, required=("id", "received", "reporter", "harms"))
    child = _object(top.get("child", {}), "child", ("age",))
    return Report(
        id=_text(top["id"], "id", 1, 64),
        received=_time(top["received"], "received"),
        reporter=_choice(Reporter, top["reporter"], "reporter"),
        harms=_choices(Harm, top["harms"], "harms", least=1),
        area=_optional(_any_text, top.get("area"), "area"),
        age=_optional(_age, child.get("age"), "child.age"),
        platforms=_unique(_each(_any_text, top.get("platforms", []), "platforms"), "platforms"),
        demands=_choices(Demand, top.get("demands", []), "demands"),
        lost=_optional(_money, top.get("lost"), "lost"),
        danger=_danger(top.get("danger", {})),
        suspect=_each(_identifier, top.get("suspect", []), "suspect"),
        narrative=_optional(_narrative, top.get("narrative"), "narrative"),
        hold=_boolean(top.get("hold", False), "hold"),
    )


_FIELDS = (
    *("id", "received", "area", "reporter", "child", "harms", "platforms", "demands", "lost", "danger"),
    *("suspect", "narrative", "hold"),
)
_T = TypeVar("_T")
_E = TypeVar("_E", bound=StrEnum)


def _refuse_constant(_: str) -> NoReturn:
    raise ValueError("NaN and Infinity are not JSON")


def _object(value: object, name: str, known: tuple[str, ...], required: tuple[str, ...] = ()) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise InvalidReport(name, "must be a JSON object")
    if value.keys() - set(known):
        raise InvalidReport(name, f"has a field that is none of: {', '.join(known)}")
    for field_name in required:
        if field_name not in value:
            raise InvalidReport(field_name, "is missing")
    return value


def _optional(read: Callable[[object, str], _T], value: object, name: str) -> _T | None:
    return None if value is None else read(value, name)


def _each(read: Callable[[object, str], _T], value: object, name: str) -> tuple[_T, ...]:
    if not isinstance(value, list):
        raise InvalidReport(name, "must be a list")
    return tuple(read(item, f"{name}[{place}]") for place, item in enumerate(value))


def _unique(items: tuple[_T, ...], name: str) -> tuple[_T, ...]:
    if len(set(items)) != len(items):
        raise InvalidReport(name, "names the same thing twice")
    return items


def _any_text(value: object, name: str) -> str:
    if not isinstance(value, str):
        raise InvalidReport(name, "must be text")
    try:
        value.encode()  # JSON may smuggle in half a surrogate pair, which nothing behind us can store
    except UnicodeEncodeError:
        raise InvalidReport(name, "holds half a character, which is not valid text") from None
    return value


def _text(value: object, name: str, least: int, most: int) -> str:
    text = _any_text(value, name)
    if not least <= len(text) <= most:
        raise InvalidReport(name, f"must have {least:,} to {most:,} characters")
    return text


def _narrative(value: object, name: str) -> str:
    return _text(value, name, 0, LONGEST_NARRATIVE)


def _boolean(value: object, name: str) -> bool:
    if not isinstance(value, bool):
        raise InvalidReport(name, "must be true or false")
    return value


def _age(value: object, name: str) -> int:
    whole = isinstance(value, float) and value.is_integer()
    if isinstance(value, bool) or not (isinstance(value, int) or whole):
        raise InvalidReport(name, "must be a whole number")
    if not 0 <= value <= OLDEST_CHILD:  # type: ignore[operator]
        raise InvalidReport(name, f"must be 0 to {OLDEST_CHILD}")
    return int(value)  # type: ignore[call-overload, no-any-return]


def _choice(kind: type[_E], value: object, name: str) -> _E:
    try:
        return kind(_any_text(value, name))
    except ValueError:
        raise InvalidReport(name, f"must be one of: {', '.join(kind)}") from None


def _choices(kind: type[_E], value: object, name: str, least: int = 0) -> tuple[_E, ...]:
    found = _unique(_each(lambda item, place: _choice(kind, item, place), value, name), name)
    if len(found) < least:
        raise InvalidReport(name, "must name at least one")
    return found


def _time(value: object, name: str) -> datetime:
    text = _any_text(value, name)
    try:
        if not _DATE_TIME.fullmatch(text):
            raise ValueError
        return datetime.fromisoformat(text.upper())
    except ValueError:
        raise InvalidReport(name, "must be a date and time with a zone, like 2026-01-31T09:30:00Z") from None


def _money(value: object, name: str) -> Money:
    data = _object(value, name, ("amount", "currency"), required=())
    for part in ("amount", "currency"):
        if part not in data:
            raise InvalidReport(f"{name}.{part}", "is missing")
    amount = data["amount"]
    if isinstance(amount, bool) or not isinstance(amount, int | float) or not 0 <= amount < float("inf"):
        raise InvalidReport(f"{name}.amount", "must be a number, 0 or more")
    currency = _any_text(data["currency"], f"{name}.currency")
    if not _CURRENCY.fullmatch(currency):
        raise InvalidReport(f"{name}.currency", "must be three capital letters, like GBP")
    return Money(amount, currency)


def _danger(value: object) -> Danger:
    data = _object(value, "danger", ("now", "self_harm", "meeting", "deadline"))
    said = {
        name: _boolean(data[name], f"danger.{name}") for name in ("now", "self_harm", "meeting") if name in data
    }
    return Danger(**said, deadline=_optional(_time, data.get("deadline"), "danger.deadline"))


def _identifier(value: object, name: str) -> Identifier:
    data = _object(value, name, ("kind", "value", "platform", "scheme"))
    for part in ("kind", "value"):
        if part not in data:
            raise InvalidReport(f"{name}.{part}", "is missing")
    try:
        return Identifier(
            kind=_choice(IdentifierKind, data["kind"], f"{name}.kind"),
            value=_any_text(data["value"], f"{name}.value"),
            platform=_optional(_any_text, data.get("platform"), f"{name}.platform"),
            scheme=_optional(_any_text, data.get("scheme"), f"{name}.scheme"),
        )
    except InvalidIdentifier as error:
        raise InvalidReport(f"{name}.value", str(error)) from None


def _write_time(moment: datetime) -> str:
    if moment.utcoffset() == UTC.utcoffset(None):
        return moment.replace(tzinfo=None).isoformat() + "Z"
    return moment.isoformat()


def _write_danger(danger: Danger) -> dict[str, Any]:
    written: dict[str, Any] = {
        name: said
        for name, said in (("now", danger.now), ("self_harm", danger.self_harm), ("meeting", danger.meeting))
        if said is not None
    }
    written["deadline"] = _write_time(danger.deadline) if danger.deadline else None
    return written


def _write_identifier(one: Identifier) -> dict[str, Any]:
    written: dict[str, Any] = {"kind": str(one.kind), "value": one.value}
    if one.platform is not None:
        written["platform"] = one.platform
    if one.scheme is not None:
        written["scheme"] = one.scheme
    return written
