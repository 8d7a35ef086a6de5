"""__len__, __contains__, __getitem__, __setitem__, __delitem__."""

from __future__ import annotations


class Inventory:
    def __init__(self) -> None:
        self._counts: dict[str, int] = {}

    def __len__(self) -> int:
        return sum(self._counts.values())

    def __contains__(self, name: str) -> bool:
        return name in self._counts

    def __getitem__(self, name: str) -> int:
        return self._counts.get(name, 0)

    def __setitem__(self, name: str, count: int) -> None:
        self._counts[name] = count

    def __delitem__(self, name: str) -> None:
        del self._counts[name]


def main() -> None:
    box = Inventory()
    box["nail"] = 10
    box["nail"] += 5
    box["screw"] = 1
    print(len(box), box["nail"], box["bolt"], "nail" in box, "bolt" not in box)
    del box["nail"]
    print(len(box), "nail" in box)
