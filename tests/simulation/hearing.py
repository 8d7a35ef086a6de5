"""What a member does with each packet."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.simulation.asking import Asking
from tests.simulation.budget import Budget
from tests.simulation.epoch import Epoch
from tests.simulation.group import Group
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
    Seek,
    Sign,
    Want,
)
from tests.simulation.session import Session
from tests.simulation.sync import Sync
from tests.simulation.taking import Taking


class Hearing:
    def __init__(
        self, me: Session, group: Group, sync: Sync, taking: Taking, budget: Budget, asking: Asking
    ) -> None:
        self._me, self._group, self._sync, self._taking, self._budget = me, group, sync, taking, budget
        self._asking = asking
        self._chain, self._presence, self._gone, self._log = group.chain, group.presence, group.gone, group.log
        self._hears = self._ways()

    def receive(self, sender: int, packet: Packet) -> None:
        """Who is gone may still ask for what he lacks, and say what he has."""
        self._presence.hear(sender)
        if sender not in self._gone or isinstance(packet, Held | Want):
            self._hears[type(packet)](sender, packet)

    def _ways(self) -> dict[type[Packet], Callable[[int, Any], None]]:
        return {
            Beat: self._hear_beat,
            Held: self._sync.compare,
            Want: self._sync.serve,
            Frame: self._hear_frame,
            Grant: self._hear_grant,
            Known: self._learn,
            AskEpoch: self._show_epoch,
            AskCredential: self._show_credential,
            Credential: self._hear_credential,
            AskBook: self._show_book,
            BookPart: self._hear_book,
            Seek: self._asking.sought,
            Sign: self._asking.hear,
            Forked: self._hear_fork,
            IssuedTwice: self._hear_twice,
        }

    def _hear_beat(self, sender: int, beat: Beat) -> None:
        """A number that somebody names is a reason to ask, and nothing more."""
        self._presence.announced[sender] = (beat.number, beat.kid)
        self._presence.take(sender, beat.pulses)
        if not self._me.rules.claims_only_make_ask:
            self._chain.believe(beat.number)
        self._compare_epochs(sender, beat)
        self._sync.hear_digest(sender, beat.digest)

    def _compare_epochs(self, sender: int, beat: Beat) -> None:
        """The better epoch is asked for, or offered."""
        current, theirs = self._chain.current, (beat.number, -beat.kid)
        is_better = beat.kid != 0 and (current is None or theirs > current.rank)
        if is_better and beat.kid not in self._group.pending:
            self._me.ask(sender, AskEpoch(beat.kid), beat.kid)
        if current is not None and sender in current.roster and current.kid != beat.kid and current.rank > theirs:
            self._me.ask(sender, Grant(current), current.kid)

    def _hear_frame(self, sender: int, frame: Frame) -> None:
        if frame.kid not in self._chain.secrets:
            return
        version = self._log.version
        paid = len(frame.events) if frame.asked else self._budget.pay(sender, len(frame.events))
        for event in frame.events[:paid]:
            if event.author != self._me.sid:
                self._log.take(event, sender)
        if frame.asked and self._log.version > version:
            self._sync.go_on(sender, len(frame.events))

    def _hear_grant(self, sender: int, grant: Grant) -> None:
        self._learn(sender, Known(grant.epoch))
        self._taking.consider(grant.epoch, sender)

    def _learn(self, sender: int, known: Known) -> None:
        self._gone.compare_prev(known.epoch)
        self._chain.known.setdefault(known.epoch.kid, known.epoch)
        self._gone.compare_number(known.epoch)

    def _show_epoch(self, sender: int, asked: AskEpoch) -> None:
        """Any member grants the epoch that it uses to any other of the roster; of the rest one sees who was in it."""
        epoch = self._chain.known.get(asked.kid)
        if epoch is not None:
            may_have = sender in epoch.roster and self._has_secret(epoch)
            self._me.send(sender, Grant(epoch) if may_have else Known(epoch))

    def _has_secret(self, epoch: Epoch) -> bool:
        """That of an epoch goes with it; else who asks about the author of a line would take what the room has left."""
        return epoch == self._chain.current or (
            epoch.kid in self._chain.secrets and not self._me.rules.secrets_end_with_their_epoch
        )

    def _show_credential(self, sender: int, asked: AskCredential) -> None:
        if asked.sid in self._presence.credentials:
            self._me.send(sender, Credential(asked.sid))

    def _hear_credential(self, sender: int, credential: Credential) -> None:
        self._presence.credentials.add(credential.sid)

    def _show_book(self, sender: int, asked: AskBook) -> None:
        self._group.tell_book(sender)

    def _hear_book(self, sender: int, part: BookPart) -> None:
        for event in part.decisions:
            self._log.decide(event)

    def _hear_fork(self, sender: int, proof: Forked) -> None:
        one, other = proof
        is_fork = one.author == other.author and one.seq == other.seq and one.id != other.id
        if is_fork and one.author != self._me.sid:
            self._log.close(one, other)

    def _hear_twice(self, sender: int, proof: IssuedTwice) -> None:
        self._gone.prove_twice(proof)
