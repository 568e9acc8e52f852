"""A log formatter for promise 3: nothing personal goes out, not even in a traceback."""

import logging
import time
import traceback
from types import TracebackType

ExceptionInfo = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


class QuietFormatter(logging.Formatter):
    """Writes the time, the level, the logger and, for an exception, its type and our lines of code.

    The message of a record is its template without the arguments filled in: arguments are where addresses,
    names and words would be.
    """

    converter = time.gmtime

    def format(self, record: logging.LogRecord) -> str:
        said = record.msg if record.args else _first_line(record)
        line = f"{self.formatTime(record)} {record.levelname} {record.name}: {said}"
        if record.exc_info and record.exc_info[0]:
            line += "\n" + self.formatException(record.exc_info)
        return line

    def formatException(self, ei: ExceptionInfo) -> str:  # noqa: N802 - the name is logging's
        kind, _, trace = ei
        frames = [f"  {frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(trace)]
        return "\n".join([f"  {kind.__name__ if kind else 'error'} (its message is left out)", *frames])


def _first_line(record: logging.LogRecord) -> str:
    return str(record.msg).splitlines()[0][:200] if isinstance(record.msg, str) and record.msg else "(no message)"
