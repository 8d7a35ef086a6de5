"""Work that the tests of many workers need, done by one of them."""

from __future__ import annotations

import fcntl
import os
import pickle
from collections.abc import Callable
from typing import TypeVar

import pytest

T = TypeVar("T")


def once(factory: pytest.TempPathFactory, name: str, make: Callable[[], T]) -> T:
    """What `make` gives: made by the first worker of this run that asks for `name`, while the others wait.

    Tests go to whoever is free, so that each worker gets some of a file whose fixture takes ten seconds.
    """
    folder = factory.getbasetemp()
    kept = (folder.parent if "PYTEST_XDIST_WORKER" in os.environ else folder) / f"{name}.pickle"
    with kept.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not kept.exists():
            kept.write_bytes(pickle.dumps(make()))
    found: T = pickle.loads(kept.read_bytes())
    return found
