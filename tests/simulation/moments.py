"""Time in the simulation: everything happens at ticks of half a second."""

from __future__ import annotations

TICKS_A_SECOND = 2
TICK_MS = 500
LONG_AGO = -99  # before anything that a run remembers
NEVER = 10**9


def ticks(seconds: float) -> int:
    return int(seconds * TICKS_A_SECOND)


SILENCE_IS_LONGER = ticks(15)  # where signs of life are asked for, than where every beat has them
