"""Who says that it has what others lack, and gives it late or never: an honest member who has it is asked instead."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.widget.room.copies import Copy, Net, Room
from tests.widget.room.invented import Author
from widget.room.entry import Entry
from widget.room.limits import FETCH_EVENTS, FETCH_LONG_MS, FETCH_MS
from widget.wire.notes import Fetch, Head, Heads, Lack

SAID = 10 * FETCH_EVENTS
MOST_MS = FETCH_LONG_MS + FETCH_MS + 1_000
BOAST = 2**30
Answer = Callable[[Copy, str, Fetch], None]


def asked_for(liar: Copy, fetch: Fetch) -> list[Entry]:
    return liar.log.chain(fetch.author).entries[fetch.first - 1 : fetch.last]


def never(_liar: Copy, _sid: str, _fetch: Fetch) -> None:
    return None


def late(liar: Copy, sid: str, fetch: Fetch) -> None:
    liar.clock.after(10_000, lambda: liar.net.hand_over(liar.sid, sid, asked_for(liar, fetch)))


def lacking(liar: Copy, sid: str, fetch: Fetch) -> None:
    """At once and each time: so that there is always one more question to it under way."""
    liar.net.send(liar.sid, sid, Lack(fetch.author, fetch.first, fetch.last))


def drop_by_drop(liar: Copy, sid: str, fetch: Fetch) -> None:
    """Each just before its receiver would have looked for somebody else."""
    for number, entry in enumerate(asked_for(liar, fetch)):
        in_ms = (number + 1) * (FETCH_MS - 100)
        liar.clock.after(in_ms, lambda entry=entry: liar.net.hand_over(liar.sid, sid, [entry]))  # type: ignore[misc]


def staller(net: Net, liar: Copy, answer: Answer) -> None:
    """It tells ten times a second that it holds all and more, and answers so."""
    author = max(liar.log.chains, key=lambda sid: liar.log.chain(sid).last)
    chain = liar.log.chain(author)
    boast = Heads([Head(author, 1, BOAST, chain.last_id)])

    def tell() -> None:
        for sid in liar.reached():
            net.send(liar.sid, sid, boast)
        net.clock.after(100, tell)

    liar.fetches.serve = lambda sid, fetch: answer(liar, sid, fetch)  # type: ignore[method-assign]
    tell()


@pytest.mark.parametrize("answer", [never, late, lacking, drop_by_drop])
async def test_a_staller_holds_nobody_up(room: Room, answer: Answer) -> None:
    net, (liar, _honest, cleo) = await room(3)
    cleo.say(SAID)
    await net.rest()
    cleo.sync.close()
    del net.copies[cleo.sid]
    staller(net, liar, answer)
    newcomer = net.join(Author("late", sid="9" * 32))
    took_ms = await net.clock.until(lambda: newcomer.log.chain(cleo.sid).last == SAID, 10 * MOST_MS)
    assert took_ms < MOST_MS
