"""Our frozen dataclasses to JSON and back: strict on the way in, nothing lost on the way out."""

import types
from dataclasses import MISSING, fields, is_dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

from lightkeeper.core.errors import UnreadableInput

_T = TypeVar("_T")


def as_json(value: object) -> Any:
    """The JSON form of a value made of dataclasses, tuples, texts, numbers and dates."""
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: as_json(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, tuple | list):
        return [as_json(item) for item in value]
    if isinstance(value, dict):
        return {str(key): as_json(item) for key, item in value.items()}
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, StrEnum):
        return str(value)
    return value


def from_json(kind: type[_T], data: object, name: str = "") -> _T:
    """Read the JSON form of a dataclass. Raises UnreadableInput with the field, never with its content."""
    name = name or kind.__name__
    if not isinstance(data, dict):
        raise UnreadableInput(f"{name} must be a JSON object")
    hints = get_type_hints(kind)
    known = {field.name: field for field in fields(kind)}  # type: ignore[arg-type]
    if data.keys() - known.keys():
        raise UnreadableInput(f"{name} has a field that is none of: {', '.join(known)}")
    given: dict[str, Any] = {}
    for field in known.values():
        if field.name in data:
            given[field.name] = _read(hints[field.name], data[field.name], f"{name}.{field.name}")
        elif field.default is MISSING and field.default_factory is MISSING:
            raise UnreadableInput(f"{name}.{field.name} is missing")
    return kind(**given)


def _read(hint: Any, value: object, name: str) -> Any:
    origin = get_origin(hint)
    if origin in (Union, types.UnionType):
        if value is None and type(None) in get_args(hint):
            return None
        return _read(next(one for one in get_args(hint) if one is not type(None)), value, name)
    if origin is tuple:
        return _read_list(get_args(hint)[0], value, name)
    if isinstance(hint, type) and is_dataclass(hint):
        return from_json(hint, value, name)
    return _read_plain(hint, value, name)


def _read_list(item: Any, value: object, name: str) -> tuple[Any, ...]:
    if not isinstance(value, list | tuple):
        raise UnreadableInput(f"{name} must be a list")
    return tuple(_read(item, one, f"{name}[{place}]") for place, one in enumerate(value))


def _read_plain(hint: Any, value: object, name: str) -> Any:
    try:
        if hint in (date, datetime):
            # TOML brings real dates, JSON brings text.
            return value if type(value) is hint else hint.fromisoformat(_expect(str, value))
        if issubclass(hint, StrEnum):
            return hint(_expect(str, value))
        if hint is float and type(value) is int:
            return float(value)
        return _expect(hint, value)
    except ValueError:
        one_of = f"one of: {', '.join(hint)}" if issubclass(hint, StrEnum) else _WORDS[hint]
        raise UnreadableInput(f"{name} must be {one_of}") from None


_WORDS: dict[type, str] = {
    str: "text",
    int: "a whole number",
    float: "a number",
    bool: "true or false",
    date: "a date such as 2026-01-31",
    datetime: "a date and time such as 2026-01-31T09:30:00+00:00",
}


def _expect(kind: type[_T], value: object) -> _T:
    if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
        raise ValueError
    return value
