"""Frames, which carry a room's events from one member to others, encrypted once for all who share the epoch.

    header   C1 | type u8 | kid8 | roster index u16 | counter u32                                            16 bytes
    frame    header | AES-256-GCM(events, zeros up to the next bucket)           aad = "cw1/frm" 00 room16 | header

The index is the place of who hands the events over; each event has its author's signature (`widget/wire/event.py`).
"""

from __future__ import annotations

from dataclasses import dataclass

from widget.errors import MALFORMED, CwError
from widget.wire.codec import Reader, Writer
from widget.wire.event import Event, read_events, write_events
from widget.wire.labels import FRAME, labelled
from widget.wire.packet import TAG_FRAME

HEADER_BYTES = 16
TAG_BYTES = 16
BUCKETS = (128, 256, 512, 1024, 2048, 4096, 8192, 15872)
CONTENT_BYTES = 15872
PADDING = bytes(CONTENT_BYTES)
MAX_FRAME_BYTES = HEADER_BYTES + CONTENT_BYTES + TAG_BYTES
MIN_FRAME_BYTES = HEADER_BYTES + 128 + TAG_BYTES

TYPE_NEWS = 1  # events as they are said
TYPE_ANSWER = 2  # events that the receiver has asked for


@dataclass(frozen=True)
class FrameHeader:
    """`kid` 8 bytes, `index` the sender's place in the roster."""

    frame_type: int
    kid: bytes
    index: int
    counter: int


def write_header(frame_type: int, kid: bytes, index: int, counter: int) -> bytes:
    return Writer().u8(TAG_FRAME).u8(frame_type).fixed(kid, 8).u16(index).u32(counter).done()


def read_header(data: bytes) -> FrameHeader:
    """The header at the start of a frame; CwError(MALFORMED) when there is none."""
    reader = Reader(data)
    if reader.u8() != TAG_FRAME:
        raise CwError(MALFORMED, "not a frame")
    return FrameHeader(reader.u8(), reader.fixed(8), reader.u16(), reader.u32())


def write_content(events: list[Event]) -> bytes:
    """Padded to its bucket; CwError(MALFORMED) when they are too long for the last."""
    data = write_events(events)
    return data + PADDING[: bucket_for(len(data)) - len(data)]


def read_content(data: bytes) -> list[Event]:
    """CwError(MALFORMED) for anything that `write_content` would not have written, padding included."""
    reader = Reader(data)
    events = read_events(reader)
    padding = reader.rest()
    if padding != PADDING[: len(padding)] or len(data) != bucket_for(len(data) - len(padding)):
        raise CwError(MALFORMED, "padding is wrong")
    return events


def bucket_for(length: int) -> int:
    """The smallest bucket that holds `length` bytes."""
    for bucket in BUCKETS:
        if length <= bucket:
            return bucket
    raise CwError(MALFORMED, "content too long")


def frame_aad(room_id: bytes, header: bytes) -> bytes:
    return labelled(FRAME, Writer().fixed(room_id, 16).fixed(header, HEADER_BYTES).done())
