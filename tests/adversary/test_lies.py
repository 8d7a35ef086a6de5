"""Lies against which one rule alone stands (tests/adversary/lies.py): without it they would succeed."""

from __future__ import annotations

import random

import pytest

from tests.adversary.judged import agree, roster
from tests.adversary.lies import Lie, framed, last_clock, next_epoch, row_epoch, two_stories, unknown_book
from tests.adversary.seat import Adversary
from tests.fakes.effort import some
from tests.fakes.world import Someone, World
from widget.crypto.limits import GRANT_BURST, REKEY_INTERVAL_MS
from widget.crypto.live_epoch import LiveEpoch

pytestmark = pytest.mark.no_cover
SEEDS = some(1, 500, 10)
LYING_S = 8
QUIET_MS = 20_000
NAMES = ("Ann", "Bob", "Cid", "Dee", "Fay")


async def room(seed: int, is_first: bool) -> tuple[World, Adversary, list[Someone]]:
    """Eve is first in line, or last."""
    world, dice = World(), random.Random(seed)
    names = NAMES[: dice.randint(3, len(NAMES))]
    people = await world.room(*(["Eve", *names] if is_first else [*names, "Eve"]))
    eve = people[0 if is_first else -1]
    return world, Adversary(eve, seed, []), [someone for someone in people if someone is not eve]


def kids(honest: list[Someone]) -> set[str]:
    return {someone.stay.peers.group.kid for someone in honest}


async def talk(world: World, eve: Adversary, honest: list[Someone], lie: Lie | None = None) -> list[str]:
    """A line a second, while she says `lie` again and again. What was said."""
    said: list[str] = []
    for second in range(LYING_S):
        for _ in range(0 if lie is None else eve.dice.randint(1, 3)):
            assert lie is not None
            await lie(eve)
            await world.clock.advance(eve.dice.choice([50, 200]))
        said.append(f"{second}")
        await eve.dice.choice(honest).chat.send_message(said[-1])
        await world.clock.advance(1_000)
        for someone in honest:
            assert {one.name for one in honest} <= roster(someone)
            assert not any(someone.stay.peers.group.is_expelled(one.stay.me.sid) for one in honest)
    return said


async def end(world: World, honest: list[Someone], said: list[str]) -> None:
    await world.clock.advance(QUIET_MS)
    await agree(world, honest, said)


@pytest.mark.parametrize("seed", SEEDS)
async def test_nobody_is_called_a_liar_for_what_another_signed(seed: int) -> None:
    world, eve, honest = await room(seed, False)
    await end(world, honest, await talk(world, eve, honest, framed))


@pytest.mark.parametrize("seed", SEEDS)
async def test_who_is_last_in_line_changes_no_key(seed: int) -> None:
    """The others are here, and need none."""
    world, eve, honest = await room(seed, False)
    before = kids(honest)
    said = await talk(world, eve, honest, row_epoch)
    assert kids(honest) == before
    await end(world, honest, said)


@pytest.mark.parametrize("seed", SEEDS)
async def test_who_is_first_changes_the_key_only_so_often(seed: int) -> None:
    world, eve, honest = await room(seed, True)
    changes: list[str] = []
    frames = honest[0].stay.peers.group._keyring.frames
    adopt = frames.adopt

    def counted(epoch: LiveEpoch, now_ms: int) -> None:
        changes.append(epoch.kid)
        adopt(epoch, now_ms)

    frames.adopt = counted  # type: ignore[method-assign]
    began_ms = world.clock.now_ms()
    said = await talk(world, eve, honest, row_epoch)
    lasted_ms = world.clock.now_ms() - began_ms
    assert 0 < len(changes) <= GRANT_BURST + lasted_ms // REKEY_INTERVAL_MS
    await end(world, honest, said)


@pytest.mark.parametrize("seed", SEEDS)
async def test_an_epoch_with_decisions_that_nobody_holds_is_not_used(seed: int) -> None:
    world, eve, honest = await room(seed, True)
    before = kids(honest)
    await unknown_book(eve)
    said = await talk(world, eve, honest)
    assert kids(honest) == before
    await next_epoch(eve)
    await end(world, honest, said)


@pytest.mark.parametrize("seed", SEEDS)
async def test_who_tells_two_stories_is_out_and_all_see_the_same(seed: int) -> None:
    world, eve, honest = await room(seed, eve_is_first(seed))
    await two_stories(eve, honest)
    said = await talk(world, eve, honest)
    assert all(eve.is_out_of(someone) for someone in honest)
    assert len({tuple(someone.texts) for someone in honest}) == 1
    await end(world, honest, said)


def eve_is_first(seed: int) -> bool:
    return seed % 2 == 0


@pytest.mark.parametrize("seed", SEEDS)
async def test_a_clock_at_its_end_silences_nobody(seed: int) -> None:
    world, eve, honest = await room(seed, eve_is_first(seed))
    await last_clock(eve, honest)
    await end(world, honest, await talk(world, eve, honest))
