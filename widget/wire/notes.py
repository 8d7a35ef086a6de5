"""What two members tell each other inside pair blobs, beside the group's own kinds (`widget/wire/pair.py`).

    BEAT    10 | asks u8 | first u32 | last u32 | 16 x digest8    what I hold: of your log, and of all logs
    HEADS   11 | n u8 x (author16 | first u32 | seq u32 | id16)    the logs that I hold
    FETCH   12 | author16 | first u32 | last u32        please send these events of that author
    LACK    13 | author16 | first u32 | last u32        asked for, and not to be had from me
    FORK    14 | events (two of one author)             the proof that this author told two stories
    DIRECT  15                                          please offer a new direct connection: mine is gone
    PROBE   16                                          nothing; a link that was silent is heard again
    ASK     17 | book32                                 please show me the decisions that go by this hash
    BOOK    18 | is_last u8 | n u8 x (lp(SC) | u8 len psk_proof) | events      decisions, and who made them

A digest is SHA-256("cw1/heads" 00 (author16 | seq u32 | id16 in order of author))[0:8] over the authors that begin
with its number, or zeros where there are none.
"""

from __future__ import annotations

from dataclasses import dataclass

from widget.errors import MALFORMED, CwError
from widget.wire.codec import Reader, Writer
from widget.wire.event import Event, read_events, write_events
from widget.wire.pair import Shown
from widget.wire.proofs import read_proofs

BEAT = 16
HEADS = 17
FETCH = 18
LACK = 19
FORK = 20
DIRECT = 21
PROBE = 22
ASK = 23
BOOK = 24

BUCKETS = 16
DIGEST_BYTES = 8
MAX_HEADS = 64
MAX_SHOWN = 16  # credentials in one BOOK


@dataclass(frozen=True)
class Beat:
    """`first` to `last` are the receiver's events that the sender holds, 0 for none; digests in hex.

    It `asks` for the receiver's beat, when it cannot know what that holds.
    """

    asks: bool
    first: int
    last: int
    digests: list[str]


@dataclass(frozen=True)
class Head:
    """A log without gaps, from the event `first` to `seq`, whose id it is."""

    author: str
    first: int
    seq: int
    id: str


@dataclass(frozen=True)
class Heads:
    heads: list[Head]


@dataclass(frozen=True)
class Fetch:
    author: str
    first: int
    last: int


@dataclass(frozen=True)
class Lack:
    author: str
    first: int
    last: int


@dataclass(frozen=True)
class Fork:
    """Whether both are signed and contradict each other is for the receiver to check."""

    events: list[Event]


@dataclass(frozen=True)
class Ask:
    """For the decisions that an epoch was made with."""

    book_hash: str


@dataclass(frozen=True)
class BookPart:
    """Decisions of a member's book, with the credentials of their authors. After the `last` part it is whole."""

    is_last: bool
    authors: list[Shown]
    events: list[Event]


Note = Beat | Heads | Fetch | Lack | Fork | Ask | BookPart


def is_note(blob: bytes) -> bool:
    return len(blob) > 0 and blob[0] >= BEAT


def write_beat(asks: bool, first: int, last: int, digests: list[str]) -> bytes:
    writer = Writer().u8(BEAT).u8(int(asks)).u32(first).u32(last)
    for digest in digests:
        writer.hex(digest, DIGEST_BYTES)
    return writer.done()


def write_heads(heads: list[Head]) -> bytes:
    """At most MAX_HEADS."""
    writer = Writer().u8(HEADS).u8(len(heads))
    for head in heads:
        writer.hex(head.author, 16).u32(head.first).u32(head.seq).hex(head.id, 16)
    return writer.done()


def tips_bytes(heads: list[Head]) -> bytes:
    """What a digest is of."""
    writer = Writer()
    for head in heads:
        writer.hex(head.author, 16).u32(head.seq).hex(head.id, 16)
    return writer.done()


def write_fetch(author: str, first: int, last: int) -> bytes:
    return Writer().u8(FETCH).hex(author, 16).u32(first).u32(last).done()


def write_lack(author: str, first: int, last: int) -> bytes:
    return Writer().u8(LACK).hex(author, 16).u32(first).u32(last).done()


def write_fork(one: Event, other: Event) -> bytes:
    return Writer().u8(FORK).raw(write_events([one, other])).done()


def write_ask(book_hash: str) -> bytes:
    return Writer().u8(ASK).hex(book_hash, 32).done()


def write_book(is_last: bool, authors: list[Shown], events: list[Event]) -> bytes:
    """At most MAX_SHOWN authors."""
    writer = Writer().u8(BOOK).u8(int(is_last)).u8(len(authors))
    for author in authors:
        writer.long(author.credential).short(author.psk_proof)
    return writer.raw(write_events(events)).done()


def read_note(blob: bytes) -> Note:
    """CwError(MALFORMED) for anything that the writers above would not have written."""
    reader = Reader(blob)
    note = _read_kind(reader, reader.u8())
    reader.end()
    return note


def _read_kind(reader: Reader, kind: int) -> Note:
    if kind == BEAT:
        asks = _at_most(reader.u8(), 1) == 1
        return Beat(asks, reader.u32(), reader.u32(), [reader.hex(DIGEST_BYTES) for _ in range(BUCKETS)])
    if kind == HEADS:
        return Heads([_read_head(reader) for _ in range(_at_most(reader.u8(), MAX_HEADS))])
    if kind == FETCH:
        return Fetch(reader.hex(16), reader.u32(), reader.u32())
    if kind == LACK:
        return Lack(reader.hex(16), reader.u32(), reader.u32())
    if kind == FORK:
        events = read_events(reader)
        if len(events) == 2 and events[0].author == events[1].author:
            return Fork(events)
    if kind == ASK:
        return Ask(reader.hex(32))
    if kind == BOOK:
        is_last = _at_most(reader.u8(), 1) == 1
        authors = [Shown(reader.long(), read_proofs(reader)) for _ in range(_at_most(reader.u8(), MAX_SHOWN))]
        return BookPart(is_last, authors, read_events(reader))
    raise CwError(MALFORMED, "unknown kind of note")


def _read_head(reader: Reader) -> Head:
    return Head(reader.hex(16), reader.u32(), reader.u32(), reader.hex(16))


def _at_most(count: int, most: int) -> int:
    if count > most:
        raise CwError(MALFORMED, "too many at once")
    return count
