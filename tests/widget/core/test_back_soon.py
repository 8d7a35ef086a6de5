"""Back within three seconds of the network's return, whatever was under way."""

from __future__ import annotations

import asyncio

import pytest

from tests.fakes.world import Someone, World
from widget.errors import ChatError
from widget.model import IceServer
from widget.transport.limits import ANSWER_MS, BEAT_MS, KNOCK_AFTER, OPEN_SOON_MS, RETRY_SOON_FOR_MS, RETRY_SOON_MS

SOON_MS = 3_000


def said(someone: Someone) -> tuple[str, str | None]:
    state = someone.chat.get_state()
    return state.status, state.error


def deafen(world: World, someone: Someone) -> None:
    """The network drops everything of this one's socket, and tells nobody."""
    for place in world.signaling.rooms.values():
        socket = place.seats[someone.stay.me.sid].socket
        assert socket is not None
        socket.is_deaf = True


async def back(world: World, someone: Someone) -> None:
    await world.clock.until(lambda: said(someone) == ("connected", None), SOON_MS)


@pytest.mark.parametrize("away_ms", [5_000, 30_000, 180_000])
async def test_a_network_that_comes_back_by_itself_is_noticed_soon(world: World, away_ms: int) -> None:
    ann, _ = await world.room("Ann", "Bob")
    world.signaling.is_down = True
    world.signaling.cut()
    await world.clock.advance(away_ms)
    world.signaling.is_down = False
    await back(world, ann)


async def test_a_room_that_the_service_forgot_while_all_were_away_is_founded_again(world: World) -> None:
    """A service keeps an empty room for a minute. How long we were away does not count, only how long it refuses."""
    ann, bob = await world.room("Ann", "Bob")
    world.signaling.is_down = True
    world.signaling.cut()
    world.net.break_all()
    await world.clock.advance(180_000)
    world.signaling.forget()
    world.signaling.is_down = False
    await back(world, ann)
    await back(world, bob)
    await ann.chat.send_message("all here?")
    await world.clock.advance(3_000)
    assert bob.texts == ["all here?"]


@pytest.mark.parametrize("who", [0, 1])
async def test_who_was_away_for_long_is_understood_at_once(world: World, who: int) -> None:
    """The other went on alone, with an epoch of one; the steward of before does not wait for that one."""
    people = await world.room("Ann", "Bob")
    away, other = people[who], people[1 - who]
    world.net.blocked = True
    world.net.break_all()
    deafen(world, away)
    world.signaling.is_down = True
    world.signaling.cut(away.chat.get_state().user_id)
    await world.clock.advance(180_000)
    world.signaling.is_down = False
    away.chat.hurry(True)
    await back(world, away)
    await other.chat.send_message("heard?")
    await away.chat.send_message("and I?")
    await world.clock.advance(SOON_MS)
    assert away.texts[-2:] == ["heard?", "and I?"] or away.texts[-2:] == ["and I?", "heard?"]
    assert set(other.texts[-2:]) == {"heard?", "and I?"}


@pytest.mark.parametrize("away_ms", [5_000, 30_000, 180_000])
async def test_a_connect_that_hangs_in_the_past_is_given_up(world: World, away_ms: int) -> None:
    (ann,) = await world.room("Ann")
    world.signaling.hangs = True
    world.signaling.cut()
    await world.clock.advance(away_ms)
    world.signaling.hangs = False
    ann.chat.hurry(True)
    await back(world, ann)
    joins = world.signaling.joins
    await world.clock.advance(BEAT_MS)  # what hung fails by now, and that changes nothing
    assert world.signaling.joins == joins


@pytest.mark.parametrize("lost", ["join", "welcome"])
@pytest.mark.parametrize("is_new", [True, False])
async def test_a_socket_that_dies_after_its_hello_is_given_up_soon(world: World, is_new: bool, lost: str) -> None:
    """As behind a router that forgets its connections: nobody is told, and nothing comes any more."""
    ann, bob = await world.room("Ann", "Bob")
    one = await world.person("Cid") if is_new else bob
    sockets = world.signaling.lose_next = [lost]
    if is_new:
        world.clock.spawn(entered(one, ann.chat.get_invite()))
    else:
        world.signaling.cut(bob.chat.get_state().user_id)
    await world.clock.until(lambda: sockets == [])
    await back(world, one)
    await world.clock.advance(60_000)
    assert [socket.is_open for socket in world.signaling.sockets].count(True) == (3 if is_new else 2)
    assert {len(place.seats) for place in world.signaling.rooms.values()} == {3 if is_new else 2}


async def entered(someone: Someone, invite: str) -> None:
    await someone.chat.join_room(invite)


async def test_a_service_that_greets_at_once_and_lets_in_late_is_waited_for(world: World) -> None:
    ann, _ = await world.room("Ann", "Bob")
    world.signaling.join_ms = OPEN_SOON_MS + 1_000
    world.signaling.cut(ann.chat.get_state().user_id)
    await world.clock.until(lambda: said(ann) != ("connected", None))
    await world.clock.until(lambda: said(ann) == ("connected", None))
    assert world.signaling.opened - 2 == KNOCK_AFTER + 1


async def test_few_sockets_are_tried_and_then_requests(world: World) -> None:
    """Browsers make a page wait up to five seconds for a socket when many have failed."""
    await world.room("Ann")
    world.signaling.hangs = True
    world.signaling.cut()
    opened, before = world.signaling.opened, world.signaling.tries
    await world.clock.advance(60_000)
    assert world.signaling.opened - opened == KNOCK_AFTER
    assert world.net.ice_seen == []  # nor is anybody asked where there is no STUN server
    assert world.signaling.tries - before == pytest.approx(60_000 / OPEN_SOON_MS, abs=2)


@pytest.mark.parametrize("away_ms", [60_000, 180_000])
async def test_a_stun_server_tells_first_that_the_network_is_back(world: World, away_ms: int) -> None:
    """Chromium binds requests to connects that hang: after two minutes none was answered within 15 s of the return."""
    world.signaling.ice = [IceServer(["stun:stun.test"])]
    ann, bob = await world.room("Ann", "Bob", relay="always")
    world.signaling.hangs = world.signaling.is_stuck = True
    world.signaling.cut()
    await world.clock.advance(away_ms)
    world.signaling.hangs = False
    await back(world, ann)
    await back(world, bob)
    await world.clock.advance(OPEN_SOON_MS)
    assert world.net.peers == {}  # what asked is closed


async def test_without_a_network_a_stun_server_is_asked_as_often_as_the_service(world: World) -> None:
    world.signaling.ice = [IceServer(["stun:stun.test"])]
    await world.room("Ann")
    world.signaling.hangs = True
    world.signaling.cut()
    asked = len(world.net.ice_seen)
    await world.clock.advance(60_000)
    assert len(world.net.ice_seen) - asked == pytest.approx(60_000 / OPEN_SOON_MS - KNOCK_AFTER, abs=2)
    assert len(world.net.peers) <= 1
    assert world.signaling.calls.count("HEAD /emotes/global") in range(4, 60_000 // ANSWER_MS + 1)


async def test_a_service_that_is_only_slow_is_waited_for(world: World) -> None:
    ann, _ = await world.room("Ann", "Bob")
    world.signaling.cut()
    world.signaling.delay_ms = OPEN_SOON_MS  # to the service, and again for what it answers
    await world.clock.until(lambda: said(ann) != ("connected", None))
    await world.clock.until(lambda: said(ann) == ("connected", None))
    world.signaling.delay_ms = 2
    await world.clock.advance(60_000)
    assert [socket.is_open for socket in world.signaling.sockets].count(True) == 2


async def test_pauses_grow_while_a_service_is_away_for_long(world: World) -> None:
    await world.room("Ann")
    world.signaling.is_down = True
    world.signaling.cut()
    before = world.signaling.tries
    await world.clock.advance(RETRY_SOON_FOR_MS)
    soon = world.signaling.tries - before
    await world.clock.advance(10 * RETRY_SOON_FOR_MS)
    assert soon > RETRY_SOON_FOR_MS // RETRY_SOON_MS
    assert world.signaling.tries - before - soon < 5 * soon


async def test_a_long_pause_is_cut_short(world: World) -> None:
    ann, _ = await world.room("Ann", "Bob")
    world.signaling.is_down = True
    world.signaling.cut()
    await world.clock.advance(20 * 60_000)
    world.signaling.is_down = False
    ann.chat.hurry(True)
    await back(world, ann)


async def test_a_pause_that_has_only_just_begun_is_cut_short_too(world: World) -> None:
    (ann,) = await world.room("Ann")
    world.signaling.is_down = True
    world.signaling.cut()
    await world.clock.advance(20 * 60_000)
    tried = world.signaling.tries
    await world.clock.until(lambda: world.signaling.tries > tried)
    world.signaling.is_down = False
    ann.chat.hurry(True)
    await world.clock.until(lambda: said(ann) == ("connected", None), 200)


async def test_a_dead_socket_is_found_when_the_network_changes(world: World) -> None:
    ann, _ = await world.room("Ann", "Bob")
    deafen(world, ann)
    sockets = world.signaling.joins
    ann.chat.hurry(True)
    await world.clock.until(lambda: world.signaling.joins == sockets + 1, SOON_MS)


async def test_a_socket_that_answers_stays(world: World) -> None:
    ann, _ = await world.room("Ann", "Bob")
    joins = world.signaling.joins
    for _ in range(5):
        ann.chat.hurry(True)
        await world.clock.advance(BEAT_MS)
    assert world.signaling.joins == joins


async def test_an_answer_that_came_while_the_page_was_busy_counts(world: World) -> None:
    """The timer of a busy page goes off late, and before the messages that lie in its queue."""
    ann, _ = await world.room("Ann", "Bob")
    joins = world.signaling.joins
    await world.clock.advance(1_000)
    world.signaling.delay_ms = 900  # there and back is more than HURRY_MS
    ann.chat.hurry(True)
    await world.clock.advance(5_000)
    assert world.signaling.joins == joins


async def test_a_page_that_goes_is_gone_at_once_and_comes_back_as_the_same_person(world: World) -> None:
    ann, bob = await world.room("Ann", "Bob")
    ann.chat.hide()
    await world.clock.until(lambda: bob.links == {}, 500)
    await world.clock.advance(60_000)
    ann.chat.hurry(True)
    ann.chat.hurry(True)  # pageshow and visibilitychange
    await back(world, ann)
    await world.clock.until(lambda: bob.links == {"Ann": "direct"}, SOON_MS)
    await ann.chat.send_message("here again")
    await world.clock.until(lambda: bob.texts == ["here again"], 1_000)
    assert len(next(iter(world.signaling.rooms.values())).seats) == 2


async def test_what_was_said_last_is_taken_along_by_a_page_that_comes_back(world: World) -> None:
    ann, bob = await world.room("Ann", "Bob")
    await ann.chat.send_message("one moment")
    ann.chat.hide()
    await world.clock.advance(5_000)
    ann.chat.hurry(True)
    await world.clock.until(lambda: bob.texts == ["one moment"], SOON_MS)


async def test_a_page_that_cannot_come_back_says_why(world: World) -> None:
    ann, _ = await world.room("Ann", "Bob")
    ann.chat.hide()
    world.signaling.refuse_next = "room.full"
    ann.chat.hurry(True)
    await world.clock.until(lambda: said(ann)[0] == "error", SOON_MS)
    assert ann.errors == ["room.full"]


async def test_who_leaves_is_in_no_room_though_a_fresh_session_was_on_its_way(world: World) -> None:
    ann, bob = await world.room("Ann", "Bob")
    ann.chat.hide()
    world.signaling.is_down = True
    ann.chat.hurry(True)
    await world.clock.advance(1_000)
    await world.run(ann.chat.leave_room())
    world.signaling.is_down = False
    await world.clock.advance(10_000)
    assert ann.chat.get_state().room is None
    assert bob.links == {}


@pytest.mark.parametrize("away_ms", [1_000, 60_000])
async def test_a_host_who_comes_back_is_heard_at_once(world: World, away_ms: int) -> None:
    ann, bob = await world.room("Ann", "Bob")
    room = ann.chat.get_state().room
    assert room is not None
    await world.run(ann.chat.leave_room())
    await world.clock.advance(away_ms)
    await world.run(ann.chat.join_room(room.room_id))
    await ann.chat.send_message("back")
    await world.clock.until(lambda: bob.texts == ["back"], 500)


async def test_a_first_join_is_tried_again(world: World) -> None:
    ann, bob = await world.person("Ann"), await world.person("Bob")
    room = await world.run(ann.chat.create_room("Room"))
    world.signaling.is_down = True
    joining = asyncio.ensure_future(bob.chat.join_room(room.room_id))
    await world.clock.advance(20_000)
    assert said(bob)[0] == "connecting"
    world.signaling.is_down = False
    await world.clock.until(joining.done, SOON_MS)
    assert said(bob) == ("connected", None)


async def test_a_first_join_that_is_put_off_comes_when_it_may(world: World) -> None:
    ann, bob = await world.person("Ann"), await world.person("Bob")
    room = await world.run(ann.chat.create_room("Room"))
    world.signaling.refuse_next, world.signaling.retry_after_s = "rate.limited", 4
    joining = asyncio.ensure_future(bob.chat.join_room(room.room_id))
    await world.clock.until(lambda: said(bob)[1] is not None, 1_000)
    assert "4 s" in str(said(bob)[1])
    await world.clock.until(joining.done, 5_000)
    assert said(bob) == ("connected", None)


@pytest.mark.parametrize(("code", "retry_after_s"), [("room.full", 0), ("rate.limited", 3_600)])
async def test_a_first_join_that_waiting_cannot_cure_fails_at_once(
    world: World, code: str, retry_after_s: int
) -> None:
    ann, bob = await world.person("Ann"), await world.person("Bob")
    room = await world.run(ann.chat.create_room("Room"))
    world.signaling.refuse_next, world.signaling.retry_after_s = code, retry_after_s
    error = await world.failing(bob.chat.join_room(room.room_id))
    assert error.code == code
    assert said(bob) == ("error", error.message)


async def test_another_call_ends_a_join_that_waits(world: World) -> None:
    ann = await world.person("Ann")
    world.signaling.is_down = True
    joining = asyncio.ensure_future(ann.chat.join_room("a" * 26))
    await world.clock.advance(5_000)
    await ann.chat.leave_room()
    await world.clock.until(joining.done, 100)
    error = joining.exception()
    assert isinstance(error, ChatError)
    assert error.code == "order.left"
    assert said(ann) == ("disconnected", None)


async def test_a_dead_socket_is_found_by_what_is_not_confirmed(world: World) -> None:
    """Sooner than by the next beat: 4 s without an answer are followed by a look within 3 s, and an answer in 2."""
    world.net.blocked = True
    ann, bob = await world.room("Ann", "Bob")
    await world.clock.advance(500)
    deafen(world, ann)
    joins = world.signaling.joins
    await ann.chat.send_message("hello?")
    await world.clock.until(lambda: world.signaling.joins > joins, 10_000)
    await world.clock.until(lambda: ann.deliveries == ["delivered"], SOON_MS)
    assert bob.texts == ["hello?"]


async def test_a_join_is_done_when_others_can_read(world: World) -> None:
    ann, bob = await world.person("Ann"), await world.person("Bob")
    room = await world.run(ann.chat.create_room("Room"))
    world.signaling.fates.all_lost = True
    world.net.blocked = True
    joining = asyncio.ensure_future(bob.chat.join_room(room.room_id))
    await world.clock.advance(100)
    assert bob.chat.get_state().room is None  # drawing it would only be in the way of the first packets
    await world.clock.advance(3_000)
    assert not joining.done()
    assert said(bob) == ("connecting", None)
    assert bob.chat.get_state().room is not None
    world.signaling.fates.all_lost = False
    await world.clock.until(joining.done, 5_000)
    assert said(bob) == ("connected", None)
    assert len(bob.stay.peers.voice.readers()) == 1


async def test_a_member_that_answers_nobody_keeps_nobody_out(world: World) -> None:
    ann, bob = await world.person("Ann"), await world.person("Bob")
    room = await world.run(ann.chat.create_room("Room"))
    world.signaling.strangers = [{"Ann", "Bob"}]
    world.net.blocked = True
    joining = asyncio.ensure_future(bob.chat.join_room(room.room_id))
    await world.clock.until(joining.done, 9_000)
    assert said(bob) == ("connected", None)
