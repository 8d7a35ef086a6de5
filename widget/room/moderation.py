"""What I decide about others, as far as I may: an event for the members, and word of it to the service."""

from __future__ import annotations

from widget.errors import ChatError, UnreachableError
from widget.model import Participant
from widget.room.arrival import Arrival
from widget.room.kinds.decision import DECISION
from widget.room.kinds.room_emotes import ROOM_EMOTES, write_room_emotes
from widget.room.stay import RoomSession
from widget.room.talk import Talk
from widget.transport.refusals import refused
from widget.wire.decision import ADMIT, BAN, HIDE, LIFT, ON, REMOVE, ROLE, Decision, write_decision

NOBODY: str = "There is nobody of that userId here. Take one from the list of people."
NOT_NOW: str = "Nobody can be told now. Try again in a moment."
FIRST: int = 0  # no event is allowed that has a number


class Moderation:
    """Of one room. Members enforce it by themselves; an honest service does too, so its failure stops nothing."""

    def __init__(self, talk: Talk, stay: RoomSession, people: list[Participant], arrival: Arrival) -> None:
        self._talk: Talk = talk
        self._stay: RoomSession = stay
        self._people: list[Participant] = people
        self._arrival: Arrival = arrival

    async def remove(self, sub: str, is_ban: bool, hides: bool) -> None:
        """Out, with what follows what I have read; with `hides` also what was said before."""
        flags = BAN * int(is_ban) + HIDE * int(hides)
        await self._decide(Decision(REMOVE, sub, flags, self._name(sub), self._cuts(sub)))
        self._tell("removals", {"sub": sub, "ban": is_ban, "lift": False})

    async def readmit(self, sub: str) -> None:
        """Who was removed may come again."""
        removals = self._talk.book.now.removals.get(sub, [])
        if len(removals) == 0:
            raise ChatError("room.person", NOBODY)
        name = removals[-1].decision.name
        await self._decide(Decision(LIFT, sub, 0, name, {}, self._removals(sub)))
        self._tell("removals", {"sub": sub, "ban": False, "lift": True})

    async def set_moderator(self, sub: str, is_on: bool) -> None:
        """From now on, or no more: what follows what I have read of them does not count as a moderator's."""
        cuts = {} if is_on else self._cuts(sub)
        await self._decide(Decision(ROLE, sub, ON * int(is_on), self._name(sub), cuts))
        self._tell("moderators", {"sub": sub, "on": is_on})

    async def approve(self, sub: str) -> None:
        """Who waits may come in."""
        await self._decide(Decision(ADMIT, sub, 0, self._name(sub), {}, self._removals(sub)))

    async def renew_invite(self) -> None:
        """Another invite for a private room."""
        if len(self._talk.plan.address.psk) == 0:
            raise refused("room.power", 0)
        await self._decide(self._stay.peers.invites.decision())

    async def set_emotes(self, emotes: list[str]) -> None:
        """A set and a channel, checked, for everybody here and whoever comes."""
        stay = self._stay
        if not stay.me.is_host:
            raise refused("room.power", 0)
        if not stay.peers.voice.is_ready():
            raise UnreachableError("unreachable", NOT_NOW)
        await stay.peers.voice.say(ROOM_EMOTES, [write_room_emotes(emotes)])

    def remind(self) -> None:
        """Tell a service that forgot them who is banned and who the moderators are: who was removed without a ban may
        be back."""
        now = self._talk.book.now
        for sub, removals in now.removals.items():
            if any(one.decision.is_ban for one in removals):
                self._tell("removals", {"sub": sub, "ban": True, "lift": False})
        for sub in now.moderators():
            self._tell("moderators", {"sub": sub, "on": True})

    async def _decide(self, decision: Decision) -> None:
        me = self._stay.me
        if decision.sub == me.sub or not self._talk.book.now.may(me, FIRST, decision):
            raise refused("room.power", 0)
        await self._stay.peers.voice.say(DECISION, [write_decision(decision)])

    def _name(self, sub: str) -> str:
        for person in self._people:
            if person.user_id == sub:
                return person.user_name
        raise ChatError("room.person", NOBODY)

    def _removals(self, sub: str) -> list[str]:
        return [one.entry.id for one in self._talk.book.now.removals.get(sub, [])]

    def _cuts(self, sub: str) -> dict[str, int]:
        """The last event that I hold of each session of that person."""
        ends = [chain.entries[-1] for chain in self._talk.log.chains.values() if chain.last > 0]
        return {entry.author.sid: entry.event.seq for entry in ends if entry.author.sub == sub}

    def _tell(self, route: str, fields: dict[str, object]) -> None:
        self._arrival.decided(self._talk.plan.address.room_id, route, fields)
