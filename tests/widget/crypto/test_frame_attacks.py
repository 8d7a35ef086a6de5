"""Frames that somebody changed, moved or replayed: attacks F01 to F07, F11 to F13 and F19."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.fakes.effort import many
from tests.fakes.frames import SLOW_MS, Room, craft, dropped, open_room, taken
from tests.fakes.groups import issue
from tests.fakes.wire import wire
from widget.crypto.event import event_id
from widget.crypto.reasons import (
    FRAME_CONTENT,
    FRAME_INDEX,
    FRAME_KID_UNKNOWN,
    FRAME_SEAL,
    FRAME_SIZE,
    FRAME_TYPE,
    FRAME_VERSION,
)
from widget.wire.frame import MAX_FRAME_BYTES, MIN_FRAME_BYTES, read_header, write_content


async def test_f01_every_flipped_bit_is_noticed(room: Room) -> None:
    net, ada, ben = room
    packet = await net.text(ada, "hello")
    allowed = {FRAME_VERSION, FRAME_TYPE, FRAME_INDEX, FRAME_SEAL}
    for index in range(len(packet)):
        changed = packet[:index] + bytes([packet[index] ^ 1]) + packet[index + 1 :]
        net.now_ms += SLOW_MS
        reason = await dropped(net, changed, ada, ben)
        assert reason == FRAME_KID_UNKNOWN if 2 <= index < 10 else reason in allowed
    assert (await taken(net, packet, ada, ben)).sid == ada.sid


@pytest.mark.parametrize("length", [0, 1, 15, 16, MIN_FRAME_BYTES - 1])
async def test_f02_a_truncated_frame_is_dropped(room: Room, length: int) -> None:
    net, ada, ben = room
    packet = await net.text(ada, "hello")
    assert await dropped(net, packet[:length], ada, ben) == FRAME_SIZE


async def test_f02_the_shortest_frame_is_not_too_short(room: Room) -> None:
    net, ada, ben = room
    packet = await craft(ada, [])
    assert len(packet) == MIN_FRAME_BYTES
    assert (await taken(net, packet, ada, ben)).events == []


async def test_f02_an_extended_frame_is_dropped(room: Room) -> None:
    net, ada, ben = room
    packet = await net.text(ada, "hello")
    assert await dropped(net, packet + b"\x00", ada, ben) == FRAME_SEAL
    assert await dropped(net, packet[:-1], ada, ben) == FRAME_SEAL


async def test_f03_a_replayed_frame_says_nothing_new(room: Room) -> None:
    """No window of counters is kept: any member could move another's. The events have their names."""
    net, ada, ben = room
    packet = await net.text(ada, "hello")
    first, again = await taken(net, packet, ada, ben), await taken(net, packet, ada, ben)
    assert first == again
    assert len({await event_id(ben.person.crypto, event) for event in [*first.events, *again.events]}) == 1


async def test_f04_a_counter_far_ahead_shuts_nobody_out(room: Room) -> None:
    net, ada, ben = room
    packet = await net.text(ada, "hello")
    await taken(net, await craft(ada, [], counter=2**32 - 1), ada, ben)
    assert (await taken(net, packet, ada, ben)).sid == ada.sid


async def test_f05_a_frame_of_another_room_never_opens(room: Room) -> None:
    net, _, ben = room
    other_net, (elsewhere, _) = await open_room()
    packet = await other_net.text(elsewhere, "hello")
    assert await dropped(net, packet, elsewhere, ben) == FRAME_KID_UNKNOWN


async def test_f05_a_frame_made_for_another_room_under_our_key_is_dropped(room: Room) -> None:
    net, ada, ben = room
    ada.session = replace(ada.session, room_id=bytes(16))
    assert await dropped(net, await craft(ada, [await net.event(ada, "hello")]), ada, ben) == FRAME_SEAL


async def test_f06_a_frame_relabelled_with_another_kid_is_dropped(room: Room) -> None:
    net, ada, ben = room
    packet = await net.text(ada, "hello")
    await net.carry(ada, await issue(ada, net.now_ms))
    now = ada.group._keyring.frames.current
    assert now is not None
    assert await dropped(net, packet[:2] + now.kid_bytes + packet[10:], ada, ben) == FRAME_SEAL


async def test_f07_a_frame_in_anothers_place_is_dropped() -> None:
    """Whoever holds the secret can derive every sender's key, so a frame comes over its sender's own link."""
    net, (ada, ben, cleo) = await open_room(("Ada", "Ben", "Cleo"))
    current = ada.group._keyring.frames.current
    assert current is not None
    place = current.roster.index(ada.sid)
    forged = await craft(cleo, [await net.event(cleo, "hello")], index=place)
    assert await dropped(net, forged, cleo, ben) == FRAME_INDEX
    assert (await taken(net, await craft(cleo, [await net.event(cleo, "hello")]), cleo, ben)).sid == cleo.sid


async def test_f07_a_frame_that_another_brings_is_dropped() -> None:
    net, (ada, ben, cleo) = await open_room(("Ada", "Ben", "Cleo"))
    packet = await net.text(ada, "hello")
    assert await dropped(net, packet, cleo, ben) == FRAME_INDEX
    assert (await taken(net, packet, ada, ben)).sid == ada.sid


async def test_f07_a_frame_moved_to_another_place_or_counter_is_dropped(room: Room) -> None:
    net, ada, ben = room
    packet = await net.text(ada, "hello")
    header = read_header(packet)
    moved = wire(replace(header, counter=header.counter + 1)) + packet[16:]
    assert await dropped(net, moved, ada, ben) == FRAME_SEAL
    moved = wire(replace(header, index=1 - header.index)) + packet[16:]
    assert await dropped(net, moved, ada, ben) == FRAME_INDEX


async def test_f11_an_oversized_frame_is_dropped(room: Room) -> None:
    net, ada, ben = room
    packet = await net.text(ada, "hello")
    assert await dropped(net, packet + bytes(MAX_FRAME_BYTES + 1 - len(packet)), ada, ben) == FRAME_SIZE
    assert await dropped(net, packet + bytes(MAX_FRAME_BYTES - len(packet)), ada, ben) == FRAME_SEAL


async def test_f12_wrong_content_or_padding_is_dropped(room: Room) -> None:
    net, ada, ben = room
    good = write_content([await net.event(ada, "x")])
    for counter, bad in enumerate((good[:-1] + b"\x01", good + bytes(128), b"\x02" + good[1:], bytes(256))):
        assert await dropped(net, await craft(ada, [], counter=counter, padded=bad), ada, ben) == FRAME_CONTENT


@pytest.mark.parametrize("frame_type", [0, 3, 4, 255])
async def test_f12_a_type_that_is_not_spoken_is_dropped(room: Room, frame_type: int) -> None:
    net, ada, ben = room
    packet = await craft(ada, [await net.event(ada, "hello")], frame_type=frame_type)
    assert await dropped(net, packet, ada, ben) == FRAME_TYPE


async def test_f13_plaintext_on_the_channel_is_dropped(room: Room) -> None:
    net, ada, ben = room
    plain = json.dumps({"type": "message", "content": "hello" + "!" * 300}).encode()
    assert await dropped(net, plain, ada, ben) == FRAME_VERSION


async def test_f19_frames_of_unknown_epochs_are_not_kept(room: Room) -> None:
    """What was in them can be fetched from anybody once the epoch is there."""
    net, ada, ben = room
    packet = await net.text(ada, "hello")
    for number in range(100):
        foreign = packet[:2] + bytes([number]) * 8 + packet[10:]
        assert await dropped(net, foreign, ada, ben) == FRAME_KID_UNKNOWN
    assert ben.group.drops == {FRAME_KID_UNKNOWN: 100}


@given(noise=st.binary(max_size=400), frame_type=st.sampled_from([0, 1, 2]))
@settings(max_examples=many(200, 20_000), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
async def test_noise_is_only_ever_counted(room: Room, noise: bytes, frame_type: int) -> None:
    net, ada, ben = room
    epoch = ben.group._keyring.frames.current
    assert epoch is not None
    net.now_ms += 10_000
    ben.group.ask(ada.sid, 1)
    packet = b"\xc1" + bytes([frame_type]) + epoch.kid_bytes + noise if frame_type > 0 else noise
    assert await ben.group.open(packet, ada.sid, net.now_ms) is None
    await ben.group.receive(ada.sid, noise, net.now_ms)
