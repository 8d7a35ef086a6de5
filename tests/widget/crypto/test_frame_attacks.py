"""Frames that somebody changed, moved or replayed: attacks F01 to F07, F11 to F13 and F19."""

from __future__ import annotations

import asyncio
import json
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.fakes.effort import many
from tests.fakes.frames import SLOW_MS, Room, craft, dropped, open_room, taken
from tests.fakes.groups import issue
from tests.fakes.wire import wire
from widget.crypto.limits import (
    FRAME_WINDOW,
    MAX_WAIT_MS,
    MAX_WAITING_PER_LINK,
)
from widget.crypto.reasons import (
    FRAME_BELOW_WINDOW,
    FRAME_BUDGET,
    FRAME_BUFFER_FULL,
    FRAME_INDEX,
    FRAME_KID_UNKNOWN,
    FRAME_OWN,
    FRAME_PADDING,
    FRAME_REPLAY,
    FRAME_SCHEMA,
    FRAME_SEAL,
    FRAME_SIGNATURE,
    FRAME_SIZE,
    FRAME_TYPE,
    FRAME_VERSION,
)
from widget.wire.body import (
    KIND_LEAVE,
    KIND_ROOM_NAME,
    KIND_TEXT,
    KIND_TYPING,
)
from widget.wire.frame import (
    HEADER_BYTES,
    MAX_FRAME_BYTES,
    TYPE_CONTROL,
    TYPE_HISTORY,
    TYPE_MESSAGE,
    TYPE_PRESENCE,
    frame_aad,
    read_header,
    write_content,
)


async def test_f01_every_flipped_bit_is_noticed(room: Room) -> None:
    net, ada, ben = room
    packet = await net.text(ada, "hello")
    allowed = {FRAME_VERSION, FRAME_TYPE, FRAME_INDEX, FRAME_OWN, FRAME_SEAL}
    for index in range(len(packet)):
        changed = packet[:index] + bytes([packet[index] ^ 1]) + packet[index + 1 :]
        net.now_ms += SLOW_MS
        if 2 <= index < 10:
            assert await net.deliver(changed, ada, ben) is None
        else:
            assert await dropped(net, changed, ada, ben) in allowed
    assert (await taken(net, packet, ada, ben)).flags == []


@pytest.mark.parametrize("length", [0, 1, 15, 16, 223])
async def test_f02_a_truncated_frame_is_dropped(room: Room, length: int) -> None:
    net, ada, ben = room
    packet = await net.text(ada, "hello")
    assert await dropped(net, packet[:length], ada, ben) == FRAME_SIZE


async def test_f02_an_extended_frame_is_dropped(room: Room) -> None:
    net, ada, ben = room
    packet = await net.text(ada, "hello")
    assert await dropped(net, packet + b"\x00", ada, ben) == FRAME_SEAL
    longer = await net.text(ada, "x" * 100)
    assert await dropped(net, longer[:-1], ada, ben) == FRAME_SEAL


async def test_f03_a_replayed_frame_is_dropped(room: Room) -> None:
    net, ada, ben = room
    packet = await net.text(ada, "hello")
    await taken(net, packet, ada, ben)
    assert await dropped(net, packet, ada, ben) == FRAME_REPLAY


async def test_f03_two_copies_at_the_same_time_are_one(room: Room) -> None:
    net, ada, ben = room
    packet = await net.text(ada, "hello")
    results = await asyncio.gather(*[net.deliver(packet, ada, ben) for _ in range(3)])
    assert len([opened for opened in results if opened is not None]) == 1
    assert ben.group.drops[FRAME_REPLAY] == 2


async def test_f04_a_frame_below_the_window_is_dropped(room: Room) -> None:
    net, ada, ben = room
    first, second = await net.text(ada, "first"), await net.text(ada, "second")
    far = await craft(ada, counter=FRAME_WINDOW, msg_id=b"\x01" * 16)
    assert (await taken(net, far, ada, ben)).flags == ["missing"]
    assert await dropped(net, first, ada, ben) == FRAME_BELOW_WINDOW
    assert (await taken(net, second, ada, ben)).sid == ada.sid


async def test_f05_a_frame_of_another_room_never_opens(room: Room) -> None:
    net, _, ben = room
    other_net, (elsewhere, _) = await open_room()
    packet = await other_net.text(elsewhere, "hello")
    assert await net.deliver(packet, elsewhere, ben) is None
    net.now_ms += MAX_WAIT_MS
    await ben.group.tick(net.now_ms)
    assert ben.group.drops[FRAME_KID_UNKNOWN] == 1


async def test_f05_a_frame_made_for_another_room_under_our_key_is_dropped(room: Room) -> None:
    net, ada, ben = room
    ada.session = replace(ada.session, room_id=bytes(16))
    assert await dropped(net, await craft(ada), ada, ben) == FRAME_SEAL


async def test_f06_a_frame_relabelled_with_another_kid_is_dropped(room: Room) -> None:
    net, ada, ben = room
    packet = await net.text(ada, "hello")
    await net.carry(ada, await issue(ada, net.now_ms))
    now = ada.group._frames.current
    assert now is not None
    assert await dropped(net, packet[:2] + now.kid_bytes + packet[10:], ada, ben) == FRAME_SEAL


async def test_f07_an_insider_with_anothers_subkey_cannot_speak_as_them() -> None:
    net, (ada, ben, cleo) = await open_room(("Ada", "Ben", "Cleo"))
    current = ada.group._frames.current
    assert current is not None
    place = [member.sid for member in current.members].index(ada.sid)
    assert await dropped(net, await craft(cleo, index=place), cleo, ben) == FRAME_SIGNATURE
    assert (await taken(net, await craft(cleo), cleo, ben)).name == "Cleo"


async def test_f07_a_signature_moved_to_another_header_is_dropped(room: Room) -> None:
    net, ada, ben = room
    packet = await craft(ada, counter=3)
    epoch = ada.group._frames.current
    assert epoch is not None
    plaintext = await epoch.senders[epoch.my_index].open(
        3, packet[HEADER_BYTES:], frame_aad(ada.session.room_id, packet[:HEADER_BYTES]), FRAME_SEAL
    )
    header = wire(replace(read_header(packet), counter=4))
    moved = header + await epoch.senders[epoch.my_index].seal(4, plaintext, frame_aad(ada.session.room_id, header))
    assert await dropped(net, moved, ada, ben) == FRAME_SIGNATURE


async def test_f11_an_oversized_frame_is_dropped(room: Room) -> None:
    net, ada, ben = room
    packet = await net.text(ada, "hello")
    assert await dropped(net, packet + bytes(MAX_FRAME_BYTES + 1 - len(packet)), ada, ben) == FRAME_SIZE
    assert await dropped(net, packet + bytes(MAX_FRAME_BYTES - len(packet)), ada, ben) == FRAME_SEAL


@pytest.mark.parametrize(
    "body",
    [
        b"text",
        b'{"text":"x","emotes":[],"emoji":[]}',
        b"\x00\x01x",
        b"\x00\x01x\x00",
        b"\x00\x01x\x00\x00\x00",
        b"\x00\x00\x00\x00",
        b"\x00\x02x\x00\x00",
        b"\x00\x01\xff\x00\x00",
        b"\x00\x01x\x01\x03<b>\x00",
        b"\x00\x01x\x01\x00\x00",
        b"\x00\x01x\x01\x41" + b"a" * 65 + b"\x00",
        b"\x00\x01x\x29" + b"\x01a" * 41 + b"\x00",
        b"\x0f\xa1" + b"x" * 4001 + b"\x00\x00",
    ],
)
async def test_f12_a_bad_schema_in_a_good_frame_is_dropped(room: Room, body: bytes) -> None:
    net, ada, ben = room
    assert await dropped(net, await craft(ada, body=body), ada, ben) == FRAME_SCHEMA


@pytest.mark.parametrize(
    ("frame_type", "kind", "body", "good"),
    [
        (TYPE_PRESENCE, KIND_TYPING, b"\x01", True),
        (TYPE_PRESENCE, KIND_TYPING, b"\x02", False),
        (TYPE_PRESENCE, KIND_TYPING, b"", False),
        (TYPE_CONTROL, KIND_ROOM_NAME, b"Friends", True),
        (TYPE_CONTROL, KIND_ROOM_NAME, b"x" * 61, False),
        (TYPE_CONTROL, KIND_LEAVE, b"", True),
        (TYPE_CONTROL, KIND_LEAVE, b"x", False),
        (TYPE_MESSAGE, KIND_LEAVE, b"", False),
        (TYPE_CONTROL, KIND_TEXT, b"", False),
        (TYPE_MESSAGE, 99, b"", False),
    ],
)
async def test_f12_every_kind_has_its_place(room: Room, frame_type: int, kind: int, body: bytes, good: bool) -> None:
    net, ada, ben = room
    packet = await craft(ada, frame_type=frame_type, kind=kind, body=body)
    if good:
        assert (await taken(net, packet, ada, ben)).kind == kind
    else:
        assert await dropped(net, packet, ada, ben) == FRAME_SCHEMA


async def test_f12_wrong_padding_is_dropped(room: Room) -> None:
    net, ada, ben = room
    good = write_content(bytes(16), net.now_ms, bytes(16), KIND_TEXT, b"x")
    assert await dropped(net, await craft(ada, counter=0, padded=good[:-1] + b"\x01"), ada, ben) == FRAME_PADDING
    assert await dropped(net, await craft(ada, counter=1, padded=good + bytes(128)), ada, ben) == FRAME_PADDING
    assert await dropped(net, await craft(ada, counter=2, padded=bytes(128)), ada, ben) == FRAME_SCHEMA


@pytest.mark.parametrize("frame_type", [0, TYPE_HISTORY, 255])
async def test_f12_a_type_that_is_not_spoken_is_dropped(room: Room, frame_type: int) -> None:
    net, ada, ben = room
    assert await dropped(net, await craft(ada, frame_type=frame_type), ada, ben) == FRAME_TYPE


async def test_f13_plaintext_on_the_channel_is_dropped(room: Room) -> None:
    net, ada, ben = room
    plain = json.dumps({"type": "message", "content": "hello" + "!" * 300}).encode()
    assert await dropped(net, plain, ada, ben) == FRAME_VERSION


async def test_f19_unknown_kids_fill_only_half_of_the_buffer(room: Room) -> None:
    net, ada, ben = room
    packet = await net.text(ada, "hello")
    for number in range(100):
        net.now_ms += 100 if number % 2 == 1 else 0
        assert await net.deliver(packet[:2] + bytes([number]) * 8 + packet[10:], ada, ben) is None
    drops = ben.group.drops
    assert len(ben.group._frames._waiting.kept) == MAX_WAITING_PER_LINK
    assert drops.get(FRAME_BUFFER_FULL, 0) + drops.get(FRAME_BUDGET, 0) == 100 - MAX_WAITING_PER_LINK
    net.now_ms += MAX_WAIT_MS
    await ben.group.tick(net.now_ms)
    assert drops[FRAME_KID_UNKNOWN] == MAX_WAITING_PER_LINK


@given(noise=st.binary(max_size=400), head=st.booleans())
@settings(max_examples=many(200, 20_000), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
async def test_noise_is_only_ever_counted(room: Room, noise: bytes, head: bool) -> None:
    net, ada, ben = room
    epoch = ben.group._frames.current
    assert epoch is not None
    net.now_ms += 10_000
    packet = b"\xc1\x01" + epoch.kid_bytes + noise if head else noise
    assert await ben.group.open(packet, ada.sid, net.now_ms) is None
    assert (await ben.group.receive(ada.sid, noise, net.now_ms)).opened == []
