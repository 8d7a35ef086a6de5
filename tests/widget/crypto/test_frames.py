"""Frames on the wire: sealed, delivered once, and paid for by whoever brings them."""

from __future__ import annotations

import asyncio

import pytest

from tests.fakes.crypto import NonceReused
from tests.fakes.frames import Room, dropped, open_room, taken
from tests.fakes.groups import issue
from tests.fakes.people import make_room, sign_in, sit
from tests.fakes.realm import Realm
from widget.crypto.limits import (
    BYTES_BURST,
    BYTES_PER_S,
    FRAMES_BURST,
    MAX_COUNTER,
)
from widget.crypto.reasons import (
    FRAME_BUDGET,
    FRAME_OWN,
    FRAME_SCHEMA,
    FRAME_TWICE,
)
from widget.errors import CwError, OrderError
from widget.wire.body import (
    KIND_TEXT,
    TextBody,
    read_text,
    write_text,
)
from widget.wire.frame import (
    BUCKETS,
    CONTENT_BYTES,
    MAX_BODY_BYTES,
    TYPE_MESSAGE,
    read_header,
)


async def test_a_text_arrives_as_it_was_sent(room: Room) -> None:
    net, ada, ben = room
    packet = await net.text(ada, "hello 👋🏽 שלום")
    assert len(packet) == 224
    opened = await taken(net, packet, ada, ben)
    assert read_text(opened.body).text == "hello 👋🏽 שלום"
    assert (opened.sid, opened.name, opened.ts_ms) == (ada.sid, "Ada", net.now_ms)
    assert (opened.frame_type, opened.kind, opened.flags) == (TYPE_MESSAGE, KIND_TEXT, [])


async def test_nothing_of_the_text_is_on_the_wire(room: Room) -> None:
    net, ada, _ = room
    assert b"canary" not in await net.text(ada, "canary")


async def test_all_short_texts_have_the_same_length(room: Room) -> None:
    net, ada, _ = room
    assert {len(await net.text(ada, "x" * size)) for size in (1, 10, 40)} == {224}


async def test_the_longest_body_fits_a_frame(room: Room) -> None:
    net, ada, ben = room
    with pytest.raises(CwError):
        await ada.group.seal(TYPE_MESSAGE, KIND_TEXT, net.new_id(), bytes(MAX_BODY_BYTES + 1), net.now_ms)
    packet = await ada.group.seal(TYPE_MESSAGE, KIND_TEXT, net.new_id(), bytes(MAX_BODY_BYTES), net.now_ms)
    assert len(packet) == 15968
    assert await dropped(net, packet, ada, ben) == FRAME_SCHEMA


async def test_without_an_epoch_nothing_is_sealed() -> None:
    realm = Realm()
    ada = await sign_in(realm, "Ada")
    seat = await sit(ada, make_room(ada))
    with pytest.raises(OrderError) as caught:
        await seat.group.seal(TYPE_MESSAGE, KIND_TEXT, "00" * 16, b"x", realm.now_ms)
    assert caught.value.code == "room.not_ready"


async def test_frames_sealed_at_the_same_time_get_their_own_counters(room: Room) -> None:
    net, ada, ben = room
    packets = await asyncio.gather(*[net.text(ada, f"text {number}") for number in range(4)])
    assert sorted(read_header(packet).counter for packet in packets) == [0, 1, 2, 3]
    for packet in packets:
        assert (await taken(net, packet, ada, ben)).flags == []


async def test_the_last_counter_is_a_hard_stop(room: Room) -> None:
    net, ada, _ = room
    epoch = ada.group._frames.current
    assert epoch is not None
    epoch._counter = MAX_COUNTER
    await net.text(ada, "the last")
    with pytest.raises(OrderError):
        await net.text(ada, "one too many")


async def test_the_watchman_sees_a_repeated_nonce(room: Room) -> None:
    net, ada, _ = room
    await net.text(ada, "one")
    epoch = ada.group._frames.current
    assert epoch is not None
    epoch._counter = 0
    with pytest.raises(NonceReused):
        await net.text(ada, "two")


async def test_my_own_frame_coming_back_is_dropped(room: Room) -> None:
    net, ada, ben = room
    assert await dropped(net, await net.text(ada, "hello"), ben, ada) == FRAME_OWN


async def test_a_message_sent_again_under_a_new_epoch_shows_once(room: Room) -> None:
    net, ada, ben = room
    body, msg_id = write_text(TextBody("once")), net.new_id()
    await taken(net, await ada.group.seal(TYPE_MESSAGE, KIND_TEXT, msg_id, body, net.now_ms), ada, ben)
    await net.carry(ada, await issue(ada, net.now_ms))
    again = await ada.group.seal(TYPE_MESSAGE, KIND_TEXT, msg_id, body, net.now_ms)
    repeat = await taken(net, again, ada, ben)
    assert (repeat.is_repeat, repeat.msg_id, repeat.body) == (True, msg_id, b"")
    assert ben.group.drops == {FRAME_TWICE: 1}


async def test_nobody_can_use_up_anothers_message_ids() -> None:
    net, (ada, ben, cleo) = await open_room(("Ada", "Ben", "Cleo"))
    msg_id, shown = net.new_id(), []
    for seat, text in ((cleo, "taken first"), (ada, "mine")):
        packet = await seat.group.seal(TYPE_MESSAGE, KIND_TEXT, msg_id, write_text(TextBody(text)), net.now_ms)
        opened = await taken(net, packet, seat, ben)
        shown.append((opened.name, opened.is_repeat, opened.body))
    assert shown == [("Cleo", False, write_text(TextBody("taken first"))), ("Ada", False, write_text(TextBody("mine")))]
    assert ben.group.drops == {}


async def test_a_flooder_is_cut_before_any_cryptography(room: Room) -> None:
    net, ada, ben = room
    packets = [await net.text(ada, f"text {number}") for number in range(FRAMES_BURST + 2)]
    for packet in packets[:FRAMES_BURST]:
        await taken(net, packet, ada, ben)
    assert await dropped(net, packets[FRAMES_BURST], ada, ben) == FRAME_BUDGET
    net.now_ms += 99
    assert await dropped(net, packets[FRAMES_BURST], ada, ben) == FRAME_BUDGET
    net.now_ms += 1
    await taken(net, packets[FRAMES_BURST], ada, ben)


async def test_a_flooder_of_large_frames_is_cut_by_bytes(room: Room) -> None:
    net, ada, ben = room
    text = "x" * 4000
    packets = [await net.text(ada, text) for _ in range(BYTES_BURST // 4192 + 2)]
    size = len(packets[0])
    fitting = BYTES_BURST // size
    for packet in packets[:fitting]:
        await net.deliver(packet, ada, ben)
    assert await dropped(net, packets[fitting], ada, ben) == FRAME_BUDGET
    assert BYTES_PER_S == 65_536


async def test_who_floods_in_anothers_name_pays_for_it() -> None:
    net, (ada, ben, cleo) = await open_room(("Ada", "Ben", "Cleo"))
    packet = await net.text(ada, "hello")
    for _ in range(FRAMES_BURST):
        await ben.group.open(packet[:-1] + b"\x00", cleo.sid, net.now_ms)
    assert await dropped(net, packet, cleo, ben) == FRAME_BUDGET
    await taken(net, packet, ada, ben)


def test_the_buckets_hold_what_the_protocol_says() -> None:
    assert BUCKETS == (128, 256, 512, 1024, 2048, 4096, 8192, 15872)
    assert CONTENT_BYTES == 43
