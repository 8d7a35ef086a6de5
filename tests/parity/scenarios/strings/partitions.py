"""partition and rpartition always give three."""

from __future__ import annotations


def main() -> None:
    for text in ("a=b=c", "=", "abc", "", "a=", "=b"):
        print(text.partition("="), text.rpartition("="), text.partition("=c"))
    key, mark, value = "name: x".partition(": ")
    print(key, mark, value)
