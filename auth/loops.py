"""Work that goes on for as long as the worker: what breaks is begun again, told in the log, and seen by /health."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable

from prometheus_client import Counter

from auth.log import Log
from auth.store.shared import StoreDown

CANCEL_AGAIN_S = 0.1
STALL_S = 60.0  # no turn takes as long: each waits for the store at most, and that for a second or so


class Loops:
    """`broken` counts turns that failed by loop, `store_down` those that the store did not answer."""

    def __init__(
        self, log: Log, broken: Counter, store_down: Counter, clock_s: Callable[[], float] = time.monotonic
    ) -> None:
        self._log = log
        self._broken = broken
        self._store_down = store_down
        self._clock_s = clock_s
        self._failing: set[str] = set()
        self._over: set[str] = set()
        self._moved_s: dict[str, float] = {}

    @property
    def down(self) -> set[str]:
        """Those whose last turn failed and that have not got through one since, and the dead ones."""
        return self._failing | self.dead

    @property
    def dead(self) -> set[str]:
        """Those that have ended or stand still: nothing but a new worker helps."""
        now_s = self._clock_s()
        return self._over | {name for name, at_s in self._moved_s.items() if now_s - at_s > STALL_S}

    async def keep(self, name: str, turn: Callable[[], Awaitable[None]], pause_s: float, lasting: bool = False) -> None:
        """One turn after the other, whatever becomes of each. A `lasting` turn may go on for ever."""
        self._over.discard(name)
        try:
            while True:
                self._moved(name, lasting)
                await self._once(name, turn)
                await asyncio.sleep(pause_s)
        finally:
            self._over.add(name)

    async def _once(self, name: str, turn: Callable[[], Awaitable[None]]) -> None:
        try:
            await turn()
            self.works(name)
        except StoreDown:
            self._failing.add(name)
            self._store_down.inc()
        except Exception as error:
            self._failing.add(name)
            self._broken.labels(name).inc()
            self._log.broken("loop.broken", error, loop=name)

    def _moved(self, name: str, lasting: bool) -> None:
        if not lasting:
            self._moved_s[name] = self._clock_s()

    def works(self, name: str) -> None:
        """For a turn that lasts: it has come as far as doing its work."""
        self._failing.discard(name)


async def stop(*tasks: asyncio.Task[None] | None) -> None:
    """Again and again, since a Redis command that is just done may swallow a cancellation."""
    going = {task for task in tasks if task is not None}
    while len(going) > 0:
        for task in going:
            task.cancel()
        _, going = await asyncio.wait(going, timeout=CANCEL_AGAIN_S)
