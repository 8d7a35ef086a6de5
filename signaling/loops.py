"""Work that goes on for as long as the worker: what breaks is begun again, told in the log, and seen by /health."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

from auth.log import Log
from auth.stores import StoreDown
from signaling.metrics import Metrics


class Loops:
    """`down` names those whose last turn failed and that have not got through one since."""

    def __init__(self, log: Log, metrics: Metrics) -> None:
        self.down: set[str] = set()
        self._log = log
        self._metrics = metrics

    async def keep(self, name: str, turn: Callable[[], Awaitable[None]], pause_s: float) -> None:
        """One turn after the other, whatever becomes of each."""
        while True:
            try:
                await turn()
                self.works(name)
            except StoreDown:
                self.down.add(name)
                self._metrics.store_down.inc()
            except Exception as error:
                self.down.add(name)
                self._metrics.broken.labels(name).inc()
                self._log.broken("loop.broken", error, loop=name)
            await asyncio.sleep(pause_s)

    def works(self, name: str) -> None:
        """For a turn that lasts: it has come as far as doing its work."""
        self.down.discard(name)
