"""Everybody the service lists in the room, one `Pair` for each."""

from __future__ import annotations

from widget.core.limits import HANDSHAKE_MS
from widget.core.pair import Pair, PairOwner
from widget.model import IceServer
from widget.ports import Platform
from widget.wire.socket import MAX_MEMBERS, Member, Signal


class Peers:
    """The pairs of one room session by sid."""

    def __init__(self, platform: Platform, my_sid: str, uses_relay: bool, uses_direct: bool, owner: PairOwner) -> None:
        self._platform: Platform = platform
        self._my_sid: str = my_sid
        self._uses_relay: bool = uses_relay
        self._uses_direct: bool = uses_direct
        self._owner: PairOwner = owner
        self._pairs: dict[str, Pair] = {}
        self.ice: list[IceServer] = []

    def all(self) -> list[Pair]:
        return list(self._pairs.values())

    def get(self, sid: str) -> Pair | None:
        return self._pairs.get(sid)

    def listed(self, members: list[Member]) -> None:
        """The service's whole list, after we came or came back."""
        present = [member.sid for member in members]
        for pair in self.all():
            if pair.sid in present:
                pair.returned()
            else:
                pair.unlisted()
        for member in members:
            self.add(member)

    def add(self, member: Member) -> Pair | None:
        """The pair with `member`, new or not; None when there are too many."""
        pair = self._pairs.get(member.sid)
        if pair is not None:
            pair.member = member
            pair.is_listed = True
            return pair
        if len(self._pairs) >= MAX_MEMBERS or member.sid == self._my_sid:
            return None
        pair = Pair(self._platform, self._my_sid, member, self.ice, self._uses_relay, self._uses_direct, self._owner)
        self._pairs[member.sid] = pair
        pair.start()
        return pair

    def unlist(self, sid: str) -> None:
        pair = self._pairs.get(sid)
        if pair is not None:
            pair.unlisted()

    def signalled(self, signal: Signal) -> None:
        pair = self._reached(signal.sid)
        if pair is not None:
            pair.signalled(signal.kind, signal.data)

    def relayed(self, sid: str, packet: bytes) -> None:
        pair = self._reached(sid)
        if pair is not None:
            pair.relayed(packet)

    def remove(self, pair: Pair) -> None:
        if self._pairs.get(pair.sid) is pair:
            del self._pairs[pair.sid]
        pair.close()

    def look(self) -> None:
        for pair in self.all():
            pair.look()

    def close(self) -> None:
        for pair in self.all():
            self.remove(pair)

    def _reached(self, sid: str) -> Pair | None:
        """A peer's first packet may overtake the news of its arrival; who it is, it has to prove anyway."""
        pair = self._pairs.get(sid)
        if pair is not None:
            return pair
        pair = self.add(Member(sid, "", "", self._platform.clock.now_ms()))
        if pair is None:
            self._owner.count_drop("peer.unknown")
            return None
        pair.is_listed = False
        early = pair
        self._platform.clock.after(HANDSHAKE_MS, lambda: self._forget(early))
        return pair

    def _forget(self, pair: Pair) -> None:
        """The service never said who that was, and it proved nothing."""
        if not pair.is_listed and pair.peer is None and self._pairs.get(pair.sid) is pair:
            self._owner.pair_gone(pair)
