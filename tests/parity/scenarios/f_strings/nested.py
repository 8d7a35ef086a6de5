"""Expressions of every kind inside."""

from __future__ import annotations


def main() -> None:
    items = ["a", "b"]
    table = {"k": 1}
    print(f"{items[0]}{items[-1]} {table['k']} {len(items)} {[x.upper() for x in items]} {'yes' if len(items) > 1 else 'no'}")
    print(f"{max(1, 2)} {items} {table} {(1, 'x')} {1 < 2} {not True}")
