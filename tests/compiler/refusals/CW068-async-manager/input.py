from __future__ import annotations

from collections.abc import Coroutine
from typing import Any


class Late:
    async def __enter__(self) -> None: ...

    async def __exit__(self, kind: object, error: object, trace: object) -> None: ...

    def __aenter__(self) -> Coroutine[Any, Any, None]:
        return self.__enter__()

    def __aexit__(self, kind: object, error: object, trace: object) -> None: ...


async def f(late: Late) -> None:
    with late:
        pass
    async with late:
        pass
