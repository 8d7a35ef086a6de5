"""What happens to honest people's pages meanwhile: they are busy, are loaded anew, and their clocks are set."""

from __future__ import annotations

import random

from tests.fakes.memory_storage import MemoryStorage
from tests.fakes.stalls import BusyWorld, PageClock
from tests.fakes.tabs import reload
from tests.fakes.world import Someone

STALLS_MS = (2_500, 10_000)
HOUR_MS = 3_600_000


def page(someone: Someone) -> PageClock:
    assert isinstance(someone.platform.clock, PageClock)
    return someone.platform.clock


class Faults:
    """Of `people`, in which who is loaded anew has another place; `count` is of each kind."""

    def __init__(self, world: BusyWorld, people: list[Someone], seed: int) -> None:
        self._world = world
        self._people = people
        self._dice = random.Random(f"faults {seed}")
        self.count = {"stall": 0, "step": 0, "reload": 0}

    def free(self) -> list[Someone]:
        return [someone for someone in self._people if not page(someone).is_busy]

    async def strike(self) -> None:
        """One of them at most, to whoever is not busy already."""
        some = self.free()
        kind = self._dice.choice(["stall", "step", "reload", "", "", ""])
        if kind == "" or len(some) < 2:  # somebody speaks
            return
        self.count[kind] += 1
        victim = self._dice.choice(some)
        if kind == "stall":
            page(victim).stall(self._dice.choice(STALLS_MS))
        elif kind == "step":
            page(victim).wrong_ms = self._dice.choice([-HOUR_MS, 0, HOUR_MS])
        else:
            await self._reload(victim)

    async def _reload(self, gone: Someone) -> None:
        """On a clock that is right again: one that is an hour off is told so (tests/widget/core/test_clocks.py)."""
        storage = gone.platform.storage
        assert isinstance(storage, MemoryStorage)
        self._people[self._people.index(gone)] = await reload(self._world, gone, storage)
