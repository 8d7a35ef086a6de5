"""The encrypted channel between two sessions on one link: 0xC3 | to sid16 | from sid16 | counter u32 | AES-256-GCM."""

from __future__ import annotations


class PairChannel:
    """Made by a finished `Handshake`. Every packet opens at most once."""

    async def seal(self, blob: bytes) -> bytes:
        """The 0xC3 packet that carries `blob` to the peer."""
        raise NotImplementedError

    async def open(self, packet: bytes) -> bytes:
        """The blob in the peer's packet; CwError when it is forged, replayed, or for another pair."""
        raise NotImplementedError
