"""A device moves to another network: the socket breaks at once, the channels are dead and nobody is told."""

from __future__ import annotations

import pytest

from tests.fakes.world import World
from tests.widget.core.test_back_soon import deafen
from widget.transport.limits import BEAT_MS, HURRY_MS
from widget.wire.client_text import write_beat
from widget.wire.notes import PROBE

pytestmark = pytest.mark.no_cover

SOON_MS = 3_000


@pytest.mark.parametrize("who", [0, 1])
async def test_both_hear_each_other_within_three_seconds(world: World, who: int) -> None:
    people = await world.room("Ann", "Bob")
    mover, other = people[who], people[1 - who]
    for someone in people:
        await someone.chat.send_message(f"{someone.name} before")
    await world.clock.advance(1_000)
    world.net.silence_all()
    world.signaling.cut(mover.chat.get_state().user_id)
    await mover.chat.send_message("here?")
    await other.chat.send_message("where?")
    await world.clock.until(lambda: "where?" in mover.texts and "here?" in other.texts, SOON_MS)
    assert (mover.links, other.links) == ({other.name: "relayed"}, {mover.name: "relayed"})
    world.net.heal_all()
    await world.clock.until(lambda: [*mover.links.values(), *other.links.values()] == ["direct"] * 2, 5 * SOON_MS)


@pytest.mark.parametrize("who", [0, 1])
async def test_nor_do_they_wait_for_a_socket_that_says_nothing_of_it(world: World, who: int) -> None:
    """Nothing goes over it while people talk directly, and so Chromium does not notice."""
    people = await world.room("Ann", "Bob")
    mover, other = people[who], people[1 - who]
    await world.clock.advance(2_000)
    world.net.silence_all()
    deafen(world, mover)
    await mover.chat.send_message("here?")
    await other.chat.send_message("where?")
    await world.clock.until(lambda: "where?" in mover.texts and "here?" in other.texts, SOON_MS)


async def test_a_service_that_always_takes_long_is_not_late(world: World) -> None:
    ann, bob = await world.room("Ann", "Bob")
    world.signaling.delay_ms = 600  # to it, and again back: more than LATE_MS and BUSY_MS
    await world.clock.advance(2 * BEAT_MS)
    joins = world.signaling.joins
    world.net.silence_all()
    for _ in range(10):
        await ann.chat.send_message("slowly")
        await world.clock.advance(1_000)
    assert world.signaling.joins == joins
    await world.clock.advance(5_000)
    assert bob.texts == ["slowly"] * 10


async def test_a_channel_that_lives_is_used_again_at_once(world: World) -> None:
    ann, bob = await world.room("Ann", "Bob")
    await world.clock.advance(1_000)
    world.signaling.cut(ann.chat.get_state().user_id)
    joins = world.signaling.joins
    await world.clock.until(lambda: world.signaling.joins > joins, SOON_MS)
    await world.clock.advance(50)
    assert (ann.links, bob.links) == ({"Bob": "direct"}, {"Ann": "direct"})
    world.signaling.seen.clear()
    await ann.chat.send_message("over the channel")
    await world.clock.advance(100)
    assert bob.texts == ["over the channel"]
    assert [data for data in world.signaling.seen if data[:1] == b"\x01"] == []


async def test_a_channel_that_spoke_meanwhile_is_not_doubted(world: World) -> None:
    ann, bob = await world.room("Ann", "Bob")
    world.signaling.is_down = True
    world.signaling.cut()
    await world.clock.advance(5_000)
    for someone in (ann, bob):
        await someone.chat.send_message(someone.name)
    await world.clock.advance(500)
    world.signaling.seen.clear()
    world.signaling.is_down = False
    joins = world.signaling.joins
    await world.clock.until(lambda: world.signaling.joins == joins + 2, SOON_MS)
    await world.clock.advance(100)
    assert (ann.links, bob.links) == ({"Bob": "direct"}, {"Ann": "direct"})
    assert [data for data in world.signaling.seen if data[:1] == b"\x01"] == []


async def test_who_doubts_a_channel_for_ever_makes_nobody_speak_often(world: World) -> None:
    """Each doubt asked the service for a sign of life; it takes two a second, and strikes who sends more."""
    ann, eve = await world.room("Ann", "Eve")
    await world.clock.advance(1_000)
    world.signaling.seen.clear()
    for _ in range(300):
        await eve.sees(ann).pair.relay.send_blob(bytes([PROBE]))
        await world.clock.advance(100)
    beats = [data for data in world.signaling.seen if data == write_beat().encode()]
    assert len(beats) <= 2 * (30_000 // HURRY_MS + 4)
    await ann.chat.send_message("still here")
    await world.clock.advance(500)
    assert eve.texts == ["still here"]


async def test_who_is_answered_asks_the_service_nothing(world: World) -> None:
    ann, bob = await world.room("Ann", "Bob")
    await world.clock.advance(1_000)
    world.signaling.seen.clear()
    for number in range(10):
        await ann.chat.send_message(f"message {number}")
        await world.clock.advance(1_000)
    assert len(bob.texts) == 10
    assert len([data for data in world.signaling.seen if data == write_beat().encode()]) <= 2  # of 15 s
