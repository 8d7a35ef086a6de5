"""A member of the room: its parts, what it writes, and its turn each tick."""

from __future__ import annotations

from collections.abc import Iterable

from tests.simulation.asking import Asking
from tests.simulation.book import Book
from tests.simulation.budget import Budget
from tests.simulation.chain import Chain
from tests.simulation.delivery import Delivery
from tests.simulation.event import LEAVE, REMOVE, TEXT, Body, Event
from tests.simulation.gone import Gone
from tests.simulation.group import Group
from tests.simulation.hearing import Hearing
from tests.simulation.log import Log
from tests.simulation.moments import ticks
from tests.simulation.packets import Frame, Packet
from tests.simulation.presence import Presence
from tests.simulation.session import Session
from tests.simulation.steward import Steward
from tests.simulation.sync import Sync
from tests.simulation.taking import Taking
from tests.simulation.world import World
from tests.simulation.yielding import Yielding

BEAT, BEAT_ASKED = ticks(3), ticks(1)  # a third of what the chat has, as all times of signs that are asked for
LOOK_AT_MORE_PEOPLE = ticks(1)
LOOK_AT_WHAT_LACKS = ticks(2)
LOOK_AT_ENDED = ticks(15)


class Member:
    def __init__(self, world: World, sid: int, person: int) -> None:
        self.me = Session(world, sid, person)
        self.chain = Chain(self.me)
        self.book = Book(self.me)
        self.gone = Gone(self.me)
        self.log = Log(self.me, self.chain, self.book, self.gone)
        self.presence = Presence(self.me, self.chain, self.book, self.gone)
        self.group = Group(self.me, self.chain, self.presence, self.book, self.gone, self.log)
        self.asking = Asking(self.me, self.presence)
        self.sync = Sync(self.me, self.group)
        self.steward = Steward(self.me, self.group)
        self._taking = Taking(self.me, self.group)
        self._yielding = Yielding(self.me, self.group, self._taking)
        self._delivery = Delivery(self.me, self.chain, self.log, self.sync)
        self.budget = Budget(self.me)
        self._hearing = Hearing(self.me, self.group, self.sync, self._taking, self.budget, self.asking)
        self._unsaid: list[tuple[int, Body]] = []  # until there is an epoch to say it in
        self._every = BEAT_ASKED if world.asks else BEAT
        self.phase = world.dice.randrange(self._every)
        self.gone.ask_service()

    def adopt(self, stored: Member) -> None:
        """What a reload finds on the disk. The key of a log is not there: the log is continued by nobody."""
        self.log.adopt(stored.log)
        self.chain.adopt(stored.chain)
        self.book.adopt(stored.book)
        self.gone.adopt(stored.gone)
        self._unsaid = [(kind, body) for kind, body in stored._unsaid if kind != LEAVE]

    def write(self, kind: int, body: Body) -> None:
        if self.chain.current is None or self.group.seals_for_removed():
            self._unsaid.append((kind, body))
            return
        event = self.log.say(kind, body)
        self.log.add(event, self.log.of(self.me.sid))
        if kind not in (TEXT, LEAVE):
            self.log.decide(event)
        self.me.world.witness.hear(event, self.me.world.now)
        if kind != REMOVE and not self.me.is_liar:
            self._watch_seal()
        self.push((event,), self.chain.roster)

    def push(self, events: tuple[Event, ...], to: Iterable[int]) -> None:
        assert self.chain.current is not None
        for sid in to:
            if sid != self.me.sid and sid in self.me.world.links.side:
                self.me.send(sid, Frame(self.chain.current.kid, events, False))

    def leave(self) -> None:
        if self.chain.current is not None:
            self.write(LEAVE, 0)
        self.me.world.leave(self.me.sid)

    def tick(self) -> list[Event]:
        """What it calls sent since its last turn."""
        now = self.me.world.now
        self._beat(now)
        self._taking.tick()
        self.log.retry()
        self._say_unsaid()
        self.steward.tick()
        if (now + 7 * self.me.sid) % LOOK_AT_ENDED == 0:
            self.gone.ask_service()
        if now % LOOK_AT_MORE_PEOPLE == 0:
            self._yielding.tick()
        if now % LOOK_AT_WHAT_LACKS != 0:
            return []
        sent = self._delivery.tick()
        self.sync.ask_for_bodies()
        return sent

    def receive(self, sender: int, packet: Packet) -> None:
        self._hearing.receive(sender, packet)

    def beat(self) -> None:
        self.me.has_news = False
        self.me.tell_all(self.presence.beat(self.sync.digest()))

    def _beat(self, now: int) -> None:
        if (now + self.phase) % self._every == 0:
            self.asking.look()
            self.me.has_news = True
        if self.me.has_news:
            self.beat()

    def _say_unsaid(self) -> None:
        if self._unsaid and self.chain.current is not None:
            unsaid, self._unsaid = self._unsaid, []
            for kind, body in unsaid:
                self.write(kind, body)

    def _watch_seal(self) -> None:
        roster, removed = self.chain.roster, self.book.removed
        unseen = [sid for sid in roster if sid not in self.presence.credentials and sid not in self.gone]
        gone = [sid for sid in roster if self.me.world.persons[sid] in removed]
        self.me.world.witness.sealed(len(unseen), len(gone))
