"""The last names that were seen."""

from __future__ import annotations

from typing import TypeVar

T = TypeVar("T")


def forget_oldest(found: dict[str, T], most: int) -> None:
    """Of what came one by one into `found`, which is one above `most` at the most."""
    for oldest in found:
        if len(found) > most:
            del found[oldest]
        break


class Remembered:
    """At most `most` names; the oldest is forgotten first."""

    def __init__(self, most: int) -> None:
        self._most: int = most
        self._names: dict[str, bool] = {}

    def add(self, name: str) -> bool:
        """False when it is remembered already."""
        if name in self._names:
            return False
        self._names[name] = True
        forget_oldest(self._names, self._most)
        return True

    def has(self, name: str) -> bool:
        return name in self._names

    def forget(self, name: str) -> None:
        if name in self._names:
            del self._names[name]
