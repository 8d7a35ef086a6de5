"""What others bring, before it counts: cheap checks first, then what it proves."""

from __future__ import annotations

from typing import Protocol

from widget.crypto.event import are_signed, check_event, named
from widget.crypto.group import Group
from widget.crypto.reasons import EVENT_AUTHOR, EVENT_BODY, EVENT_BUDGET, EVENT_PACE, EVENT_ROOM, EVENT_SIGNATURE
from widget.crypto.session import PeerSession
from widget.errors import CwError
from widget.ports import Clock, Crypto
from widget.room.entry import Entry
from widget.room.limits import (
    BAD_REST_MS,
    BAD_SIGNATURES,
    CLOCK_FLAG_MS,
    GUEST_EACH_MS,
    GUEST_MET_MS,
)
from widget.room.log import Log
from widget.room.other import Others
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

    async def check(self, events: list[Event], via_sid: str) -> list[Entry]:
        """The new ones, and those of the log that have their body only now; what is refused is counted.

        Side by side: signatures take most of the time that taking events takes.
        """
        found: list[Entry] = []
        fresh: list[Entry] = []
        for place, (name, is_whole) in enumerate(await named(self._crypto, events)):
            event = events[place]
            known = self._log.find(name)
            author = self._group.member(event.author) if known is None else known.author
            if known is not None and (known.event.body is not None or event.body is None):
                continue
            if author is None:
                self._ways.ask_who(via_sid, event.author)
                self._refuse(EVENT_AUTHOR, via_sid)
            elif not is_whole:
                self._refuse(EVENT_BODY, via_sid)
            elif known is None:
                fresh.append(self._entry(event, name, author))
            else:
                known.event.body = event.body  # who handed it on before had no body to give
                found.append(known)
        for place, is_signed in enumerate(await are_signed(self._crypto, [(one.author, one.event) for one in fresh])):
            if not is_signed:
                self._refuse(EVENT_SIGNATURE, via_sid)
            elif self._is_paced(fresh[place]):
                found.append(fresh[place])
            else:
                self._refuse(EVENT_PACE, via_sid)
        return found

    async def stories(self, via_sid: str, events: list[Event]) -> list[Entry]:
        """Somebody says that an author told two stories: none where they are not both signed by one whom I know."""
        author = self._group.member(events[0].author)
        if not self._others.of(via_sid).news.take(2):
            return []
        if author is None:
            self._ways.ask_who(via_sid, events[0].author)
            return []
        try:
            found: list[Entry] = []
            for event in events:
                found.append(self._entry(event, await check_event(self._crypto, event, author), author))
            return found
        except CwError as error:
            self._refuse(error.reason, via_sid)
            return []

    def _is_paced(self, entry: Entry) -> bool:
        """A guest says so much a minute, whoever hands it over: what is too much is fetched again, and taken in time.

        What was said before we met comes at once: then the age of its session says how much that can be. What is more
        is of the guest's share, which all its sessions have together.
        """
        author, seq = entry.author, entry.event.seq
        if author.via != "guest" or self._log.chain(author.sid).find(seq) is not None:
            return True
        is_new = self._clock.steady_ms() - self._others.of(author.sid).met_ms < GUEST_MET_MS
        if is_new and seq * GUEST_EACH_MS <= self._clock.now_ms() - author.iat_ms:
            return True
        return self._others.says(author.sub).take(1)

    def _refuse(self, reason: int, via_sid: str) -> None:
        self._group.count_drop(reason)
        told = self._others.of(via_sid)
        if reason in (EVENT_SIGNATURE, EVENT_BODY):
            told.bad += 1
            if told.bad >= BAD_SIGNATURES:
                told.bad = 0
                told.rests_until_ms = self._clock.steady_ms() + BAD_REST_MS

    def _entry(self, event: Event, name: str, author: PeerSession) -> Entry:
        is_odd = abs(event.at_ms - self._clock.now_ms()) > CLOCK_FLAG_MS
        return Entry(event, name, author, self._clock.steady_ms(), is_odd)
