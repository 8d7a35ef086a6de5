"""Arguments are evaluated when the work is handed over."""

from __future__ import annotations

from collections.abc import Coroutine
from typing import Any
from widget.browser import js

log: list[str] = []


def spawn(work: Coroutine[Any, Any, None]) -> None:
    js.start(work)


def name(text: str) -> str:
    log.append(f"name {text}")
    return text


async def job(text: str, n: int) -> None:
    log.append(f"job {text} {n}")


async def main() -> None:
    n = 1
    spawn(job(name("a"), n))
    n = 2
    spawn(job(name("b"), n * 10))
    n = 3
    print(log, n)
