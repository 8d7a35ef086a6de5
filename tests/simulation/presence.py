"""Who is here, as far as one session knows: whom it hears, and whose signs of life others pass on."""

from __future__ import annotations

from tests.simulation.book import Book
from tests.simulation.chain import Chain
from tests.simulation.gone import Gone
from tests.simulation.moments import LONG_AGO, ticks
from tests.simulation.packets import AskCredential, Beat
from tests.simulation.session import Session

HEARD = ticks(10)  # over a link
PULSE_LIVES = ticks(15)  # from when it was made
SILENT, ASKED_AFTER, OLD = ticks(25), ticks(10), ticks(5)  # where signs are asked for: a third of what the chat has
HOP_AGES = ticks(1)  # what a pulse is older by after each hop: nobody knows how long it was under way


class Presence:
    def __init__(self, me: Session, chain: Chain, book: Book, gone: Gone) -> None:
        self._me, self._chain, self._book, self._gone = me, chain, book, gone
        self.credentials = {me.sid}
        self.announced: dict[int, tuple[int, int]] = {}  # number and kid in the last beat of each
        self._heard: dict[int, int] = {}
        self._linked: set[int] = set()  # whom I heard myself
        self._unnamed: set[int] = set()  # whom I know by epochs alone, and not by the one that I use
        self._shared: set[int] = set()  # who was in an epoch that I used
        self._pulses: dict[int, int] = {}  # the how manyeth is the newest of each
        self._made: dict[int, int] = {}  # when, as far as is known
        self._here: tuple[tuple[int, int, int], set[int]] = ((-1, -1, -1), set())

    def pulse(self, sid: int) -> int:
        return self._pulses.get(sid, 0)

    def hear(self, sid: int) -> None:
        """A link is there only after a handshake, and that shows the credential."""
        self._heard[sid] = self._me.world.now
        self._linked.add(sid)
        self._unnamed.discard(sid)
        self.credentials.add(sid)

    def heard_within(self, sid: int, span: int) -> bool:
        return self._me.world.now - self._heard.get(sid, LONG_AGO) <= span

    def here(self) -> set[int]:
        """Looked at once a tick, and when somebody is out by a decision, a goodbye or a lie."""
        state = self._me.world.now, len(self._book.decisions), len(self._gone.sids)
        if self._here[0] != state:
            self._here = state, self._look(state[0])
        return self._here[1]

    def quiet(self) -> list[int]:
        """Who was not heard for long and may be here, or was given up a moment ago."""
        now = self._me.world.now
        asked = range(ASKED_AFTER, SILENT + OLD + 1)
        known = [sid for sid, heard in self._heard.items() if now - heard in asked and sid not in self._gone]
        return [sid for sid in known if sid not in self._unnamed]

    def was_here(self, sid: int, at: int) -> None:
        """By its own word."""
        if sid in self.credentials and sid not in self._unnamed:
            self._heard[sid] = max(at, self._heard.get(sid, LONG_AGO))

    def went(self, sid: int) -> bool:
        """Was here, as far as I know, and is no more."""
        is_known = sid in self._heard or sid in self._made or sid in self._shared
        return is_known and sid not in self.here() | self._unnamed

    def settle(self, roster: tuple[int, ...]) -> None:
        """The epoch that I use from now on names these: whom I know by another alone is not here by that."""
        if self._me.rules.last_epoch_names:
            self._unnamed = self._heard.keys() - self._linked - set(roster)
        self._shared |= set(roster)
        self.named(roster)

    def named(self, roster: tuple[int, ...]) -> None:
        """Somebody whom I believe has an epoch with these: they are here from now on, or asked after once more."""
        self._unnamed -= set(roster)
        now = self._me.world.now
        others = [sid for sid in roster if sid != self._me.sid and self._me.world.asks]
        for sid in others:
            given_up = sid in self._heard and not self.heard_within(sid, SILENT)
            self._heard[sid] = now - SILENT - 1 if given_up else self._heard.get(sid, now - ASKED_AFTER)

    def beat(self, digest: int) -> Beat:
        me, epoch = self._me, self._chain.current
        self._pulses[me.sid] = self.pulse(me.sid) + 1
        self._made[me.sid] = me.world.now
        number, kid = (epoch.number, epoch.kid) if epoch is not None else (0, 0)
        return Beat(number, kid, digest, {} if self._me.world.asks else self._young())

    def take(self, sender: int, pulses: dict[int, tuple[int, int]]) -> None:
        for sid, (pulse, age) in pulses.items():
            if pulse > self.pulse(sid):
                self._pulses[sid] = pulse
                self._made[sid] = self._me.world.now - self._aged(age)
                if sid not in self.credentials:
                    self._me.ask(sender, AskCredential(sid), sid)

    def _aged(self, age: int) -> int:
        """
        A pulse goes on from member to member, and whoever is the first in his part of the room to have it calls it new.
        Were it as young at each of them as when it was made, one that moves with a partition would live on for as long
        as members change sides; and somebody who left would be put back by members to whom his leaving, which only
        those of his last epoch are told, has not come.
        """
        return age + HOP_AGES if self._me.rules.pulses_have_an_age else 0

    def _young(self) -> dict[int, tuple[int, int]]:
        now, made = self._me.world.now, self._made
        return {sid: (pulse, now - made[sid]) for sid, pulse in self._pulses.items() if now - made[sid] <= PULSE_LIVES}

    def _look(self, now: int) -> set[int]:
        ends = self._me.rules.silence_ends
        lasts = SILENT if self._me.world.asks else HEARD
        here = {sid for sid, heard in self._heard.items() if now - heard <= lasts or not ends}
        if self._me.rules.pulses_count:
            here |= {sid for sid, made in self._made.items() if now - made <= PULSE_LIVES and sid in self.credentials}
        here.add(self._me.sid)
        here -= self._gone.sids | self._unnamed
        removed = self._book.removed
        if removed:
            here = {sid for sid in here if self._me.world.persons[sid] not in removed}
        return here
