"""A session lasts 12 hours: before that a fresh one takes over, and nobody notices."""

from __future__ import annotations

import pytest

from tests.fakes.world import Someone, World
from widget.core.limits import HANDOVER_MS, RENEW_AGAIN_MS
from widget.room import stay
from widget.wire.socket import CLOSE_REVOKED

# Lines that quicker tests run, many times: not traced (docs/TESTING.md, Coverage).
pytestmark = pytest.mark.no_cover

HOUR_MS = 3_600_000
SOON_MS = 60_000


@pytest.fixture
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    """Sessions are renewed after a minute."""
    monkeypatch.setattr(stay, "SESSION_RENEW_MS", SOON_MS)


def _said_once(someone: Someone, texts: list[str]) -> bool:
    return [text for text in someone.texts if text in texts] == texts


async def test_after_26_hours_one_is_still_let_in_and_lets_in(world: World) -> None:
    ann = await world.person("Ann")
    room = await world.run(ann.chat.create_room("Room"))
    first = ann.stay.me.sid
    await world.clock.advance(10 * HOUR_MS)
    assert ann.stay.me.sid == first
    await world.clock.advance(16 * HOUR_MS)
    assert ann.stay.me.sid != first
    bob = await world.person("Bob")
    await world.run(bob.chat.join_room(room.room_id))
    await world.clock.advance(3_000)
    await ann.chat.send_message("still awake")
    await bob.chat.send_message("good morning")
    await world.clock.advance(1_000)
    assert sorted(bob.texts) == sorted(ann.texts) == ["good morning", "still awake"]
    assert ann.errors == []


async def test_a_session_is_renewed_after_a_sleep_over_its_end(world: World) -> None:
    """No timer fired and the steady clock stood still while the world went on for eleven hours."""
    ann, bob = await world.room("Ann", "Bob")
    first = ann.stay.me.sid
    ann.clock.wrong_ms = 11 * HOUR_MS
    world.signaling.wrong_ms = 11 * HOUR_MS
    world.signaling.cut(ann.chat.get_state().user_id)
    await world.clock.advance(12_000)
    assert ann.stay.me.sid != first
    assert bob.chat.get_state().status == "connected"


@pytest.mark.parametrize("blocked", [True, False], ids=["relay", "channel"])
async def test_nothing_is_lost_or_doubled_and_nobody_seems_to_leave(world: World, soon: None, blocked: bool) -> None:
    world.net.blocked = blocked
    ann, bob = await world.room("Ann", "Bob")
    sids = [ann.stay.me.sid, bob.stay.me.sid]
    texts = []
    for number in range(400):
        speaker = ann if number % 2 == 0 else bob
        texts.append(f"line {number}")
        await speaker.chat.send_message(texts[-1])
        await world.clock.advance(200)
    await world.clock.advance(SOON_MS)
    assert sorted(ann.texts) == sorted(bob.texts) == sorted(texts)
    assert [ann.stay.me.sid, bob.stay.me.sid] != sids
    assert not any("left" in line for line in ann.news + bob.news)
    assert [line for line in ann.news + bob.news if "joined" in line] == ["Bob joined."]
    assert set(ann.deliveries + bob.deliveries) == {"delivered"}
    link = "relayed" if blocked else "direct"
    assert (ann.links, bob.links) == ({"Bob": link}, {"Ann": link})
    assert ann.errors == bob.errors == []


async def test_the_old_session_goes_and_leaves_one_behind(world: World, soon: None) -> None:
    ann, bob = await world.room("Ann", "Bob")
    await world.clock.advance(SOON_MS + HANDOVER_MS + 20_000)
    assert list(bob.stay.peers.neighbours.known) == [ann.stay.me.sid]
    assert bob.stay.peers.reached() == [ann.stay.me.sid]
    assert len(world.signaling.rooms[next(iter(world.signaling.rooms))].seats) == 2


async def test_a_service_that_is_away_delays_the_renewal_only(world: World, soon: None) -> None:
    ann, bob = await world.room("Ann", "Bob")
    first = ann.stay.me.sid
    world.signaling.refuse_next = "backend.down"
    await world.clock.advance(SOON_MS + 5_000)
    await world.clock.advance(70_000)
    assert ann.stay.me.sid != first
    await ann.chat.send_message("here")
    await world.clock.advance(1_000)
    assert bob.texts == ["here"]


async def test_what_was_not_delivered_is_delivered_by_the_fresh_session(world: World, soon: None) -> None:
    world.net.blocked = True
    ann, bob = await world.room("Ann", "Bob")
    await world.clock.advance(SOON_MS - 8_000)
    world.signaling.fates.all_lost = True
    await ann.chat.send_message("in the gap")
    await world.clock.until(lambda: world.signaling.joins >= 3, SOON_MS)
    await world.clock.advance(HANDOVER_MS + 1_000)
    assert bob.texts == []
    world.signaling.fates.all_lost = False
    await world.clock.advance(40_000)
    assert bob.texts == ["in the gap"]


async def test_a_renewal_is_tried_once_a_minute(world: World, soon: None, monkeypatch: pytest.MonkeyPatch) -> None:
    (ann,) = await world.room("Ann")
    tries = []

    async def renew(plan: object) -> None:
        tries.append(plan)

    monkeypatch.setattr(ann.chat._rooms, "renew", renew)
    await world.clock.advance(SOON_MS + 3 * RENEW_AGAIN_MS)
    assert len(tries) in (3, 4)


async def test_who_leaves_during_the_handover_leaves_with_both(world: World, soon: None) -> None:
    ann, bob = await world.room("Ann", "Bob")
    first = ann.stay.me.sid
    await world.clock.until(lambda: ann.stay.me.sid != first, 2 * SOON_MS)
    (place,) = world.signaling.rooms.values()
    await world.run(ann.chat.leave_room())
    await world.clock.advance(500)
    assert ann.chat.get_state().room is None
    assert bob.links == {}
    assert first not in place.seats


async def test_the_end_of_the_old_session_is_not_the_end_of_the_fresh_one(world: World, soon: None) -> None:
    ann, bob = await world.room("Ann", "Bob")
    first = ann.stay.me.sid
    await world.clock.until(lambda: ann.stay.me.sid != first, 2 * SOON_MS)
    (place,) = world.signaling.rooms.values()
    socket = place.seats[first].socket
    assert socket is not None
    socket.end(CLOSE_REVOKED)
    await world.clock.advance(1_000)
    assert ann.errors == []
    await ann.chat.send_message("still here")
    await world.clock.until(lambda: bob.texts == ["still here"], 10_000)


async def test_nobody_is_shown_that_a_fresh_session_enters(world: World, soon: None) -> None:
    (ann,) = await world.room("Ann")
    first = ann.stay.me.sid
    seen: list[str] = []
    ann.chat.subscribe(lambda state: seen.append(state.status))
    await world.clock.until(lambda: ann.stay.me.sid != first, 2 * SOON_MS)
    await world.clock.advance(HANDOVER_MS)
    assert set(seen) <= {"connected"}
