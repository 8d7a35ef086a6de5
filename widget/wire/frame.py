"""Frames, the room's messages on the wire.

    header   C1 | type u8 | kid8 | roster index u16 | counter u32                                            16 bytes
    frame    header | AES-256-GCM(padded content | sigSK64)
    content  msg_id16 | ts u64 ms | prev16 | kind u8 | lp(body), zeros up to the next bucket
    sig over "cw1/msg" 00 room16 | header | padded content            aad = "cw1/frm" 00 room16 | header
"""

from __future__ import annotations

from dataclasses import dataclass

from widget.errors import MALFORMED, CwError
from widget.wire.codec import Reader, Writer
from widget.wire.labels import FRAME, MESSAGE, labelled
from widget.wire.packet import TAG_FRAME

HEADER_BYTES = 16
SIGNATURE_BYTES = 64
TAG_BYTES = 16
BUCKETS = (128, 256, 512, 1024, 2048, 4096, 8192, 15872)
CONTENT_BYTES = 43
PADDING = bytes(15872)
MAX_BODY_BYTES = 15872 - CONTENT_BYTES
MAX_FRAME_BYTES = 16384
MIN_FRAME_BYTES = HEADER_BYTES + 128 + SIGNATURE_BYTES + TAG_BYTES

TYPE_MESSAGE = 1
TYPE_CONTROL = 2
TYPE_PRESENCE = 3
TYPE_HISTORY = 4


@dataclass(frozen=True)
class FrameHeader:
    """`kid` 8 bytes, `index` the author's place in the roster."""

    frame_type: int
    kid: bytes
    index: int
    counter: int


@dataclass(frozen=True)
class Content:
    """`prev` = first 16 bytes of SHA-256 of the author's last finished frame in this room, or zeros."""

    msg_id: bytes
    ts_ms: int
    prev: bytes
    kind: int
    body: bytes


def write_header(frame_type: int, kid: bytes, index: int, counter: int) -> bytes:
    return Writer().u8(TAG_FRAME).u8(frame_type).fixed(kid, 8).u16(index).u32(counter).done()


def read_header(data: bytes) -> FrameHeader:
    """The header at the start of a frame; CwError(MALFORMED) when there is none."""
    reader = Reader(data)
    if reader.u8() != TAG_FRAME:
        raise CwError(MALFORMED, "not a frame")
    return FrameHeader(reader.u8(), reader.fixed(8), reader.u16(), reader.u32())


def write_content(msg_id: bytes, ts_ms: int, prev: bytes, kind: int, body: bytes) -> bytes:
    """Padded to its bucket; CwError(MALFORMED) when the body is too long for the last."""
    data = Writer().fixed(msg_id, 16).u64(ts_ms).fixed(prev, 16).u8(kind).long(body).done()
    return data + PADDING[: bucket_for(len(data)) - len(data)]


def read_content(data: bytes) -> Content:
    """CwError(MALFORMED) for anything that `write_content` would not have written, padding included."""
    reader = Reader(data)
    content = Content(reader.fixed(16), reader.u64(), reader.fixed(16), reader.u8(), reader.long())
    padding = reader.rest()
    if padding != PADDING[: len(padding)] or len(data) != bucket_for(len(data) - len(padding)):
        raise CwError(MALFORMED, "padding is wrong")
    return content


def bucket_for(length: int) -> int:
    """The smallest bucket that holds `length` bytes."""
    for bucket in BUCKETS:
        if length <= bucket:
            return bucket
    raise CwError(MALFORMED, "content too long")


def message_signed(room_id: bytes, header: bytes, padded: bytes) -> bytes:
    return labelled(MESSAGE, Writer().fixed(room_id, 16).fixed(header, HEADER_BYTES).raw(padded).done())


def frame_aad(room_id: bytes, header: bytes) -> bytes:
    return labelled(FRAME, Writer().fixed(room_id, 16).fixed(header, HEADER_BYTES).done())
