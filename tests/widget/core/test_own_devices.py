"""Other devices of one's own are nobody else: what only they have was sent to nobody."""

from __future__ import annotations

from tests.fakes.world import World
from widget.crypto.opened import OpenedFrame


async def deaf(opened: OpenedFrame) -> None:
    """Takes nothing, and says so."""


async def test_alone_with_ones_phone_nobody_hears_it(world: World) -> None:
    ann, phone = await world.room("Ann", "Ann")
    await ann.chat.send_message("is anybody here?")
    await world.clock.advance(4_000)
    assert phone.texts == ["is anybody here?"]
    assert ann.deliveries == ["unheard"]


async def test_what_only_ones_phone_has_is_not_sent(world: World) -> None:
    ann, phone, bob = await world.room("Ann", "Ann", "Bob")
    takes = bob.stay.peers.replica.take
    bob.stay.peers.replica.take = deaf  # type: ignore[method-assign]
    await ann.chat.send_message("hello")
    await world.clock.advance(4_000)
    assert (phone.texts, bob.texts) == (["hello"], [])
    assert ann.deliveries == ["sending"]
    bob.stay.peers.replica.take = takes  # type: ignore[method-assign]
    await world.clock.advance(8_000)
    assert bob.texts == ["hello"]
    assert ann.deliveries == ["delivered"]
