"""await inside calls, lists, conditions and f-strings."""

from __future__ import annotations


async def number(n: int) -> int:
    return n


async def truth(n: int) -> bool:
    return n > 0


async def main() -> None:
    print(await number(1) + await number(2), [await number(3), await number(4)], f"{await number(5)}", max(await number(6), 2))
    print("yes" if await truth(1) else "no", await truth(0) or await truth(2), not await truth(0), {"k": await number(7)}, (await number(8), 1))
    if await truth(1) and not await truth(-1):
        print("both")
