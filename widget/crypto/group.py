"""A room's shared secret and the frames under it: who is in, which epoch holds, what may be read."""

from __future__ import annotations

from dataclasses import dataclass, field

from widget.crypto.credentials import Credentials
from widget.crypto.session import PeerSession, Session
from widget.ports import Crypto


@dataclass(frozen=True)
class PairBlob:
    """Something for one peer's pair channel."""

    to_sid: str
    blob: bytes = field(repr=False)


@dataclass(frozen=True)
class Opened:
    """One authenticated frame. `flags`: "missing" (earlier ones lost), "equivocation", "clock". `msg_id` is 32 hex."""

    sid: str
    sub: str
    name: str
    frame_type: int
    kind: int
    msg_id: str
    ts_ms: int
    body: bytes = field(repr=False)
    flags: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class GroupStep:
    """What follows from an event: blobs to send, frames that could be opened at last, whether the epoch changed."""

    blobs: list[PairBlob] = field(default_factory=list)
    opened: list[Opened] = field(default_factory=list)
    new_epoch: bool = False


class Group:
    """All members of one room as I verified them.

    Feed it: `admit` when a pair's first link is verified, `drop` when a session is gone (after the grace) or said
    LEAVE, `receive` for every pair blob, `open` for every 0xC1 packet, `tick` when `wake_at_ms` has come. Every call
    that returns a GroupStep wants it carried out. Calls may overlap, but give one sender's packets in order.
    """

    drops: dict[int, int]
    """How many blobs and frames were dropped, by reason number (widget/crypto/README.md)."""

    def __init__(self, crypto: Crypto, session: Session, credentials: Credentials, now_ms: int) -> None:
        raise NotImplementedError

    @property
    def kid(self) -> str:
        """The epoch I send under, 16 hex digits; "" before the first."""
        raise NotImplementedError

    @property
    def roster(self) -> list[str]:
        """The sids that can read what I send now, mine included, sorted."""
        raise NotImplementedError

    def ready(self) -> bool:
        """There is an epoch to send under. A room of one is ready too: look at `roster` to know who reads."""
        raise NotImplementedError

    def members(self) -> list[PeerSession]:
        """Everybody admitted, best steward first, me included."""
        raise NotImplementedError

    def member(self, sid: str) -> PeerSession | None:
        raise NotImplementedError

    def room_code(self) -> str:
        """20 digits in four groups; equal on two screens = same members, same secret. "" before the first epoch."""
        raise NotImplementedError

    def is_steward(self) -> bool:
        raise NotImplementedError

    async def admit(self, peer: PeerSession, now_ms: int) -> GroupStep:
        raise NotImplementedError

    async def drop(self, sid: str, now_ms: int) -> GroupStep:
        raise NotImplementedError

    async def receive(self, from_sid: str, blob: bytes, now_ms: int) -> GroupStep:
        """A blob from a pair channel (GRANT, STATE, WANT, CREDENTIAL). Bad ones are counted, never raised."""
        raise NotImplementedError

    async def tick(self, now_ms: int) -> GroupStep:
        """What time brings: due epochs, STATE every 3 s, forgotten keys, buffers that ran out."""
        raise NotImplementedError

    def wake_at_ms(self, now_ms: int) -> int:
        """When `tick` is wanted next (never before `now_ms`)."""
        raise NotImplementedError

    def epoch_due_at_ms(self, now_ms: int) -> int | None:
        """When I should issue an epoch (`tick` does it), or None."""
        raise NotImplementedError

    async def seal(self, frame_type: int, kind: int, msg_id: str, body: bytes, now_ms: int) -> bytes:
        """The 0xC1 packet for everybody in `roster`. `msg_id` is 32 hex; a resend keeps it. OrderError if not ready."""
        raise NotImplementedError

    async def open(self, packet: bytes, via_sid: str, now_ms: int) -> Opened | None:
        """The frame in a packet that came over the link with `via_sid`; None when it was dropped or has to wait."""
        raise NotImplementedError
