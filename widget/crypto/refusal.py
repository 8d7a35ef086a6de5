"""Says more exactly why something was refused."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from widget.errors import CwError

T = TypeVar("T")


def refused_as(reason: int, read: Callable[[], T]) -> T:
    """What `read` gives; what it refuses is refused for `reason`."""
    try:
        return read()
    except CwError as error:
        raise CwError(reason) from error
