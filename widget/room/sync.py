"""How the copies of a room's log become equal: beats tell digests, and where these differ heads are compared.

What is missing is fetched from anybody who has it (`fetches.py`). Repair after loss, after sleep, the way to who comes
late and the way through a third member are this one exchange. At rest, with equal digests on both sides, nothing is
sent and no timer runs.
"""

from __future__ import annotations

from collections.abc import Callable

from widget.ports import Clock, Digest
from widget.room.fetches import Fetches
from widget.room.limits import AGAIN_MS, BEAT_EACH_MS, BEAT_SOON_MS, DIFFERS_MS, NEVER_MS
from widget.room.log import Log
from widget.room.other import Other, Others
from widget.room.ways import Ways
from widget.transport.waiting import Lane
from widget.wire.labels import HEADS, labelled
from widget.wire.notes import BUCKETS, DIGEST_BYTES, MAX_HEADS, Beat, Head, tips_bytes, write_beat, write_heads

NOTHING = "0000000000000000"
DIGITS = "0123456789abcdef"
RUNS: int = 64


class Sync:
    """Its words come through `beat` and `heads`, the log's and the ways' news through the others."""

    def __init__(
        self, clock: Clock, digest: Digest, log: Log, ways: Ways, others: Others, fetches: Fetches, my_sid: str
    ) -> None:
        self._clock: Clock = clock
        self._digest: Digest = digest
        self._log: Log = log
        self._ways: Ways = ways
        self._fetches: Fetches = fetches
        self._my_sid: str = my_sid
        self._others: Others = others
        self._digests: list[str] = [NOTHING for _ in range(BUCKETS)]
        self._dirty: dict[str, bool] = {author[0]: True for author in log.chains}  # digests that are not true now
        self._changed_ms: int = 0
        self._lane: Lane = Lane(clock, RUNS)
        fetches.has = self.has
        self._due_ms: int = NEVER_MS
        self._cancel: Callable[[], None] = lambda: None
        self.is_closed: bool = False

    def close(self) -> None:
        self.is_closed = True
        self._cancel()

    def met(self, sid: str) -> None:
        """There is a way to that member, for the first time or again: compare at once."""
        other = self._others.of(sid)
        other.told = b""
        other.is_new = True
        other.was_equal = False
        other.met_ms = self._clock.steady_ms()
        other.lacks = {}
        other.bodies = {}
        self.plan(0)

    def changed(self, authors: list[str]) -> None:
        """These logs grew or ended."""
        for author in authors:
            self._dirty[author[0]] = True
            self._fetches.went_on(author)
        self._changed_ms = self._clock.steady_ms()
        self.plan(BEAT_SOON_MS)

    def beat(self, sid: str, beat: Beat) -> None:
        other = self._others.of(sid)
        other.digests = beat.digests
        if beat.asks:
            other.told = b""
        last = min(beat.last, self._log.chain(self._my_sid).last)
        if last > other.last or beat.first != other.first:
            other.first = beat.first
            other.last = last
            self._ways.held()
        self.plan(0)

    def holders(self, author: str, seq: int) -> list[str]:
        """Who has that event, as far as they said."""
        return [sid for sid in self._others.known if self.has(sid, author, seq)]

    def has(self, sid: str, author: str, seq: int) -> bool:
        """That member has that event: its beats tell what it has of mine; of others its heads, or equal digests."""
        other = self._others.of(sid)
        if author == self._my_sid:
            return 0 < other.first <= seq <= other.last
        bucket = DIGITS.find(author[0])
        is_equal = len(other.digests) > 0 and other.digests[bucket] == self._digests[bucket]
        return is_equal or 0 < other.firsts.get(author, 0) <= seq <= other.heads.get(author, 0)

    def agrees(self, sids: list[str]) -> bool:
        """These all hold the same as I, as far as they said."""
        return all(self._others.of(sid).digests == self._digests for sid in sids)

    def plan(self, in_ms: int) -> None:
        """See what is due by then, if not before."""
        at_ms = self._clock.steady_ms() + in_ms
        if not self.is_closed and at_ms < self._due_ms:
            self._cancel()
            self._due_ms = at_ms
            self._cancel = self._clock.after(in_ms, self._wake)

    def _wake(self) -> None:
        self._due_ms = NEVER_MS
        self._lane.add(self._run)

    async def _run(self) -> None:
        """Tell and ask what is due, and plan what will be."""
        await self._refresh()
        now_ms = self._clock.steady_ms()
        next_ms = self._fetches.look(now_ms)
        for sid in self._ways.reached():
            other = self._others.of(sid)
            is_equal = other.digests == self._digests
            if is_equal:
                other.differs_ms = NEVER_MS
                if not other.was_equal:
                    other.was_equal = True
                    self._fetches.level(sid)
            elif len(other.digests) > 0:
                other.differs_ms = min(other.differs_ms, now_ms)
            next_ms = min(next_ms, self._tell(sid, other, is_equal, now_ms), self._compare(sid, other, now_ms))
        if next_ms < NEVER_MS:
            self.plan(max(next_ms - now_ms, 1))

    async def _refresh(self) -> None:
        for digit in list(self._dirty):
            del self._dirty[digit]
            heads = self._log.heads(digit)
            data = await self._digest.sha256(labelled(HEADS, tips_bytes(heads)))
            self._digests[DIGITS.find(digit)] = data[:DIGEST_BYTES].hex() if len(heads) > 0 else NOTHING

    def _tell(self, sid: str, other: Other, is_equal: bool, now_ms: int) -> int:
        """My beat, if it is news to that member; when it is due."""
        yours = self._log.chain(sid)
        told = write_beat(False, yours.first, yours.last, self._digests)
        due_ms = NEVER_MS
        if other.told == b"":
            due_ms = 0
        elif yours.last > other.acknowledged:
            due_ms = other.told_ms + BEAT_EACH_MS
        elif told != other.told:
            due_ms = max(other.told_ms, self._changed_ms) + AGAIN_MS
        elif not is_equal:
            due_ms = other.told_ms + AGAIN_MS
        if due_ms > now_ms:
            return due_ms
        asks = other.is_new or (not is_equal and told == other.told)
        other.told = told
        other.told_ms = now_ms
        other.acknowledged = yours.last
        self._ways.send_note(sid, write_beat(asks, yours.first, yours.last, self._digests))
        return NEVER_MS if is_equal else now_ms + AGAIN_MS

    def _compare(self, sid: str, other: Other, now_ms: int) -> int:
        """My heads, all on a new way, else where we differ, once that lasts; when it is due."""
        due_ms = 0
        if not other.is_new:
            due_ms = max(other.differs_ms + DIFFERS_MS, other.compared_ms + AGAIN_MS)
        if due_ms > now_ms:
            return min(due_ms, NEVER_MS)
        heads: list[Head] = []
        for bucket in range(BUCKETS):
            if other.is_new or other.digests[bucket] != self._digests[bucket]:
                heads = [*heads, *self._log.heads(DIGITS[bucket])]
        other.is_new = False
        other.compared_ms = now_ms
        while len(heads) > 0:
            self._ways.send_note(sid, write_heads(heads[:MAX_HEADS]))
            heads = heads[MAX_HEADS:]
        return now_ms + AGAIN_MS if other.differs_ms < NEVER_MS else NEVER_MS
