"""Text of any script as keys."""

from __future__ import annotations


def main() -> None:
    table = {"é": 1, "e\u0301": 2, "😀": 3, "": 4}
    print(table["é"], table["e\u0301"], table["😀"], table[""], list(table), len(table), "😀" in table)
    table["😀"] += 1
    print(table)
