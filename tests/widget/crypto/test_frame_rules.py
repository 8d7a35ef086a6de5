"""Who pays for a frame, which answers are taken, and what an epoch has carried."""

from __future__ import annotations

import pytest

from tests.fakes.frames import AT_ONCE, Room, craft, dropped, open_room, taken
from tests.fakes.groups import issue
from tests.fakes.people import Seat
from widget.crypto.limits import (
    BYTES_BURST,
    EPOCH_EVENTS,
    MAX_COUNTER,
    OLD_KID_MS,
)
from widget.crypto.live_epoch import LiveEpoch
from widget.crypto.reasons import (
    FRAME_BUDGET,
    FRAME_INDEX,
    FRAME_KID_OLD,
    FRAME_KID_UNKNOWN,
    FRAME_SEAL,
    FRAME_UNASKED,
)
from widget.errors import OrderError
from widget.wire.frame import MAX_FRAME_BYTES, MIN_FRAME_BYTES, TYPE_ANSWER, TYPE_NEWS, write_header

UNHEARD = b"\x77" * 8


def epoch_of(seat: Seat) -> LiveEpoch:
    current = seat.group._keyring.frames.current
    assert current is not None
    return current


async def answer(room: Room, events: int = 1) -> bytes:
    """So many events of Ada's, as if somebody had asked for them."""
    net, ada, _ = room
    return await ada.group.seal(TYPE_ANSWER, [await net.event(ada, f"answer {number}") for number in range(events)])


async def test_the_first_place_behind_the_roster_is_nobodys(room: Room) -> None:
    net, ada, ben = room
    header = write_header(TYPE_NEWS, epoch_of(ada).kid_bytes, len(epoch_of(ada).members), 0)
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
    frame = write_header(TYPE_NEWS, UNHEARD, 0, 0) + bytes(MIN_FRAME_BYTES)
    for _ in range(AT_ONCE):
        assert await net.deliver(frame, ada, ben) is None
    assert ben.group.drops == {FRAME_KID_UNKNOWN: AT_ONCE}
    assert await dropped(net, frame, ada, ben) == FRAME_BUDGET


async def test_a_neighbour_has_so_many_bytes(room: Room) -> None:
    net, ada, ben = room
    header = write_header(TYPE_NEWS, UNHEARD, 0, 0)
    frame = header + bytes(MAX_FRAME_BYTES - len(header))
    for _ in range(BYTES_BURST // MAX_FRAME_BYTES):
        assert await dropped(net, frame, ada, ben) == FRAME_KID_UNKNOWN
    assert await dropped(net, frame, ada, ben) == FRAME_BUDGET


async def test_who_missed_a_frame_of_an_epoch_to_come_is_told_once(room: Room) -> None:
    net, ada, ben = room
    known = await net.text(ada, "before")
    net.cut = {(ada.sid, ben.sid)}
    await net.carry(ada, await issue(ada, net.now_ms))
    missed = await net.text(ada, "after")
    await taken(net, known, ada, ben)
    await dropped(net, known[:-1] + bytes([known[-1] ^ 1]), ada, ben)
    assert not ben.group.has_missed()
    assert await dropped(net, missed, ada, ben) == FRAME_KID_UNKNOWN
    assert [ben.group.has_missed() for _ in range(2)] == [True, False]
    ben.group.ask(ada.sid, 1)
    await dropped(net, missed[:1] + bytes([TYPE_ANSWER]) + missed[2:], ada, ben)
    assert ben.group.has_missed()


async def test_an_answer_to_nothing_is_not_even_opened(room: Room) -> None:
    net, ada, ben = room
    packet = await answer(room)
    assert await dropped(net, packet, ada, ben) == FRAME_UNASKED
    assert await dropped(net, packet[:-1] + bytes([packet[-1] ^ 1]), ada, ben) == FRAME_UNASKED
    assert await dropped(net, packet[:2] + UNHEARD + packet[10:], ada, ben) == FRAME_UNASKED


async def test_as_many_events_are_answered_as_were_asked_for(room: Room) -> None:
    net, ada, ben = room
    ben.group.ask(ada.sid, 2)
    ben.group.ask(ada.sid, 3)
    for events in (1, 3, 1):
        opened = await taken(net, await answer(room, events), ada, ben)
        assert (opened.frame_type, len(opened.events)) == (TYPE_ANSWER, events)
    assert await dropped(net, await answer(room), ada, ben) == FRAME_UNASKED
    ben.group.ask(ada.sid, 1)
    await taken(net, await answer(room), ada, ben)


async def test_an_answer_of_nothing_counts_as_one(room: Room) -> None:
    net, ada, ben = room
    ben.group.ask(ada.sid, 2)
    for _ in range(2):
        assert (await taken(net, await answer(room, 0), ada, ben)).events == []
    assert await dropped(net, await answer(room), ada, ben) == FRAME_UNASKED


async def test_only_who_was_asked_may_answer() -> None:
    net, (ada, ben, cleo) = await open_room(("Ada", "Ben", "Cleo"))
    ben.group.ask(cleo.sid, 2)
    packet = await answer((net, ada, ben))
    assert await dropped(net, packet, ada, ben) == FRAME_UNASKED
    assert await dropped(net, packet, cleo, ben) == FRAME_INDEX
    await taken(net, await cleo.group.seal(TYPE_ANSWER, [await net.event(ada, "hello")]), cleo, ben)
    assert await dropped(net, await cleo.group.seal(TYPE_ANSWER, []), cleo, ben) == FRAME_UNASKED


async def test_an_answer_that_does_not_open_has_been_paid_for(room: Room) -> None:
    net, ada, ben = room
    ben.group.ask(ada.sid, 2)
    for _ in range(2):
        packet = await answer(room)
        assert await dropped(net, packet[:-1] + bytes([packet[-1] ^ 1]), ada, ben) == FRAME_SEAL
    assert await dropped(net, await answer(room), ada, ben) == FRAME_UNASKED


async def test_of_an_answer_no_more_is_taken_than_was_asked_for(room: Room) -> None:
    net, ada, ben = room
    ben.group.ask(ada.sid, 2)
    assert len((await taken(net, await answer(room, 3), ada, ben)).events) == 2
    assert await dropped(net, await answer(room), ada, ben) == FRAME_UNASKED


async def test_news_are_no_answer(room: Room) -> None:
    net, ada, ben = room
    ben.group.ask(ada.sid, 1)
    await taken(net, await net.text(ada, "news"), ada, ben)
    await taken(net, await answer(room), ada, ben)


async def test_who_was_asked_pays_nothing(room: Room) -> None:
    net, ada, ben = room
    ben.group.ask(ada.sid, 2)
    await taken(net, await answer(room), ada, ben)
    news = await net.text(ada, "news")
    for _ in range(AT_ONCE):
        await taken(net, news, ada, ben)
    assert await dropped(net, news, ada, ben) == FRAME_BUDGET
    await taken(net, await answer(room), ada, ben)


async def test_an_epoch_is_spent_when_i_have_said_1024_events_in_it(room: Room) -> None:
    net, ada, _ = room
    assert [ada.group.wrote(EPOCH_EVENTS - 2), ada.group.wrote(1)] == [EPOCH_EVENTS - 2, EPOCH_EVENTS - 1]
    assert not epoch_of(ada).spent()
    assert ada.group.wrote(1) == EPOCH_EVENTS
    assert epoch_of(ada).spent()
    await net.carry(ada, await issue(ada, net.now_ms))
    assert not epoch_of(ada).spent()
    assert ada.group.wrote(1) == 1


async def test_what_others_say_or_claim_to_have_sent_spends_nothing(room: Room) -> None:
    net, ada, ben = room
    await taken(net, await craft(ada, [await net.event(ada, "hello")], counter=MAX_COUNTER), ada, ben)
    assert not epoch_of(ben).spent()
    assert ben.group.wrote(0) == 0


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
