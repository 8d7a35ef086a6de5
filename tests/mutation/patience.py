"""How many of its tests a mutant meets."""

from __future__ import annotations

import itertools
from collections.abc import Mapping


def fastest(tests: list[str], durations: Mapping[str, float], patience_s: float) -> list[str]:
    """Those that together take so long on the machine as it was when they were timed; at least one."""
    ordered = sorted(tests, key=lambda test: (durations[test], test))
    ends = list(itertools.accumulate(durations[test] for test in ordered))
    return [test for test, end in zip(ordered, ends, strict=True) if end <= max(patience_s, ends[0])]
