"""Dataclasses in lists, dicts and tuples."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass
class Item:
    name: str
    count: int


def main() -> None:
    items = [Item("a", 1), Item("b", 2)]
    by_name = {item.name: item for item in items}
    by_name["a"].count += 5
    print(items, items.index(Item("b", 2)), Item("a", 1) in items, by_name, (items[0], 1), [i for i in items if i != Item("b", 2)])
    items.remove(Item("b", 2))
    print(items, items.count(Item("a", 6)), {"x": items[0]} == {"x": Item("a", 6)})
