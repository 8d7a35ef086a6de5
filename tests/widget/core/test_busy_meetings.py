"""A page that stands still at any hop of a handshake: two who meet hear each other as soon as it goes on."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest

from tests.fakes.stalls import BusyWorld, PageClock
from widget.core.limits import LOOK_MS
from widget.wire.packet import TAG_BIND, TAG_HELLO
from widget.wire.relayed import RELAY, read_relay

STALL_MS = 10_000  # longer than an attempt
BACK_MS = LOOK_MS + 500  # what was sealed for an attempt that the other end gave up is asked for at the next look
MOST_GREETINGS = 16


@pytest.fixture
async def busy() -> AsyncIterator[BusyWorld]:
    made = BusyWorld()
    yield made
    await made.close()


def greetings(world: BusyWorld) -> int:
    relayed = [read_relay(data)[1] for data in world.signaling.seen if data[:1] == bytes([RELAY])]
    return len([packet for packet in relayed if packet[0] in (TAG_HELLO, TAG_BIND)])


@pytest.mark.parametrize("hop_ms", range(0, 20, 4))
@pytest.mark.parametrize("newcomer_stalls", [True, False])
async def test_who_stood_still_while_meeting_is_heard_at_once(
    busy: BusyWorld, newcomer_stalls: bool, hop_ms: int
) -> None:
    """Its timers ring before it reads what came: an answer that lies behind them is none that is missing."""
    busy.net.blocked = True
    ann, bob = await busy.person("Ann"), await busy.person("Bob")
    room = await busy.run(ann.chat.create_room("Room"))
    joining = asyncio.ensure_future(bob.chat.join_room(room.room_id))
    await busy.clock.advance(hop_ms)
    clock = (bob if newcomer_stalls else ann).platform.clock
    assert isinstance(clock, PageClock)
    clock.stall(STALL_MS)
    await busy.clock.advance(STALL_MS)
    await busy.clock.until(joining.done, BACK_MS)
    await ann.chat.send_message("from Ann")
    await bob.chat.send_message("from Bob")
    await busy.clock.until(lambda: "from Ann" in bob.texts and "from Bob" in ann.texts, BACK_MS)
    assert greetings(busy) <= MOST_GREETINGS
