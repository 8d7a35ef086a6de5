"""What others bring, before it counts: cheap checks first, then what it proves."""

from __future__ import annotations

from typing import Protocol

from widget.crypto.event import check_body, check_event, event_id
from widget.crypto.group import Group
from widget.crypto.reasons import EVENT_AUTHOR, EVENT_BODY, EVENT_BUDGET, EVENT_ROOM, EVENT_SIGNATURE
from widget.crypto.session import PeerSession
from widget.errors import CwError
from widget.ports import Clock, Crypto, Deferred
from widget.room.entry import Entry
from widget.room.limits import BAD_REST_MS, BAD_SIGNATURES, CLOCK_FLAG_MS
from widget.room.log import Log
from widget.room.other import Others
from widget.transport.waiting import start
from widget.wire.event import Event


class Introducer(Protocol):
    """Knows whom to ask about a stranger."""

    def ask_who(self, via_sid: str, sid: str) -> None:
        """Ask `via_sid` for the credential of `sid`, whom I never met."""
        ...


class Intake:
    """Of the room `room_id`. Who brings too much, or forged events, is not read for a while."""

    def __init__(
        self, clock: Clock, crypto: Crypto, room_id: bytes, group: Group, log: Log, others: Others, ways: Introducer
    ) -> None:
        self._clock: Clock = clock
        self._crypto: Crypto = crypto
        self._room_id: bytes = room_id
        self._group: Group = group
        self._log: Log = log
        self._others: Others = others
        self._ways: Introducer = ways

    def welcomes(self, event: Event, via_sid: str, is_news: bool) -> bool:
        """Room, and what the neighbour may still bring."""
        told = self._others.of(via_sid)
        if event.room_id != self._room_id:
            self._group.count_drop(EVENT_ROOM)
        elif told.rests_until_ms > self._clock.steady_ms() or (is_news and not told.news.take(1)):
            self._group.count_drop(EVENT_BUDGET)
        else:
            return True
        return False

    def check(self, event: Event, via_sid: str) -> Deferred:
        """Side by side: signatures take most of the time that taking events takes.

        An Entry: a new one, or one that is in the log and has its body only now. None for one that is known, or is
        refused and counted.
        """
        return start(self._clock, lambda: self._verify(event, via_sid))

    async def stories(self, via_sid: str, events: list[Event]) -> list[Entry]:
        """Somebody says that an author told two stories: none where they are not both signed by one whom I know."""
        author = self._group.member(events[0].author)
        if author is None or not self._others.of(via_sid).news.take(2):
            return []
        try:
            found: list[Entry] = []
            for event in events:
                found.append(await self._signed(event, await event_id(self._crypto, event), author))
            return found
        except CwError as error:
            self._refuse(error.reason, via_sid)
            return []

    def _refuse(self, reason: int, via_sid: str) -> None:
        self._group.count_drop(reason)
        told = self._others.of(via_sid)
        if reason in (EVENT_SIGNATURE, EVENT_BODY):
            told.bad += 1
            if told.bad >= BAD_SIGNATURES:
                told.bad = 0
                told.rests_until_ms = self._clock.steady_ms() + BAD_REST_MS

    async def _verify(self, event: Event, via_sid: str) -> Entry | None:
        try:
            name = await event_id(self._crypto, event)
            known = self._log.find(name)
            if known is not None:
                return await self._completed(known, event)
            author = self._group.member(event.author)
            if author is None:
                self._ways.ask_who(via_sid, event.author)
                raise CwError(EVENT_AUTHOR, "an event of somebody I never met")
            return await self._signed(event, name, author)
        except CwError as error:
            self._refuse(error.reason, via_sid)
            return None

    async def _completed(self, known: Entry, event: Event) -> Entry | None:
        """Somebody may have handed on an event without the body that comes now."""
        if known.event.body is not None or event.body is None:
            return None
        await check_body(self._crypto, event)
        known.event.body = event.body
        return known

    async def _signed(self, event: Event, name: str, author: PeerSession) -> Entry:
        await check_event(self._crypto, event, author)
        is_odd = abs(event.at_ms - self._clock.now_ms()) > CLOCK_FLAG_MS
        return Entry(event, name, author, self._clock.steady_ms(), is_odd)
