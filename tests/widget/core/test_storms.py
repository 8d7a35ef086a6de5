"""Storms: random breaks, cuts, losses and outages; in the end everybody has heard everything, once."""

from __future__ import annotations

import random

import pytest

from tests.fakes.world import Someone, World

# Lines that quicker tests run, many times: not traced (docs/TESTING.md, Coverage).
pytestmark = pytest.mark.no_cover

ROUNDS = 30


@pytest.mark.parametrize("seed", range(12))
async def test_nothing_is_lost_or_shown_twice_in_a_storm(world: World, seed: int) -> None:
    chance = random.Random(seed)
    people = await world.room("Ann", "Bob", "Cid")
    said: list[str] = []
    for number in range(ROUNDS):
        _trouble(world, people, chance)
        someone = chance.choice(people)
        said.append(f"{someone.name} {number}")
        await someone.chat.send_message(said[-1])
        await world.clock.advance(chance.choice([5, 50, 400, 1500]))
    _calm(world)
    await world.clock.advance(90_000)
    for someone in people:
        assert sorted(someone.texts) == sorted(said), f"{someone.name} in storm {seed}"
        alone = [one.line for one in someone.stay.messages._said if one.readers == []]  # there was nobody to deliver to
        short = [line.id for line in someone.messages if line.mine and line.delivery != "delivered"]
        assert short == alone, f"{someone.name} in storm {seed}"
        assert {line.delivery for line in someone.messages if line.id in alone} <= {"sent"}


def _trouble(world: World, people: list[Someone], chance: random.Random) -> None:
    kind = chance.randrange(12)
    if kind == 0:
        world.net.break_all()
    elif kind == 1:
        world.net.blocked = not world.net.blocked
    elif kind == 2:
        world.net.silence_all()
    elif kind == 3:
        world.net.heal_all()
    elif kind == 4:
        world.signaling.cut(chance.choice(people).chat.get_state().user_id)
    elif kind == 5:
        world.signaling.cut()
    elif kind == 6:
        world.signaling.fates.words = [chance.choice(["", "lost", "twice", "late 80"]) for _ in range(20)]
    elif kind == 7:
        world.signaling.is_down = not world.signaling.is_down


def _calm(world: World) -> None:
    world.net.blocked = False
    world.net.heal_all()
    world.signaling.is_down = False
    world.signaling.fates.words = []
