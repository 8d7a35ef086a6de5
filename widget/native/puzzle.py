"""Puzzles of the sign-in service, solved over hashlib."""

from __future__ import annotations

import hashlib


def search(puzzle: bytes, start: int, count: int, bits: int) -> int:
    """The port `Search`."""
    begun, bound = hashlib.sha256(puzzle), 1 << (256 - bits)
    for number in range(start, start + count):
        hashed = begun.copy()
        hashed.update(number.to_bytes(8, "big"))
        if int.from_bytes(hashed.digest(), "big") < bound:
            return number
    return -1
