"""A private room's invite: who was removed knows its secret, so somebody who may makes a new one."""

from __future__ import annotations

from widget.crypto.genesis import RoomAddress, generation_of, new_psk
from widget.crypto.group import Group
from widget.crypto.session import Session
from widget.errors import ChatError
from widget.ports import Clock, Crypto
from widget.room.kinds.decision import DECISION
from widget.room.limits import INVITE_EACH_MS
from widget.room.replica import Replica
from widget.room.talk import Talk
from widget.wire.decision import INVITE, MAX_NAMED, NOBODY, Decision, write_decision


class InviteRenewal:
    """The first in line of hosts and moderators renews at once, the next a while later, if it is still to be done."""

    def __init__(
        self,
        clock: Clock,
        crypto: Crypto,
        session: Session,
        talk: Talk,
        group: Group,
        replica: Replica,
    ) -> None:
        self._clock: Clock = clock
        self._crypto: Crypto = crypto
        self._session: Session = session
        self._talk: Talk = talk
        self._group: Group = group
        self._replica: Replica = replica
        self._since_ms: int = -1
        session.invites.knows = self._knows

    async def use(self) -> None:
        """More is decided than before, perhaps about the invite."""
        if len(self._session.invites.secrets) == 0:
            return
        rulings = self._talk.book.now
        plan = self._talk.plan
        if rulings.invite is not None:
            secret = rulings.invite.decision.secret
            if secret != plan.address.psk:
                plan.older = [plan.address.psk, *plan.older]
                plan.address = RoomAddress(plan.address.room_id, secret)
            await self._session.invites.add(secret)
        self._session.invites.is_stale = len(rulings.unrenewed()) > 0
        self.look()

    def look(self) -> None:
        """Renew, if it is my turn and nobody reads along who was removed."""
        if not self._session.invites.is_stale:
            self._since_ms = -1
            return
        now_ms = self._clock.steady_ms()
        if self._since_ms < 0:
            self._since_ms = now_ms
        line = [peer.sid for peer in self._group.members() if self._talk.book.now.role(peer) != "member"]
        if self._session.sid not in line or not self._group.is_lawful():
            return
        if now_ms - self._since_ms >= line.index(self._session.sid) * INVITE_EACH_MS:
            self._since_ms = now_ms
            self._clock.spawn(self._renew())

    def decision(self) -> Decision:
        """A new secret, and whom it does not concern: who was in the room before."""
        talk = self._talk
        secret = new_psk(self._crypto, generation_of(talk.plan.address.psk) + 1)
        after = talk.book.now.unrenewed()
        return Decision(INVITE, NOBODY, lifts=after, secret=secret, devices=list(talk.readers.entered)[-MAX_NAMED:])

    async def _renew(self) -> None:
        try:
            await self._replica.say(DECISION, [write_decision(self.decision())])
        except ChatError:
            return  # later, or somebody else

    def _knows(self, device: bytes) -> bool:
        """It was in the room before, as I saw it or as the newest invite says."""
        name = device.hex()
        invite = self._talk.book.now.invite
        return name in self._talk.readers.entered or (invite is not None and name in invite.decision.devices)
