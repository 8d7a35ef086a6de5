"""My messages until every member has them: sealed once an epoch is ready, sent again when a path breaks.

A session that falls silent and comes back (a tunnel, a laptop's sleep) is owed what I said meanwhile, for a while.

A message keeps its id however often it goes out, so a receiver shows it once. A frame that goes out again keeps its
bytes while receivers should still take its epoch; after that the message is sealed anew for everybody.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from widget.core.bucket import Bucket
from widget.core.limits import (
    FRAME_BURST,
    FRAME_EACH_MS,
    OLD_EPOCH_MS,
    OWED_MESSAGES,
    OWED_MS,
    RESEND_MS,
    RESEND_TIMES,
)
from widget.core.waiting import Lane
from widget.errors import ChatError
from widget.model import Delivery
from widget.ports import Clock

WAITING_JOBS: int = 16


class OutboxRoom(Protocol):
    """The way out: the room's group and pairs."""

    def is_ready(self) -> bool: ...
    def readers(self) -> list[str]:
        """The sids that can read what is sealed now, without me."""
        ...

    def is_here(self, sid: str) -> bool:
        """Verified, and not gone as far as we know."""
        ...

    def kid(self) -> str:
        """The epoch that is sealed under now."""
        ...

    async def seal(self, msg_id: str, body: bytes) -> bytes: ...
    def send_frame(self, sid: str, packet: bytes) -> bool:
        """On the best link; False when there is none now."""
        ...

    def send_frame_again(self, sid: str, packet: bytes) -> bool:
        """On every link there is."""
        ...


class Entry:
    """One message on its way. `waiting` are the sids that have not confirmed it, `owed` those absent when it went."""

    def __init__(self, msg_id: str, body: bytes) -> None:
        self.msg_id: str = msg_id
        self.body: bytes = body
        self.packet: bytes = b""
        self.kid: str = ""
        self.sealed_ms: int = 0
        self.waiting: list[str] = []
        self.confirmed: list[str] = []
        self.owed: list[str] = []
        self.tries: int = 0
        self.is_sent: bool = False


class Outbox:
    """Outlives sessions: after a reconnect under a new session id the same entries go out again."""

    def __init__(
        self, clock: Clock, mark: Callable[[str, Delivery], None], failed: Callable[[ChatError], None]
    ) -> None:
        self._clock: Clock = clock
        self._mark: Callable[[str, Delivery], None] = mark
        self._failed: Callable[[ChatError], None] = failed
        self._lane: Lane = Lane(clock, self._broken, WAITING_JOBS)
        self._pace: Bucket = Bucket(clock, FRAME_BURST, FRAME_EACH_MS)
        self._unsealed: list[Entry] = []
        self._under_way: list[Entry] = []
        self._owing: list[Entry] = []
        self._absent: dict[str, int] = {}
        self._room: OutboxRoom | None = None
        self._is_planned: bool = False

    def attach(self, room: OutboxRoom) -> None:
        """From now on messages go to this room session. What an earlier one did not finish begins again."""
        self._room = room
        self._unsealed = [*self._under_way, *self._unsealed]
        self._under_way = []
        self.flush()

    def add(self, msg_id: str, body: bytes) -> None:
        self._unsealed.append(Entry(msg_id, body))
        self.flush()

    def flush(self) -> None:
        """There may be a way out now."""
        self._pay()
        if len(self._unsealed) > 0:
            self._lane.add(self._seal_all)

    def reachable(self, sid: str) -> None:
        """A path to `sid` came up or changed: what it has not confirmed goes that way, in order."""
        for entry in list(self._under_way):
            if sid in entry.waiting:
                self._send_again(entry, sid, False)
        self.flush()

    def confirmed(self, sid: str, msg_ids: list[str]) -> None:
        for entry in list(self._under_way):
            if entry.msg_id in msg_ids:
                self._arrived(entry, sid)

    def gone(self, sid: str, for_good: bool) -> None:
        """`sid` is no member any more. What never left the house waits for the next epoch."""
        if not for_good:
            self._absent[sid] = self._clock.now_ms()
        for entry in list(self._under_way):
            if sid not in entry.waiting:
                continue
            entry.waiting = [other for other in entry.waiting if other != sid]
            if not for_good:
                entry.owed.append(sid)
            if len(entry.waiting) == 0:
                self._under_way.remove(entry)
                if entry.is_sent:
                    self._keep(entry)
                else:
                    self._unsealed.append(entry)
        self.flush()

    def fail_all(self) -> None:
        """The room is over for us."""
        self._room = None
        for entry in [*self._under_way, *self._unsealed]:
            if not entry.is_sent:
                self._mark(entry.msg_id, "failed")
        self._under_way = []
        self._unsealed = []
        self._owing = []
        self._absent = {}

    def _keep(self, entry: Entry) -> None:
        """Everybody present has it; somebody absent may come back for it."""
        if len(entry.owed) > 0:
            self._owing = [*self._owing, entry][-OWED_MESSAGES:]

    def _pay(self) -> None:
        """Who is back among the readers gets what it is owed; who stays away too long is owed nothing any more."""
        room = self._room
        if room is None or len(self._absent) == 0 or not room.is_ready():
            return
        readers = [sid for sid in room.readers() if room.is_here(sid)]
        back: list[str] = []
        for sid, since_ms in list(self._absent.items()):
            if sid in readers or self._clock.now_ms() - since_ms > OWED_MS:
                del self._absent[sid]
                back.append(sid)
        if len(back) == 0:
            return
        owing = self._owing
        self._owing = []
        for entry in owing:
            self._release(entry, [sid for sid in back if sid in readers and sid in entry.owed], back)
        for entry in self._under_way:
            due = [sid for sid in back if sid in readers and sid in entry.owed]
            entry.owed = [sid for sid in entry.owed if sid not in back]
            entry.waiting.extend(due)

    def _release(self, entry: Entry, due: list[str], settled: list[str]) -> None:
        entry.owed = [sid for sid in entry.owed if sid not in settled]
        if len(due) > 0:
            self._unsealed.append(entry)
        else:
            self._keep(entry)

    async def _seal_all(self) -> None:
        while len(self._unsealed) > 0:
            room = self._room
            if room is None or not room.is_ready():
                return
            if not self._pace.take(1):
                self._clock.after(self._pace.wait_ms(), self.flush)
                return
            entry = self._unsealed.pop(0)
            try:
                await self._seal(room, entry)
            except ChatError as error:
                self._mark(entry.msg_id, "failed")
                self._failed(error)

    async def _seal(self, room: OutboxRoom, entry: Entry) -> None:
        readers = room.readers()
        absent = self._absent
        entry.waiting = [sid for sid in readers if sid not in entry.confirmed and sid not in absent]
        entry.owed = [sid for sid in absent if sid not in entry.confirmed]
        entry.kid = room.kid()
        entry.packet = await room.seal(entry.msg_id, entry.body)
        entry.sealed_ms = self._clock.now_ms()
        if room is not self._room:
            self._unsealed.insert(0, entry)
            return
        for sid in entry.waiting:
            if room.send_frame(sid, entry.packet):
                self._sent(entry)
        if len(entry.waiting) == 0:
            self._sent(entry)
            self._keep(entry)
        else:
            self._under_way.append(entry)
            self._plan()

    def _send_again(self, entry: Entry, sid: str, all_ways: bool) -> bool:
        """True when it went out to `sid` once more."""
        room = self._room
        if room is None:
            return False
        is_old = self._clock.now_ms() - entry.sealed_ms > OLD_EPOCH_MS
        if is_old or (all_ways and entry.kid != room.kid()):
            self._under_way.remove(entry)
            self._unsealed.append(entry)
            return False
        send = room.send_frame_again if all_ways else room.send_frame
        if not send(sid, entry.packet):
            return False
        self._sent(entry)
        return True

    def _plan(self) -> None:
        if not self._is_planned:
            self._is_planned = True
            self._clock.after(RESEND_MS, self._look)

    def _look(self) -> None:
        """Who has not confirmed for a while gets it once more; in the end it counts as absent from this message."""
        self._is_planned = False
        old_ms = self._clock.now_ms() - RESEND_MS
        for entry in list(self._under_way):
            if entry.is_sent and entry.sealed_ms <= old_ms:
                self._look_at(entry)
        self.flush()
        if len(self._under_way) > 0:
            self._plan()

    def _look_at(self, entry: Entry) -> None:
        if entry.tries >= RESEND_TIMES:
            self._under_way.remove(entry)
            return
        went = False
        for sid in list(entry.waiting):
            if entry in self._under_way and self._send_again(entry, sid, True):
                went = True
        if went:
            entry.tries += 1

    def _arrived(self, entry: Entry, sid: str) -> None:
        entry.confirmed.append(sid)
        entry.waiting = [other for other in entry.waiting if other != sid]
        if len(entry.waiting) == 0:
            self._under_way.remove(entry)
            self._keep(entry)

    def _sent(self, entry: Entry) -> None:
        if not entry.is_sent:
            entry.is_sent = True
            self._mark(entry.msg_id, "sent")

    def _broken(self, error: Exception) -> None:
        self._clock.spawn(_raise(error))


async def _raise(error: Exception) -> None:
    raise error
