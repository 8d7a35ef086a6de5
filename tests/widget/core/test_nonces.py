"""Proofs name the nonce that the signaling service wants, which is asked for ahead, and anew once (RFC 9449, 9)."""

from __future__ import annotations

import itertools

from tests.fakes.world import World
from widget.core.limits import NONCE_MS


async def test_it_is_asked_for_before_it_is_wanted_and_kept_for_minutes(world: World) -> None:
    ann = await world.person("Ann")
    service = world.signaling
    service.nonce = lambda: "first"
    await world.run(ann.chat.create_room("Kitchen"))
    await world.run(ann.chat.create_room("Hall"))
    assert (service.named, service.calls.count("GET /nonce")) == (["first", "first"], 1)
    await world.clock.advance(NONCE_MS)
    service.nonce = lambda: "second"
    await world.run(ann.chat.create_room("Attic"))
    assert service.named == ["first", "first", "second"]


async def test_who_is_late_answers_once(world: World) -> None:
    ann = await world.person("Ann")
    service = world.signaling
    service.nonce = lambda: "first"
    await world.run(ann.chat.create_room("Kitchen"))
    service.nonce = lambda: "second"
    await world.run(ann.chat.create_room("Attic"))
    await world.run(ann.chat.create_room("Cellar"))
    assert (service.named, len(service.rooms)) == (["first", "first", "second", "second"], 3)


async def test_a_service_that_always_wants_another_is_not_asked_a_third_time(world: World) -> None:
    ann = await world.person("Ann")
    numbers = itertools.count()
    world.signaling.nonce = lambda: f"n{next(numbers)}"
    assert (await world.failing(ann.chat.create_room("Kitchen"))).code == "proof.nonce"
    assert world.signaling.named == ["n0", "n1"]
