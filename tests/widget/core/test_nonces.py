"""Proofs name the nonce that the signaling service wants, which is asked for once (RFC 9449, 9)."""

from __future__ import annotations

import itertools

from tests.fakes.world import World


async def test_it_is_answered_once_and_kept_for_the_next_call(world: World) -> None:
    ann = await world.person("Ann")
    service = world.signaling
    service.nonce = lambda: "first"
    await world.run(ann.chat.create_room("Kitchen"))
    await world.run(ann.chat.create_room("Hall"))
    service.nonce = lambda: "second"
    await world.run(ann.chat.create_room("Attic"))
    assert service.named == ["", "first", "first", "first", "second"]
    assert len(service.rooms) == 3


async def test_a_service_that_always_wants_another_is_not_asked_a_third_time(world: World) -> None:
    ann = await world.person("Ann")
    numbers = itertools.count()
    world.signaling.nonce = lambda: f"n{next(numbers)}"
    assert (await world.failing(ann.chat.create_room("Kitchen"))).code == "proof.nonce"
    assert world.signaling.named == ["", "n0"]
