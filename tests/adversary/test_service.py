"""The rules of a room hold over the real core, whatever the service does (tests/adversary/service.py)."""

from __future__ import annotations

import random

import pytest

from tests.adversary.judged import agree, listed, roster
from tests.adversary.service import LyingService
from tests.fakes.effort import some
from tests.fakes.world import Someone, World

pytestmark = pytest.mark.no_cover
SEEDS = some(8, 500, 15)
LYING_S = 20
QUIET_MS = 60_000


async def lie(world: World, service: LyingService, honest: list[Someone]) -> list[str]:
    """What they said meanwhile."""
    said: list[str] = []
    for second in range(LYING_S):
        for _ in range(service.dice.choice([0, 2, 6, 20])):
            service.act()
        speaker = service.dice.choice(honest)
        said.append(f"{speaker.name} {second}")
        await speaker.chat.send_message(said[-1])
        await world.clock.advance(1_000)
        for someone in honest:
            assert roster(someone) <= listed(someone)
            assert "Ghost" not in roster(someone)
    return said


@pytest.mark.parametrize("blocked", [False, True], ids=["channels", "relay"])
@pytest.mark.parametrize("seed", SEEDS)
async def test_a_lying_service_loses_nothing_and_lets_nobody_in(seed: int, blocked: bool) -> None:
    world = World()
    world.net.blocked = blocked
    honest = await world.room("Ann", "Bob", "Cid")
    service = LyingService(world, seed)
    said = await lie(world, service, honest)
    service.stop()
    await world.clock.advance(QUIET_MS)
    await agree(world, honest, said)


@pytest.mark.parametrize("seed", SEEDS)
async def test_a_lying_service_brings_back_nobody_who_was_removed(seed: int) -> None:
    world, dice = World(), random.Random(seed)
    ann, bob, cid, dee = await world.room("Ann", "Bob", "Cid", "Dee")
    dee.stay._end = lambda error: None  # type: ignore[method-assign]
    dee.stay.peers.book.take = lambda entries, refused: False  # type: ignore[method-assign]
    service = LyingService(world, seed)
    await world.run(ann.chat.remove_member(dee.chat.get_state().user_id, dice.random() < 0.5))
    await world.clock.advance(1_000)
    honest = [ann, bob, cid]
    said = await lie(world, service, honest)
    service.stop()
    await world.clock.advance(QUIET_MS)
    assert not set(said) & set(dee.texts)
    for someone in honest:
        assert "Dee" not in roster(someone)
    await agree(world, honest, said)
