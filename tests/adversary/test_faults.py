"""The rules hold beside faults: pages that stall or are loaded anew, clocks that are set, while somebody lies."""

from __future__ import annotations

import random

import pytest

from tests.adversary.faults import Faults
from tests.adversary.judged import agree, listed, roster
from tests.adversary.seat import Adversary
from tests.adversary.service import LyingService
from tests.fakes.effort import some
from tests.fakes.stalls import BusyWorld
from tests.fakes.world import Someone

pytestmark = pytest.mark.no_cover
SEEDS = some(4, 500, 15)
LYING_S = 20
QUIET_MS = 60_000


def hold(honest: list[Someone]) -> None:
    """Who reads is on the list. Who is found to lie is off it at once, and in the key until the next one."""
    for someone in honest:
        group = someone.stay.peers.group
        assert {peer.name for peer in group.readers() if not group.is_expelled(peer.sid)} <= listed(someone)
        assert "Ghost" not in roster(someone)


async def lie(world: BusyWorld, eve: Adversary, honest: list[Someone], service: LyingService | None) -> list[str]:
    """She does what she likes, and so does the service that is hers, if it is. What the others said."""
    faults, dice, said = Faults(world, honest, eve.seed), random.Random(eve.seed), list[str]()
    for second in range(LYING_S):
        for _ in range(dice.choice([0, 3, 10, 40])):
            await eve.act()
        if service is not None:
            for _ in range(dice.choice([0, 2, 6, 20])):
                service.act()
        await faults.strike()
        speaker = dice.choice(faults.free())
        said.append(f"{speaker.name} {second}")
        await speaker.chat.send_message(said[-1])
        await world.clock.advance(1_000)
        hold(honest)
        if any(eve.is_out_of(someone) for someone in honest):
            eve.begin_again()
    assert sum(faults.count.values()) > 0
    return said


@pytest.mark.parametrize("seed", SEEDS)
async def test_a_lying_member_parts_nobody_whose_page_stalls_or_comes_anew(seed: int) -> None:
    world = BusyWorld()
    *honest, eve = await world.room("Ann", "Bob", "Cid", "Eve")
    said = await lie(world, Adversary(eve, seed, []), honest, None)
    await world.clock.advance(QUIET_MS)
    await agree(world, honest, said)


@pytest.mark.parametrize("seed", SEEDS)
async def test_a_lying_service_with_an_account_parts_nobody(seed: int) -> None:
    """It hides and makes up whom it likes, loses what it likes, and is a member too."""
    world = BusyWorld()
    world.net.blocked = seed % 2 == 0
    *honest, eve = await world.room("Ann", "Bob", "Cid", "Eve")
    service = LyingService(world, seed)
    said = await lie(world, Adversary(eve, seed, []), honest, service)
    service.stop()
    await world.clock.advance(QUIET_MS)
    await agree(world, honest, said)
