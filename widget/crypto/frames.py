"""Seals my frames and opens others': the receive order of README.md section 5."""

from __future__ import annotations

from widget.crypto.budgets import Budgets
from widget.crypto.drops import Drops
from widget.crypto.limits import (
    BYTES_BURST,
    BYTES_PER_S,
    ERASE_MS,
    FRAMES_BURST,
    FRAMES_PER_S,
    MAX_OLD_EPOCHS,
    OLD_KID_MS,
)
from widget.crypto.live_epoch import LiveEpoch, not_ready
from widget.crypto.opened import OpenedFrame
from widget.crypto.reasons import (
    FRAME_BUDGET,
    FRAME_CONTENT,
    FRAME_INDEX,
    FRAME_KID_OLD,
    FRAME_KID_UNKNOWN,
    FRAME_SIZE,
    FRAME_TYPE,
    FRAME_UNASKED,
    FRAME_VERSION,
)
from widget.crypto.refusal import refused_as
from widget.crypto.session import Session
from widget.errors import CwError
from widget.wire.event import Event
from widget.wire.frame import (
    MAX_FRAME_BYTES,
    MIN_FRAME_BYTES,
    TYPE_ANSWER,
    TYPE_NEWS,
    FrameHeader,
    frame_aad,
    read_content,
    read_header,
    write_content,
    write_header,
)
from widget.wire.packet import TAG_FRAME


class Frames:
    """All frames of one room, under the epoch that holds and those it replaced."""

    def __init__(self, session: Session, drops: Drops, budgets: Budgets) -> None:
        self.current: LiveEpoch | None = None
        self._session: Session = session
        self._drops: Drops = drops
        self._budgets: Budgets = budgets
        self._epochs: list[LiveEpoch] = []
        self.has_missed: bool = False  # something came under an epoch that I do not have yet
        self._asked: dict[str, int] = {}  # events that a member may still send me as answers, by sid

    def adopt(self, epoch: LiveEpoch, now_ms: int) -> None:
        """Send under `epoch` from now on."""
        if self.current is not None:
            self.current.retire(now_ms)
        self.current = epoch
        self._epochs = [epoch, *self._epochs][: MAX_OLD_EPOCHS + 1]

    def find(self, epoch_hash: str) -> LiveEpoch | None:
        """An epoch that I hold, or held a moment ago."""
        for epoch in self._epochs:
            if epoch.hash.hex() == epoch_hash:
                return epoch
        return None

    def expire(self, now_ms: int) -> None:
        """Erase keys 60 s after they were replaced."""
        self._epochs = [epoch for epoch in self._epochs if now_ms < epoch.replaced_ms + ERASE_MS]

    def ask(self, sid: str, events: int) -> None:
        """So many events are asked of that member: an answer to nothing is not even decrypted."""
        self._asked[sid] = self._asked.get(sid, 0) + events

    async def seal(self, frame_type: int, events: list[Event]) -> bytes:
        """A frame of mine, which everybody in the current roster can open."""
        epoch = self.current
        if epoch is None:
            raise not_ready()
        content = write_content(events)
        counter = epoch.take_counter()
        header = write_header(frame_type, epoch.kid_bytes, epoch.my_index, counter)
        aad = frame_aad(self._session.room_id, header)
        return header + await epoch.senders[epoch.my_index].seal(counter, content, aad)

    async def open(self, packet: bytes, via_sid: str, now_ms: int) -> OpenedFrame | None:
        """The frame, or None when it was dropped and counted."""
        try:
            return await self._open(packet, via_sid, now_ms)
        except CwError as error:
            self._drops.count(error.reason)
            return None

    async def _open(self, packet: bytes, via_sid: str, now_ms: int) -> OpenedFrame:
        """Size, version, type, cost, kid; then as `_open_known` says."""
        if len(packet) > MAX_FRAME_BYTES or len(packet) < MIN_FRAME_BYTES:
            raise CwError(FRAME_SIZE, "a frame of impossible size")
        if packet[0] != TAG_FRAME:
            raise CwError(FRAME_VERSION, "not a frame of this version")
        header = read_header(packet)
        self._pay(header.frame_type, via_sid, len(packet), now_ms)
        for epoch in self._epochs:
            if epoch.kid_bytes == header.kid:
                if now_ms > epoch.replaced_ms + OLD_KID_MS:
                    raise CwError(FRAME_KID_OLD, "a frame of an epoch long replaced")
                return await self._open_known(epoch, header, packet, via_sid)
        self.has_missed = True
        raise CwError(FRAME_KID_UNKNOWN, "a frame of an unknown epoch")

    def _pay(self, frame_type: int, via_sid: str, length: int, now_ms: int) -> None:
        """Before anything costly is done: who brings news pays for it, an answer must have been asked for."""
        if frame_type == TYPE_ANSWER:
            left = self._asked.get(via_sid, 0)
            if left <= 0:
                raise CwError(FRAME_UNASKED, "an answer to nothing")
            self._asked[via_sid] = left - 1
        elif frame_type != TYPE_NEWS:
            raise CwError(FRAME_TYPE, "a frame of unknown type")
        elif not (
            self._budgets.take(f"frames {via_sid}", 1, FRAMES_PER_S, FRAMES_BURST, now_ms)
            and self._budgets.take(f"bytes {via_sid}", length, BYTES_PER_S, BYTES_BURST, now_ms)
        ):
            raise CwError(FRAME_BUDGET, "a neighbour sends too much")

    async def _open_known(self, epoch: LiveEpoch, header: FrameHeader, packet: bytes, via_sid: str) -> OpenedFrame:
        """Place, seal, content: in this order. That it comes again shows in its events' ids."""
        if header.index >= len(epoch.roster) or epoch.roster[header.index] != via_sid:
            raise CwError(FRAME_INDEX, "not the place of who hands it over")
        content = await epoch.open(header, packet, self._session.room_id)
        events = refused_as(FRAME_CONTENT, lambda: read_content(content))
        if header.frame_type == TYPE_ANSWER:
            left = self._asked[via_sid] + 1  # one was paid before it was opened
            events = events[:left]
            self._asked[via_sid] = left - max(1, len(events))
        return OpenedFrame(via_sid, header.frame_type, events)
