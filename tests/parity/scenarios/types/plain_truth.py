"""Conditions that ask for a text, a list, a dict or an object that may be None itself."""

from __future__ import annotations

import re
from collections.abc import Callable

WORD = re.compile(r"[a-z]+")


class Node:
    def __init__(self, name: str, after: Node | None = None) -> None:
        self.name: str = name
        self.after: Node | None = after


class Sub(Node):
    pass


def names(node: Node | None) -> list[str]:
    found: list[str] = []
    while node:
        found.append(node.name)
        node = node.after
    return found


def said(text: str, items: list[int], table: dict[str, int], seen: set[str], data: bytes, row: tuple[int, ...]) -> str:
    parts = ["text" if text else "no text", "items" if items else "no items", "table" if table else "no table"]
    if not seen:
        parts.append("nothing seen")
    if data and row:
        parts.append("both")
    elif not data or not row:
        parts.append("not both")
    return ", ".join(parts)


def called(work: Callable[[], int] | None, name: str | None) -> str:
    shown = name.upper() if name else "nobody"
    if work and name:
        return f"{shown} {work()} {len(name)}"
    return f"{shown} {bool(work)} {bool(name)}"


def loud(text: str) -> str:
    print("asked", text)
    return text


def main() -> None:
    print(names(Node("a", Sub("b", Node("c")))), names(None))
    print(said("a", [1], {"k": 1}, {"s"}, b"x", (1,)))
    print(said("", [], {}, set(), b"", ()))
    print(called(lambda: 3, "ann"), called(None, ""), called(lambda: 3, None), called(None, "x"))
    stack = [3, 1, 2]
    while stack:
        stack.pop()
    print(stack, [word for word in ["a", "", "b"] if word], [row for row in [[1], [], [2]] if not row], bool([[]]))
    if loud("") or loud("x") and not loud(""):
        print("yes")
    found = WORD.match("abc1")
    print(found[0] if found else "none", bool(WORD.match("1")), bool([]), bool({"a": 1}), bool(""), not "")
    queue: list[Node] = [Node("q")]
    first = queue[0] if queue else None
    print(first.name if first else "empty", (not first), (not not queue))
    flag = not stack and bool(queue)
    print(flag)
