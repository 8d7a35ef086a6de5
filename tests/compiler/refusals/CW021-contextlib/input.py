from __future__ import annotations

import contextlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress


@contextmanager
def opened(name: str) -> Iterator[str]:
    yield name


@contextlib.contextmanager
def again(name: str) -> Iterator[str]:
    yield name
