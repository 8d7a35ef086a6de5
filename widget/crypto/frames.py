"""Seals my frames and opens others': the receive order of README.md section 5."""

from __future__ import annotations

from widget.crypto.author import Author
from widget.crypto.budgets import Budgets
from widget.crypto.drops import Drops
from widget.crypto.limits import (
    BYTES_BURST,
    BYTES_PER_S,
    CLOCK_FLAG_MS,
    ERASE_MS,
    FRAMES_BURST,
    FRAMES_PER_S,
    MAX_OLD_EPOCHS,
    MAX_REMEMBERED_IDS,
    OLD_KID_MS,
)
from widget.crypto.live_epoch import LiveEpoch
from widget.crypto.opened import OpenedFrame
from widget.crypto.reasons import (
    FRAME_BELOW_WINDOW,
    FRAME_BUDGET,
    FRAME_BUFFER_FULL,
    FRAME_EQUIVOCATION,
    FRAME_INDEX,
    FRAME_KID_OLD,
    FRAME_KID_UNKNOWN,
    FRAME_OWN,
    FRAME_PADDING,
    FRAME_REPLAY,
    FRAME_SCHEMA,
    FRAME_SIZE,
    FRAME_TWICE,
    FRAME_TYPE,
    FRAME_VERSION,
)
from widget.crypto.refusal import refused_as
from widget.crypto.remembered import Remembered
from widget.crypto.session import PeerSession, Session
from widget.crypto.waiting_frames import WaitingFrames
from widget.errors import CwError, OrderError
from widget.model import Flag
from widget.ports import Crypto
from widget.wire.base16 import from_hex
from widget.wire.body import check_body
from widget.wire.frame import (
    MAX_FRAME_BYTES,
    MIN_FRAME_BYTES,
    TYPE_MESSAGE,
    TYPE_PRESENCE,
    Content,
    FrameHeader,
    frame_aad,
    message_signed,
    read_content,
    read_header,
    write_content,
    write_header,
)
from widget.wire.packet import TAG_FRAME

PAID = ""  # stands for the neighbour of a frame that was paid for before it had to wait


class Frames:
    """All frames of one room, under the epoch that holds and those it replaced."""

    def __init__(self, crypto: Crypto, session: Session, drops: Drops, budgets: Budgets) -> None:
        self.current: LiveEpoch | None = None
        self._crypto: Crypto = crypto
        self._session: Session = session
        self._drops: Drops = drops
        self._budgets: Budgets = budgets
        self._epochs: list[LiveEpoch] = []
        self._authors: dict[str, Author] = {}
        self._ids: Remembered = Remembered(MAX_REMEMBERED_IDS)
        self._waiting: WaitingFrames = WaitingFrames()
        self._last_hash: bytes = bytes(16)

    def adopt(self, epoch: LiveEpoch, now_ms: int) -> None:
        """Send under `epoch` from now on."""
        if self.current is not None:
            self.current.retire(now_ms)
        self.current = epoch
        self._epochs = [epoch, *self._epochs][: MAX_OLD_EPOCHS + 1]

    async def open_waiting(self, epoch: LiveEpoch, now_ms: int) -> list[OpenedFrame]:
        """The frames that were waiting for an epoch."""
        opened: list[OpenedFrame] = []
        for frame in self._waiting.take(epoch.kid_bytes):
            late = await self.open(frame.packet, PAID, now_ms)
            if late is not None:
                opened.append(late)
        return opened

    def expire(self, now_ms: int) -> None:
        """Erase keys 60 s after they were replaced, give up on frames after 10 s."""
        self._epochs = [epoch for epoch in self._epochs if now_ms < epoch.replaced_ms + ERASE_MS]
        for _ in range(self._waiting.expire(now_ms)):
            self._drops.count(FRAME_KID_UNKNOWN)

    async def seal(self, frame_type: int, kind: int, msg_id: str, body: bytes, now_ms: int) -> bytes:
        """My frame for everybody in the current roster."""
        epoch = self.current
        if epoch is None:
            raise OrderError("room.not_ready", "The room's keys are not agreed yet. Try again in a moment.")
        counter = epoch.take_counter()
        header = write_header(frame_type, epoch.kid_bytes, epoch.my_index, counter)
        padded = write_content(from_hex(msg_id), now_ms, self._last_hash, kind, body)
        room_id = self._session.room_id
        signature = await self._crypto.signatures.sign(self._session.signing, message_signed(room_id, header, padded))
        sealed = await epoch.senders[epoch.my_index].seal(counter, padded + signature, frame_aad(room_id, header))
        packet = header + sealed
        self._last_hash = await self._hash(packet)
        return packet

    async def open(self, packet: bytes, via_sid: str, now_ms: int) -> OpenedFrame | None:
        """The frame, or None when it was dropped (and counted) or waits for its epoch."""
        try:
            return await self._open(packet, via_sid, now_ms)
        except CwError as error:
            self._drops.count(error.reason)
            return None

    async def _open(self, packet: bytes, via_sid: str, now_ms: int) -> OpenedFrame | None:
        """Size, version, type, kid; then as `_open_known` says."""
        if len(packet) > MAX_FRAME_BYTES or len(packet) < MIN_FRAME_BYTES:
            raise CwError(FRAME_SIZE, "a frame of impossible size")
        if packet[0] != TAG_FRAME:
            raise CwError(FRAME_VERSION, "not a frame of this version")
        header = read_header(packet)
        if header.frame_type < TYPE_MESSAGE or header.frame_type > TYPE_PRESENCE:
            raise CwError(FRAME_TYPE, "a frame of unknown type")
        for epoch in self._epochs:
            if epoch.kid_bytes == header.kid:
                if now_ms > epoch.replaced_ms + OLD_KID_MS:
                    raise CwError(FRAME_KID_OLD, "a frame of an epoch long replaced")
                return await self._open_known(epoch, header, packet, via_sid, now_ms)
        self._spend(via_sid, len(packet), now_ms)
        if not self._waiting.keep(header.kid, packet, via_sid, now_ms):
            raise CwError(FRAME_BUFFER_FULL, "too many frames of unknown epochs")
        return None

    def _spend(self, via_sid: str, length: int, now_ms: int) -> None:
        """The neighbour who brought a frame pays for it, before anything costly is done."""
        if via_sid != PAID and not (
            self._budgets.take(f"frames {via_sid}", 1, FRAMES_PER_S, FRAMES_BURST, now_ms)
            and self._budgets.take(f"bytes {via_sid}", length, BYTES_PER_S, BYTES_BURST, now_ms)
        ):
            raise CwError(FRAME_BUDGET, "a neighbour sends too much")

    async def _open_known(
        self, epoch: LiveEpoch, header: FrameHeader, packet: bytes, via_sid: str, now_ms: int
    ) -> OpenedFrame:
        """Index, window, budget, decrypt, signature, mark, chain, clock, schema, once: in this order."""
        counter = header.counter
        if header.index >= len(epoch.members):
            raise CwError(FRAME_INDEX, "nobody has that place in the roster")
        if header.index == epoch.my_index:
            raise CwError(FRAME_OWN, "my own frame came back")
        window = epoch.windows[header.index]
        if window.below(counter):
            raise CwError(FRAME_BELOW_WINDOW, "a frame too old to tell whether it is new")
        self._spend(via_sid, len(packet), now_ms)
        frame_hash = (await self._hash(packet)).hex()
        twin = window.seen(counter)
        if twin == frame_hash:
            raise CwError(FRAME_REPLAY, "a frame came again")
        padded = await epoch.open(header, packet, self._session.room_id)
        author = epoch.members[header.index]
        memory = self._author(author.sid)
        if twin is not None:
            memory.is_two_tongued = True
            raise CwError(FRAME_EQUIVOCATION, "two frames with one counter")
        complete = window.complete_below(counter)
        if not window.mark(counter, frame_hash):
            raise CwError(FRAME_REPLAY, "a frame came again")
        memory.remember(frame_hash)
        content = refused_as(FRAME_PADDING, lambda: read_content(padded))
        flags = memory.flags(counter, content.prev.hex(), complete)
        if abs(content.ts_ms - now_ms) > CLOCK_FLAG_MS:
            flags.append("clock")
        return self._deliver(author, header.frame_type, content, flags)

    def _deliver(self, author: PeerSession, frame_type: int, content: Content, flags: list[Flag]) -> OpenedFrame:
        refused_as(FRAME_SCHEMA, lambda: check_body(frame_type, content.kind, content.body))
        msg_id = content.msg_id.hex()
        # A resend under a new epoch keeps its id; one person cannot use up another's ids.
        is_repeat = not self._ids.add(author.sub + msg_id)
        if is_repeat:
            self._drops.count(FRAME_TWICE)
        return OpenedFrame(
            sid=author.sid,
            sub=author.sub,
            name=author.name,
            frame_type=frame_type,
            kind=content.kind,
            msg_id=msg_id,
            ts_ms=content.ts_ms,
            body=b"" if is_repeat else content.body,
            flags=flags,
            is_repeat=is_repeat,
        )

    def _author(self, sid: str) -> Author:
        found = self._authors.get(sid)
        if found is None:
            found = Author()
            self._authors[sid] = found
        return found

    async def _hash(self, packet: bytes) -> bytes:
        """First 16 bytes of SHA-256."""
        return (await self._crypto.digest.sha256(packet))[:16]
