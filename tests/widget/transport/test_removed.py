"""Whom the service puts out of a room stays out: one sentence, and no other try."""

from __future__ import annotations

import pytest

from tests.fakes.world import Someone, World
from widget.transport.limits import HANDSHAKE_MS
from widget.transport.refusals import SENTENCES, refused
from widget.wire.socket import CLOSE_REMOVED, Problem

MINUTES_MS = 180_000


async def is_over(world: World, someone: Someone) -> None:
    tries = world.signaling.tries
    await world.clock.advance(MINUTES_MS)
    assert world.signaling.tries == tries
    state = someone.chat.get_state()
    assert (state.status, state.error, state.room) == ("error", "You were removed from this room.", None)
    assert someone.errors == ["room.removed"]


@pytest.mark.parametrize("is_told", [True, False])
async def test_a_stay_ends_when_the_service_puts_one_out(world: World, is_told: bool) -> None:
    ann, bob = await world.room("Ann", "Bob")
    await world.clock.advance(HANDSHAKE_MS)
    for place in world.signaling.rooms.values():
        socket = place.seats[bob.stay.me.sid].socket
        assert socket is not None
        if is_told:
            socket.tell(Problem("room.removed", "", 0))
            await world.clock.advance(10)
        socket.end(CLOSE_REMOVED)
    await world.clock.advance(100)
    await is_over(world, bob)
    assert ann.chat.get_state().status == "connected"


async def test_who_was_put_out_while_away_does_not_come_back(world: World) -> None:
    _, bob = await world.room("Ann", "Bob")
    await world.clock.advance(HANDSHAKE_MS)
    world.signaling.refuse_next = "room.removed"
    world.signaling.cut(bob.chat.get_state().user_id)
    await world.clock.until(lambda: len(bob.errors) > 0)
    await is_over(world, bob)


async def test_who_is_banned_is_told_at_once(world: World) -> None:
    (ann,) = await world.room("Ann")
    room = ann.chat.get_state().room
    assert room is not None
    cid = await world.person("Cid")
    world.signaling.refuse_next = "room.removed"
    assert (await world.failing(cid.chat.join_room(room.room_id))).code == "room.removed"
    tries = world.signaling.tries
    await world.clock.advance(MINUTES_MS)
    assert world.signaling.tries == tries


@pytest.mark.parametrize("code", ["room.removed", "room.power", "room.many"])
def test_what_a_service_says_of_removals_has_a_sentence(code: str) -> None:
    assert str(refused(code, 0)) == SENTENCES[code]
