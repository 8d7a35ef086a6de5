"""What a member may send at any time and gains nothing by."""

from __future__ import annotations

from tests.fakes.world import Someone, World
from widget.room.stay import RoomSession
from widget.wire.notes import DIRECT


def _session(someone: Someone) -> RoomSession:
    session = someone.chat._rooms.session
    assert session is not None
    return session


async def test_asking_for_a_new_connection_again_and_again_makes_few_offers(world: World) -> None:
    """28 such notes made the service throw out the one who answered them."""
    one, other = await world.room("Ann", "Eve")
    victim, liar = sorted([one, other], key=lambda person: _session(person).me.sid)
    pair = _session(liar).peers.neighbours.known[_session(victim).me.sid].pair
    world.signaling.seen.clear()
    for _ in range(600):
        await pair.relay.send_blob(bytes([DIRECT]))
        await world.clock.advance(100)
    offers = [data for data in world.signaling.seen if b'"offer"' in data]
    assert 1 <= len(offers) <= 7
    await victim.chat.send_message("still here")
    await world.clock.advance(1_000)
    assert liar.texts == ["still here"]
    assert list(victim.links.values()) != ["lost"]
