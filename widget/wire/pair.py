"""PAIR packets between two sessions, and the blobs inside them.

PAIR        C3 | counter u32 | sealed ...          the first 5 bytes are the AAD
GRANT       01 | lp(E | sigSK64) | secret32
STATE       02 | n u32 | kid16 | members u16
WANT        03 | SHA-256(SC)32
CREDENTIAL  04 | lp(SC) | u8 len psk_proof (n x 32)
WHO         05 | sid16
CHANGE      06 | ...                               widget/wire/change.py
WHOLE       07
SEEK        08 | sid16 | at u48
PULSE       09 | sid16 | at u48 ms | sigSK64
TWICE       0A | issuer16 | 2 x STATEMENT132       widget/wire/epoch.py
"""

from __future__ import annotations

from dataclasses import dataclass

from widget.errors import MALFORMED, CwError
from widget.wire.change import Change, read_change, write_change
from widget.wire.codec import Reader, Writer
from widget.wire.epoch import SIGNATURE_BYTES, STATEMENT_BYTES
from widget.wire.labels import PULSE as PULSE_LABEL
from widget.wire.labels import labelled
from widget.wire.packet import TAG_PAIR
from widget.wire.proofs import read_proofs

PAIR_HEADER_BYTES = 5
MAX_PAIR_BYTES = 16384

GRANT = 1
STATE = 2
WANT = 3
CREDENTIAL = 4
WHO = 5
CHANGE = 6
WHOLE = 7
SEEK = 8
PULSE = 9
TWICE = 10


@dataclass(frozen=True)
class Grant:
    """`epoch` is E and its signature, as `widget/wire/epoch.py` writes them."""

    epoch: bytes
    secret: bytes


@dataclass(frozen=True)
class State:
    """The epoch a member sends under and how many are in it; n 0 and a kid of zeros before the first."""

    n: int
    kid: str
    members: int


@dataclass(frozen=True)
class Want:
    """Please show me the credential with this hash."""

    credential_hash: str


@dataclass(frozen=True)
class Shown:
    """A credential somebody wanted, with its invite proof."""

    credential: bytes
    psk_proof: bytes


@dataclass(frozen=True)
class Who:
    """Please show me the credential of this session: it said something, and I never met it."""

    sid: str


@dataclass(frozen=True)
class Whole:
    """Please send me your epoch as a GRANT: I lack what your CHANGE builds on."""


@dataclass(frozen=True)
class Seek:
    """Is that session here? I know of it at `at_ms`; 0 for never."""

    sid: str
    at_ms: int


@dataclass(frozen=True)
class Pulse:
    """That session was here then, by its own word."""

    sid: str
    at_ms: int
    signature: bytes


@dataclass(frozen=True)
class Twice:
    """The proof of a lie. Whether both are signed and contradict each other is for the receiver to check."""

    issuer: str
    one: bytes
    other: bytes


Blob = Grant | State | Want | Shown | Who | Change | Whole | Seek | Pulse | Twice


def write_pair_header(counter: int) -> bytes:
    return Writer().u8(TAG_PAIR).u32(counter).done()


def read_pair_packet(packet: bytes) -> tuple[int, bytes, bytes]:
    """(counter, header, sealed rest); CwError(MALFORMED) for anything else."""
    if len(packet) > MAX_PAIR_BYTES:
        raise CwError(MALFORMED, "pair packet too long")
    reader = Reader(packet)
    if reader.u8() != TAG_PAIR:
        raise CwError(MALFORMED, "not a pair packet")
    counter = reader.u32()
    return counter, packet[:PAIR_HEADER_BYTES], reader.rest()


def write_grant(epoch: bytes, secret: bytes) -> bytes:
    return Writer().u8(GRANT).long(epoch).fixed(secret, 32).done()


def write_state(n: int, kid: str, members: int) -> bytes:
    return Writer().u8(STATE).u32(n).hex(kid, 16).u16(members).done()


def write_want(credential_hash: str) -> bytes:
    return Writer().u8(WANT).hex(credential_hash, 32).done()


def write_shown(credential: bytes, psk_proof: bytes) -> bytes:
    return Writer().u8(CREDENTIAL).long(credential).short(psk_proof).done()


def write_who(sid: str) -> bytes:
    return Writer().u8(WHO).hex(sid, 16).done()


def write_changed(change: Change) -> bytes:
    return write_change(Writer().u8(CHANGE), change)


def write_whole() -> bytes:
    return Writer().u8(WHOLE).done()


def write_seek(sid: str, at_ms: int) -> bytes:
    return Writer().u8(SEEK).hex(sid, 16).u48(at_ms).done()


def write_pulse(pulse: Pulse) -> bytes:
    writer = Writer().u8(PULSE).hex(pulse.sid, 16).u48(pulse.at_ms)
    return writer.fixed(pulse.signature, SIGNATURE_BYTES).done()


def write_twice(twice: Twice) -> bytes:
    writer = Writer().u8(TWICE).hex(twice.issuer, 16)
    return writer.fixed(twice.one, STATEMENT_BYTES).fixed(twice.other, STATEMENT_BYTES).done()


def pulse_signed(room_id: bytes, sid: str, at_ms: int) -> bytes:
    """What SK signs: "cw1/pulse" 00 room16 | sid16 | at u48"""
    return labelled(PULSE_LABEL, Writer().fixed(room_id, 16).hex(sid, 16).u48(at_ms).done())


def read_blob(data: bytes) -> Blob:
    """CwError(MALFORMED) for anything that the writers above would not have written."""
    reader = Reader(data)
    blob = _read_kind(reader, reader.u8())
    reader.end()
    return blob


def _read_kind(reader: Reader, kind: int) -> Blob:
    if kind == GRANT:
        return Grant(reader.long(), reader.fixed(32))
    if kind == STATE:
        return State(reader.u32(), reader.hex(16), reader.u16())
    if kind == WANT:
        return Want(reader.hex(32))
    if kind == CREDENTIAL:
        return Shown(reader.long(), read_proofs(reader))
    if kind == WHO:
        return Who(reader.hex(16))
    if kind == CHANGE:
        return read_change(reader)
    if kind == WHOLE:
        return Whole()
    if kind == SEEK:
        return Seek(reader.hex(16), reader.u48())
    if kind == PULSE:
        return Pulse(reader.hex(16), reader.u48(), reader.fixed(SIGNATURE_BYTES))
    if kind == TWICE:
        return Twice(reader.hex(16), reader.fixed(STATEMENT_BYTES), reader.fixed(STATEMENT_BYTES))
    raise CwError(MALFORMED, "unknown kind of pair blob")
