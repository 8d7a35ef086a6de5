"""E, an epoch: who may read from now on, signed by its issuer.

    E = 01 | room16 | n u32 | prev32 | issuer16 | reason u8 | commit32 | book32 | count u16 x (sid16 | SHA256(SC)32)
    signed epoch = E | sigSK64           kid = SHA-256(E)[0:16]: a second signature over the same E is the same epoch
    STATEMENT    = n u32 | prev32 | SHA-256(E)32 | sigSK64: two of them prove a lie without the rosters
"""

from __future__ import annotations

from dataclasses import dataclass

from widget.errors import MALFORMED, CwError
from widget.wire.codec import Reader, Writer
from widget.wire.labels import COMMIT, EPOCH, labelled

VERSION = 1
TERMS_START = 17  # of what a change repeats, from n to book
TERMS_BYTES = 117
PREV_END = 53  # in E, behind n and prev
STATED_BYTES = 68  # n, prev and the hash of E
STATEMENT_BYTES = 132
SIGNATURE_BYTES = 64
MAX_ROSTER = 256

REASON_FIRST = 1
REASON_JOIN = 2
REASON_LEAVE = 3
REASON_AGE = 4
REASON_FRAMES = 5
REASON_RESYNC = 6
REASON_REMOVE = 7


@dataclass(frozen=True)
class Epoch:
    """`roster` has the hash of each reader's credential by its sid, ascending; `commit` binds the secret that comes
    with it; `book` is the hash of what its issuer knew to be decided. `prev` is SHA-256 of the epoch before, whole: of
    eight bytes of it an issuer could find two alike. It, ids and hashes in the roster are in hex."""

    room_id: bytes
    n: int
    prev: str
    issuer: str
    reason: int
    commit: bytes
    book: bytes
    roster: dict[str, str]


def write_epoch(epoch: Epoch) -> bytes:
    """E, unsigned."""
    writer = Writer().u8(VERSION).fixed(epoch.room_id, 16).u32(epoch.n).hex(epoch.prev, 32)
    writer.hex(epoch.issuer, 16).u8(epoch.reason).fixed(epoch.commit, 32).fixed(epoch.book, 32)
    write_roster(writer, epoch.roster)
    return writer.done()


def write_roster(writer: Writer, roster: dict[str, str]) -> None:
    writer.u16(len(roster))
    for sid, credential_hash in roster.items():
        writer.hex(sid, 16).hex(credential_hash, 32)


def read_signed_epoch(data: bytes) -> tuple[Epoch, bytes, bytes]:
    """(epoch, E, signature); CwError(MALFORMED) for anything that `write_epoch` would not have written."""
    body = data[: max(0, len(data) - SIGNATURE_BYTES)]
    reader = Reader(body)
    if reader.u8() != VERSION:
        raise CwError(MALFORMED, "unknown version of epoch")
    epoch = Epoch(
        room_id=reader.fixed(16),
        n=reader.u32(),
        prev=reader.hex(32),
        issuer=reader.hex(16),
        reason=reader.u8(),
        commit=reader.fixed(32),
        book=reader.fixed(32),
        roster=read_roster(reader, 1),
    )
    reader.end()
    if epoch.reason < REASON_FIRST or epoch.reason > REASON_REMOVE:
        raise CwError(MALFORMED, "unknown reason for an epoch")
    return epoch, body, data[len(body) :]


def read_roster(reader: Reader, least: int) -> dict[str, str]:
    count = reader.u16()
    if count < least or count > MAX_ROSTER:
        raise CwError(MALFORMED, "roster empty or too long")
    roster: dict[str, str] = {}
    last = ""
    for _ in range(count):
        sid = reader.hex(16)
        if sid <= last:
            raise CwError(MALFORMED, "roster does not ascend")
        roster[sid] = reader.hex(32)
        last = sid
    return roster


def stated(body: bytes, epoch_hash: bytes) -> bytes:
    """What an issuer says of E: n u32 | prev32 | SHA-256(E)32. With its signature behind it, a STATEMENT."""
    return body[TERMS_START:PREV_END] + epoch_hash


def epoch_signed(room_id: bytes, issuer: str, statement: bytes) -> bytes:
    """What the issuer signs: "cw1/epoch" 00 room16 | issuer16 | n u32 | prev32 | SHA-256(E)32"""
    return labelled(EPOCH, Writer().fixed(room_id, 16).hex(issuer, 16).raw(statement[:STATED_BYTES]).done())


def contradicts(one: bytes, other: bytes) -> bool:
    """Two STATEMENTs of one issuer: no honest session makes two epochs of one number, or two after the same one."""
    same_n, same_prev = one[:4].hex() == other[:4].hex(), one[4:36].hex() == other[4:36].hex()
    return (same_n or same_prev) and one[36:STATED_BYTES].hex() != other[36:STATED_BYTES].hex()


def commit_input(secret: bytes) -> bytes:
    """commit = SHA-256("cw1/ec" 00 secret32)"""
    return labelled(COMMIT, secret)
