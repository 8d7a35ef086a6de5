"""One socket's place in the count of its room's changes, and what it is told of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from sys import intern
from typing import Protocol

from signaling.changes import Change
from signaling.outbox import Rank
from signaling.store import Roster
from widget.wire.server_text import write_server
from widget.wire.socket import Member, PeerJoined, PeerLeft


class Local(Protocol):
    """A socket of this worker in a room, or about to be."""

    sid: str
    conn: str

    def tell(self, data: str | bytes, rank: Rank) -> None: ...
    def replaced(self) -> None:
        """Another socket has taken over the session."""
        ...

    async def beat(self) -> None:
        """The room does not have it, so it has to find out whether it is still in."""
        ...

    def forget(self, sid: str) -> None:
        """That member is gone."""
        ...

    def put_out(self, sub: str) -> None:
        """That person was removed from the room, by the socket's own or another name."""
        ...


@dataclass(frozen=True)
class Said:
    """A message for one member."""

    data: str | bytes
    rank: Rank


@dataclass(slots=True)
class Seat:
    """`since` is the last change the socket knows, None before it has its roster; `known` the others it knows of.

    All members of a room know the same ids, so those are kept once (`intern`).

    Until then `waiting` keeps, in order, what happens in the room and what is said to the socket. `begun` is the
    change that its first roster was of.
    """

    local: Local
    since: int | None = None
    begun: int = 0
    known: set[str] = field(default_factory=set)
    waiting: list[Change | Said] = field(default_factory=list)

    def begin(self, roster: Roster) -> None:
        """The socket has been given `roster`."""
        self.since = self.begun = roster.seq
        self.known = {intern(sid) for sid in roster.members if sid != self.local.sid}

    def hear(self, change: Change) -> bool:
        """False when one before it was missed: then only the roster helps."""
        if self.since is None:
            self.waiting.append(change)
            return True
        # Whatever was missed before it, and though a newer roster came first, which says nothing of it; but who joined
        # after it is not meant.
        if change.removed != "" and change.seq > self.begun:
            self.local.put_out(change.removed)
        if change.seq > self.since:
            if change.seq > self.since + 1:
                return False
            self.since = change.seq
            self._tell(change)
        return True

    def catch_up(self, roster: Roster, tell_missing: bool) -> None:
        """What is different in a roster that was just fetched."""
        if self.since is None or self.since > roster.seq:
            return
        self.since = roster.seq
        for member in roster.members.values():
            self._tell_joined(member)
        for sid in [sid for sid in self.known if tell_missing and sid not in roster.members]:
            self._tell_left(sid)

    def _tell(self, change: Change) -> None:
        if change.member is not None:
            self._tell_joined(change.member)
        elif change.conn == "":
            self._tell_left(change.sid)
        elif change.sid == self.local.sid and change.conn != self.local.conn:
            self.local.replaced()

    def _tell_joined(self, member: Member) -> None:
        if member.sid != self.local.sid and member.sid not in self.known:
            self.known.add(intern(member.sid))
            self.local.tell(write_server(PeerJoined(member)), "vital")

    def _tell_left(self, sid: str) -> None:
        if sid in self.known:
            self.known.discard(sid)
            self.local.forget(sid)
            self.local.tell(write_server(PeerLeft(sid)), "vital")
