"""What the service tells one member of another: the others' signs of life count for more."""

from __future__ import annotations

import pytest

from tests.fakes.world import World
from widget.crypto.limits import SILENT_MS
from widget.wire.socket import PeerLeft

pytestmark = pytest.mark.no_cover


@pytest.mark.parametrize("carries", [True, False])
async def test_one_word_that_somebody_left_parts_nobody_for_long(carries: bool) -> None:
    """To the host alone, in a room of the relay. The room changed its key every 16 s for ever."""
    world = World()
    world.net.blocked = True
    ann, bob, cid, dee = await world.room("Ann", "Bob", "Cid", "Dee")
    if not carries:
        world.signaling.strangers.append({"Ann", "Dee"})
    place = next(iter(world.signaling.rooms.values()))
    socket = place.seats[ann.stay.me.sid].socket
    assert socket is not None
    socket.tell(PeerLeft(dee.stay.me.sid))
    await world.clock.advance(20_000)
    kids = {someone.stay.peers.group.kid for someone in (ann, bob, cid, dee)}
    assert len(kids) == 1
    for _ in range(SILENT_MS // 1000):
        await world.clock.advance(2_000)
        kids |= {someone.stay.peers.group.kid for someone in (ann, bob, cid, dee)}
    assert len(kids) == 1
    await ann.chat.send_message("hello")
    await world.clock.advance(4_000)
    assert all(someone.texts == ["hello"] for someone in (ann, bob, cid, dee))
    assert {"Bob", "Cid", "Dee"} == set(ann.links)
    await world.close()
