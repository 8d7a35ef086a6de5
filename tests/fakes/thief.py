"""Somebody who came in by a key that is withdrawn later."""

from __future__ import annotations

from tests.fakes.world import Someone, World


async def with_thief(world: World) -> tuple[Someone, Someone, Someone, str]:
    """Ann and Bob, and Eve, whose identity another key has signed: the last is that key's id."""
    ann, bob = await world.person("Ann"), await world.person("Bob")
    world.realm.rotate()
    kid = world.realm.sign_kid
    eve = await world.person("Eve")
    world.realm.rotate()
    room = await world.run(ann.chat.create_room("Room"))
    for someone in (bob, eve):
        await world.run(someone.chat.join_room(room.room_id))
    await world.clock.advance(4_000)
    assert (sorted(ann.links), sorted(bob.links)) == (["Bob", "Eve"], ["Ann", "Eve"])
    return ann, bob, eve, kid
