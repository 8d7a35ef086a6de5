"""Seals my frames and opens others': the receive order of README.md section 5."""

from __future__ import annotations

from dataclasses import dataclass, field

from widget.crypto.author import NO_FRAME, Author
from widget.crypto.budget import Budget
from widget.crypto.drops import Drops
from widget.crypto.keys import signed
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
    FRAME_SEAL,
    FRAME_SIGNATURE,
    FRAME_SIZE,
    FRAME_TWICE,
    FRAME_TYPE,
    FRAME_VERSION,
)
from widget.crypto.session import PeerSession, Session
from widget.crypto.waiting_frames import WaitingFrames
from widget.errors import CwError, OrderError
from widget.model import Flag
from widget.ports import Crypto
from widget.wire.body import check_body
from widget.wire.frame import (
    HEADER_BYTES,
    MAX_FRAME_BYTES,
    MIN_FRAME_BYTES,
    SIGNATURE_BYTES,
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
from widget.wire.packet import TAG_FRAME, packet_tag


@dataclass(frozen=True)
class Opened:
    """One authenticated frame. `msg_id` is 32 hex.

    `is_repeat`: this person's message of that id was opened before. It is to be confirmed again and has no body.
    """

    sid: str
    sub: str
    name: str
    frame_type: int
    kind: int
    msg_id: str
    ts_ms: int
    body: bytes = field(repr=False)
    flags: list[Flag] = field(default_factory=list)
    is_repeat: bool = False


class Frames:
    """All frames of one room, under the epoch that holds and those it replaced."""

    def __init__(self, crypto: Crypto, session: Session, drops: Drops) -> None:
        self.current: LiveEpoch | None = None
        self._crypto: Crypto = crypto
        self._session: Session = session
        self._drops: Drops = drops
        self._old: list[LiveEpoch] = []
        self._authors: dict[str, Author] = {}
        self._budgets: dict[str, list[Budget]] = {}
        self._ids: dict[str, bool] = {}
        self._waiting: WaitingFrames = WaitingFrames()
        self._last_hash: str = NO_FRAME

    async def adopt(self, epoch: LiveEpoch, now_ms: int) -> list[Opened]:
        """Send under `epoch` from now on; returns the frames that were waiting for it."""
        if self.current is not None:
            self.current.retire(now_ms)
            self._old.append(self.current)
            self._old = self._old[-MAX_OLD_EPOCHS:]
        self.current = epoch
        opened: list[Opened] = []
        for frame in self._waiting.take(epoch.kid):
            late = await self._open_counted(epoch, frame.packet, frame.via_sid, True, now_ms)
            if late is not None:
                opened.append(late)
        return opened

    def expire(self, now_ms: int) -> None:
        """Erase keys 60 s after they were replaced, give up on frames after 10 s."""
        self._old = [epoch for epoch in self._old if now_ms < epoch.replaced_ms + ERASE_MS]
        for _ in range(self._waiting.expire(now_ms)):
            self._drops.count(FRAME_KID_UNKNOWN)

    def forget_link(self, via_sid: str) -> None:
        """That session is gone for good: its budget need not be remembered."""
        if via_sid in self._budgets:
            del self._budgets[via_sid]

    async def seal(self, frame_type: int, kind: int, msg_id: str, body: bytes, now_ms: int) -> bytes:
        """My frame for everybody in the current roster."""
        epoch = self.current
        if epoch is None:
            raise OrderError("room.not_ready", "The room's keys are not agreed yet. Try again in a moment.")
        header = write_header(FrameHeader(frame_type, epoch.kid_bytes, epoch.my_index, epoch.take_counter()))
        counter = read_header(header).counter
        prev = bytes.fromhex(self._last_hash)
        padded = write_content(Content(bytes.fromhex(msg_id), now_ms, prev, kind, body))
        room_id = self._session.room_id
        signature = await self._crypto.signatures.sign(self._session.signing, message_signed(room_id, header, padded))
        sealed = await epoch.senders[epoch.my_index].seal(counter, padded + signature, frame_aad(room_id, header))
        packet = header + sealed
        self._last_hash = await self._hash(packet)
        return packet

    async def open(self, packet: bytes, via_sid: str, now_ms: int) -> Opened | None:
        """The frame, or None when it was dropped (and counted) or waits for its epoch."""
        try:
            epoch = self._find_epoch(packet, now_ms)
            if epoch is None:
                self._keep(packet, via_sid, now_ms)
                return None
        except CwError as error:
            self._drops.count(error.reason)
            return None
        return await self._open_counted(epoch, packet, via_sid, False, now_ms)

    def _find_epoch(self, packet: bytes, now_ms: int) -> LiveEpoch | None:
        if len(packet) > MAX_FRAME_BYTES or len(packet) < MIN_FRAME_BYTES:
            raise CwError(FRAME_SIZE, "a frame of impossible size")
        if packet_tag(packet) != TAG_FRAME:
            raise CwError(FRAME_VERSION, "not a frame of this version")
        header = read_header(packet)
        if header.frame_type < TYPE_MESSAGE or header.frame_type > TYPE_PRESENCE:
            raise CwError(FRAME_TYPE, "a frame of unknown type")
        if self.current is not None and self.current.kid_bytes == header.kid:
            return self.current
        for epoch in self._old:
            if epoch.kid_bytes == header.kid:
                if now_ms > epoch.replaced_ms + OLD_KID_MS:
                    raise CwError(FRAME_KID_OLD, "a frame of an epoch long replaced")
                return epoch
        return None

    def _keep(self, packet: bytes, via_sid: str, now_ms: int) -> None:
        self._spend(via_sid, len(packet), now_ms)
        if not self._waiting.keep(read_header(packet).kid.hex(), packet, via_sid, now_ms):
            raise CwError(FRAME_BUFFER_FULL, "too many frames of unknown epochs")

    def _spend(self, via_sid: str, length: int, now_ms: int) -> None:
        """The neighbour who brought a frame pays for it, before anything costly is done."""
        found = self._budgets.get(via_sid)
        if found is None:
            found = [Budget(FRAMES_PER_S, FRAMES_BURST, now_ms), Budget(BYTES_PER_S, BYTES_BURST, now_ms)]
            self._budgets[via_sid] = found
        if not (found[0].take(1, now_ms) and found[1].take(length, now_ms)):
            raise CwError(FRAME_BUDGET, "a neighbour sends too much")

    async def _open_counted(
        self, epoch: LiveEpoch, packet: bytes, via_sid: str, paid: bool, now_ms: int
    ) -> Opened | None:
        try:
            return await self._open_known(epoch, packet, via_sid, paid, now_ms)
        except CwError as error:
            self._drops.count(error.reason)
            return None

    async def _open_known(self, epoch: LiveEpoch, packet: bytes, via_sid: str, paid: bool, now_ms: int) -> Opened:
        """Index, window, budget, decrypt, signature, mark, chain, clock, schema, once: in this order."""
        header = read_header(packet)
        if header.index >= len(epoch.members):
            raise CwError(FRAME_INDEX, "nobody has that place in the roster")
        if header.index == epoch.my_index:
            raise CwError(FRAME_OWN, "my own frame came back")
        window = epoch.window(header.index)
        if window.below(header.counter):
            raise CwError(FRAME_BELOW_WINDOW, "a frame too old to tell whether it is new")
        if not paid:
            self._spend(via_sid, len(packet), now_ms)
        frame_hash = await self._hash(packet)
        twin = window.seen(header.counter)
        if twin == frame_hash:
            raise CwError(FRAME_REPLAY, "a frame came again")
        author = epoch.members[header.index]
        padded = await self._decrypt(epoch, header, packet, author)
        memory = self._author(author.sid)
        if twin is not None:
            memory.blame()
            raise CwError(FRAME_EQUIVOCATION, "two frames with one counter")
        complete = window.complete_below(header.counter)
        if not window.mark(header.counter, frame_hash):
            raise CwError(FRAME_REPLAY, "a frame came again")
        content = self._read(padded, memory, frame_hash)
        flags = memory.flags(header.counter, content.prev.hex(), complete)
        memory.remember(frame_hash)
        return self._deliver(author, header, content, flags, now_ms)

    async def _decrypt(self, epoch: LiveEpoch, header: FrameHeader, packet: bytes, author: PeerSession) -> bytes:
        """The padded content, its seal and signature checked."""
        head = packet[:HEADER_BYTES]
        room_id = self._session.room_id
        try:
            key = epoch.senders[header.index]
            plaintext = await key.open(header.counter, packet[HEADER_BYTES:], frame_aad(room_id, head))
        except CwError as error:
            raise CwError(FRAME_SEAL, "a frame that is not under its author's key") from error
        padded = plaintext[:-SIGNATURE_BYTES]
        signature = plaintext[-SIGNATURE_BYTES:]
        if not await signed(self._crypto, author.sign_public, signature, message_signed(room_id, head, padded)):
            raise CwError(FRAME_SIGNATURE, "a frame that its author did not sign")
        return padded

    def _read(self, padded: bytes, memory: Author, frame_hash: str) -> Content:
        try:
            return read_content(padded)
        except CwError as error:
            memory.remember(frame_hash)
            raise CwError(FRAME_PADDING, "a frame whose content is malformed") from error

    def _deliver(
        self, author: PeerSession, header: FrameHeader, content: Content, flags: list[Flag], now_ms: int
    ) -> Opened:
        try:
            check_body(header.frame_type, content.kind, content.body)
        except CwError as error:
            raise CwError(FRAME_SCHEMA, "a frame whose body is malformed") from error
        is_repeat = not self._once(author.sub + content.msg_id.hex())
        if is_repeat:
            self._drops.count(FRAME_TWICE)
        if abs(content.ts_ms - now_ms) > CLOCK_FLAG_MS:
            flags.append("clock")
        return Opened(
            sid=author.sid,
            sub=author.sub,
            name=author.name,
            frame_type=header.frame_type,
            kind=content.kind,
            msg_id=content.msg_id.hex(),
            ts_ms=content.ts_ms,
            body=b"" if is_repeat else content.body,
            flags=flags,
            is_repeat=is_repeat,
        )

    def _once(self, name: str) -> bool:
        """False for a resend under a new epoch, which keeps its id; one person cannot use up another's ids."""
        if name in self._ids:
            return False
        self._ids[name] = True
        if len(self._ids) > MAX_REMEMBERED_IDS:
            for oldest in self._ids:
                del self._ids[oldest]
                break
        return True

    def _author(self, sid: str) -> Author:
        found = self._authors.get(sid)
        if found is None:
            found = Author()
            self._authors[sid] = found
        return found

    async def _hash(self, packet: bytes) -> str:
        """First 16 bytes of SHA-256, in hex."""
        return (await self._crypto.digest.sha256(packet))[:16].hex()
