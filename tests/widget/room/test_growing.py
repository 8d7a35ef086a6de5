"""One member whose log grows with every tick, for an hour: what the others hold and send stays as it was."""

from __future__ import annotations

from collections import Counter

import pytest

from tests.widget.room.copies import Copy, Net, Room
from widget.room.limits import AGAIN_MS, BEAT_EACH_MS, EVENTS_KEPT

pytestmark = pytest.mark.no_cover

MINUTE_MS = 60_000
EACH_MS = 500
IN_EPOCH = 1_000  # then another epoch is due


def say(loud: Copy) -> None:
    kid = f"{len(loud.author.said) // IN_EPOCH + 1:032x}"
    said = loud.author.say(clock=loud.log.clock + 1, kid=kid)
    loud.take([said], loud.sid)
    for sid in loud.reached():
        loud.net.hand_over(loud.sid, sid, [said])


async def minute(net: Net, loud: Copy) -> Counter[tuple[str, str]]:
    """Notes by who sends them to whom."""
    net.forget()
    for _ in range(MINUTE_MS // EACH_MS):
        say(loud)
        await net.clock.advance(EACH_MS)
    assert net.fetched() == [], "nothing was missing"
    return Counter((sender, receiver) for sender, receiver, _ in net.notes)


async def test_an_hour_of_it_costs_no_more_a_minute_than_the_first(room: Room) -> None:
    net, (loud, ada, ben) = await room(3)
    first = await minute(net, loud)
    timers = net.timers()
    for _ in range(58):
        await minute(net, loud)
    last = await minute(net, loud)
    assert loud.author.said[-1].event.seq > EVENTS_KEPT
    assert net.agreed()
    for copy in (ada, ben):
        assert copy.log.count() == EVENTS_KEPT
        assert copy.log.chain(loud.sid).waiting == {}
    assert net.timers() <= timers + 1
    assert all(abs(last[pair] - first[pair]) <= 2 for pair in first | last)
    # A beat and, while copies differ for a moment all the time, heads.
    assert last[(ada.sid, ben.sid)] <= 2 * MINUTE_MS // AGAIN_MS + 1
    assert last[(ada.sid, loud.sid)] <= MINUTE_MS // BEAT_EACH_MS + MINUTE_MS // AGAIN_MS
