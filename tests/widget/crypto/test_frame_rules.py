"""What a frame says of the one before, who pays for it, and what an epoch has carried."""

from __future__ import annotations

import asyncio
import hashlib

import pytest

from tests.fakes.frames import Room, craft, dropped, taken
from tests.fakes.groups import issue
from tests.fakes.people import Seat
from widget.crypto.limits import BYTES_BURST, EPOCH_FRAMES, FRAMES_BURST, MAX_COUNTER, OLD_KID_MS
from widget.crypto.live_epoch import LiveEpoch
from widget.crypto.reasons import FRAME_BUDGET, FRAME_INDEX, FRAME_KID_OLD, FRAME_REPLAY
from widget.errors import OrderError
from widget.wire.frame import (
    MAX_FRAME_BYTES,
    MIN_FRAME_BYTES,
    TYPE_MESSAGE,
    Content,
    read_content,
    read_header,
    write_header,
)

UNHEARD = b"\x77" * 8


def epoch_of(seat: Seat) -> LiveEpoch:
    current = seat.group._frames.current
    assert current is not None
    return current


async def content(packet: bytes, receiver: Seat) -> Content:
    room_id = receiver.session.room_id
    return read_content(await epoch_of(receiver).open(read_header(packet), packet, room_id))


async def test_a_frame_names_the_one_before(room: Room) -> None:
    net, ada, ben = room
    first, second = await net.text(ada, "first"), await net.text(ada, "second")
    assert (await content(first, ben)).prev == bytes(16)
    assert (await content(second, ben)).prev == hashlib.sha256(first).digest()[:16]


async def test_the_first_place_behind_the_roster_is_nobodys(room: Room) -> None:
    net, ada, ben = room
    header = write_header(TYPE_MESSAGE, epoch_of(ada).kid_bytes, len(epoch_of(ada).members), 0)
    assert await dropped(net, header + bytes(MIN_FRAME_BYTES), ada, ben) == FRAME_INDEX


async def test_an_old_epoch_is_read_for_30_seconds(room: Room) -> None:
    net, ada, ben = room
    first, second = await net.text(ada, "first"), await net.text(ada, "second")
    await net.carry(ben, await issue(ben, net.now_ms))
    net.now_ms += OLD_KID_MS
    assert (await taken(net, first, ada, ben)).sid == ada.sid
    net.now_ms += 1
    assert await dropped(net, second, ada, ben) == FRAME_KID_OLD


async def test_frames_of_unknown_epochs_are_paid_for_too(room: Room) -> None:
    net, ada, ben = room
    frame = write_header(TYPE_MESSAGE, UNHEARD, 0, 0) + bytes(MIN_FRAME_BYTES)
    for _ in range(FRAMES_BURST):
        assert await net.deliver(frame, ada, ben) is None
    assert ben.group.drops == {}
    assert await dropped(net, frame, ada, ben) == FRAME_BUDGET


async def test_a_neighbour_has_so_many_bytes(room: Room) -> None:
    net, ada, ben = room
    header = write_header(TYPE_MESSAGE, UNHEARD, 0, 0)
    frame = header + bytes(MAX_FRAME_BYTES - len(header))
    for _ in range(BYTES_BURST // MAX_FRAME_BYTES):
        assert await net.deliver(frame, ada, ben) is None
    assert ben.group.drops == {}
    assert await dropped(net, frame, ada, ben) == FRAME_BUDGET


async def test_a_frame_that_waited_is_not_paid_for_again(room: Room) -> None:
    net, ada, ben = room
    net.cut = {(ada.sid, ben.sid)}
    step = await issue(ada, net.now_ms)
    await net.carry(ada, step)
    for number in range(FRAMES_BURST + 1):
        packet = await net.text(ada, "waits")
        assert await ben.group.open(packet, f"neighbour {number % 2}", net.now_ms) is None
    net.cut = set()
    await net.carry(ada, step)
    assert len(net.late) == FRAMES_BURST + 1
    assert ben.group.drops == {}


async def test_two_copies_that_are_opened_at_once_are_one(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    """A browser's cryptography lets others go on meanwhile."""
    net, ada, ben = room
    aead = ben.person.crypto.aead
    open_at_once = aead.open

    async def slow(key: object, nonce: bytes, sealed: bytes, aad: bytes) -> bytes:
        await asyncio.sleep(0)
        return await open_at_once(key, nonce, sealed, aad)

    monkeypatch.setattr(aead, "open", slow)
    packet = await net.text(ada, "hello")
    results = await asyncio.gather(*[net.deliver(packet, ada, ben) for _ in range(3)])
    assert [opened for opened in results if opened is not None] == results[:1]
    assert ben.group.drops == {FRAME_REPLAY: 2}


async def test_an_epoch_is_spent_when_anybody_has_sent_65536(room: Room) -> None:
    net, ada, ben = room
    await taken(net, await craft(ada, counter=EPOCH_FRAMES - 2), ada, ben)
    assert not epoch_of(ben).spent()
    await taken(net, await craft(ada, counter=EPOCH_FRAMES - 1, msg_id=b"\x0e" * 16), ada, ben)
    assert epoch_of(ben).spent()


async def test_an_epoch_is_spent_when_i_have_sent_65536(room: Room) -> None:
    _, ada, _ = room
    epoch_of(ada)._counter = EPOCH_FRAMES - 1
    assert not epoch_of(ada).spent()
    epoch_of(ada).take_counter()
    assert epoch_of(ada).spent()


async def test_behind_the_last_counter_nothing_is_sealed(room: Room) -> None:
    _, ada, _ = room
    epoch_of(ada)._counter = MAX_COUNTER
    assert epoch_of(ada).take_counter() == MAX_COUNTER
    with pytest.raises(OrderError) as caught:
        epoch_of(ada).take_counter()
    assert caught.value.code == "room.not_ready"


async def test_a_better_epoch_has_a_higher_number_or_a_lower_kid(room: Room) -> None:
    epoch = epoch_of(room[1])
    epoch.n, epoch.kid = 5, "5555555555555555"
    assert epoch.better_than(4, "0" * 16)
    assert not epoch.better_than(6, "f" * 16)
    assert epoch.better_than(5, "6" * 16)
    assert not epoch.better_than(5, "5" * 16)
    assert not epoch.better_than(5, "4" * 16)
