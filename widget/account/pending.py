"""The code that is on its way, noted in this tab: a page that is loaded anew goes on waiting for it.

The code is not noted, nor anything that signs in without it and this device's key. The note has the time on this
device's clock and what was left of the code then: no page notes more than it found, and a note from the future is of a
clock that was set back, and dropped. So no step of the clock adds more than the time for which no page was open.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from widget.core.times import LAST_MS
from widget.errors import CwError
from widget.model import CodeSent
from widget.ports import Clock, Storage
from widget.wire.fields import hex_field, int_field, parse_object, text_field, write_object

MOST_CHARS = 4096
DAY_MS = 86400000


@dataclass(frozen=True)
class Challenge:
    """A code is on its way to `email`; `id` (16 bytes) and `nonce` (32), in hex, tie it to the device `jkt` (32)."""

    email: str = field(repr=False)
    name: str
    id: str
    nonce: str
    jkt: str


class Pending:
    """At most one code. `clock` is the device's own: what a service tells is not known when a page begins."""

    def __init__(self, storage: Storage, clock: Clock, slot: str) -> None:
        self._storage: Storage = storage
        self._clock: Clock = clock
        self._slot: str = slot
        self._ends_ms: int = 0  # on the steady clock, as the next
        self._again_ms: int = 0
        self.challenge: Challenge | None = None

    def begin(self, challenge: Challenge, life_ms: int, wait_ms: int) -> None:
        """A code was asked for; the next one may be after `wait_ms`."""
        now_ms = self._clock.steady_ms()
        self._ends_ms = now_ms + life_ms
        self._again_ms = now_ms + wait_ms
        self.challenge = challenge
        fields: dict[str, Any] = {
            "email": challenge.email,
            "name": challenge.name,
            "id": challenge.id,
            "nonce": challenge.nonce,
            "jkt": challenge.jkt,
            "at": self._clock.now_ms(),
            "life": life_ms,
            "wait": wait_ms,
        }
        content = write_object(fields)
        self._note(content)
        self._clock.after(life_ms, lambda: self._end(content))

    def is_noted(self) -> bool:
        return self._storage.tab(self._slot) != ""

    def resume(self, jkt: str) -> None:
        """Go on where the page before was, if this is still the device that asked and the code still lives."""
        try:
            noted = parse_object(self._storage.tab(self._slot), MOST_CHARS)
            gone_ms = self._clock.now_ms() - int_field(noted, "at", 0, LAST_MS)
            life_ms = int_field(noted, "life", 0, DAY_MS) - gone_ms
            wait_ms = int_field(noted, "wait", 0, DAY_MS) - gone_ms
            email, name = text_field(noted, "email", MOST_CHARS), text_field(noted, "name", MOST_CHARS)
            challenge = Challenge(email, name, hex_field(noted, "id", 16), hex_field(noted, "nonce", 32), jkt)
            if gone_ms >= 0 and life_ms > 0 and jkt == hex_field(noted, "jkt", 32):
                self.begin(challenge, life_ms, max(0, wait_ms))
                return
        except CwError:
            pass  # nobody's note
        self.clear()

    def sent(self) -> CodeSent | None:
        """What is left of it; None when nothing is on its way."""
        challenge, life_s = self.challenge, self._left_s(self._ends_ms)
        if challenge is None or life_s == 0:
            return None
        return CodeSent(challenge.email, life_s, self._left_s(self._again_ms), challenge.name)

    def clear(self) -> None:
        self.challenge = None
        self._note("")

    def _left_s(self, end_ms: int) -> int:
        return max(0, end_ms - self._clock.steady_ms() + 999) // 1000

    def _end(self, content: str) -> None:
        """The code is worth nothing any more. What was noted since is another one's."""
        if self._storage.tab(self._slot) == content:
            self._note("")

    def _note(self, content: str) -> None:
        self._storage.note_tab(self._slot, content)
