"""An epoch whose secret I have: every member's sending key, my counter, everybody's replay windows."""

from __future__ import annotations

from widget.crypto.keys import CountedKey, derive_sender, signed
from widget.crypto.limits import EPOCH_FRAMES, FRAME_WINDOW, MAX_COUNTER
from widget.crypto.reasons import FRAME_SEAL, FRAME_SIGNATURE
from widget.crypto.session import PeerSession, Session
from widget.crypto.window import Window
from widget.errors import CwError, OrderError
from widget.ports import Crypto
from widget.wire.frame import HEADER_BYTES, SIGNATURE_BYTES, FrameHeader, frame_aad, message_signed
from widget.wire.pair import Grant, write_grant

NEVER_MS = 2**52


class LiveEpoch:
    """`members`, `roster` (their sids), `senders` and `windows` are in one order; `kid` is 16 hex digits."""

    def __init__(
        self,
        n: int,
        epoch_hash: bytes,
        grant: Grant,
        members: list[PeerSession],
        senders: list[CountedKey],
        my_index: int,
        now_ms: int,
    ) -> None:
        self.n: int = n
        self.hash: bytes = epoch_hash
        self.kid_bytes: bytes = epoch_hash[:8]
        self.kid: str = self.kid_bytes.hex()
        self.grant: bytes = write_grant(grant.epoch, grant.secret)  # the blob that hands it on
        self.members: list[PeerSession] = members
        self.roster: list[str] = [member.sid for member in members]
        self.senders: list[CountedKey] = senders
        self.windows: list[Window] = [Window(FRAME_WINDOW) for _ in members]
        self.my_index: int = my_index
        self.since_ms: int = now_ms
        self.replaced_ms: int = NEVER_MS
        self._counter: int = 0

    def take_counter(self) -> int:
        """The counter of my next frame. Synchronous, so that no two frames can get the same one."""
        counter = self._counter
        if counter > MAX_COUNTER:
            raise OrderError("room.not_ready", "The room's key is used up. Try again in a moment.")
        self._counter = counter + 1
        return counter

    async def open(self, header: FrameHeader, packet: bytes, room_id: bytes) -> bytes:
        """The padded content of a frame, its seal and signature checked."""
        head = packet[:HEADER_BYTES]
        key = self.senders[header.index]
        plaintext = await key.open(header.counter, packet[HEADER_BYTES:], frame_aad(room_id, head), FRAME_SEAL)
        padded = plaintext[:-SIGNATURE_BYTES]
        signature = plaintext[-SIGNATURE_BYTES:]
        author = self.members[header.index]
        if not await signed(key.crypto, author.sign_public, signature, message_signed(room_id, head, padded)):
            raise CwError(FRAME_SIGNATURE, "a frame that its author did not sign")
        return padded

    def better_than(self, n: int, kid: str) -> bool:
        """A higher number wins, at the same number the lower kid."""
        return self.n > n or (self.n == n and self.kid < kid)

    def shared(self) -> bool:
        """Somebody else is in it."""
        return len(self.members) > 1

    def spent(self) -> bool:
        """Some member has sent as many frames as one epoch should carry."""
        return self._counter >= EPOCH_FRAMES or any(window.top + 1 >= EPOCH_FRAMES for window in self.windows)

    def retire(self, now_ms: int) -> None:
        """A newer epoch holds; from now on these keys only read, and only for a while. The secret is gone at once."""
        self.replaced_ms = now_ms
        self.grant = b""


async def open_epoch(
    crypto: Crypto,
    session: Session,
    n: int,
    epoch_hash: bytes,
    grant: Grant,
    members: list[PeerSession],
    now_ms: int,
) -> LiveEpoch:
    """Derive every sender's key; `members` is the roster in its order, me included."""
    senders: list[CountedKey] = []
    my_index = 0
    for member in members:
        if member.sid == session.sid:
            my_index = len(senders)
        senders.append(await derive_sender(crypto, grant.secret, epoch_hash, session.room_id, member.sid))
    return LiveEpoch(n, epoch_hash, grant, members, senders, my_index, now_ms)
