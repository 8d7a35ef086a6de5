from __future__ import annotations


class Half:
    def __enter__(self) -> None: ...


def f(value: list[int], half: Half, maybe: Half | None) -> None:
    with value:
        pass
    with half:
        pass
    with maybe:
        pass


async def g(half: Half) -> None:
    async with half:
        pass
