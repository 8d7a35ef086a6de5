"""The way back to the service after a cut: with what, when, and until when."""

from __future__ import annotations

import pytest

from tests.fakes.world import Someone, World
from widget.errors import CwError
from widget.native.drops import drops_of
from widget.wire.client_text import read_client
from widget.wire.server_text import write_server
from widget.wire.socket import Auth, Problem


def asked(world: World) -> list[Auth]:
    """Every request for a seat, the first one first."""
    said: list[Auth] = []
    for data in world.signaling.seen:
        try:
            message = read_client(data.decode("utf-8", "replace"))
        except CwError:
            continue
        if isinstance(message, Auth):
            said.append(message)
    return said


async def alone(world: World) -> Someone:
    (ann,) = await world.room("Ann")
    return ann


@pytest.mark.parametrize(("away_ms", "is_shown"), [(25_000, True), (70_000, False)])
async def test_a_ticket_is_shown_while_it_is_good(world: World, away_ms: int, is_shown: bool) -> None:
    ann = await alone(world)
    (place,) = world.signaling.rooms.values()
    ticket = place.seats[ann.stay.me.sid].ticket
    world.signaling.is_down = True
    world.signaling.cut()
    await world.clock.advance(away_ms)
    world.signaling.is_down = False
    await world.clock.advance(31_000)
    first, again = asked(world)
    assert (first.resume, again.resume) == ("", ticket if is_shown else "")
    assert again.sid == first.sid


async def test_who_is_told_when_to_come_back_comes_no_sooner(world: World) -> None:
    ann = await alone(world)
    world.signaling.refuse_next, world.signaling.retry_after_s = "rate.limited", 40
    world.signaling.cut()
    await world.clock.until(lambda: len(asked(world)) == 2)
    await world.clock.advance(40_000)
    assert len(asked(world)) == 2
    await world.clock.advance(1_000)
    assert len(asked(world)) == 3
    assert ann.chat.get_state().status == "connected"


async def test_a_newer_token_that_is_refused_too_ends_the_stay(world: World) -> None:
    ann = await alone(world)
    renewals = world.auth.calls.count("/token")
    world.signaling.refuse_next = "token.invalid"
    world.signaling.cut()
    await world.clock.until(lambda: world.auth.calls.count("/token") == renewals + 1)
    world.signaling.refuse_next = "token.invalid"
    await world.clock.advance(30_000)
    assert world.auth.calls.count("/token") == renewals + 1
    assert ann.errors == ["token.invalid"]
    assert ann.chat.get_state().room is None


async def test_a_renewal_on_the_way_back_is_good_for_one_cut(world: World) -> None:
    ann = await alone(world)
    for cut in (1, 2):
        world.signaling.refuse_next = "token.invalid"
        world.signaling.cut()
        await world.clock.advance(10_000)
        assert world.auth.calls.count("/token") == cut
        assert ann.chat.get_state().status == "connected"


async def test_who_left_while_cut_off_does_not_come_back(world: World) -> None:
    ann = await alone(world)
    world.signaling.is_down = True
    world.signaling.cut()
    await world.clock.advance(100)
    await ann.chat.leave_room()
    world.signaling.is_down = False
    await world.clock.advance(60_000)
    assert len(asked(world)) == 1
    assert ann.chat.get_state().status == "disconnected"


async def test_what_an_earlier_socket_still_says_is_not_heard(world: World) -> None:
    ann, _ = await world.room("Ann", "Bob")
    (place,) = world.signaling.rooms.values()
    old = place.seats[ann.stay.me.sid].socket
    assert old is not None
    world.signaling.cut(ann.stay.me.sub)
    await world.clock.advance(10_000)
    drops = drops_of(ann.chat)
    old._events.text(write_server(Problem("peer.unknown", "", 0)))
    old._events.closed(4410)
    await world.clock.advance(1_000)
    assert drops_of(ann.chat) == drops
    assert (ann.chat.get_state().status, ann.links) == ("connected", {"Bob": "direct"})
