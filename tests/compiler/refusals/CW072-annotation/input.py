from __future__ import annotations

from typing import Any


def f(x: Something, y: list[int, str, Missing]) -> Any: ...
