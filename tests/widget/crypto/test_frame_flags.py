"""Frames that are shown with a flag: attacks F08 to F10."""

from __future__ import annotations

import pytest

from tests.fakes.frames import Room, craft, dropped, net_text_at, taken
from tests.fakes.groups import issue
from widget.crypto.limits import (
    CLOCK_FLAG_MS,
)
from widget.crypto.reasons import (
    FRAME_EQUIVOCATION,
    FRAME_SEAL,
)


async def test_f08_two_frames_with_one_counter_are_equivocation(room: Room) -> None:
    net, ada, ben = room
    await taken(net, await craft(ada, counter=0, msg_id=b"\x01" * 16), ada, ben)
    assert await dropped(net, await craft(ada, counter=0, msg_id=b"\x02" * 16), ada, ben) == FRAME_EQUIVOCATION
    assert (await taken(net, await net_text_at(net, ada, 1), ada, ben)).flags == ["equivocation"]


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
    await net.carry(ada, await issue(ada, net.now_ms))
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
