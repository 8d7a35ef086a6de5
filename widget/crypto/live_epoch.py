"""An epoch whose secret I have: every member's sending key, my counter, everybody's replay windows."""

from __future__ import annotations

from widget.crypto.keys import CountedKey, derive_sender
from widget.crypto.limits import EPOCH_FRAMES, FRAME_WINDOW, MAX_COUNTER
from widget.crypto.session import PeerSession, Session
from widget.crypto.window import Window
from widget.errors import OrderError
from widget.ports import Crypto
from widget.wire.epoch import Epoch


class LiveEpoch:
    """`members` and `senders` are in roster order; `signed` is E | sig; `kid` 16 hex digits."""

    def __init__(
        self,
        epoch: Epoch,
        signed: bytes,
        epoch_hash: bytes,
        secret: bytes,
        members: list[PeerSession],
        senders: list[CountedKey],
        my_index: int,
        now_ms: int,
    ) -> None:
        self.n: int = epoch.n
        self.hash: bytes = epoch_hash
        self.kid_bytes: bytes = epoch_hash[:8]
        self.kid: str = epoch_hash[:8].hex()
        self.signed: bytes = signed
        self.secret: bytes = secret
        self.members: list[PeerSession] = members
        self.senders: list[CountedKey] = senders
        self.my_index: int = my_index
        self.since_ms: int = now_ms
        self.replaced_ms: int = -1
        self._counter: int = 0
        self._windows: dict[int, Window] = {}

    def take_counter(self) -> int:
        """The counter of my next frame. Synchronous, so that no two frames can get the same one."""
        counter = self._counter
        if counter > MAX_COUNTER:
            raise OrderError("room.not_ready", "The room's key is used up. Try again in a moment.")
        self._counter = counter + 1
        return counter

    def window(self, index: int) -> Window:
        """The replay window of the author at `index`."""
        found = self._windows.get(index)
        if found is None:
            found = Window(FRAME_WINDOW)
            self._windows[index] = found
        return found

    def has(self, peer: PeerSession) -> bool:
        return any(member.credential_hash == peer.credential_hash for member in self.members)

    def better_than(self, n: int, kid: str) -> bool:
        """A higher number wins, at the same number the lower kid."""
        return self.n > n or (self.n == n and self.kid < kid)

    def shared(self) -> bool:
        """Somebody else is in it."""
        return len(self.members) > 1

    def spent(self) -> bool:
        """Some member has sent as many frames as one epoch should carry."""
        if self._counter >= EPOCH_FRAMES:
            return True
        return any(window.top + 1 >= EPOCH_FRAMES for window in self._windows.values())

    def retire(self, now_ms: int) -> None:
        """A newer epoch holds; from now on these keys only read, and only for a while."""
        self.replaced_ms = now_ms
        self.secret = b""


async def open_epoch(
    crypto: Crypto,
    session: Session,
    epoch: Epoch,
    signed: bytes,
    epoch_hash: bytes,
    secret: bytes,
    members: list[PeerSession],
    now_ms: int,
) -> LiveEpoch:
    """Derive every sender's key; `members` is the roster in its order, me included."""
    senders: list[CountedKey] = []
    my_index = 0
    for index, member in enumerate(members):
        sid = bytes.fromhex(member.sid)
        senders.append(await derive_sender(crypto, secret, epoch_hash, session.room_id, sid))
        if member.sid == session.sid:
            my_index = index
    return LiveEpoch(epoch, signed, epoch_hash, secret, members, senders, my_index, now_ms)
