"""A room's genesis: the policy its id is the hash of."""

from __future__ import annotations

from dataclasses import dataclass, field

from widget.errors import MALFORMED, CwError
from widget.wire.codec import Reader, Writer, utf8
from widget.wire.labels import ROOM, labelled

VERSION = 1
PRIVATE = 1
APPROVAL = 2
HISTORY = 4
RELAY = 8
PREVIEW = 16  # only where what is said may pass the service, and never in a private room
ALL_FLAGS = 31
MAX_SUB_BYTES = 64
MAX_ORG_BYTES = 255
MAX_ORGS = 8


@dataclass(frozen=True)
class Genesis:
    """`host_jkt` 32 bytes, `nonce` 16; `flags` a sum of those above; `orgs` are the origins whose people may enter."""

    host_sub: str
    host_jkt: bytes
    nonce: bytes
    created_ms: int
    flags: int
    capacity: int
    min_version: int
    orgs: list[str] = field(default_factory=list)

    @property
    def private(self) -> bool:
        """Only who has the invite may enter."""
        return self.flags % 2 == PRIVATE

    @property
    def approval(self) -> bool:
        """A host or a moderator lets each person in."""
        return self.flags % HISTORY >= APPROVAL

    @property
    def history(self) -> bool:
        """Who comes later may read what was said before."""
        return self.flags % RELAY >= HISTORY

    @property
    def relay(self) -> bool:
        """Messages may travel through the service."""
        return self.flags % PREVIEW >= RELAY

    @property
    def preview(self) -> bool:
        """Whoever has not signed in may look at what was said last."""
        return self.flags >= PREVIEW


def write_genesis(genesis: Genesis) -> bytes:
    """The bytes whose hash is the room id.

    01 | lp(host_sub) | host_jkt32 | nonce16 | created u64 | flags u8 | capacity u16 | min_version u8 | n u8 x lp(org)
    """
    writer = Writer().u8(VERSION).long(genesis.host_sub.encode("utf-8")).fixed(genesis.host_jkt, 32)
    writer.fixed(genesis.nonce, 16).u64(genesis.created_ms).u8(genesis.flags)
    writer.u16(genesis.capacity).u8(genesis.min_version).u8(len(genesis.orgs))
    for org in genesis.orgs:
        writer.long(org.encode("utf-8"))
    return writer.done()


def read_genesis(data: bytes) -> Genesis:
    """CwError(MALFORMED) for anything that `write_genesis` would not have written."""
    reader = Reader(data)
    if reader.u8() != VERSION:
        raise CwError(MALFORMED, "unknown version of genesis")
    genesis = Genesis(
        host_sub=_text(reader.long(), MAX_SUB_BYTES),
        host_jkt=reader.fixed(32),
        nonce=reader.fixed(16),
        created_ms=reader.u64(),
        flags=reader.u8(),
        capacity=reader.u16(),
        min_version=reader.u8(),
        orgs=_read_orgs(reader),
    )
    reader.end()
    if genesis.flags > ALL_FLAGS or genesis.capacity < 1 or genesis.min_version < 1:
        raise CwError(MALFORMED, "genesis asks for the impossible")
    if genesis.preview and (genesis.private or not genesis.relay):
        raise CwError(MALFORMED, "genesis shows what it hides")
    return genesis


def room_id_input(genesis_bytes: bytes) -> bytes:
    """What is hashed: the room id is SHA-256 of this, first 16 bytes."""
    return labelled(ROOM, genesis_bytes)


def _read_orgs(reader: Reader) -> list[str]:
    count = reader.u8()
    if count < 1 or count > MAX_ORGS:
        raise CwError(MALFORMED, "genesis names no or too many origins")
    return [_text(reader.long(), MAX_ORG_BYTES) for _ in range(count)]


def _text(data: bytes, max_bytes: int) -> str:
    if len(data) < 1 or len(data) > max_bytes:
        raise CwError(MALFORMED, "text of genesis is empty or too long")
    return utf8(data)
