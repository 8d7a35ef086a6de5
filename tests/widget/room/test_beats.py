"""When a beat goes and when heads are compared, to the millisecond."""

from __future__ import annotations

import pytest

from tests.widget.room.copies import WAY_MS, Copy, Net, Room, drop_events
from widget.room.limits import AGAIN_MS, BEAT_EACH_MS, BEAT_SOON_MS, DIFFERS_MS
from widget.wire.notes import Beat, Heads


def sent(net: Net, sender: Copy, kind: type[Beat] | type[Heads]) -> int:
    return len([note for sid, _, note in net.notes if sid == sender.sid and isinstance(note, kind)])


@pytest.mark.parametrize(("is_authors", "due_ms"), [(False, WAY_MS + BEAT_SOON_MS), (True, AGAIN_MS)])
async def test_who_took_an_event_tells_its_author_soon_and_the_author_tells_later(
    room: Room, is_authors: bool, due_ms: int
) -> None:
    net, (ada, ben) = await room(2)
    ada.say()
    for wait_ms, beats in ((due_ms - 1, 0), (1, 1)):
        await net.clock.advance(wait_ms)
        assert sent(net, ada if is_authors else ben, Beat) == beats


async def test_and_of_the_next_one_so_long_after(room: Room) -> None:
    net, (ada, ben) = await room(2)
    ada.say()
    await net.clock.advance(WAY_MS + BEAT_SOON_MS)
    ada.say()
    await net.clock.advance(BEAT_EACH_MS - 1)
    assert sent(net, ben, Beat) == 1
    await net.clock.advance(1)
    assert sent(net, ben, Beat) == 2


async def test_copies_that_differ_for_so_long_are_compared_and_again(room: Room) -> None:
    net, (ada, ben) = await room(2)
    drop_events(net, ben)
    ada.say()
    for wait_ms, compared in ((BEAT_SOON_MS + DIFFERS_MS, 1), (AGAIN_MS, 2)):
        await net.clock.advance(wait_ms - 1)
        assert sent(net, ada, Heads) == compared - 1
        await net.clock.advance(1)
        assert sent(net, ada, Heads) == compared
