"""Module-level code runs once, in order."""

from __future__ import annotations

NAMES: list[str] = ["a", "b"]
TABLE: dict[str, int] = {name: index for index, name in enumerate(NAMES)}
total: int = 0
for number in [1, 2, 3]:
    total += number
if total > 5:
    size = "large"
else:
    size = "small"


def lookup(name: str) -> int:
    return TABLE[name] + OFFSET


OFFSET: int = 10
PAIR = (1, "x")
first, second = PAIR


def main() -> None:
    print(NAMES, TABLE, total, size, lookup("b"), first, second)
    NAMES.append("c")
    print(len(NAMES))
