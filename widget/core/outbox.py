"""My messages until every member has them: sealed once an epoch is ready, sent again when a path breaks.

A session that falls silent and comes back (a tunnel, a laptop's sleep) is owed what I said meanwhile, for a while.

A message keeps its id however often it goes out, so a receiver shows it once. A frame that goes out again keeps its
bytes while receivers should still take its epoch; after that the message is sealed anew for everybody.
"""

from __future__ import annotations

from typing import Protocol

from widget.core.events import Events
from widget.core.limits import (
    FRAME_BURST,
    FRAME_EACH_MS,
    OLD_EPOCH_MS,
    OWED_MESSAGES,
    OWED_MS,
    RESEND_MS,
    RESEND_TIMES,
)
from widget.core.state import State
from widget.errors import ChatError
from widget.model import Delivery
from widget.ports import Clock
from widget.transport.bucket import Bucket
from widget.transport.waiting import Lane

WAITING_JOBS: int = 16


class Readers(Protocol):
    """Those a message is for, and the ways to them."""

    def is_ready(self) -> bool:
        """Something may be sealed now."""
        ...

    def is_alone(self) -> bool:
        """Nobody else is in the room, as far as anybody says."""
        ...

    def readers(self) -> list[str]:
        """The sids that can read what is sealed now, without me."""
        ...

    def is_here(self, sid: str) -> bool: ...
    def kid(self) -> str:
        """The epoch that is sealed under now."""
        ...

    async def seal_text(self, msg_id: str, body: bytes) -> bytes: ...
    def send(self, sid: str, packet: bytes) -> bool:
        """False when there is no way to `sid` now."""
        ...

    def speaks(self, sid: str, since_ms: int) -> bool:
        """Has `sid` spoken since, whatever it said? If not, the way to it is doubted."""
        ...


class Entry:
    """One message on its peers. `waiting` are the sids that have not confirmed it, the absent ones too."""

    def __init__(self, msg_id: str, body: bytes) -> None:
        self.msg_id: str = msg_id
        self.body: bytes = body
        self.packet: bytes = b""
        self.kid: str = ""
        self.sealed_ms: int = 0
        self.waiting: list[str] = []
        self.confirmed: list[str] = []
        self.tries: int = 0
        self.is_due: bool = True  # to be sealed, or sealed anew
        self.went: bool = False  # left the house at least once
        self.under_way: list[str] = []  # to whom, on ways that are not lost
        self.sent_ms: int = 0  # when it last went to any of them


class Outbox:
    """The messages of one stay, in the order they were written."""

    def __init__(self, clock: Clock, state: State, events: Events) -> None:
        self._clock: Clock = clock
        self._state: State = state
        self._events: Events = events
        self._lane: Lane = Lane(clock, WAITING_JOBS)
        self._pace: Bucket = Bucket(clock, FRAME_BURST, FRAME_EACH_MS)
        self._entries: list[Entry] = []
        self._absent: dict[str, int] = {}
        self._peers: Readers | None = None

    def attach(self, peers: Readers) -> None:
        self._peers = peers
        self.flush()

    def add(self, msg_id: str, body: bytes) -> None:
        self._entries.append(Entry(msg_id, body))
        self.flush()

    def flush(self) -> None:
        """There may be a way out now."""
        self._welcome()
        self._lane.add(self._seal_all)

    def renew(self) -> None:
        """There is another epoch: who has only just come back cannot read what went out a moment ago."""
        old_ms = self._clock.steady_ms() - RESEND_MS
        for entry in self._entries:
            if len(self._here(entry)) > 0 and entry.sealed_ms > old_ms:
                entry.is_due = True
        self.flush()

    def lost(self, sid: str) -> None:
        """The way to `sid` is gone, and with it what was under way."""
        for entry in self._entries:
            entry.under_way = _without(entry.under_way, sid)

    def reachable(self, sid: str) -> None:
        """There is a way to `sid`: what it has not confirmed and what is not under way goes there, in order."""
        if sid not in self._absent:
            for entry in self._entries:
                if sid in entry.waiting and sid not in entry.under_way and not entry.is_due:
                    self._send(entry, sid)
        self.flush()

    def confirmed(self, sid: str, msg_ids: list[str]) -> None:
        for entry in self._entries:
            if entry.msg_id in msg_ids:
                entry.confirmed.append(sid)
                _strike(entry, sid)
                self._state.mark(entry.msg_id, "sent")
        self._tidy()

    def gone(self, sid: str, for_good: bool) -> None:
        """`sid` is no member any more. What never left the house waits for the next epoch."""
        if not for_good:
            self._absent[sid] = self._clock.steady_ms()
        for entry in self._entries:
            if not entry.went:
                entry.is_due = True
            if for_good:
                _strike(entry, sid)
        self.flush()

    def look(self) -> None:
        """Who does not confirm is looked after; in the end the message has failed."""
        for entry in list(self._entries):
            if not entry.is_due:
                self._send_again(entry)
        self.flush()

    def take_over(self, other: Outbox) -> None:
        """What not everybody has of the other's messages is mine to deliver."""
        for entry in other._entries:
            self.add(entry.msg_id, entry.body)
        other._entries = []

    def close(self) -> None:
        """The room is over for us."""
        self._peers = None
        for entry in list(self._entries):
            self._end(entry, "failed")

    def _here(self, entry: Entry) -> list[str]:
        return [sid for sid in entry.waiting if sid not in self._absent]

    def _tidy(self) -> None:
        """Forget what everybody has, and the oldest of what only absent ones are owed."""
        for entry in list(self._entries):
            if not entry.is_due and len(entry.waiting) == 0:
                self._end(entry, "unheard")
        owed = [entry for entry in self._entries if not entry.is_due and len(self._here(entry)) == 0]
        if len(owed) > OWED_MESSAGES:
            owed[0].waiting = []

    def _welcome(self) -> None:
        """Who is back among the readers gets what it is owed; who stays away too long is owed nothing any more."""
        peers = self._peers
        if peers is None or len(self._absent) == 0 or not peers.is_ready():
            return
        readers = peers.readers()
        for sid, since_ms in list(self._absent.items()):
            is_back = sid in readers and peers.is_here(sid)
            if is_back or self._clock.steady_ms() - since_ms > OWED_MS:
                del self._absent[sid]
                for entry in self._entries:
                    if sid not in entry.waiting:
                        continue
                    if is_back:
                        entry.is_due = True
                    else:
                        _strike(entry, sid)

    async def _seal_all(self) -> None:
        self._tidy()
        for entry in list(self._entries):
            peers = self._peers
            if peers is None or not peers.is_ready():
                return
            if not entry.is_due:
                continue
            if len(peers.readers()) == 0:  # nothing is sealed for nobody
                if peers.is_alone() and len(self._absent) == 0:
                    self._end(entry, "unheard")
                continue
            if not self._pace.has():
                self._clock.after(FRAME_EACH_MS, self.flush)
                return
            self._pace.take(1)
            try:
                await self._seal(peers, entry)
            except ChatError as error:
                self._end(entry, "failed")
                self._events.emit("error", error)

    async def _seal(self, peers: Readers, entry: Entry) -> None:
        entry.is_due = False
        entry.waiting = [sid for sid in [*peers.readers(), *list(self._absent)] if sid not in entry.confirmed]
        entry.kid = peers.kid()
        entry.packet = await peers.seal_text(entry.msg_id, entry.body)
        entry.sealed_ms = self._clock.steady_ms()
        entry.under_way = []
        if peers is not self._peers:
            return
        for sid in self._here(entry):
            self._send(entry, sid)

    def _send(self, entry: Entry, sid: str) -> None:
        peers = self._peers
        if peers is None:
            return
        now_ms = self._clock.steady_ms()
        if now_ms - entry.sealed_ms > OLD_EPOCH_MS or entry.kid != peers.kid():
            entry.is_due = True
        elif peers.send(sid, entry.packet):
            entry.went = True
            entry.under_way = [*_without(entry.under_way, sid), sid]
            entry.sent_ms = now_ms

    def _send_again(self, entry: Entry) -> None:
        """Who is silent gets nothing more on the same way: it may be busy and read it later."""
        peers = self._peers
        sent_ms = entry.sent_ms
        late = [sid for sid in self._here(entry) if sid in entry.under_way]
        if peers is None or len(late) == 0 or self._clock.steady_ms() - sent_ms < RESEND_MS:
            return
        entry.tries += 1
        if entry.tries > RESEND_TIMES:
            self._end(entry, "failed")
            return
        for sid in late:
            if peers.speaks(sid, sent_ms):
                self._send(entry, sid)

    def _end(self, entry: Entry, delivery: Delivery) -> None:
        """No more is done for it; what somebody has confirmed stays sent."""
        self._entries = [other for other in self._entries if other is not entry]
        if len(entry.confirmed) == 0:
            self._state.mark(entry.msg_id, delivery)


def _strike(entry: Entry, sid: str) -> None:
    entry.waiting = _without(entry.waiting, sid)


def _without(sids: list[str], sid: str) -> list[str]:
    return [other for other in sids if other != sid]
