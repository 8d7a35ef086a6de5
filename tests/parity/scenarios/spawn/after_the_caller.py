"""Spawned work begins when its caller waits."""

from __future__ import annotations

from collections.abc import Coroutine
from typing import Any
from widget.browser import js


class Tasks:
    def __init__(self) -> None:
        self.log: list[str] = []

    def spawn(self, work: Coroutine[Any, Any, None]) -> None:
        js.start(work)

    async def job(self, name: str) -> None:
        self.log.append(f"job {name}")

    def begin(self) -> None:
        self.spawn(self.job("a"))
        self.log.append("begun")


async def main() -> None:
    tasks = Tasks()
    tasks.begin()
    tasks.spawn(tasks.job("b"))
    print(tasks.log)
