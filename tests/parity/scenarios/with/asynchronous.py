"""`async with` awaits entering and leaving."""

from __future__ import annotations


class Session:
    def __init__(self, name: str, ends: bool) -> None:
        self.name: str = name
        self.ends: bool = ends

    async def __aenter__(self) -> Session:
        await self.say("enter")
        return self

    async def __aexit__(self, kind: object, error: object, trace: object) -> bool:
        await self.say(f"exit {error is None}")
        return self.ends

    async def say(self, what: str) -> None:
        print(what, self.name)


class Plain:
    async def __aenter__(self) -> int:
        return 5

    async def __aexit__(self, kind: object, error: object, trace: object) -> None:
        print("plain exit")


async def both() -> str:
    async with Session("a", False) as a, Plain() as number:
        await a.say("inside")
        return f"{a.name}{number}"
    return "ended"


async def fails(ends: bool) -> str:
    async with Session("f", ends):
        raise ValueError("inside")
    return "went on"


async def main() -> None:
    print(await both())
    print(await fails(True))
    try:
        print(await fails(False))
    except ValueError as error:
        print("raised", error)
    for index in range(2):
        async with Plain() as number:
            if index == 0:
                continue
            print(index, number)
