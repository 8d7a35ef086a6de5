from __future__ import annotations


class Session:
    async def __aenter__(self) -> str:
        return "a"

    async def __aexit__(self, kind: object, error: object, trace: object) -> None:
        print("end")


async def f() -> None:
    async with Session() as a, Session() as b:
        print(a + b)
