"""HELLO, BIND and the transcript both ends hash.

    HELLO  'H' | 01 | attempt u32 | nver u8 | ver.. | nonce32 | lp(SC) | u8 len psk_proof (n x 32)
    BIND   'B' | 01 | attempt u32 | answered u32 | role u8 | u8 len said | sigSK64 | mac16
    T      room16 | lp(HELLO_lo) | lp(HELLO_hi) | transport u8 | fp_lo32 | fp_hi32         lo, hi by sid
"""

from __future__ import annotations

from dataclasses import dataclass

from widget.errors import MALFORMED, CwError
from widget.wire.codec import Reader, Writer
from widget.wire.labels import BIND, labelled
from widget.wire.packet import TAG_BIND, TAG_HELLO
from widget.wire.proofs import read_proofs

VERSION = 1
MAX_HELLO_BYTES = 4096
MAX_VERSIONS = 16


@dataclass(frozen=True)
class Hello:
    """`attempt` counts the sender's attempts with anybody, from 1; `versions` it speaks, ascending.

    `credential` is the SC; `psk_proof` has one for each invite secret that its owner knows, none in public rooms.
    """

    attempt: int
    versions: list[int]
    nonce: bytes
    credential: bytes
    psk_proof: bytes


@dataclass(frozen=True)
class Bind:
    """`attempt` of the sender, `answered` of the HELLO it answers; `role` is 0 for the lower sid, 1 for the other.

    `said` is a first word to the peer, readable on the way; up to 255 bytes.
    """

    attempt: int
    answered: int
    role: int
    said: bytes
    signature: bytes
    mac: bytes


def write_hello(attempt: int, versions: list[int], nonce: bytes, credential: bytes, psk_proof: bytes) -> bytes:
    writer = Writer().u8(TAG_HELLO).u8(VERSION).u32(attempt).u8(len(versions))
    for version in versions:
        writer.u8(version)
    return writer.fixed(nonce, 32).long(credential).short(psk_proof).done()


def read_hello(packet: bytes) -> Hello:
    """CwError(MALFORMED) for anything that `write_hello` would not have written."""
    if len(packet) > MAX_HELLO_BYTES:
        raise CwError(MALFORMED, "HELLO too long")
    reader = Reader(packet)
    if reader.u8() != TAG_HELLO or reader.u8() != VERSION:
        raise CwError(MALFORMED, "not a HELLO of this version")
    attempt = reader.u32()
    versions = _read_versions(reader)
    hello = Hello(attempt, versions, reader.fixed(32), reader.long(), read_proofs(reader))
    reader.end()
    return hello


def _read_versions(reader: Reader) -> list[int]:
    count = reader.u8()
    if count < 1 or count > MAX_VERSIONS:
        raise CwError(MALFORMED, "HELLO names no or too many versions")
    versions: list[int] = []
    last = 0
    for _ in range(count):
        version = reader.u8()
        if version <= last:
            raise CwError(MALFORMED, "versions of HELLO do not ascend")
        versions.append(version)
        last = version
    return versions


def write_bind(attempt: int, answered: int, role: int, said: bytes, signature: bytes, mac: bytes) -> bytes:
    writer = Writer().u8(TAG_BIND).u8(VERSION).u32(attempt).u32(answered).u8(role).short(said)
    return writer.fixed(signature, 64).fixed(mac, 16).done()


def read_bind(packet: bytes) -> Bind:
    """CwError(MALFORMED) for anything that `write_bind` would not have written."""
    reader = Reader(packet)
    if reader.u8() != TAG_BIND or reader.u8() != VERSION:
        raise CwError(MALFORMED, "not a BIND of this version")
    bind = Bind(reader.u32(), reader.u32(), reader.u8(), reader.short(), reader.fixed(64), reader.fixed(16))
    reader.end()
    if bind.role > 1:
        raise CwError(MALFORMED, "unknown role")
    return bind


def transcript_bytes(
    room_id: bytes, hellos: tuple[bytes, bytes], transport: int, fingerprints: tuple[bytes, bytes]
) -> bytes:
    """T: what both ends must have seen alike, (lo, hi) each. Its SHA-256 is what keys and BIND depend on."""
    writer = Writer().fixed(room_id, 16).long(hellos[0]).long(hellos[1]).u8(transport)
    return writer.fixed(fingerprints[0], 32).fixed(fingerprints[1], 32).done()


def bind_input(role: int, transcript_hash: bytes, said: bytes) -> bytes:
    """What BIND signs and MACs: "cw1/bind" 00 role u8 | SHA-256(T)32 | u8 len said"""
    return labelled(BIND, Writer().u8(role).fixed(transcript_hash, 32).short(said).done())
