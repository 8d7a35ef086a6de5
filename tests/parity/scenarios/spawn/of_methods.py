"""What is handed to spawn is evaluated at once, and runs later."""

from __future__ import annotations

from collections.abc import Coroutine
from typing import Any

from widget.browser import js


class Clock:
    def spawn(self, work: Coroutine[Any, Any, None]) -> None:
        js.start(self._run(work))

    async def _run(self, work: Coroutine[Any, Any, None]) -> None:
        try:
            await work
        except ValueError as error:
            log.append(f"error {error}")


class Task:
    def __init__(self, name: str) -> None:
        self.name: str = name

    async def run(self, n: int, suffix: str = "!") -> None:
        log.append(f"{self.name}{n}{suffix}")
        if n > 1:
            raise ValueError(self.name)


log: list[str] = []


def make(name: str) -> Task:
    log.append(f"make {name}")
    return Task(name)


async def main() -> None:
    clock = Clock()
    task = Task("a")
    n = 1
    clock.spawn(task.run(n))
    task = Task("b")
    n = 2
    clock.spawn(task.run(n, suffix="?"))
    clock.spawn(make("c").run(len(log)))
    task.name = "renamed"
    for i in range(2):
        clock.spawn(Task(f"loop{i}").run(i))
    print(log)
