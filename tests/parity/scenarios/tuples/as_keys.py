"""Tuples as keys of dicts and members of sets are found by value, however they get there."""

from __future__ import annotations

from dataclasses import dataclass, field

Place = tuple[int, int]


@dataclass
class Board:
    stones: dict[Place, str] = field(default_factory=dict)
    free: set[Place] = field(default_factory=set)

    def put(self, x: int, y: int, stone: str) -> bool:
        place = (x, y)
        if place in self.stones:
            return False
        self.stones[place] = stone
        self.free.discard((x, y))
        return True


class Thing:
    pass


def around(place: Place) -> list[Place]:
    x, y = place
    return [(x + dx, y + dy) for dx in (-1, 0, 1) for dy in (-1, 0, 1) if (dx, dy) != (0, 0)]


def alive(cells: set[Place], rounds: int) -> set[Place]:
    for _ in range(rounds):
        counts: dict[Place, int] = {}
        for cell in cells:
            for other in around(cell):
                counts[other] = counts.get(other, 0) + 1
        cells = {cell for cell, count in counts.items() if count == 3 or (count == 2 and cell in cells)}
    return cells


def fails(name: str, table: dict[tuple[str, int], int], seen: set[tuple[int, ...]]) -> None:
    try:
        if name == "get":
            print(table[("a", 3)])
        elif name == "del":
            del table[("b'", 1)]
        elif name == "pop":
            print(table.pop(("c", -1)))
        else:
            seen.remove((1,))
    except KeyError as error:
        print("missing", error, repr(error))


def dicts() -> None:
    table: dict[tuple[str, int], int] = {("a", 1): 1, ("b", 2): 2, ("a", 1): 3}
    key = ("a", 1)
    print(table, len(table), table[key], table[("b", 2)], ("b", 2) in table, ("b", 1) not in table)
    table[("a", 1)] += 4
    table["c", 3] = 9
    print(table.get(("c", 3)), table.get(("c", 4)), table.get(("c", 4), -1), table.setdefault(("a", 1), 0), table)
    print(table.pop(("a", 1)), table.pop(("a", 1), 8), table.setdefault(("z", 0), 5))
    del table[("b", 2)]
    table.update([(("c", 3), 10), (("d", 4), 11)])
    table.update({("d", 4): 12})
    print(table, list(table), [name for name, _ in table], sorted(table, reverse=True))
    print(table == {("z", 0): 5, ("c", 3): 10, ("d", 4): 12}, table | {("z", 0): 6}, table.copy()[("z", 0)])
    print({(n % 2, n % 3): n for n in range(12)}, dict([((1, 2), 3), ((1, 2), 4)]), dict.fromkeys([(1, 2), (1, 2)], 0))
    print(dict(zip([(1, 1), (1, 1)], "ab")), {**{(1, 2): "x"}, (1, 2): "y"}, (1, 2) in {(1, 2): 0}.keys())
    grouped: dict[tuple[bool, str | None], list[int]] = {}
    for n in range(6):
        grouped.setdefault((n > 2, "even" if n % 2 == 0 else None), []).append(n)
    print(grouped, grouped[True, None])
    lazy: dict[Place, int] = {}
    print([lazy.setdefault((n, n), n) for n in (1, 2, 1)], [(k, v) for k, v in lazy.items()])
    for name in ("get", "del", "pop", "remove"):
        fails(name, table, {(1, 2)})


def sets() -> None:
    seen = {(1, 2), (3, 4), (1, 2)}
    empty = set()
    empty.add((5, 6))
    empty.add((5, 6))
    print(len(seen), (3, 4) in seen, (4, 3) in seen, len(empty), sorted(seen | {(0, 0), (1, 2)}), len(empty & seen))
    seen.add((3, 4))
    seen.discard((1, 2))
    seen.discard((1, 2))
    seen.update([(3, 4), (7, 8)], )
    print(sorted(seen), sorted(seen.union([(7, 8)])), sorted(seen.intersection([(7, 8), (9, 9)])))
    print(sorted(seen.difference([(7, 8)])), sorted(seen ^ {(7, 8), (1, 1)}), seen >= {(7, 8)}, seen == {(7, 8), (3, 4)})
    print(seen.issubset([(7, 8), (3, 4), (0, 0)]), seen.isdisjoint([(7, 8)]), len(set([(1, 2), (1, 2)])))
    print(sorted({(n // 2, "x") for n in range(5)}), len(frozenset(((1, 2), (1, 2)))), len({*[(1, 2)], (1, 2)}))
    seen |= {(7, 8), (0, 1)}
    seen -= {(3, 4)}
    print(sorted(seen), seen.pop() in [(7, 8), (0, 1)], len(seen))


def kinds() -> None:
    one, other = Thing(), Thing()
    nested = {((1, 2), "a"): 1, ((1, 2), "b"): 2}
    things = {(one, 1): "one", (other, 1): "other"}
    odd: dict[tuple[str, ...], int] = {(): 0, ("a",): 1, ("a,b",): 2, ("a", "b"): 3, ('"1:a', ""): 4}
    mixed: dict[tuple[int, str] | str | None, int] = {(1, "1"): 1, "1": 2, None: 3}
    print(nested[((1, 2), "b")], things[(one, 1)], things[(other, 1)], (Thing(), 1) in things)
    print(odd[()], odd[("a", "b")], odd[("a,b",)], odd['"1:a', ""], len(odd), odd)
    print(mixed[(1, "1")], mixed["1"], mixed[None], (2, "1") in mixed)
    big = {(2**40, -1): "big", (-(2**40), 0): "small"}
    print(big[(1024**4, -1)], big[(-(1024**4), 0)])


def main() -> None:
    dicts()
    sets()
    kinds()
    board = Board()
    board.free.update([(0, 0), (0, 1)])
    print(board.put(0, 0, "x"), board.put(0, 0, "o"), board)
    print(sorted(alive({(1, 0), (1, 1), (1, 2)}, 3)))
    memo: dict[Place, int] = {}

    def ways(place: Place) -> int:
        if place not in memo:
            x, y = place
            memo[place] = 1 if 0 in place else ways((x - 1, y)) + ways((x, y - 1))
        return memo[(place[0], place[1])]

    print(ways((12, 9)), len(memo))
