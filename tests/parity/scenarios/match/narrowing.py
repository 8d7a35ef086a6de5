"""Inside a case the subject has the type that its pattern says, after it what is left."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass
class Ok:
    value: int


@dataclass
class Bad:
    reason: str


Result = Ok | Bad | None


class Holder:
    def __init__(self, result: Result) -> None:
        self.result: Result = result

    def show(self) -> str:
        match self.result:
            case Ok():
                return str(self.result.value + 1)
            case Bad():
                return self.result.reason.upper()
            case None:
                return "none"


def after(text: str | None) -> str:
    match text:
        case None:
            return "none"
        case "":
            text = "empty"
    return text.upper()


def rest(value: int | str | list[str]) -> str:
    match value:
        case int():
            return str(value * 2)
        case str():
            return value + value
        case _:
            return ",".join(value)


def pair(one: int | None, other: str | None) -> str:
    match one, other:
        case None, None:
            return "both none"
        case int(), None:
            return str(one + 1)
        case None, str():
            return other.upper()
        case int(), str():
            return other * one
    return "never"


def flag(value: int | None, on: bool) -> int:
    match on:
        case True:
            value = 1
        case False:
            value = 2
    return value + 1


def inner(results: list[Result]) -> list[str]:
    found: list[str] = []
    for result in results:
        match result:
            case Ok(value) if value > 1:
                found.append(f"{value:>4d}")
            case Ok() | None:
                continue
            case Bad(reason):
                found.append(reason)
        found.append(type(result).__name__)
    return found


class Node:
    def __init__(self, name: str) -> None:
        self.name: str = name


class Leaf(Node):
    pass


def joined(node: Node) -> str:
    """Behind the match it is a Node again, whichever way we came."""
    match node:
        case Leaf():
            print("leaf")
    node.name += "!"
    if isinstance(node, Leaf):
        print("still")
    node.name += "?"
    return node.name


def main() -> None:
    print(joined(Node("n")), joined(Leaf("l")))
    print([Holder(result).show() for result in (Ok(1), Bad("b"), None)])
    print(after(None), after(""), after("x"))
    print(rest(2), rest("ab"), rest(["a", "b"]))
    print(pair(None, None), pair(1, None), pair(None, "a"), pair(2, "ab"))
    print(flag(None, True), flag(None, False))
    print(inner([Ok(1), Ok(20), None, Bad("r")]))
