"""Signs of life as the chat has them (SEEK, PULSE): asked for where somebody is not heard."""

from __future__ import annotations

from collections import Counter

from tests.simulation.moments import LONG_AGO, ticks
from tests.simulation.packets import Seek, Sign
from tests.simulation.presence import OLD, Presence
from tests.simulation.session import Session

JUST_HEARD = ticks(5)
AGAIN = ticks(1)  # the same of the same member, at most so often: a beat


class Asking:
    def __init__(self, me: Session, presence: Presence) -> None:
        self._me, self._presence = me, presence
        self._signs: dict[int, int] = {}  # the tick of the newest of each
        self._sought: set[int] = set()
        self._turns: Counter[int] = Counter()

    def look(self) -> None:
        """Who is not heard is asked."""
        if self._me.world.asks and self._me.rules.silence_is_asked_after:
            for sid in self._presence.quiet():
                self._seek(sid, self._me.sid)

    def sought(self, sender: int, seek: Seek) -> None:
        """Who has a sign that is newer answers; who hears that session asks for one, who does not asks on."""
        now, known = self._me.world.now, self._signs.get(seek.sid, LONG_AGO)
        is_old = now - known >= OLD
        if is_old and seek.sid == self._me.sid:
            known = self._signs[seek.sid] = now
        elif is_old and self._presence.heard_within(seek.sid, JUST_HEARD):
            self._ask(seek.sid, seek.sid)
        elif is_old and seek.sid in self._presence.here():
            self._seek(seek.sid, sender)
        if known > seek.at:
            self._me.send(sender, Sign(seek.sid, known))

    def hear(self, sender: int, sign: Sign) -> None:
        """Only what was asked for."""
        if sign.sid in self._sought:
            self._signs[sign.sid] = max(sign.at, self._signs.get(sign.sid, LONG_AGO))
            self._presence.was_here(sign.sid, sign.at)

    def signs(self) -> list[Sign]:
        """The newest of everybody."""
        return [Sign(sid, at) for sid, at in self._signs.items()]

    def _seek(self, sid: int, sender: int) -> None:
        """Of itself, and of one of those whom I hear, each twice; not of who asks me."""
        heard = [other for other in sorted(self._presence.here()) if self._presence.heard_within(other, JUST_HEARD)]
        hearing = [other for other in heard if other != sender]
        self._ask(sid, sid)
        if hearing:
            self._turns[sid] += 1
            self._ask(hearing[(self._turns[sid] >> 1) % len(hearing)], sid)

    def _ask(self, of: int, sid: int) -> None:
        self._sought.add(sid)
        self._me.ask(of, Seek(sid, self._signs.get(sid, LONG_AGO)), sid, AGAIN)
