"""How many things were dropped, by reason number."""

from __future__ import annotations


class Drops:
    """Counters for people who debug; no reason is ever told to the sender."""

    def __init__(self) -> None:
        self.counts: dict[int, int] = {}

    def count(self, reason: int) -> None:
        self.counts[reason] = self.counts.get(reason, 0) + 1
