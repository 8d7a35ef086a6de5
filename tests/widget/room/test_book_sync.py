"""Decisions on their way: who hands them on is not believed, who asks again and again is not served."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.fakes.clock import HandClock
from tests.widget.room.homes import Home, homes_of
from widget.crypto.event import body_hash
from widget.crypto.reasons import EVENT_AUTHOR, EVENT_ROOM, EVENT_SIGNATURE, ORIGIN_FOREIGN
from widget.errors import MALFORMED
from widget.room.kinds.decision import DECISION
from widget.room.limits import BOOK_BYTES, BOOK_COST, FETCH_BURST, FETCH_EACH_MS
from widget.transport.bucket import Bucket
from widget.wire.decision import ADMIT, BAN, REMOVE, Decision, write_decision
from widget.wire.event import Event, size_of
from widget.wire.notes import BOOK, BookPart, read_note
from widget.wire.pair import Shown


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
async def homes(clock: HandClock) -> list[Home]:
    return await homes_of(clock, 2)


async def decision(home: Home, sub: str = "ab" * 16, **changes: object) -> Event:
    """What that member signs."""
    body = write_decision(Decision(REMOVE, sub, BAN))
    event = await home.event("", DECISION)
    digest = await body_hash(home.seat.person.crypto, body)
    return await home.sign(replace(event, body=body, body_hash=digest, **changes))  # type: ignore[arg-type]


def removed(home: Home) -> list[str]:
    return list(home.replica.fold.view.book.now.removals)


def credential(home: Home) -> Shown:
    me = home.seat.session.me
    return Shown(me.credential, me.psk_proof)


async def hear(home: Home, other: Home, *events: Event, is_last: bool = True) -> list[int]:
    before = dict(home.drops())
    await home.replica.decisions.hear(other.sid, BookPart(is_last, [credential(other)], list(events)))
    return [reason for reason, count in home.drops().items() if count > before.get(reason, 0)]


async def test_a_book_is_taken_and_told(homes: list[Home]) -> None:
    host, ben = homes
    assert host.seat.session.me.is_host
    assert await hear(ben, host, await decision(host)) == []
    assert removed(ben) == ["ab" * 16]
    assert ben.decisions_made == 1
    assert ben.replica.decisions._book.hash != bytes(32)


async def test_a_part_that_is_not_the_last_says_nothing_yet(homes: list[Home]) -> None:
    host, ben = homes
    await hear(ben, host, await decision(host), is_last=False)
    assert ben.decisions_made == 0
    await hear(ben, host, await decision(host, "cd" * 16))
    assert removed(ben) == ["ab" * 16, "cd" * 16]
    assert ben.decisions_made == 1


async def test_a_forged_decision_is_not_taken(homes: list[Home]) -> None:
    host, ben = homes
    event = await decision(host)
    assert await hear(ben, host, replace(event, clock=event.clock + 1, head=b"")) == [EVENT_SIGNATURE]
    mine = await decision(ben)
    assert await hear(ben, host, replace(mine, author=host.sid, head=b"")) == [EVENT_SIGNATURE]
    assert removed(ben) == []


async def test_a_decision_for_another_room_is_not_taken(homes: list[Home]) -> None:
    host, ben = homes
    assert await hear(ben, host, await decision(host, room_id=bytes(16))) == [EVENT_ROOM]
    assert removed(ben) == []


async def test_a_decision_of_nobody_or_without_its_body_is_not_taken(homes: list[Home]) -> None:
    host, ben = homes
    event = await decision(host)
    assert await hear(ben, host, event.bare()) == [EVENT_AUTHOR]
    assert await hear(ben, host, replace(event, author="99" * 16, head=b"")) == [EVENT_AUTHOR]


async def test_a_credential_of_elsewhere_brings_nothing(homes: list[Home]) -> None:
    host, ben = homes
    object.__setattr__(ben.seat.credentials._genesis, "orgs", ["https://elsewhere.example"])
    ben.seat.credentials._known.clear()
    assert await hear(ben, host, await decision(host)) == [ORIGIN_FOREIGN]
    assert removed(ben) == []


async def test_a_body_that_is_no_decision_is_counted(homes: list[Home]) -> None:
    host, ben = homes
    assert await ben.take(host, await host.event("no decision", DECISION)) == [MALFORMED]
    assert ben.decisions_made == 0


async def test_what_is_decided_counts_though_something_before_it_is_missing(homes: list[Home]) -> None:
    host, ben = homes
    await host.event("missing")
    await ben.take(host, await decision(host))
    assert removed(ben) == ["ab" * 16]
    assert ben.decisions_made == 1


async def test_who_asks_again_and_again_is_not_served(homes: list[Home]) -> None:
    host, ben = homes
    await host.replica.say(DECISION, [write_decision(Decision(ADMIT, "ab" * 16))])
    book_hash = host.replica.decisions._book.hash.hex()
    host.notes.clear()
    for _ in range(50):
        host.replica.decisions.show(ben.sid, book_hash)
    assert len(host.notes) == FETCH_BURST // BOOK_COST
    part = read_note(host.notes[0][1])
    assert isinstance(part, BookPart)
    assert (part.is_last, part.authors, len(part.events)) == (True, [credential(host)], 1)
    host.notes.clear()
    host.replica.decisions.show("other", "99" * 32)
    assert host.notes == []


@pytest.mark.parametrize(("more_ms", "notes"), [(-1, 1), (0, 2), (1, 2)])
async def test_to_show_it_costs_so_many_fetches(
    homes: list[Home], clock: HandClock, more_ms: int, notes: int
) -> None:
    host, ben = homes
    await host.replica.say(DECISION, [write_decision(Decision(ADMIT, "ab" * 16))])
    host.replica.decisions._others.of(ben.sid).fetches = Bucket(clock, 1, FETCH_EACH_MS)
    for wait_ms in (0, BOOK_COST * FETCH_EACH_MS + more_ms):
        await clock.advance(wait_ms)
        host.replica.decisions.show(ben.sid, host.replica.decisions._book.hash.hex())
    assert [blob[0] for _, blob in host.notes].count(BOOK) == notes


@pytest.mark.parametrize(("more", "notes"), [(-1, 1), (0, 1), (1, 2)])
async def test_one_note_takes_so_many_bytes_of_it(homes: list[Home], more: int, notes: int) -> None:
    host, ben = homes
    cuts = {f"{number:032x}": 1 for number in range(194)}
    for number in range(2):
        name = "x" * (number * (30 + more))
        await host.replica.say(DECISION, [write_decision(Decision(REMOVE, f"{number:032x}", BAN, name, cuts))])
    said = host.replica.log.chain(host.sid).entries
    assert sum(size_of(entry.event) for entry in said) == BOOK_BYTES + more
    host.notes.clear()
    host.replica.decisions.show(ben.sid, host.replica.decisions._book.hash.hex())
    parts = [read_note(blob) for _, blob in host.notes]
    assert [part.is_last for part in parts if isinstance(part, BookPart)] == [False, True][-notes:]


async def test_everybody_may_read_what_is_decided(homes: list[Home]) -> None:
    """Also who was not in the room yet, where there is no history."""
    host, ben = homes
    host.replica.readers.left(ben.seat.session.me)
    await host.replica.say(DECISION, [write_decision(Decision(ADMIT, "ab" * 16))])
    (entry,) = host.replica.log.chain(host.sid).entries
    assert host.replica.handover.may_read(ben.sid, entry)
    assert not host.replica.readers.may(ben.seat.session.me, entry)
