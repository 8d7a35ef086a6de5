"""How long a test tries: as usual, or through the night."""

from __future__ import annotations

import os
from collections.abc import Iterable
from typing import TypeVar

from tests.nightly.shares import share

T = TypeVar("T")
NIGHT = os.environ.get("CHAT_NIGHTLY") == "1"
SHARE = share(os.environ.get("CHAT_SHARE", "1/1"))  # of all tests, for machines that take turns


def some(usual: int, nightly: int, nights: int) -> range:
    """Seeds: by day the first, by night another share of all of them, so that each comes once in so many nights."""
    if not NIGHT:
        return range(usual)
    number, of = share(f"tonight/{nights}")
    return range(nightly * (number - 1) // of, nightly * number // of)


def many(usual: int, nightly: int) -> int:
    return nightly if NIGHT else usual


def also(usual: Iterable[T], nightly: Iterable[T]) -> list[T]:
    """The usual ones, and by night those as well."""
    return [*usual, *(nightly if NIGHT else ())]
