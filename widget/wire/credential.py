"""SC, the session credential: a device key vouches for one session's keys in one room.

    01 | room16 | sid16 | DKpub65 | SKpub65 | EKpub65 | iat u64 | exp u64 | pskgen u16 | SHA256(IC)32 | sigDK64 | lp(IC)
"""

from __future__ import annotations

from dataclasses import dataclass

from widget.errors import MALFORMED, CwError
from widget.wire.codec import Reader, Writer
from widget.wire.labels import SC, labelled

VERSION = 1
MAX_IDENTITY_BYTES = 2048
MAX_CREDENTIAL_BYTES = 344 + MAX_IDENTITY_BYTES


@dataclass
class Credential:
    """`device`, `signing`, `agreement` are public keys, `sid` is in hex, `identity` the text of the IC.

    The signature is filled in once there is something to sign.
    """

    room_id: bytes
    sid: str
    device: bytes
    signing: bytes
    agreement: bytes
    iat_ms: int
    exp_ms: int
    psk_gen: int
    identity_hash: bytes
    signature: bytes
    identity: bytes


def write_credential(credential: Credential) -> bytes:
    return _unsigned(credential).fixed(credential.signature, 64).long(credential.identity).done()


def read_credential(data: bytes) -> Credential:
    """CwError(MALFORMED) for anything that `write_credential` would not have written."""
    reader = Reader(data)
    if reader.u8() != VERSION:
        raise CwError(MALFORMED, "unknown version of credential")
    credential = Credential(
        room_id=reader.fixed(16),
        sid=reader.hex(16),
        device=reader.fixed(65),
        signing=reader.fixed(65),
        agreement=reader.fixed(65),
        iat_ms=reader.u64(),
        exp_ms=reader.u64(),
        psk_gen=reader.u16(),
        identity_hash=reader.fixed(32),
        signature=reader.fixed(64),
        identity=reader.long(),
    )
    reader.end()
    if len(credential.identity) > MAX_IDENTITY_BYTES:
        raise CwError(MALFORMED, "identity too long")
    return credential


def credential_signed(credential: Credential) -> bytes:
    """What the device signs: "cw1/sc" 00 and everything before the signature."""
    return labelled(SC, _unsigned(credential).done())


def _unsigned(credential: Credential) -> Writer:
    writer = Writer().u8(VERSION).fixed(credential.room_id, 16).hex(credential.sid, 16)
    writer.fixed(credential.device, 65).fixed(credential.signing, 65).fixed(credential.agreement, 65)
    writer.u64(credential.iat_ms).u64(credential.exp_ms).u16(credential.psk_gen)
    return writer.fixed(credential.identity_hash, 32)
