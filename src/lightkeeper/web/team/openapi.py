"""The OpenAPI description of the programming interface, made from the scopes and the shapes of its answers."""

from typing import Any

from lightkeeper import __version__
from lightkeeper.desk.case import Band
from lightkeeper.desk.states import State

_TIME = {"type": "string", "format": "date-time"}
_MAYBE_TIME = {"type": ["string", "null"], "format": "date-time"}
_MAYBE_TEXT = {"type": ["string", "null"]}
_CASE_ID = {"type": "string", "pattern": "^C[A-Z2-7]{10}$"}
_BAND = {"type": "string", "enum": [str(band) for band in Band]}
_STATE = {"type": "string", "enum": [str(state) for state in State]}


def _object(**properties: Any) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": properties,
        "required": sorted(properties),
        "additionalProperties": False,
    }


_LINE = _object(
    case=_CASE_ID,
    band=_BAND,
    state=_STATE,
    area=_MAYBE_TEXT,
    received=_TIME,
    due=_MAYBE_TIME,
    owner=_MAYBE_TEXT,
    linked_reports={"type": "integer", "minimum": 1},
)
_CASE = _object(
    case=_CASE_ID,
    band=_BAND,
    state=_STATE,
    reasons={"type": "array", "items": {"type": "string"}},
    not_known={"type": "array", "items": {"type": "string"}},
    received=_TIME,
    due=_MAYBE_TIME,
    owner=_MAYBE_TEXT,
    outcome=_MAYBE_TEXT,
)
_COUNTS = _object(**{str(band): {"type": "integer", "minimum": 0} for band in Band})
_QUEUE = _object(cases={"type": "array", "items": _LINE}, counts=_COUNTS)
_SUSPECTS = _object(
    suspects={
        "type": "array",
        "items": _object(suspect={"type": "string"}, reports={"type": "integer", "minimum": 2}),
    }
)


def describe() -> dict[str, Any]:
    """The whole description. It is served at /api/openapi.json and checked against the running site in tests."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Lightkeeper, the desk",
            "version": __version__,
            "description": "Read only. It never gives what anybody told, nor an identifier; held and restricted "
            "cases are not there.",
        },
        "security": [{"token": []}],
        "components": {
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
            "schemas": {"Error": _object(error={"type": "string"})},
        },
        "paths": {
            "/api/queue": _get("queue", "Open cases, the most urgent first", _QUEUE, _queue_parameters(), 400),
            "/api/cases/{case}": _get("cases", "One case's state and clock", _CASE, [_case_parameter()], 404),
            "/api/suspects": _get("suspects", "Suspects by size", _SUSPECTS, []),
        },
    }


def _queue_parameters() -> list[dict[str, Any]]:
    whole = {"type": "integer", "minimum": 0}
    bands = {"type": "array", "items": {"type": "string", "enum": ["1", "2", "3", "4"]}}
    return [
        {"name": "band", "in": "query", "schema": bands, "explode": True},
        {"name": "after", "in": "query", "schema": {**whole, "maximum": 1_000_000, "default": 0}},
        {"name": "limit", "in": "query", "schema": {**whole, "minimum": 1, "maximum": 200, "default": 50}},
    ]


def _case_parameter() -> dict[str, Any]:
    return {"name": "case", "in": "path", "required": True, "schema": _CASE_ID}


_REFUSALS = {
    400: "Not understood",
    401: "No living token",
    403: "The token's scope is another",
    404: "Not there",
    405: "Read only",
}


def _get(
    scope: str, summary: str, answer: dict[str, Any], parameters: list[dict[str, Any]], *more: int
) -> dict[str, Any]:
    return {
        "get": {
            "operationId": scope,
            "summary": summary,
            "parameters": parameters,
            "responses": {
                "200": {"description": summary, "content": {"application/json": {"schema": answer}}},
                **{str(status): _refusal(_REFUSALS[status]) for status in (401, 403, *more)},
            },
        }
    }


def _refusal(words: str) -> dict[str, Any]:
    return {
        "description": words,
        "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Error"}}},
    }
