"""Who shares a key, and the signs of life by which somebody gets into such a circle."""

from __future__ import annotations

from typing import NamedTuple


class Epoch(NamedTuple):
    number: int
    prev: int
    issuer: int
    roster: tuple[int, ...]
    book: frozenset[int]
    heads: tuple[tuple[int, int], ...]  # where logs begin, as its issuer says: believed only without the rule
    kid: int

    @property
    def rank(self) -> tuple[int, int]:
        """The higher number wins, then the lower kid."""
        return self.number, -self.kid
