"""Errors travel through awaits."""

from __future__ import annotations

class Broken(Exception):
    pass


async def fail(n: int) -> int:
    if n > 1:
        raise Broken(f"n is {n}")
    return n


async def outer(n: int) -> str:
    try:
        return f"value {await fail(n)}"
    except Broken as error:
        return f"caught {error}"
    finally:
        print("finally", n)


class Service:
    def __init__(self) -> None:
        self.calls: int = 0

    async def get(self, key: str, times: int = 1) -> list[str]:
        self.calls += times
        return [key] * times

    async def twice(self) -> int:
        first = await self.get("a")
        second = await self.get("b", times=2)
        return len(first) + len(second) + self.calls


async def main() -> None:
    print(await outer(1), await outer(2))
    service = Service()
    print(await service.twice(), (await service.get("z", 3))[0], service.calls)
    results = []
    for n in range(3):
        results.append(await outer(n))
    print(results)
