"""What a member shows a visitor who has not signed in: the last lines of the room, and whose they are.

    showing   sigSK64 | 01 | u8 n x lp(SC) | events | zeros, up to a multiple of 4 KiB
    answer    enc65 | HPKE(showing)        info "cw1/look" 00 room16, to the key that the visitor made for this
    on the socket   02 | visit16 | answer

The first SC is that of who shows, whose SK signs "cw1/shown" 00 room16 | key65 | all behind the signature. The others
are those of the events' authors.
"""

from __future__ import annotations

from dataclasses import dataclass

from widget.errors import MALFORMED, CwError
from widget.wire.codec import Reader, Writer
from widget.wire.event import SIGNATURE_BYTES, Event, read_events, write_events
from widget.wire.labels import LOOK, SHOWN, labelled
from widget.wire.socket import KEY_BYTES, SID_BYTES

SHOW = 2
VERSION = 1
PAD_BYTES = 4096
MAX_SHOWN_BYTES = 28672  # as much as one message of the socket takes
MAX_ANSWER_BYTES = KEY_BYTES + MAX_SHOWN_BYTES + 16


@dataclass(frozen=True)
class Showing:
    """`credentials` as bytes of SC, first that of who shows."""

    credentials: list[bytes]
    events: list[Event]


def write_shown(showing: Showing) -> bytes:
    """All but the signature; CwError(MALFORMED) for more than MAX_SHOWN_BYTES with it."""
    writer = Writer().u8(VERSION).u8(len(showing.credentials))
    for credential in showing.credentials:
        writer.long(credential)
    data = writer.raw(write_events(showing.events)).done()
    size = SIGNATURE_BYTES + len(data)
    padded = (size + PAD_BYTES - 1) // PAD_BYTES * PAD_BYTES
    if padded > MAX_SHOWN_BYTES:
        raise CwError(MALFORMED, "too much to be shown")
    return data + bytes(padded - size)


def read_shown(data: bytes) -> Showing:
    """CwError(MALFORMED) for anything that `write_shown` would not have written."""
    reader = Reader(data)
    if reader.u8() != VERSION:
        raise CwError(MALFORMED, "unknown version of what is shown")
    count = reader.u8()
    showing = Showing([reader.long() for _ in range(count)], read_events(reader))
    if count < 1 or data != write_shown(showing):
        raise CwError(MALFORMED, "not what a member shows")
    return showing


def shown_signed(room_id: bytes, key: bytes, data: bytes) -> bytes:
    """What who shows signs, of what `write_shown` gave."""
    return labelled(SHOWN, Writer().fixed(room_id, SID_BYTES).fixed(key, KEY_BYTES).raw(data).done())


def look_info(room_id: bytes) -> bytes:
    return labelled(LOOK, room_id)


def write_show(visit_id: str, answer: bytes) -> bytes:
    """For the socket."""
    return Writer().u8(SHOW).hex(visit_id, SID_BYTES).raw(answer).done()


def read_show(data: bytes) -> tuple[str, bytes]:
    """(visit in hex, answer)."""
    start = 1 + SID_BYTES
    if len(data) < start or data[0] != SHOW or len(data) > start + MAX_ANSWER_BYTES:
        raise CwError(MALFORMED, "not what a visitor is shown")
    return data[1:start].hex(), data[start:]
