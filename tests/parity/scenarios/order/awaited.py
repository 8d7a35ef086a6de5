"""The same with parts that are awaited, and with calls of the same function meanwhile."""

from __future__ import annotations

log: list[str] = []


async def say(text: str) -> str:
    log.append(text)
    return text


def two(a: str, b: str = "-") -> str:
    return a + b


class W:
    def __init__(self) -> None:
        self.n = 0

    async def next(self) -> int:
        self.n += 1
        return self.n


async def both(w: W, d: int) -> str:
    x = two(b=await say(f"b{d}") + (await both(w, d - 1) if d > 0 else ""), a=await say(f"a{d}"))
    return x + str((await w.next()) * 10 + await w.next())


async def main() -> None:
    w = W()
    print(await both(w, 2), w.n)
    print((await say(",")).join([await say("1"), await say("2")]), 2 * await say("z"), (await say("a")) in [await say("b"), await say("a")])
    items = {await say("k"): await w.next()}
    items[await say("k2")] = await w.next()
    items["k"] += await w.next()
    print(items, two(b=await say("q"), a=await say("r")))
    print(log)
