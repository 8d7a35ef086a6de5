"""What the service said of sets of emotes, on the device: they are there at once at the next visit.

    emotes N set    at_ms path LF answer; N is the first byte of the hash of the path, modulo 32

So there are at most 32. Of two that share a place, which is rare, the newer stays.
"""

from __future__ import annotations

import json

from widget.emotes.limits import KEPT_WAIT_MS, SHELF
from widget.ports import Clock, Digest, Storage
from widget.transport.waiting import within
from widget.wire.codec import utf8

FOLDER = "emotes"


class Shelf:
    """Nothing is ever raised, nor waited for long: what the device does not give is fetched."""

    def __init__(self, clock: Clock, storage: Storage, digest: Digest, is_used: bool) -> None:
        self._clock: Clock = clock
        self._storage: Storage = storage
        self._digest: Digest = digest
        self._is_used: bool = is_used

    async def read(self, path: str) -> tuple[int, str]:
        """When it was said, in ms since 1970, and what; 0 and "" where nothing is kept."""
        if not self._is_used:
            return 0, ""
        try:
            place = await self._place(path)
            records = await within(self._clock, lambda: self._storage.kept(place), KEPT_WAIT_MS)
            head, _, answer = utf8(records[0]).partition("\n")
            at, _, kept = head.partition(" ")
            at_ms: int = json.loads(at)
            return (at_ms, answer) if kept == path else (0, "")
        except Exception:  # there is none, it is another's, or none of ours
            return 0, ""

    async def write(self, path: str, answer: str) -> None:
        if self._is_used:
            record = f"{self._clock.now_ms()} {path}\n{answer}"
            await self._storage.keep(f"{await self._place(path)} set", record.encode("utf-8"))

    async def wipe(self) -> None:
        await self._storage.discard(FOLDER)

    async def _place(self, path: str) -> str:
        digest = await self._digest.sha256(path.encode("utf-8"))
        return f"{FOLDER} {digest[0] % SHELF}"
