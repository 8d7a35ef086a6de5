"""Handshakes of the vectors' people, and what arrives in them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from tests.vectors.made.people import Named, People, Sitting, bytes_from
from widget.crypto.credentials import Credentials
from widget.crypto.handshake import NO_FINGERPRINTS, TRANSPORT_RELAY, Handshake
from widget.wire.handshake import read_hello

PRINTS = (bytes_from("ada's print", 32), bytes_from("ben's print", 32))
Prints = tuple[bytes, bytes]


@dataclass
class End:
    """One side of a link."""

    seat: Sitting
    shake: Handshake
    prints: Prints
    transport: int
    said: bytes

    @property
    def hello(self) -> bytes:
        return self.shake.hello()


class Links:
    """Handshakes of the people, each with chances of its own."""

    def __init__(self, people: People) -> None:
        self._people = people
        self._count = 0

    def end(
        self,
        name: str,
        to: str,
        attempt: int = 1,
        said: bytes = b"",
        transport: int = TRANSPORT_RELAY,
        prints: Prints = NO_FINGERPRINTS,
    ) -> End:
        self._count += 1
        seat, room = self._people.seats[name], self._people.rooms[self._people.seats[name].room]
        crypto = Named(f"link {self._count}").crypto()
        credentials = Credentials(crypto, seat.session, self._people.trust, room)
        expected = self._people.seats[to].sid
        shake = Handshake(crypto, seat.session, credentials, expected, transport, prints, attempt, said)
        return End(seat, shake, prints, transport, said)

    def now(self) -> int:
        return self._people.now_ms + 100

    async def take(self, end: End, packet: bytes) -> bytes:
        return (await end.shake.receive(packet, self.now()))[0]

    def given(self, end: End, expected: End, *packets: bytes, blobs: tuple[bytes, ...] = ()) -> dict[str, Any]:
        """What arrives at `end`."""
        nonce = read_hello(end.hello).nonce
        ways = {
            "transport": end.transport,
            "local": end.prints[0],
            "remote": end.prints[1],
            "attempt": end.shake.attempt,
        }
        who = {
            "at": end.seat.name,
            "expected": expected.seat.sid,
            "now": self.now(),
            "nonce": nonce,
            "said": end.said,
            "devices": [],
        }
        return {**who, **ways, "packets": list(packets), "blobs": list(blobs)}
