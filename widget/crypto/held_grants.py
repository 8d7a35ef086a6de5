"""Grants that name a session I have not verified yet: they wait up to 10 s for its handshake or credential."""

from __future__ import annotations

from dataclasses import dataclass

from widget.crypto.limits import HOLD_MS, MAX_HELD, WANT_AFTER_MS
from widget.wire.pair import Grant


@dataclass(frozen=True)
class Held:
    """`want_ms` is when to ask `from_sid` for the missing credentials next."""

    grant: Grant
    from_sid: str
    since_ms: int
    want_ms: int


class HeldGrants:
    """At most MAX_HELD, and one for each neighbour: its newest."""

    def __init__(self) -> None:
        self._held: dict[str, Held] = {}

    def keep(self, grant: Grant, from_sid: str, now_ms: int) -> bool:
        """False when there is no room left."""
        if from_sid not in self._held and len(self._held) >= MAX_HELD:
            return False
        self._held[from_sid] = Held(grant, from_sid, now_ms, now_ms + WANT_AFTER_MS)
        return True

    def take_all(self) -> list[Held]:
        """Everything held, to be tried again."""
        held = list(self._held.values())
        self._held = {}
        return held

    def put_back(self, held: Held) -> None:
        """Still not complete; its time goes on. A newer one of the same neighbour stays."""
        if held.from_sid not in self._held:
            self._held[held.from_sid] = held

    def expire(self, now_ms: int) -> int:
        """Forget what waited too long; returns how many."""
        old = [held.from_sid for held in self._held.values() if now_ms >= held.since_ms + HOLD_MS]
        for from_sid in old:
            del self._held[from_sid]
        return len(old)

    def wanting(self, now_ms: int) -> list[Held]:
        """Those whose missing credentials should be asked for now, each again after a second."""
        due = [held for held in self._held.values() if now_ms >= held.want_ms]
        for held in due:
            self._held[held.from_sid] = Held(held.grant, held.from_sid, held.since_ms, now_ms + WANT_AFTER_MS)
        return due

    def wake_at_ms(self) -> int | None:
        times = [held.want_ms for held in self._held.values()]
        return min(times) if len(times) > 0 else None
