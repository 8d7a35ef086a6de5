"""Numbers that two people compare, to be sure that nobody sits between them."""

from __future__ import annotations

from widget.crypto.session import PeerSession
from widget.ports import Crypto
from widget.wire.codec import Reader, Writer
from widget.wire.labels import SAFETY, labelled

GROUPS = 6  # of five digits, for each of the two


async def safety_number(crypto: Crypto, one: list[PeerSession], other: list[PeerSession]) -> str:
    """60 digits in twelve groups, the same for both: of two people, by the sessions with which they are here.

    A person's half is from SHA-256("cw1/safety" 00 sub16 | jkt32 of each device, ascending): 6 x (u40 mod 100,000).
    """
    halves = sorted([await _half(crypto, one), await _half(crypto, other)])
    return " ".join(halves)


async def _half(crypto: Crypto, peers: list[PeerSession]) -> str:
    writer = Writer().hex(peers[0].sub, 16)
    for device in sorted({peer.jkt.hex() for peer in peers}):
        writer.hex(device, 32)
    reader = Reader(await crypto.digest.sha256(labelled(SAFETY, writer.done())))
    return " ".join([f"{(reader.u8() * 4294967296 + reader.u32()) % 100000:05d}" for _ in range(GROUPS)])
