"""EVENT, what somebody said once: the same bytes for ever, whoever hands them on.

EVENT    01 | room16 | author16 | seq u32 | prev16 | kid16 | clock u48 | at u48 ms | kind u8 | SHA-256(body)32 | sig64
id       SHA-256("cw1/event" 00 EVENT without sig)[0:16]        sig: the author's SK over the same bytes
events   n u8 x (EVENT | lp(body), or FFFF where the body is withheld)
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from widget.errors import MALFORMED, CwError
from widget.wire.codec import Reader, Writer
from widget.wire.labels import EVENT, labelled

VERSION = 1
EVENT_BYTES = 178
SIGNATURE_BYTES = 64
LENGTH_BYTES = 2
WITHHELD = 65535
MAX_EVENTS = 255
# 4,000 characters of any living script: three bytes each, and the emotes' ids.
MAX_BODY_BYTES = 15360


@dataclass
class Event:
    """Ids and hashes in hex: `author` a session, `prev` the author's event before (zeros before the first), `kid` the
    epoch it was written in. `seq` counts from 1; `clock` is a hybrid logical clock; `at_ms` is for people to read."""

    room_id: bytes
    author: str
    seq: int
    prev: str
    kid: str
    clock: int
    at_ms: int
    kind: int
    body_hash: str
    signature: bytes = field(default=b"", repr=False)
    body: bytes | None = field(default=None, repr=False)  # None: withheld, pruned, or not for me
    head: bytes = field(default=b"", repr=False, compare=False)  # as it was read, or nothing

    def bare(self) -> Event:
        """The same without its body."""
        return replace(self, body=None)


def write_head(event: Event) -> bytes:
    """EVENT without its signature."""
    writer = Writer().u8(VERSION).fixed(event.room_id, 16).hex(event.author, 16).u32(event.seq)
    writer.hex(event.prev, 16).hex(event.kid, 16).u48(event.clock).u48(event.at_ms)
    return writer.u8(event.kind).hex(event.body_hash, 32).done()


def event_signed(event: Event) -> bytes:
    """What the author signs and what the id is the hash of: "cw1/event" 00 EVENT without sig"""
    return labelled(EVENT, event.head if len(event.head) > 0 else write_head(event))


def size_of(event: Event) -> int:
    """The bytes it takes among others."""
    return EVENT_BYTES + LENGTH_BYTES + (0 if event.body is None else len(event.body))


def write_events(events: list[Event]) -> bytes:
    """At most MAX_EVENTS, without padding."""
    writer = Writer().u8(len(events))
    for event in events:
        writer.raw(event.head if len(event.head) > 0 else write_head(event)).fixed(event.signature, SIGNATURE_BYTES)
        body = event.body
        if body is None:
            writer.u16(WITHHELD)
        elif len(body) > MAX_BODY_BYTES:
            raise CwError(MALFORMED, "a body too long")
        else:
            writer.long(body)
    return writer.done()


def read_events(reader: Reader, is_checked: bool = False) -> list[Event]:
    """CwError(MALFORMED) for anything that `write_events` would not have written; what follows is the caller's.

    Of one that was checked before, the head is not kept: it can be written anew, and is the same.
    """
    return [_read_event(reader, is_checked) for _ in range(reader.u8())]


def _read_event(reader: Reader, is_checked: bool) -> Event:
    head = b"" if is_checked else reader.ahead(EVENT_BYTES - SIGNATURE_BYTES)
    if reader.u8() != VERSION:
        raise CwError(MALFORMED, "unknown version of event")
    event = Event(
        room_id=reader.fixed(16),
        author=reader.hex(16),
        seq=reader.u32(),
        prev=reader.hex(16),
        kid=reader.hex(16),
        clock=reader.u48(),
        at_ms=reader.u48(),
        kind=reader.u8(),
        body_hash=reader.hex(32),
        signature=reader.fixed(SIGNATURE_BYTES),
        body=_read_body(reader),
        head=head,
    )
    if event.seq < 1:
        raise CwError(MALFORMED, "an event before the first")
    return event


def _read_body(reader: Reader) -> bytes | None:
    length = reader.u16()
    if length == WITHHELD:
        return None
    if length > MAX_BODY_BYTES:
        raise CwError(MALFORMED, "a body too long")
    return reader.fixed(length)
