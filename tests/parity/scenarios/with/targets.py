"""What `as` may be: a name, a tuple, an attribute, an item; binding happens inside, so its error is seen."""

from __future__ import annotations


class Pair:
    def __enter__(self) -> tuple[int, str]:
        print("enter")
        return (1, "one")

    def __exit__(self, kind: object, error: object, trace: object) -> bool:
        print("exit", error is None)
        return isinstance(error, IndexError)


class Holder:
    def __init__(self) -> None:
        self.pair: tuple[int, str] = (0, "")
        self._strict: tuple[int, str] = (0, "")

    @property
    def strict(self) -> tuple[int, str]:
        return self._strict

    @strict.setter
    def strict(self, value: tuple[int, str]) -> None:
        if value[0] == 1:
            raise IndexError("strict")
        self._strict = value


def names() -> None:
    with Pair() as (number, text):
        print(number, text)
    print(number + 1, text + "!")


def nested_names() -> None:
    with Pair() as (a, b), Pair() as (c, d):
        print(a, b, c, d)


def places() -> None:
    holder = Holder()
    with Pair() as holder.pair:
        print(holder.pair)
    items: list[tuple[int, str]] = [(0, "zero")]
    with Pair() as items[0]:
        print(items)
    table: dict[str, tuple[int, str]] = {}
    with Pair() as table["k"]:
        print(table)
    with Pair() as items[5]:
        print("not here")
    with Pair() as holder.strict:
        print("nor here")
    print(items, holder.strict)


def main() -> None:
    names()
    nested_names()
    places()
