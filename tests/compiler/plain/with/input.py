from __future__ import annotations


class Lock:
    def __enter__(self) -> int:
        return 1

    def __exit__(self, kind: object, error: object, trace: object) -> None:
        print("free")


class Ignore:
    def __enter__(self) -> None:
        print("begin")

    def __exit__(self, kind: object, problem: object, trace: object) -> bool:
        return isinstance(problem, ValueError)


class Store:
    def __init__(self, lock: Lock) -> None:
        self.lock: Lock = lock

    def take(self) -> int:
        with self.lock as number:
            return number + 1


async def f(text: str) -> None:
    with Ignore():
        print(text)
