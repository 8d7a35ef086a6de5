"""The encrypted channel between two sessions on one link: 0xC3 | counter u32 | AES-256-GCM.

Whose it is, and which way it goes, the keys say: each link has its own, one for each direction.
"""

from __future__ import annotations

from widget.crypto.keys import CountedKey
from widget.crypto.limits import MAX_COUNTER, PAIR_WINDOW
from widget.crypto.reasons import PAIR_REPLAY, PAIR_SEAL, PAIR_SPENT
from widget.crypto.window import Window
from widget.errors import CwError
from widget.wire.pair import read_pair_packet, write_pair_header


class PairChannel:
    """Made by a finished `Handshake`. Every packet opens at most once."""

    def __init__(self, sending: CountedKey, receiving: CountedKey) -> None:
        self._sending: CountedKey = sending
        self._receiving: CountedKey = receiving
        self._counter: int = 0
        self._window: Window = Window(PAIR_WINDOW)

    async def seal(self, blob: bytes) -> bytes:
        """The 0xC3 packet that carries `blob` to the peer."""
        counter = self._counter
        if counter > MAX_COUNTER:
            raise CwError(PAIR_SPENT, "the pair channel has to be made anew")
        self._counter = counter + 1
        header = write_pair_header(counter)
        return header + await self._sending.seal(counter, blob, header)

    async def open(self, packet: bytes) -> bytes:
        """The blob in the peer's packet; CwError when it is forged, replayed, or for another pair."""
        counter, header, sealed = read_pair_packet(packet)
        if self._window.below(counter) or self._window.seen(counter) is not None:
            raise CwError(PAIR_REPLAY, "a pair packet came again")
        blob = await self._receiving.open(counter, sealed, header, PAIR_SEAL)
        if not self._window.mark(counter, ""):
            raise CwError(PAIR_REPLAY, "a pair packet came again")
        return blob
