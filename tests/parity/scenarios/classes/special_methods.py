"""Special methods answer operators and built-ins."""

from __future__ import annotations

from collections.abc import Iterator


class Bag:
    def __init__(self, items: list[str]) -> None:
        self.items: list[str] = items

    def __len__(self) -> int:
        return len(self.items)

    def __contains__(self, item: str) -> bool:
        return item in self.items

    def __getitem__(self, index: int) -> str:
        return self.items[index]

    def __setitem__(self, index: int, item: str) -> None:
        self.items[index] = item

    def __iter__(self) -> Iterator[str]:
        for item in self.items:
            yield item

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Bag) and sorted(self.items) == sorted(other.items)

    def __repr__(self) -> str:
        return f"Bag({self.items!r})"

    def __str__(self) -> str:
        return "bag of " + ", ".join(self.items)


class Size:
    def __init__(self, n: int) -> None:
        self.n: int = n

    def __lt__(self, other: Size) -> bool:
        return self.n < other.n

    def __repr__(self) -> str:
        return f"Size({self.n})"


def main() -> None:
    bag = Bag(["x", "y"])
    bag[0] = "z"
    print(len(bag), "y" in bag, "x" in bag, bag[0], [i for i in bag], bag, repr(bag), [bag], f"{bag} {bag!r}")
    print(bag == Bag(["y", "z"]), bag != Bag([]), bag in [Bag(["z", "y"])], [Bag([])] == [Bag([])], {"k": bag} == {"k": Bag(["y", "z"])})
    sizes = [Size(3), Size(1), Size(2)]
    print(sorted(sizes), min(sizes), max(sizes), Size(1) < Size(2), str(Size(4)))
