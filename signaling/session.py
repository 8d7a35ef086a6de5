"""A session that is in a room: who, where, and by which socket."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from auth.tokens import Claims
from signaling.rooms import Room
from signaling.store import Entry


@dataclass
class Session:
    """`conn` names the socket, `sid` the session, which may outlive it; `ticket` is the secret to come back with.

    `holds_place` is False once another socket has taken the session over, `resumable` once it is not to come back.
    """

    room: Room
    sid: str
    conn: str
    address: str
    claims: Claims
    ticket: str
    holds_place: bool = True
    resumable: bool = True

    @property
    def place(self) -> str:
        """What the user's quota of sockets counts: the same for the socket that takes over."""
        return f"{self.room.room_id}/{self.sid}"

    def entry(self) -> Entry:
        claims = self.claims
        return Entry(self.sid, claims.sub, claims.jkt.hex(), claims.name, self.conn, hash_ticket(self.ticket))


def hash_ticket(ticket: str) -> str:
    """What the store keeps of a resume ticket; "" stays ""."""
    return "" if ticket == "" else hashlib.sha256(ticket.encode()).hexdigest()[:32]
