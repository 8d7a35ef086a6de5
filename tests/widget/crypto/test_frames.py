"""Frames on the wire: sealed for everybody in the epoch, and paid for by whoever brings them."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest

from tests.fakes.crypto import NonceReused
from tests.fakes.frames import AT_ONCE, EACH_MS, FULL_MS, Room, dropped, open_room, taken
from tests.fakes.people import make_room, sign_in, sit
from tests.fakes.realm import Realm
from widget.crypto.limits import BYTES_BURST, BYTES_PER_S, MAX_COUNTER
from widget.crypto.reasons import FRAME_BUDGET, FRAME_INDEX
from widget.errors import CwError, OrderError
from widget.room.kinds.text import read_text
from widget.wire.event import MAX_BODY_BYTES
from widget.wire.frame import BUCKETS, CONTENT_BYTES, MAX_FRAME_BYTES, TYPE_ANSWER, TYPE_NEWS, read_header


async def test_a_text_arrives_as_it_was_sent(room: Room) -> None:
    net, ada, ben = room
    event = await net.event(ada, "hello 👋🏽 שלום")
    packet = await ada.group.seal(TYPE_NEWS, [event])
    assert len(packet) == 288
    opened = await taken(net, packet, ada, ben)
    assert (opened.sid, opened.frame_type, opened.events) == (ada.sid, TYPE_NEWS, [event])
    assert read_text(opened.events[0].body or b"").text == "hello 👋🏽 שלום"


@pytest.mark.parametrize("frame_type", [TYPE_NEWS, TYPE_ANSWER])
async def test_several_events_travel_together_with_and_without_a_body(room: Room, frame_type: int) -> None:
    net, ada, ben = room
    ben.group.ask(ada.sid, 3)
    said = [await net.event(ada, f"text {number}") for number in range(3)]
    events = [said[0], replace(said[1], body=None), said[2]]
    opened = await taken(net, await ada.group.seal(frame_type, events), ada, ben)
    assert (opened.frame_type, opened.events) == (frame_type, events)


async def test_nothing_of_the_text_is_on_the_wire(room: Room) -> None:
    net, ada, _ = room
    assert b"canary" not in await net.text(ada, "canary")


async def test_all_short_texts_have_the_same_length(room: Room) -> None:
    net, ada, _ = room
    assert {len(await net.text(ada, "x" * size)) for size in (1, 10, 40)} == {288}


async def test_the_longest_body_fits_a_frame(room: Room) -> None:
    net, ada, ben = room
    event = replace(await net.event(ada, "long"), body=bytes(MAX_BODY_BYTES))
    packet = await ada.group.seal(TYPE_NEWS, [event])
    assert len(packet) == MAX_FRAME_BYTES == 15_904
    assert (await taken(net, packet, ada, ben)).events == [event]
    with pytest.raises(CwError):
        await ada.group.seal(TYPE_NEWS, [replace(event, body=bytes(MAX_BODY_BYTES + 1))])


async def test_events_that_do_not_fit_a_frame_use_up_no_counter(room: Room) -> None:
    net, ada, _ = room
    event = replace(await net.event(ada, "long"), body=bytes(CONTENT_BYTES))
    with pytest.raises(CwError):
        await ada.group.seal(TYPE_NEWS, [event])
    assert read_header(await net.text(ada, "short")).counter == 0


async def test_without_an_epoch_nothing_is_sealed() -> None:
    realm = Realm()
    ada = await sign_in(realm, "Ada")
    seat = await sit(ada, make_room(ada))
    with pytest.raises(OrderError) as caught:
        await seat.group.seal(TYPE_NEWS, [])
    assert caught.value.code == "room.not_ready"
    assert seat.group.kid == ""


async def test_a_frame_says_in_whose_place_it_comes(room: Room) -> None:
    net, ada, ben = room
    for seat in (ada, ben):
        header = read_header(await net.text(seat, "hello"))
        assert (header.kid.hex(), seat.group.roster[header.index]) == (seat.group.kid[:16], seat.sid)


async def test_frames_sealed_at_the_same_time_get_their_own_counters(room: Room) -> None:
    net, ada, ben = room
    events = [await net.event(ada, f"text {number}") for number in range(4)]
    packets = await asyncio.gather(*[ada.group.seal(TYPE_NEWS, [event]) for event in events])
    assert sorted(read_header(packet).counter for packet in packets) == [0, 1, 2, 3]
    assert [(await taken(net, packet, ada, ben)).events for packet in packets] == [[event] for event in events]


async def test_the_last_counter_is_a_hard_stop(room: Room) -> None:
    net, ada, _ = room
    epoch = ada.group._keyring.frames.current
    assert epoch is not None
    epoch._counter = MAX_COUNTER
    await net.text(ada, "the last")
    with pytest.raises(OrderError):
        await net.text(ada, "one too many")


async def test_the_watchman_sees_a_repeated_nonce(room: Room) -> None:
    net, ada, _ = room
    await net.text(ada, "one")
    epoch = ada.group._keyring.frames.current
    assert epoch is not None
    epoch._counter = 0
    with pytest.raises(NonceReused):
        await net.text(ada, "two")


async def test_my_own_frame_coming_back_is_dropped(room: Room) -> None:
    net, ada, ben = room
    assert await dropped(net, await net.text(ada, "hello"), ben, ada) == FRAME_INDEX


async def test_a_flooder_is_cut_before_any_cryptography(room: Room) -> None:
    net, ada, ben = room
    packet = await net.text(ada, "again and again")
    for _ in range(AT_ONCE):
        await taken(net, packet, ada, ben)
    assert await dropped(net, packet, ada, ben) == FRAME_BUDGET
    assert await dropped(net, packet[:-1] + bytes([packet[-1] ^ 1]), ada, ben) == FRAME_BUDGET
    net.now_ms += (AT_ONCE + 1) * EACH_MS - FULL_MS - 1
    assert await dropped(net, packet, ada, ben) == FRAME_BUDGET
    net.now_ms += 1
    await taken(net, packet, ada, ben)


async def test_a_flooder_of_large_frames_is_cut_by_bytes(room: Room) -> None:
    net, ada, ben = room
    packet = await net.text(ada, "x" * 4000)
    for _ in range(BYTES_BURST // len(packet)):
        await taken(net, packet, ada, ben)
    assert await dropped(net, packet, ada, ben) == FRAME_BUDGET
    net.now_ms += len(packet) * 1000 // BYTES_PER_S + 1
    await taken(net, packet, ada, ben)


async def test_who_floods_in_anothers_name_pays_for_it() -> None:
    net, (ada, ben, cleo) = await open_room(("Ada", "Ben", "Cleo"))
    packet = await net.text(ada, "hello")
    for _ in range(AT_ONCE):
        await ben.group.open(packet[:-1] + b"\x00", cleo.sid, net.now_ms)
    assert await dropped(net, packet, cleo, ben) == FRAME_BUDGET
    await taken(net, packet, ada, ben)


def test_the_buckets_hold_what_the_protocol_says() -> None:
    assert BUCKETS == (128, 256, 512, 1024, 2048, 4096, 8192, 15872)
