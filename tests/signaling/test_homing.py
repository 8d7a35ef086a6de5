"""What one worker knows of the homes of rooms; its parent is the test."""

from __future__ import annotations

import asyncio
import os
import socket
from collections.abc import Iterator

import pytest

from signaling import homing
from signaling.homing import ROOMS_AT_ONCE, Homing
from signaling.packets import EMPTY, FULL, MOST_BYTES, MOVE, OURS, THEIRS, WHERE

ROOM = "11" * 16
OTHER = "22" * 16


class Parent:
    """The worker's `homing`, and the other end of its channel."""

    def __init__(self) -> None:
        self.channel, self._theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self.channel.setblocking(False)
        self._theirs.setblocking(False)
        self.homing = Homing()
        self.homing.open(self._theirs)

    def heard(self) -> bytes:
        """The next packet; "" when there is none."""
        try:
            return self.channel.recv(MOST_BYTES)
        except BlockingIOError:
            return b""

    async def enter(self, room: str, verdict: bytes) -> bool:
        """Somebody enters, and is asked about."""
        entering = asyncio.create_task(self.homing.enter(room))
        await asyncio.sleep(0)
        assert self.heard() == WHERE + bytes.fromhex(room)
        self.homing.hear(verdict, room)
        return await entering

    def close(self) -> None:
        self.channel.close()
        self._theirs.close()


@pytest.fixture
def parent() -> Iterator[Parent]:
    found = Parent()
    yield found
    found.close()


async def test_a_worker_without_a_parent_has_all_rooms() -> None:
    alone = Homing()
    assert await alone.enter(ROOM)
    assert not alone.give(ROOM, b"said", 0)
    alone.leave(ROOM)
    alone.tidy()


@pytest.mark.parametrize(("verdict", "stays"), [(OURS, True), (THEIRS, False), (FULL, True)])
async def test_only_whose_room_is_elsewhere_goes_there(parent: Parent, verdict: bytes, stays: bool) -> None:
    assert await parent.enter(ROOM, verdict) is stays


async def test_several_who_enter_at_once_ask_once_and_later_ones_do_not_ask(parent: Parent) -> None:
    entering = [asyncio.create_task(parent.homing.enter(ROOM)) for _ in range(3)]
    await asyncio.sleep(0)
    assert [parent.heard(), parent.heard()] == [WHERE + bytes.fromhex(ROOM), b""]
    parent.homing.hear(OURS, ROOM)
    assert await asyncio.gather(*entering) == [True] * 3
    assert await parent.homing.enter(ROOM)
    assert parent.heard() == b""


async def test_a_room_elsewhere_is_asked_for_each_time(parent: Parent) -> None:
    for _ in range(2):
        assert not await parent.enter(ROOM, THEIRS)
        parent.homing.leave(ROOM)


async def test_a_room_is_given_up_when_the_last_has_left_it(parent: Parent) -> None:
    assert await parent.enter(ROOM, OURS)
    assert await parent.homing.enter(ROOM)
    parent.homing.leave(ROOM)
    parent.homing.tidy()
    assert parent.heard() == b""
    parent.homing.leave(ROOM)
    assert await parent.homing.enter(ROOM)  # back before anybody was told
    parent.homing.tidy()
    assert parent.heard() == b""
    parent.homing.leave(ROOM)
    parent.homing.tidy()
    assert parent.heard() == EMPTY + bytes.fromhex(ROOM)
    assert await parent.enter(ROOM, OURS)


async def test_a_room_that_is_elsewhere_is_not_ours_to_give_up(parent: Parent) -> None:
    assert not await parent.enter(ROOM, THEIRS)
    parent.homing.leave(ROOM)
    parent.homing.tidy()
    assert parent.heard() == b""


async def test_who_gets_no_answer_in_time_stays_and_a_late_one_is_given_up(
    parent: Parent, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(homing, "PATIENCE_S", 0)
    for _ in range(2):  # each asks: no question is waited for that was not answered
        assert await parent.homing.enter(ROOM)
        parent.homing.leave(ROOM)
        assert parent.heard() == WHERE + bytes.fromhex(ROOM)
    parent.homing.hear(OURS, ROOM)
    parent.homing.tidy()
    assert parent.heard() == EMPTY + bytes.fromhex(ROOM)
    # Who was in by then keeps it.
    assert await parent.homing.enter(OTHER)
    assert parent.heard() == WHERE + bytes.fromhex(OTHER)
    parent.homing.hear(OURS, OTHER)
    assert await parent.homing.enter(OTHER)
    assert parent.heard() == b""


async def test_a_parent_that_takes_nothing_holds_nobody_up_and_is_told_later(parent: Parent) -> None:
    assert await parent.enter(ROOM, OURS)
    parent.homing.leave(ROOM)
    waiting = _fill(parent)
    assert await parent.homing.enter(OTHER)
    assert not parent.homing.give(OTHER, b"said", 0)
    parent.homing.tidy()
    for _ in range(waiting):
        assert parent.heard() != b""
    assert parent.heard() == b""
    parent.homing.tidy()
    assert parent.heard() == EMPTY + bytes.fromhex(ROOM)


def _fill(parent: Parent) -> int:
    packets = 0
    while parent.homing.give(OTHER, bytes(10_000), 0):
        packets += 1
    return packets


async def test_many_rooms_are_given_up_in_packets_that_fit(parent: Parent) -> None:
    rooms = [number.to_bytes(16, "big").hex() for number in range(ROOMS_AT_ONCE + 1)]
    for room in rooms:
        parent.homing.hear(OURS, room)
    parent.homing.tidy()
    given_up = [parent.heard(), parent.heard(), parent.heard()]
    assert [len(packet) for packet in given_up] == [1 + 16 * ROOMS_AT_ONCE, 17, 0]


async def test_a_connection_is_handed_on_with_what_was_said(parent: Parent) -> None:
    one, other = socket.socketpair()
    with one, other:
        assert parent.homing.give(ROOM, b"said", one.fileno())
        assert not parent.homing.give(ROOM, bytes(MOST_BYTES), one.fileno())
    packet, (descriptor,), _, _ = socket.recv_fds(parent.channel, MOST_BYTES, 1)
    os.close(descriptor)
    assert packet == MOVE + bytes.fromhex(ROOM) + b"said"


async def test_a_worker_that_stops_asks_nothing_more(parent: Parent) -> None:
    parent.homing.close()
    assert await parent.homing.enter(ROOM)
    assert parent.heard() == b""
