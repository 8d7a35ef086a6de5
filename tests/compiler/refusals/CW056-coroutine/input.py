from __future__ import annotations

from collections.abc import Coroutine
from typing import Any


async def work(n: int) -> None:
    print(n)


def spawn(job: Coroutine[Any, Any, None]) -> None: ...


def keep(job: object) -> None: ...


async def main() -> None:
    work(1)
    later = work(2)
    keep(work(3))
    spawn(work(4))
    await work(5)
