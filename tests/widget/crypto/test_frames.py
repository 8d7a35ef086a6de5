"""Frames on the wire: attacks F01 to F13 and F19, each dropped for its own reason."""

from __future__ import annotations

import asyncio
import json
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.fakes.crypto import NonceReused, watched_crypto
from tests.fakes.effort import many
from tests.fakes.net import Net
from tests.fakes.people import Seat, make_room, sign_in, sit
from tests.fakes.realm import Realm
from widget.crypto.frames import Opened
from widget.crypto.limits import (
    BYTES_BURST,
    BYTES_PER_S,
    CLOCK_FLAG_MS,
    FRAME_WINDOW,
    FRAMES_BURST,
    MAX_COUNTER,
    MAX_WAIT_MS,
    MAX_WAITING_PER_LINK,
    REKEY_INTERVAL_MS,
)
from widget.crypto.reasons import (
    FRAME_BELOW_WINDOW,
    FRAME_BUDGET,
    FRAME_BUFFER_FULL,
    FRAME_EQUIVOCATION,
    FRAME_INDEX,
    FRAME_KID_UNKNOWN,
    FRAME_OWN,
    FRAME_PADDING,
    FRAME_REPLAY,
    FRAME_SCHEMA,
    FRAME_SEAL,
    FRAME_SIGNATURE,
    FRAME_SIZE,
    FRAME_TWICE,
    FRAME_TYPE,
    FRAME_VERSION,
)
from widget.errors import CwError, OrderError
from widget.wire.body import (
    KIND_LEAVE,
    KIND_ROOM_NAME,
    KIND_TEXT,
    KIND_TYPING,
    TextBody,
    read_text,
    write_text,
)
from widget.wire.frame import (
    BUCKETS,
    CONTENT_BYTES,
    HEADER_BYTES,
    MAX_BODY_BYTES,
    MAX_FRAME_BYTES,
    TYPE_CONTROL,
    TYPE_HISTORY,
    TYPE_MESSAGE,
    TYPE_PRESENCE,
    Content,
    FrameHeader,
    frame_aad,
    message_signed,
    read_header,
    write_content,
    write_header,
)

Room = tuple[Net, Seat, Seat]
SLOW_MS = 200


async def open_room(names: tuple[str, ...] = ("Ada", "Ben")) -> tuple[Net, list[Seat]]:
    realm, net = Realm(), Net()
    seen: set[tuple[bytes, bytes]] = set()
    people = [await sign_in(realm, name, watched_crypto(seen)) for name in names]
    genesis = make_room(people[0])
    seats = [await sit(person, genesis, now_ms=realm.now_ms + index) for index, person in enumerate(people)]
    for seat in seats:
        await net.join(seat)
    await net.pass_time(REKEY_INTERVAL_MS)
    assert net.agreed()
    return net, seats


@pytest.fixture
async def room() -> Room:
    net, (ada, ben) = await open_room()
    return net, ada, ben


async def dropped(net: Net, packet: bytes, sender: Seat, receiver: Seat) -> int:
    """The reason for which the receiver dropped the packet."""
    before = dict(receiver.group.drops)
    assert await net.deliver(packet, sender, receiver) is None
    reasons = [reason for reason, count in receiver.group.drops.items() if count > before.get(reason, 0)]
    assert len(reasons) == 1
    return reasons[0]


async def taken(net: Net, packet: bytes, sender: Seat, receiver: Seat) -> Opened:
    opened = await net.deliver(packet, sender, receiver)
    assert opened is not None
    return opened


async def craft(
    author: Seat,
    index: int | None = None,
    counter: int = 0,
    body: bytes = b"",
    padded: bytes | None = None,
    frame_type: int = TYPE_MESSAGE,
    kind: int = KIND_TEXT,
    prev: bytes = bytes(16),
    msg_id: bytes = b"\x0f" * 16,
    ts_ms: int | None = None,
) -> bytes:
    """A frame made by hand with every key the author has: `index` may be somebody else's."""
    epoch = author.group._frames.current
    assert epoch is not None
    place = epoch.my_index if index is None else index
    header = write_header(FrameHeader(frame_type, epoch.kid_bytes, place, counter))
    ts_ms = author.person.realm.now_ms if ts_ms is None else ts_ms
    body = write_text(TextBody("by hand")) if body == b"" and kind == KIND_TEXT else body
    padded = write_content(Content(msg_id, ts_ms, prev, kind, body)) if padded is None else padded
    room_id, crypto = author.session.room_id, author.person.crypto
    signature = await crypto.signatures.sign(author.session.signing, message_signed(room_id, header, padded))
    key = epoch.senders[place]
    crypto.aead.seen.clear()  # type: ignore[attr-defined]
    return header + await key.seal(counter, padded + signature, frame_aad(room_id, header))


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
    await net.carry(ada, await ada.group.issue(2, net.now_ms))
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
        3, packet[HEADER_BYTES:], frame_aad(ada.session.room_id, packet[:HEADER_BYTES])
    )
    header = write_header(replace(read_header(packet), counter=4))
    moved = header + await epoch.senders[epoch.my_index].seal(
        4, plaintext, frame_aad(ada.session.room_id, header)
    )
    assert await dropped(net, moved, ada, ben) == FRAME_SIGNATURE


async def test_f08_two_frames_with_one_counter_are_equivocation(room: Room) -> None:
    net, ada, ben = room
    await taken(net, await craft(ada, counter=0, msg_id=b"\x01" * 16), ada, ben)
    assert await dropped(net, await craft(ada, counter=0, msg_id=b"\x02" * 16), ada, ben) == FRAME_EQUIVOCATION
    assert (await taken(net, await net_text_at(net, ada, 1), ada, ben)).flags == ["equivocation"]


async def net_text_at(net: Net, seat: Seat, counter: int) -> bytes:
    epoch = seat.group._frames.current
    assert epoch is not None
    epoch._counter = counter
    return await net.text(seat, "text")


async def test_f08_a_forged_twin_blames_nobody(room: Room) -> None:
    net, ada, ben = room
    packet = await net.text(ada, "one")
    await taken(net, packet, ada, ben)
    assert await dropped(net, packet[:-1] + bytes([packet[-1] ^ 1]), ada, ben) == FRAME_SEAL
    assert (await taken(net, await net.text(ada, "two"), ada, ben)).flags == []


async def test_f08_a_frame_that_follows_one_i_never_got_is_flagged(room: Room) -> None:
    net, ada, ben = room
    await taken(net, await craft(ada, counter=0, msg_id=b"\x01" * 16), ada, ben)
    lying = await craft(ada, counter=1, prev=b"\x99" * 16, msg_id=b"\x02" * 16)
    assert (await taken(net, lying, ada, ben)).flags == ["equivocation"]


async def test_f08_following_nothing_is_flagged_after_the_first_few(room: Room) -> None:
    net, ada, ben = room
    flags = []
    for counter in range(6):
        packet = await craft(ada, counter=counter, msg_id=bytes([counter]) * 16)
        flags.append((await taken(net, packet, ada, ben)).flags)
    assert flags == [[], [], [], [], ["equivocation"], ["equivocation"]]


async def test_f09_a_gap_is_flagged_until_it_is_filled(room: Room) -> None:
    net, ada, ben = room
    packets = [await net.text(ada, f"text {number}") for number in range(4)]
    assert (await taken(net, packets[0], ada, ben)).flags == []
    assert (await taken(net, packets[2], ada, ben)).flags == ["missing"]
    assert (await taken(net, packets[1], ada, ben)).flags == []
    assert (await taken(net, packets[3], ada, ben)).flags == []


async def test_f09_a_frame_lost_at_the_end_of_an_epoch_is_flagged_in_the_next(room: Room) -> None:
    net, ada, ben = room
    await taken(net, await net.text(ada, "arrives"), ada, ben)
    await net.text(ada, "is lost")
    await net.carry(ada, await ada.group.issue(2, net.now_ms))
    assert (await taken(net, await net.text(ada, "later"), ada, ben)).flags == ["missing"]
    assert (await taken(net, await net.text(ada, "and on"), ada, ben)).flags == []


@pytest.mark.parametrize(
    ("offset_ms", "flags"),
    [
        (3_600_000, ["clock"]),
        (-3_600_000, ["clock"]),
        (CLOCK_FLAG_MS, []),
        (CLOCK_FLAG_MS + 1, ["clock"]),
        (-CLOCK_FLAG_MS, []),
    ],
)
async def test_f10_a_clock_far_off_is_flagged(room: Room, offset_ms: int, flags: list[str]) -> None:
    net, ada, ben = room
    packet = await craft(ada, ts_ms=net.now_ms + offset_ms)
    assert (await taken(net, packet, ada, ben)).flags == flags


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
async def test_f12_every_kind_has_its_place(
    room: Room, frame_type: int, kind: int, body: bytes, good: bool
) -> None:
    net, ada, ben = room
    packet = await craft(ada, frame_type=frame_type, kind=kind, body=body)
    if good:
        assert (await taken(net, packet, ada, ben)).kind == kind
    else:
        assert await dropped(net, packet, ada, ben) == FRAME_SCHEMA


async def test_f12_wrong_padding_is_dropped(room: Room) -> None:
    net, ada, ben = room
    good = write_content(Content(bytes(16), net.now_ms, bytes(16), KIND_TEXT, b"x"))
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


async def test_my_own_frame_coming_back_is_dropped(room: Room) -> None:
    net, ada, ben = room
    assert await dropped(net, await net.text(ada, "hello"), ben, ada) == FRAME_OWN


async def test_a_message_sent_again_under_a_new_epoch_shows_once(room: Room) -> None:
    net, ada, ben = room
    body, msg_id = write_text(TextBody("once")), net.new_id()
    await taken(net, await ada.group.seal(TYPE_MESSAGE, KIND_TEXT, msg_id, body, net.now_ms), ada, ben)
    await net.carry(ada, await ada.group.issue(2, net.now_ms))
    again = await ada.group.seal(TYPE_MESSAGE, KIND_TEXT, msg_id, body, net.now_ms)
    repeat = await taken(net, again, ada, ben)
    assert (repeat.is_repeat, repeat.msg_id, repeat.body) == (True, msg_id, b"")
    assert ben.group.drops == {FRAME_TWICE: 1}


async def test_nobody_can_use_up_anothers_message_ids() -> None:
    net, (ada, ben, cleo) = await open_room(("Ada", "Ben", "Cleo"))
    body, msg_id = write_text(TextBody("mine")), net.new_id()
    squat = await cleo.group.seal(TYPE_MESSAGE, KIND_TEXT, msg_id, body, net.now_ms)
    await taken(net, squat, cleo, ben)
    await taken(net, await ada.group.seal(TYPE_MESSAGE, KIND_TEXT, msg_id, body, net.now_ms), ada, ben)


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


def test_the_buckets_hold_what_the_protocol_says() -> None:
    assert BUCKETS == (128, 256, 512, 1024, 2048, 4096, 8192, 15872)
    assert CONTENT_BYTES == 43
