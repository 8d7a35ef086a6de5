"""Awaits run in order; spawned work starts later."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Coroutine
from typing import Any

from widget.browser import js


class Clock:
    def spawn(self, work: Coroutine[Any, Any, None]) -> None:
        js.start(work)


log: list[str] = []


async def step(name: str) -> str:
    log.append(f"step {name}")
    return name.upper()


async def work(name: str, clock: Clock) -> None:
    log.append(f"begin {name}")
    log.append(await step(name))
    if name == "a":
        clock.spawn(work("nested", clock))
    log.append(f"end {name}")


async def main() -> None:
    clock = Clock()
    clock.spawn(work("a", clock))
    log.append("after spawn")
    print(await step("x"))
    name = "b"
    clock.spawn(work(name, clock))
    name = "changed"
    log.append(name)
    handler: Callable[[str], Awaitable[str]] = step
    print(await handler("h"), [await step(c) for c in "pq"])
    for line in log[:2]:
        print(line)
