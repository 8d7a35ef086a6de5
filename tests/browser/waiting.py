"""Waiting for something real to become true."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable

STEP_S = 0.02


async def eventually(true: Callable[[], bool], within_s: float = 15) -> None:
    await eventually_async(_lift(true), within_s)


async def eventually_async(true: Callable[[], Awaitable[bool]], within_s: float = 15) -> None:
    deadline = time.monotonic() + within_s
    while not await true():
        assert time.monotonic() < deadline, f"not so within {within_s} s"
        await asyncio.sleep(STEP_S)


def _lift(true: Callable[[], bool]) -> Callable[[], Awaitable[bool]]:
    async def lifted() -> bool:
        return true()

    return lifted
