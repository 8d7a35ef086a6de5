"""Who came and who went since the last time: lines that no event brings."""

from __future__ import annotations

from collections.abc import Callable

from widget.core.limits import AWAY_MS
from widget.crypto.session import PeerSession
from widget.model import MessageType, Participant
from widget.ports import Clock


class Comings:
    """`tell` shows a line: its kind, the person's sub and name, the sentence, who else is in it."""

    def __init__(self, clock: Clock, tell: Callable[[MessageType, str, str, str, str], None]) -> None:
        self._clock: Clock = clock
        self._tell: Callable[[MessageType, str, str, str, str], None] = tell
        self._present: dict[str, str] = {}
        self._seen_ms: dict[str, int] = {}  # when each person was last in the list
        self._let_in: dict[str, str] = {}  # who can read, and the name of who let them in
        self._people: list[PeerSession] = []
        self._goodbyes: list[str] = []  # who left by their own word

    def begin(self, present: list[str]) -> None:
        """These (subs) were members before us: their arrival is no news."""
        for sub in present:
            self._present[sub] = ""

    def let_in(self, people: list[PeerSession], by: PeerSession | None) -> None:
        """These can read from now on, in an epoch that `by` made; None where it was I."""
        before = self._let_in
        self._let_in = {}
        self._people = people
        for person in people:
            name = "" if by is None or by.sub == person.sub else by.name
            self._let_in[person.sub] = before.get(person.sub, name)

    def sids(self, sub: str) -> list[str]:
        """That person's sessions which can read."""
        return [person.sid for person in self._people if person.sub == sub]

    def said_goodbye(self, sub: str) -> None:
        self._goodbyes.append(sub)

    def look(self, participants: list[Participant]) -> None:
        """Tell who has come and who has gone; who was only cut off may be back in a moment."""
        now_ms = self._clock.steady_ms()
        known = [person.user_id for person in participants]
        for person in participants:
            sub = person.user_id
            if person.is_online and not person.is_me and person.standing == "in" and sub in self._let_in:
                if sub not in self._present:
                    by = self._let_in[sub]
                    sentence = "{} joined." if by == "" else "{} joined, let in by {1}."
                    self._tell("join", sub, person.user_name, sentence, by)
                self._present[sub] = person.user_name
            self._seen_ms[sub] = now_ms
        for sub, name in list(self._present.items()):
            seen_ms = self._seen_ms.get(sub, -AWAY_MS)
            if sub not in known and (sub in self._goodbyes or now_ms - seen_ms >= AWAY_MS):
                del self._present[sub]
                if name != "":
                    self._tell("leave", sub, name, "{} left.", "")
        self._goodbyes = []

    def removed(self, subs: list[str]) -> None:
        """That these left need not be told."""
        self._present = {sub: name for sub, name in self._present.items() if sub not in subs}
