"""All of `make test` takes longer than a part of the night may: a machine runs a half, the next night the other."""

from __future__ import annotations

from datetime import date

MACHINES = ("debian12", "debian13")
SHARES = ("1/2", "2/2")  # as CHAT_SHARE


def half_of(machine: str, night: date) -> str:
    """Never the same half on both machines: a night runs all tests on a bare one, two nights run all on each."""
    return SHARES[(night.toordinal() + MACHINES.index(machine)) % 2]
