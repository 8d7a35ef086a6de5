"""JavaScript's words are ordinary names in Python."""

from __future__ import annotations

class Thing:
    def __init__(self, new: int, default: str) -> None:
        self.new: int = new
        self.default: str = default
        self.function: int = 1
        self.constructor_: int = 2

    def delete(self, this: int) -> int:
        return self.new + this

    def then(self) -> str:
        return "then"

    def toString(self) -> str:
        return "mine"


def switch(case: int, var: int = 2) -> int:
    let = case + var
    const = let * 2
    return const


def main() -> None:
    typeof, void, export, package = 1, 2, 3, 4
    null = "null"
    undefined = "undefined"
    arguments = [typeof, void]
    thing = Thing(1, "d")
    print(switch(1), switch(case=1, var=0), thing.delete(5), thing.default, thing.then(), thing.toString(), arguments, null, undefined, export + package)
    Map = {"a": 1}
    String = str(5)
    Array = [1]
    Math = 3
    print(Map, String, Array, len("a😀"), Math // 2, max(1, Math))
    repr_ = repr("x")
    equals = [1] == [1]
    at = [4, 5]
    print(repr_, equals, at[1], [n for n in range(2)])
