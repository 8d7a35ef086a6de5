"""The sockets of this worker by room, and what the other workers say about those rooms.

Changes of membership arrive numbered (see scripts.py). Each socket has its own place in that count, beginning with the
roster it was given when it joined; when a number is missing the roster is fetched afresh and the difference told.
"""

from __future__ import annotations

import secrets
from collections.abc import Awaitable, Callable
from typing import Literal

from signaling.changes import GarbledError, read_change
from signaling.hub_seat import Local, Said, Seat
from signaling.outbox import Rank
from signaling.rooms import Room
from signaling.store import Roster

CHANGE, TEXT, BINARY = b"M", b"T", b"B"
SID_BYTES = 16
WORKER_BYTES = 8
NOBODY = bytes(WORKER_BYTES)
Place = Literal["here", "held", "away"]


class HubRoom:
    """One room as far as this worker has members in it. Until `lenient_until_s` nobody is reported missing.

    `facts` are the same for all of them, so those are kept once.
    """

    def __init__(self) -> None:
        self.facts: Room | None = None
        self.seats: dict[str, Seat] = {}  # by conn
        self.stale = False
        self.lenient_until_s = 0.0


class Hub:
    """Delivers to the sockets here. `refetch` gives the roster of a room, None when it is over.

    At most `most_waiting` messages are kept for a socket that is about to join.
    """

    def __init__(
        self, refetch: Callable[[str], Awaitable[Roster | None]], grace_s: float, most_waiting: int
    ) -> None:
        self.rooms: dict[str, HubRoom] = {}
        self._me = secrets.token_bytes(WORKER_BYTES)
        self._refetch = refetch
        self._grace_s = grace_s
        self._most_waiting = most_waiting

    def expect(self, room_id: str, local: Local) -> bool:
        """Keep changes for a socket that is about to join. True when the room is new to this worker."""
        new = room_id not in self.rooms
        self.rooms.setdefault(room_id, HubRoom()).seats[local.conn] = Seat(local)
        return new

    def kept(self, facts: Room) -> Room:
        """Those that the sockets here have already, where they are equal."""
        room = self.rooms[facts.room_id]
        if room.facts is None or room.facts != facts:
            room.facts = facts
        return room.facts

    def admit(self, room_id: str, local: Local, roster: Roster) -> None:
        """The socket has been given `roster`; from here on it hears what is newer."""
        room = self.rooms[room_id]
        for other in [seat.local for seat in room.seats.values() if seat.since is not None]:
            if other.sid == local.sid:
                other.replaced()
        seat = room.seats[local.conn]
        seat.begin(roster)
        for item in seat.waiting:
            if isinstance(item, Said):
                local.tell(item.data, item.rank)
            elif not seat.hear(item):
                room.stale = True
        seat.waiting.clear()

    def remove(self, room_id: str, local: Local) -> bool:
        """True when that was the room's last socket here."""
        room = self.rooms.get(room_id)
        if room is None or room.seats.pop(local.conn, None) is None or len(room.seats) > 0:
            return False
        del self.rooms[room_id]
        return True

    def knows(self, room_id: str, local: Local, sid: str) -> bool:
        """Whether `sid` is another member, as far as the socket has been told."""
        return sid in self.rooms[room_id].seats[local.conn].known

    def deliver(self, room_id: str, to: str, data: str | bytes, rank: Rank) -> Place:
        """To the member's socket; kept for sockets that are about to take its seat, if they do."""
        room = self.rooms.get(room_id)
        found: list[Seat] = []
        seated: Seat | None = None
        for seat in () if room is None else room.seats.values():
            if seat.local.sid == to:
                found.append(seat)
                seated = seat if seat.since is not None else seated
        if seated is not None:
            seated.local.tell(data, rank)
            return "here"
        for seat in found:
            if len(seat.waiting) < self._most_waiting:
                seat.waiting.append(Said(data, rank))
        return "held" if len(found) > 0 else "away"

    def enclose(self, to: str, data: str | bytes, rank: Rank, place: Place) -> bytes:
        """For another worker: kind u8 | rank u8 | to sid16 | by whom it is held 8 | the message.

        What is held here goes out too: the socket that is about to join may turn out not to be that member.
        """
        kind = TEXT if isinstance(data, str) else BINARY
        held_by = self._me if place == "held" else NOBODY
        content = data.encode() if isinstance(data, str) else data
        return kind + rank[:1].encode() + bytes.fromhex(to) + held_by + content

    def heard(self, room_id: str, data: bytes) -> None:
        """Something published about a room."""
        room = self.rooms.get(room_id)
        if room is None:
            return
        if data[:1] == CHANGE:
            self._changed(room, data[1:])
            return
        to, rank, held_by, payload = _open(data)
        if held_by != self._me:
            self.deliver(room_id, to, payload.decode() if data[:1] == TEXT else payload, rank)

    def _changed(self, room: HubRoom, data: bytes) -> None:
        try:
            change = read_change(data)
        except GarbledError:
            room.stale = True  # whatever it was, the roster has it
            raise
        for seat in list(room.seats.values()):
            if not seat.hear(change):
                room.stale = True

    def check(self, room_id: str, local: Local, seq: int) -> None:
        """`seq` is the room's newest change: a socket that has missed it needs the roster afresh."""
        room = self.rooms.get(room_id)
        seat = None if room is None else room.seats.get(local.conn)
        if room is not None and seat is not None and seat.since is not None and seat.since < seq:
            room.stale = True

    def distrust(self, room_id: str, now_s: float) -> None:
        """The store forgot or we missed changes; give the other workers time to say who is still there."""
        room = self.rooms.get(room_id)
        if room is not None:
            room.stale = True
            room.lenient_until_s = now_s + self._grace_s

    async def repair(self, now_s: float) -> None:
        """Fetch the rosters that may be wrong, and tell the sockets the difference."""
        for room_id in [room_id for room_id, room in self.rooms.items() if room.stale]:
            roster = await self._refetch(room_id)
            room = self.rooms.get(room_id)
            if room is None or roster is None:
                continue
            room.stale = now_s < room.lenient_until_s
            for seat in list(room.seats.values()):
                seat.catch_up(roster, tell_missing=not room.stale)
            for seat in list(room.seats.values()):
                if seat.since == roster.seq and seat.local.sid not in roster.members:
                    await seat.local.beat()


def _open(data: bytes) -> tuple[str, Rank, bytes, bytes]:
    rank: Rank = "idle" if data[1:2] == b"i" else "normal"
    start = 2 + SID_BYTES
    end = start + WORKER_BYTES
    return data[2:start].hex(), rank, data[start:end], data[end:]
