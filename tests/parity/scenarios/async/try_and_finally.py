"""Errors and finally around awaits."""

from __future__ import annotations

log: list[str] = []


async def risky(n: int) -> int:
    log.append(f"risky {n}")
    if n == 1:
        raise ValueError("one")
    return n


async def guarded(n: int) -> int:
    try:
        return await risky(n)
    except ValueError as error:
        log.append(str(error))
        return await risky(10)
    finally:
        log.append(f"finally {await risky(n + 100)}")


async def main() -> None:
    print(await guarded(0), await guarded(1), log)
