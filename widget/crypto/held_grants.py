"""Grants that name a session I have not verified yet, or were made with decisions that I do not know: they wait up to
10 s for these."""

from __future__ import annotations

from widget.crypto.limits import HOLD_MS, MAX_HELD, WANT_AFTER_MS
from widget.crypto.live_epoch import NEVER_MS
from widget.wire.pair import Grant


class Held:
    """`unknown` are hashes of the missing credentials, `want_ms` is when to ask `from_sid` for them next."""

    def __init__(self, grant: Grant, from_sid: str, now_ms: int) -> None:
        self.grant: Grant = grant
        self.from_sid: str = from_sid
        self.unknown: list[str] = []
        self.is_signed: bool = False  # by its issuer, whom I know
        self.leaves_out: bool = False  # somebody who is here
        self.book_hash: str = ""  # of decisions that I lack
        self.until_ms: int = now_ms + HOLD_MS
        self.want_ms: int = now_ms + WANT_AFTER_MS


class HeldGrants:
    """At most MAX_HELD, and one for each neighbour: its newest."""

    def __init__(self) -> None:
        self._held: dict[str, Held] = {}

    def all(self) -> list[Held]:
        return list(self._held.values())

    def keep(self, held: Held) -> bool:
        """False when there is no room left."""
        if held.from_sid not in self._held and len(self._held) >= MAX_HELD:
            return False
        self._held[held.from_sid] = held
        return True

    def forget(self, held: Held) -> None:
        """A newer one of the same neighbour stays."""
        if self._held.get(held.from_sid) is held:
            del self._held[held.from_sid]

    def wake_at_ms(self) -> int:
        """When credentials are to be asked for next."""
        wake_ms = NEVER_MS
        for held in self._held.values():
            wake_ms = min(wake_ms, held.want_ms)
        return wake_ms
