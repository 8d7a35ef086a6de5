"""Who shares a key, and the signs of life by which somebody gets into such a circle."""

from __future__ import annotations

from typing import NamedTuple

KIDS_IN_PULSE = 4


class Pulse(NamedTuple):
    """ "I am here", signed: the how manyeth, and the last epochs that its maker heard of."""

    serial: int
    kids: tuple[int, ...]


class Epoch(NamedTuple):
    number: int
    prev: int
    issuer: int
    roster: tuple[int, ...]
    book: frozenset[int]
    tickets: tuple[tuple[int, tuple[int, ...]], ...]  # the pulse of each who was added
    heads: tuple[tuple[int, int], ...]  # where logs begin, as its issuer says: believed only without the rule
    kid: int

    @property
    def rank(self) -> tuple[int, int]:
        """The higher number wins, then the lower kid."""
        return self.number, -self.kid
