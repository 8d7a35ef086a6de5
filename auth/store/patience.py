"""A worker that stood still itself takes the answer that came meanwhile, instead of calling Redis late."""

from __future__ import annotations

import asyncio
import math
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from redis.exceptions import TimeoutError as RedisTimeoutError


@asynccontextmanager
async def patience(limit_s: float) -> AsyncIterator[None]:
    """As `asyncio.timeout`, but what has arrived while the loop stood still is read before time is up.

    A loop reads its sockets before it looks at its timers; whoever waits is woken a turn later, and a timeout of
    asyncio's would take the answer from it in between. This one only asks for the end then, which is behind that.
    """
    loop = asyncio.get_running_loop()
    async with asyncio.timeout(None) as limit:
        timer = loop.call_later(limit_s, lambda: limit.reschedule(loop.time()))
        try:
            yield
        finally:
            timer.cancel()


class PatientConnection:
    """For connections of redis-py: how an answer is waited for when the call names no time of its own."""

    socket_timeout: float | None

    async def read_response(
        self,
        disable_decoding: bool = False,
        timeout: float | None = None,  # noqa: ASYNC109 - redis-py calls it so
        **options: Any,
    ) -> Any:
        read: Any = super().read_response  # type: ignore[misc]
        if timeout is not None or self.socket_timeout is None:
            return await read(disable_decoding, timeout, **options)
        try:
            async with patience(self.socket_timeout):
                return await read(disable_decoding, math.inf, **options)
        except TimeoutError as error:
            raise RedisTimeoutError("Redis did not answer in time.") from error


def patient(connection_class: type[Any]) -> type[Any]:
    """The same kind of connection, with patience."""
    return type(connection_class.__name__, (PatientConnection, connection_class), {})
