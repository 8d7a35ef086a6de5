"""Who says that it has what others lack, and gives it late or never: an honest member who has it is asked instead."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.widget.room.copies import Copy, Net, Room
from tests.widget.room.invented import Author
from widget.room.entry import Entry
from widget.room.limits import FETCH_EVENTS, FETCH_LONG_MS, FETCH_MS
from widget.wire.notes import Fetch, Head, Heads

SAID = 10 * FETCH_EVENTS
MOST_MS = FETCH_LONG_MS + FETCH_MS + 1_000
Answer = Callable[[Copy, str, list[Entry]], None]


def never(_liar: Copy, _sid: str, _entries: list[Entry]) -> None:
    return None


def late(liar: Copy, sid: str, entries: list[Entry]) -> None:
    liar.clock.after(10_000, lambda: liar.net.hand_over(liar.sid, sid, entries))


def drop_by_drop(liar: Copy, sid: str, entries: list[Entry]) -> None:
    """Each just before its receiver would have looked for somebody else."""
    for number, entry in enumerate(entries):
        in_ms = (number + 1) * (FETCH_MS - 100)
        liar.clock.after(in_ms, lambda entry=entry: liar.net.hand_over(liar.sid, sid, [entry]))  # type: ignore[misc]


def staller(net: Net, liar: Copy, answer: Answer) -> None:
    """It tells ten times a second that it holds all, and answers so."""
    author = max(liar.log.chains, key=lambda sid: liar.log.chain(sid).last)
    chain = liar.log.chain(author)
    boast = Heads([Head(author, 1, chain.last, chain.last_id)])

    def serve(sid: str, fetch: Fetch) -> None:
        answer(liar, sid, chain.entries[fetch.first - 1 : fetch.last])

    def tell() -> None:
        for sid in liar.reached():
            net.send(liar.sid, sid, boast)
        net.clock.after(100, tell)

    liar.fetches.serve = serve  # type: ignore[method-assign]
    tell()


@pytest.mark.parametrize("answer", [never, late, drop_by_drop])
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
