"""Events on their way from me to others: what is said, at once to all, and what one member has asked for."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from widget.crypto.group import Group
from widget.errors import ChatError
from widget.ports import Clock
from widget.room.entry import Entry
from widget.room.kinds.decision import DECISION
from widget.room.limits import FETCH_MS
from widget.room.log import Log
from widget.room.readers import Readers
from widget.wire.event import Event, size_of
from widget.wire.frame import CONTENT_BYTES, TYPE_ANSWER, TYPE_NEWS


class Frames(Protocol):
    """The ways to the members, for frames and notes."""

    def send_note(self, sid: str, blob: bytes) -> None: ...
    def send(self, sid: str, packet: bytes) -> bool:
        """False when there is no way to `sid` now."""
        ...


class Handover:
    """A `Source` that seals under the epoch which I hold. `plan` wants it looked at by then whether answers came."""

    def __init__(self, clock: Clock, group: Group, log: Log, readers: Readers, ways: Frames) -> None:
        self._clock: Clock = clock
        self._group: Group = group
        self._log: Log = log
        self._readers: Readers = readers
        self._ways: Frames = ways
        self.plan: Callable[[int], None] = lambda in_ms: None

    async def news(self, others: list[str], entries: list[Entry]) -> None:
        """Nothing is sealed for nobody: who comes later fetches what is for them."""
        if len(others) == 0:
            return
        try:
            packet = await self._group.seal(TYPE_NEWS, [entry.event for entry in entries])
        except ChatError:
            return  # it is in my log: whoever lacks it fetches it
        for sid in others:
            self._ways.send(sid, packet)

    def asked(self, sid: str, events: int) -> None:
        self._group.ask(sid, events)
        self.plan(FETCH_MS)

    def may_read(self, sid: str, entry: Entry) -> bool:
        reader = self._group.member(sid)
        return reader is not None and (entry.event.kind == DECISION or self._readers.may(reader, entry))

    def answer(self, sid: str, entries: list[Entry]) -> None:
        self._clock.spawn(self._answer(sid, entries))

    def send_fork(self, sid: str, author: str) -> None:
        proof = self._log.proofs.get(author)
        if proof is not None:
            self._ways.send_note(sid, proof)

    async def _answer(self, sid: str, entries: list[Entry]) -> None:
        """As many frames as it takes. What `sid` may not read goes without its body, so that the chain holds."""
        batch: list[Event] = []
        size = 1
        for entry in entries:
            event = entry.event if self.may_read(sid, entry) else entry.event.bare()
            if size + size_of(event) > CONTENT_BYTES:
                self._ways.send(sid, await self._group.seal(TYPE_ANSWER, batch))
                batch = []
                size = 1
            batch.append(event)
            size += size_of(event)
        self._ways.send(sid, await self._group.seal(TYPE_ANSWER, batch))
