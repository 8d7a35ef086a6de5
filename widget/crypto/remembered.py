"""The last names that were seen."""

from __future__ import annotations


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
        if len(self._names) > self._most:
            for oldest in self._names:
                del self._names[oldest]
                break
        return True

    def has(self, name: str) -> bool:
        return name in self._names

    def forget(self, name: str) -> None:
        if name in self._names:
            del self._names[name]
