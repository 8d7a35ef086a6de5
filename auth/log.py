"""The service's log: one JSON object a line, people only as keyed hashes, never an address, code or token."""

from __future__ import annotations

import sys
from typing import TextIO

import structlog

from auth.secret import keyed


class Log:
    """Writes events. `hashed` turns what identifies somebody into something that only joins lines."""

    def __init__(self, key: bytes, sink: TextIO | None = None) -> None:
        self._key = key
        self._logger = structlog.wrap_logger(
            structlog.PrintLogger(sink or sys.stderr),
            processors=[
                structlog.processors.TimeStamper(fmt="iso", utc=True),
                structlog.processors.format_exc_info,
                structlog.processors.JSONRenderer(),
            ],
        )

    def write(self, event: str, **fields: str | int | float) -> None:
        self._logger.info(event, **fields)

    def broken(self, event: str, error: BaseException, **fields: str | int) -> None:
        """An error of our own: its type and place, not its text, which could quote what somebody sent."""
        self._logger.error(event, error=type(error).__name__, place=_place(error), **fields)

    def hashed(self, text: str) -> str:
        return keyed(self._key, text.encode()).hex()[:16]


def _place(error: BaseException) -> str:
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    if trace is None:
        return ""
    return f"{trace.tb_frame.f_code.co_filename.rpartition('/')[2]}:{trace.tb_lineno}"
