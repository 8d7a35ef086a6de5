"""`:=` in conditions, loops, comprehensions and beside what reads the same name."""

from __future__ import annotations

import re
from dataclasses import dataclass

PAIR = re.compile(r"([a-z]+)=([0-9]+)", re.ASCII)


@dataclass
class Node:
    value: int
    after: Node | None = None


def find(table: dict[str, int], name: str) -> int | None:
    return table.get(name)


def numbers(log: list[str]) -> list[int]:
    log.append("numbers")
    return [4, 8, 15]


def read(lines: list[str]) -> str | None:
    return lines.pop(0) if len(lines) > 0 else None


def conditions(table: dict[str, int], name: str) -> str:
    if (found := find(table, name)) is not None and (double := found * 2) > 2:
        return f"{found + 1} {double}"
    elif (length := len(name)) > 3:
        return f"long {length} {found}"
    return f"{found} {length}"


def loops() -> None:
    lines = ["a", "b", "stop", "c"]
    while (line := read(lines)) is not None and line != "stop":
        print("line", line)
    print(line, lines)
    while line := read(lines):
        print("more", line)
    print(line)
    chain: Node | None = Node(1, Node(2, Node(3)))
    total = 0
    while chain is not None and (total := total + chain.value) < 5:
        chain = chain.after
    print(total, chain is None)
    for n in range(stop := 3):
        if (square := n * n) == 1:
            continue
        print(n, square, stop)
    print(square)


def comprehensions() -> None:
    log: list[str] = []
    print([half for n in numbers(log) if (half := n // 2) > 2], half, log)
    total = 0
    print([total := total + n for n in [1, 2, 3]], total)
    print({name: size for name in ["a", "bcd"] if (size := len(name)) > 1}, size)
    print(any((witness := n) > 4 for n in [1, 5, 9]), witness)
    print(all((witness := n) < 5 for n in [1, 5, 9]), witness)
    print(sum((last := n) for n in [1, 2]), last)
    print([[deep := a * b for a in [1, 2]] for b in [3, 4]], deep)
    lazy = ((seen := n) for n in [7, 8])
    seen = 0
    print(next(lazy), seen, next(lazy), seen)
    result = [10]
    print([result := [*result, n] for n in [1, 2]], result)
    print(next((hit for n in [1, 2, 3] if (hit := n * 10) > 10), 0), hit)


def beside() -> None:
    x = 1
    print(x + (x := 5) + x, [x, x := 7, x], f"{(y := x)}{y}")
    print(x < (x := 9) < (x := 3), x)
    items = [0, 0, 0]
    i = 0
    items[(i := i + 1)] = (i := i + 1)
    print(items, i)
    x += (x := 10)
    print(x)
    z = (w := [1, 2])
    w.append(3)
    print(z, w, (a := 1, b := 2), a, b)
    print("yes" if (k := 3) > 2 else "no", k)
    print(max(m := 4, 2), m, len(text := "abc"), text)
    table = {(key := "a"): key * 2, (key := "b"): key * 3}
    print(table, key, not (t := False), t)


def kept() -> None:
    calls = []
    for n in range(3):
        if (square := n * n) >= 0:
            calls.append(lambda: square)
    print([call() for call in calls])

    def count() -> int:
        nonlocal square
        return (square := square + 1)

    print(count(), count(), square)


def matched(text: str) -> None:
    if (found := PAIR.match(text)) is not None:
        print(found[1], int(found[2]))
    elif empty := (text == ""):
        print("empty", empty)
    match (size := len(text)):
        case 0:
            print("none", size)
        case n if (odd := n % 2) == 1:
            print("odd", size, odd)
        case _:
            print("even", size, odd)


def narrowed(value: str | int | None) -> str:
    if (copy := value) is None:
        return "none"
    if isinstance((other := copy), str):
        return other.upper()
    return str(other + 1)


def main() -> None:
    for name in ["a", "b", "cc", "dddd"]:
        print(conditions({"a": 1, "b": 7}, name))
    loops()
    comprehensions()
    beside()
    kept()
    for text in ["ab=12", "", "xyz", "ab"]:
        matched(text)
    print(narrowed(None), narrowed("t"), narrowed(4))
