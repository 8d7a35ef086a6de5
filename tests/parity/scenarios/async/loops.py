"""await in loops keeps the order."""

from __future__ import annotations

log: list[str] = []


async def step(name: str) -> str:
    log.append(f"in {name}")
    return name.upper()


async def main() -> None:
    for name in ("a", "b"):
        log.append(await step(name))
    n = 0
    while n < 2:
        log.append(await step(str(n)))
        n += 1
    print(log, [await step(c) for c in "xy"], {c: await step(c) for c in "z"})
