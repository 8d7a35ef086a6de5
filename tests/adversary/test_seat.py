"""The rules of a room hold over the real core, whatever one member sends (tests/adversary/seat.py)."""

from __future__ import annotations

import random

import pytest

from tests.adversary.judged import agree, listed, roster
from tests.adversary.seat import Adversary
from tests.fakes.effort import some
from tests.fakes.world import Someone, World

pytestmark = pytest.mark.no_cover
SEEDS = some(8, 500, 15)
LYING_S = 20
LATE_S = 10  # what is said while she lies is read by then
QUIET_MS = 60_000
PATIENT = 4


async def lie(world: World, eve: Adversary, honest: list[Someone], dice: random.Random) -> list[str]:
    """She does what she likes for a while, in bursts; the others talk. What they said."""
    said: list[str] = []
    for second in range(LYING_S):
        for _ in range(dice.choice([0, 3, 10, 40])):
            await eve.act()
        speaker = dice.choice(honest)
        said.append(f"{speaker.name} {second}")
        await speaker.chat.send_message(said[-1])
        await world.clock.advance(1_000)
        for someone in honest:
            assert set(said[: max(0, len(said) - LATE_S)]) <= set(someone.texts)
            assert {one.name for one in honest} <= roster(someone)
            # Who is found to lie is off the list at once, and in the key until the next one.
            assert roster(someone) <= listed(someone) | {"Eve"}
            if not eve.is_out_of(someone):
                assert "Eve" in listed(someone) or "Eve" not in roster(someone)
        if any(eve.is_out_of(someone) for someone in honest):
            await world.run(eve.come_again())
    return said


@pytest.mark.parametrize("seed", SEEDS)
async def test_one_lying_member_parts_and_silences_nobody(seed: int) -> None:
    world, dice = World(), random.Random(seed)
    ann, bob, cid, eve = await world.room("Ann", "Bob", "Cid", "Eve")
    honest = [ann, bob, cid]
    adversary = Adversary(eve, seed, [])
    said = await lie(world, adversary, honest, dice)
    assert adversary.acts > 0
    await world.clock.advance(QUIET_MS)
    await agree(world, honest, said)


@pytest.mark.parametrize("seed", SEEDS)
async def test_a_patient_liar_parts_and_silences_nobody(seed: int) -> None:
    """In a quiet room anybody's turn to make an epoch has come."""
    world, dice = World(), random.Random(seed)
    ann, bob, cid, eve = await world.room("Ann", "Bob", "Cid", "Eve")
    honest, said = [ann, bob, cid], list[str]()
    adversary = Adversary(eve, seed, [])
    for _round in range(PATIENT):
        await world.clock.advance(dice.choice([20_000, 60_000]))
        await adversary.strike()
        for _ in range(LATE_S + 1):
            speaker = dice.choice(honest)
            said.append(f"{speaker.name} {len(said)}")
            await speaker.chat.send_message(said[-1])
            await world.clock.advance(1_000)
            assert all({one.name for one in honest} <= roster(someone) for someone in honest)
        assert all(said[-LATE_S - 1] in someone.texts for someone in honest)
    await world.clock.advance(QUIET_MS)
    await agree(world, honest, said)


@pytest.mark.parametrize("seed", SEEDS)
async def test_a_lying_member_brings_back_nobody_who_was_removed(seed: int) -> None:
    """Dee does not go, and Eve puts her into every epoch that she makes."""
    world, dice = World(), random.Random(seed)
    ann, bob, cid, dee, eve = await world.room("Ann", "Bob", "Cid", "Dee", "Eve")
    dee.stay._end = lambda error: None  # type: ignore[method-assign]
    honest = [ann, bob, cid]
    adversary = Adversary(eve, seed, [dee.stay.me])
    dee.stay.peers.book.take = lambda entries, refused: False  # type: ignore[method-assign]
    await world.run(ann.chat.remove_member(dee.chat.get_state().user_id, True))
    await world.clock.advance(10_000)
    said = await lie(world, adversary, honest, dice)
    for someone in honest:
        assert "Dee" not in roster(someone)
    assert not set(said) & set(dee.texts)
    await world.clock.advance(QUIET_MS)
    await agree(world, honest, said)
    assert not set(said) & set(dee.texts)
