"""One worker without a parent: SIGHUP lets its members go one after another, and the next takes its place."""

from __future__ import annotations

import signal
import sys
from typing import Any

import uvicorn

STARTUP_FAILURE = 3  # uvicorn's exit status


def run_alone(app: str, options: dict[str, Any]) -> None:
    """Until it is stopped. `app` names a factory, which each worker calls anew."""
    while True:
        server = uvicorn.Server(uvicorn.Config(app, factory=True, **options))
        is_replaced = _hung_up(server)
        server.run()
        if not server.started:
            sys.exit(STARTUP_FAILURE)
        if len(is_replaced) == 0:
            return


def _hung_up(server: uvicorn.Server) -> list[int]:
    """Signals that made the server stop so that another begins; never any where SIGHUP is ignored (nohup)."""
    heard: list[int] = []

    def stop(number: int, _frame: object) -> None:
        heard.append(number)
        server.should_exit = True

    if signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN:
        signal.signal(signal.SIGHUP, stop)
    return heard
