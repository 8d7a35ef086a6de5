"""Order and equality where the types are known: code points, bytes, numbers, dataclasses in lists."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Item:
    name: str
    tags: list[str]
    data: bytes = b""


TEXTS = ["\uff61", "\U00010000", "\ue000", "\ud7ff", "\ud7ff\uffff", "\ud7ffa", "", "z", "Z", "\ue000a", "\ue000\U0001f600", "\U0001f600", "é"]
PARTS = [b"", b"\x00", b"\xff", b"\x0f\x01", b"\x0f", b"\x10", b"a", b"\x00\x00"]


def rank(item: Item) -> str:
    return item.name


def size(item: Item) -> int:
    return len(item.tags)


def first(item: Item) -> bytes:
    return item.data


def main() -> None:
    ordered = sorted(TEXTS)
    print(sorted(TEXTS) == sorted(ordered), ["".join(f"{ord(char):x}." for char in text) for text in ordered])
    print([[one < other for other in TEXTS] for one in TEXTS][:4], "\ue000" > "\U00010000", "\uffff" <= "\uffff")
    print(["z" < text for text in TEXTS], [text >= b"\xff".hex() for text in TEXTS], [str(5) > text for text in TEXTS])
    print([part.hex() for part in sorted(PARTS)], [part < b"\x0f" for part in PARTS], [b"\x0f\x01" >= part for part in PARTS])
    numbers = [5, -3, 0, 12, -3, 7]
    print(sorted(numbers), min(numbers), max(numbers), sum(numbers), min(n * n for n in numbers))
    numbers.sort()
    print(numbers, sorted({"b": 2, "a": 1}), sorted({3: "x", -1: "y"}), sorted([2.5, -1.0, 0.25]))
    numbers.sort(reverse=True)
    print(numbers)
    items = [Item("b", ["x"]), Item("a", ["x", "y"], b"\x02"), Item("b", [], b"\x01"), Item("\ue000", ["q"], b"\x02\x00"), Item("\U00010000", ["r"])]
    print([item.name + str(len(item.tags)) for item in sorted(items, key=rank)])
    print([item.name for item in sorted(items, key=size)], [item.name for item in sorted(items, key=first)])
    print([item.name for item in sorted(items, key=lambda item: item.name + "!")], [item.name for item in sorted(items, key=lambda item: item.data)])
    print([item.name for item in sorted(items, key=lambda item: (len(item.tags), item.name))])
    items.sort(key=rank)
    print([item.name for item in items], sorted(items, key=rank, reverse=True)[0].name == items[-1].name)
    same = [Item("b", ["x"]), Item("a", [])]
    print(same == [Item("b", ["x"]), Item("a", [])], same == [Item("b", ["y"]), Item("a", [])], same != same[:1], same == same)
    print([1, 2] == [1, 2], ["a"] != ["a", "b"], [b"a"] == [b"a"], [[1]] == [[1]], Item("a", [], b"x") == Item("a", [], b"x"))
    print(b"x" in [b"y", b"x"], b"z" in [b"y"], Item("a", []) in same, Item("a", ["?"]) in same, PARTS.index(b"a"), PARTS.count(b""))
    same.remove(Item("a", []))
    numbers.remove(-3)
    print(len(same), numbers)
    for empty in [numbers[:0]]:
        try:
            print(min(empty))
        except ValueError:
            print("empty")
    try:
        numbers.remove(99)
    except ValueError:
        print("not there")
