"""The log of both sites, for promise 3: nothing personal goes out, not even in a traceback.

A line is one JSON object: `at`, `level`, `logger`, `says`; `request`, a number that the answer carries too
(`X-Request-Id`); and for an exception its type and our lines of code. docs/reference/log.md is its contract.
"""

import json
import logging
import re
import secrets
import time
import traceback
from collections.abc import Callable
from contextvars import ContextVar
from types import TracebackType
from typing import Any

from django.http import HttpRequest, HttpResponse
from gunicorn.glogging import Logger

ExceptionInfo = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]
REQUEST: ContextVar[str] = ContextVar("request", default="")
HEADER = "X-Request-Id"
# gunicorn fills addresses and pieces of a request into its words before it hands them over.
_OTHERS_WORDS = re.compile(r"\A[A-Za-z ,]*")


class NumberRequests:
    """Gives each request a number drawn by lot, so that a line of the log and an answer can be held together."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        number = secrets.token_hex(6)
        mark = REQUEST.set(number)
        try:
            response = self.get_response(request)
        finally:
            REQUEST.reset(mark)
        response[HEADER] = number
        return response


class QuietFormatter(logging.Formatter):
    """Writes a record without its arguments: they are where addresses, names and words would be."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "at": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(record.created)),
            "level": record.levelname,
            "logger": record.name,
            "says": _says(record),
        }
        if number := REQUEST.get():
            line["request"] = number
        if record.exc_info and record.exc_info[0]:
            line |= _failure(record.exc_info)
        return json.dumps(line, ensure_ascii=False)


class QuietServerLog(Logger):  # type: ignore[misc]
    """gunicorn's own log, in the same form: it would write who sent what when a request is none."""

    def setup(self, cfg: Any) -> None:
        super().setup(cfg)
        for handler in self.error_log.handlers:
            handler.setFormatter(QuietFormatter())


def _says(record: logging.LogRecord) -> str:
    """The words of a record as the code has them, nothing filled in."""
    if not isinstance(record.msg, str) or not record.msg:
        return "(no message)"
    first = record.msg.splitlines()[0][:200]
    if record.name.startswith("gunicorn") and not record.args:
        found = _OTHERS_WORDS.match(first)
        return found[0].removesuffix(" from ip").strip() if found else ""
    return first


def _failure(failed: ExceptionInfo) -> dict[str, Any]:
    """The type of an exception and where it was; its message may quote what somebody sent."""
    kind, _, trace = failed
    frames = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(trace)]
    return {"error": kind.__name__ if kind else "error", "frames": frames}
