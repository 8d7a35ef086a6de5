"""A member of the room: it hears packets, writes events, and has its turn each tick."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from tests.simulation.book import Book
from tests.simulation.budget import Budget
from tests.simulation.chain import Chain
from tests.simulation.delivery import Delivery
from tests.simulation.event import LEAVE, REMOVE, TEXT, Body, Event
from tests.simulation.gone import Gone
from tests.simulation.group import Group
from tests.simulation.log import Log
from tests.simulation.moments import ticks
from tests.simulation.packets import (
    AskBook,
    AskCredential,
    AskEpoch,
    Beat,
    BookPart,
    Credential,
    Forked,
    Frame,
    Grant,
    Held,
    IssuedTwice,
    Known,
    Packet,
    Want,
)
from tests.simulation.presence import Presence
from tests.simulation.session import Session
from tests.simulation.steward import Steward
from tests.simulation.sync import Sync
from tests.simulation.taking import Taking
from tests.simulation.world import World
from tests.simulation.yielding import Yielding

BEAT = ticks(3)
LOOK_AT_MORE_PEOPLE = ticks(1)
LOOK_AT_WHAT_LACKS = ticks(2)


class Member:
    def __init__(self, world: World, sid: int, person: int) -> None:
        self.me = Session(world, sid, person)
        self.chain = Chain(self.me)
        self.book = Book(self.me)
        self.gone = Gone(self.me)
        self.log = Log(self.me, self.chain, self.book, self.gone)
        self.presence = Presence(self.me, self.chain, self.book, self.gone)
        self.group = Group(self.me, self.chain, self.presence, self.book, self.gone, self.log)
        self.sync = Sync(self.me, self.group)
        self.steward = Steward(self.me, self.group)
        self._taking = Taking(self.me, self.group)
        self._yielding = Yielding(self.me, self.group, self._taking)
        self._delivery = Delivery(self.me, self.chain, self.log, self.sync)
        self.budget = Budget(self.me)
        self._unsaid: list[tuple[int, Body]] = []  # until there is an epoch to say it in
        self.phase = world.dice.randrange(BEAT)
        self._hears: dict[type[Packet], Callable[[int, Any], None]] = self._ways()

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
        if now % LOOK_AT_MORE_PEOPLE == 0:
            self._yielding.tick()
        if now % LOOK_AT_WHAT_LACKS != 0:
            return []
        sent = self._delivery.tick()
        self.sync.ask_for_bodies()
        return sent

    def receive(self, sender: int, packet: Packet) -> None:
        """Who is gone may still ask for what he lacks, and say what he has."""
        self.presence.hear(sender)
        if sender not in self.gone or isinstance(packet, Held | Want):
            self._hears[type(packet)](sender, packet)

    def _ways(self) -> dict[type[Packet], Callable[[int, Any], None]]:
        return {
            Beat: self._hear_beat,
            Held: self.sync.compare,
            Want: self.sync.serve,
            Frame: self._hear_frame,
            Grant: self._hear_grant,
            Known: self._learn,
            AskEpoch: self._show_epoch,
            AskCredential: self._show_credential,
            Credential: self._hear_credential,
            AskBook: self._show_book,
            BookPart: self._hear_book,
            Forked: self._hear_fork,
            IssuedTwice: self._hear_twice,
        }

    def beat(self) -> None:
        self.me.has_news = False
        self.me.tell_all(self.presence.beat(self.sync.digest()))

    def _beat(self, now: int) -> None:
        if self.me.has_news or (now + self.phase) % BEAT == 0:
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

    def _hear_beat(self, sender: int, beat: Beat) -> None:
        """A number that somebody names is a reason to ask, and nothing more."""
        self.presence.announced[sender] = (beat.number, beat.kid)
        self.chain.hear(beat.kid)
        self.presence.take(sender, beat.pulses)
        if not self.me.rules.claims_only_make_ask:
            self.chain.believe(beat.number)
        self._compare_epochs(sender, beat)
        self.sync.hear_digest(sender, beat.digest)

    def _compare_epochs(self, sender: int, beat: Beat) -> None:
        """The better epoch is asked for, or offered."""
        current, theirs = self.chain.current, (beat.number, -beat.kid)
        is_better = beat.kid != 0 and (current is None or theirs > current.rank)
        if is_better and beat.kid not in self.group.pending:
            self.me.ask(sender, AskEpoch(beat.kid), beat.kid)
        if current is not None and sender in current.roster and current.kid != beat.kid and current.rank > theirs:
            self.me.ask(sender, Grant(current), current.kid)

    def _hear_frame(self, sender: int, frame: Frame) -> None:
        if frame.kid not in self.chain.secrets:
            return
        version = self.log.version
        paid = len(frame.events) if frame.asked else self.budget.pay(sender, len(frame.events))
        for event in frame.events[:paid]:
            if event.author != self.me.sid:
                self.log.take(event, sender)
        if frame.asked and self.log.version > version:
            self.sync.go_on(sender, len(frame.events))

    def _hear_grant(self, sender: int, grant: Grant) -> None:
        self._learn(sender, Known(grant.epoch))
        self._taking.consider(grant.epoch, sender)

    def _learn(self, sender: int, known: Known) -> None:
        self.gone.compare_prev(known.epoch)
        self.chain.known.setdefault(known.epoch.kid, known.epoch)
        self.gone.compare_number(known.epoch)

    def _show_epoch(self, sender: int, asked: AskEpoch) -> None:
        """Any member grants the secret to any other of the roster; the rest see who was in it."""
        epoch = self.chain.known.get(asked.kid)
        if epoch is not None:
            may_have = sender in epoch.roster and epoch.kid in self.chain.secrets
            self.me.send(sender, Grant(epoch) if may_have else Known(epoch))

    def _show_credential(self, sender: int, asked: AskCredential) -> None:
        if asked.sid in self.presence.credentials:
            self.me.send(sender, Credential(asked.sid))

    def _hear_credential(self, sender: int, credential: Credential) -> None:
        self.presence.credentials.add(credential.sid)

    def _show_book(self, sender: int, asked: AskBook) -> None:
        self.group.tell_book(sender)

    def _hear_book(self, sender: int, part: BookPart) -> None:
        for event in part.decisions:
            self.log.decide(event)

    def _hear_fork(self, sender: int, proof: Forked) -> None:
        one, other = proof
        is_fork = one.author == other.author and one.seq == other.seq and one.id != other.id
        if is_fork and one.author != self.me.sid:
            self.log.close(one, other)

    def _hear_twice(self, sender: int, proof: IssuedTwice) -> None:
        self.gone.prove_twice(proof)
