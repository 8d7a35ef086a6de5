"""Equal items keep their order, also in reverse."""

from __future__ import annotations


def main() -> None:
    rows = [("a", 2), ("b", 1), ("c", 2), ("d", 1)]
    print(sorted(rows, key=lambda r: r[1]), sorted(rows, key=lambda r: r[1], reverse=True))
    rows.sort(key=lambda r: r[0], reverse=True)
    rows.sort(key=lambda r: r[1])
    print(rows)
