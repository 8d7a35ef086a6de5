"""Where raw key bytes live: derived here, turned into handles here, checked here."""

from __future__ import annotations

from dataclasses import dataclass, field

from widget.crypto.reasons import BAD_POINT, BAD_PUBLIC_KEY
from widget.errors import CwError
from widget.ports import Agreement, Crypto, KeyPair
from widget.wire.codec import Writer
from widget.wire.labels import PAIR, PSK, SDP, SENDER, labelled

ZEROS = bytes(32)


@dataclass(frozen=True)
class CountedKey:
    """An AES-256-GCM key whose nonce is `salt12 XOR (0^8 || counter u32)`; the owner never repeats a counter."""

    crypto: Crypto = field(repr=False)
    handle: object = field(repr=False)
    salt: bytes = field(repr=False)

    async def seal(self, counter: int, plaintext: bytes, aad: bytes) -> bytes:
        return await self.crypto.aead.seal(self.handle, self._nonce(counter), plaintext, aad)

    async def open(self, counter: int, sealed: bytes, aad: bytes, reason: int) -> bytes:
        """CwError(reason) when the tag does not fit."""
        try:
            return await self.crypto.aead.open(self.handle, self._nonce(counter), sealed, aad)
        except CwError as error:
            raise CwError(reason, "sealed under another key") from error

    def _nonce(self, counter: int) -> bytes:
        tail = Writer().u32(counter).done()
        mixed = [self.salt[8 + index] ^ tail[index] for index in range(4)]
        return self.salt[:8] + bytes(mixed)


@dataclass(frozen=True)
class PairKeys:
    """What two sessions share on one link; the first of `by_role` seals what the lower sid sends."""

    conf: bytes = field(repr=False)
    by_role: list[CountedKey] = field(repr=False)


async def derive_pair(crypto: Crypto, mine: KeyPair, theirs: bytes, psk: bytes, transcript_hash: bytes) -> PairKeys:
    """okm120 = HKDF(ECDH(EK,EK'), psk or 32 zeros, "cw1/pair" 00 SHA-256(T)) = conf32 | k_lo32 | k_hi32 | salt12 x2"""
    shared = await agree(crypto.agreement, mine, theirs)
    salt = psk if len(psk) > 0 else ZEROS
    okm = await crypto.digest.hkdf_sha256(shared, salt, labelled(PAIR, transcript_hash), 120)
    low = CountedKey(crypto, await crypto.aead.key(okm[32:64]), okm[96:108])
    high = CountedKey(crypto, await crypto.aead.key(okm[64:96]), okm[108:120])
    return PairKeys(okm[:32], [low, high])


async def derive_sender(crypto: Crypto, secret: bytes, epoch_hash: bytes, room_id: bytes, sid: str) -> CountedKey:
    """key32 | salt12 = HKDF(secret, SHA-256(E), "cw1/sender" 00 room16 sid16, 44)"""
    info = labelled(SENDER, Writer().fixed(room_id, 16).hex(sid, 16).done())
    okm = await crypto.digest.hkdf_sha256(secret, epoch_hash, info, 44)
    return CountedKey(crypto, await crypto.aead.key(okm[:32]), okm[32:])


async def prove_psk(crypto: Crypto, psk: bytes, room_id: bytes, credential: bytes) -> bytes:
    """HMAC(HKDF(psk, 32 zeros, "cw1/psk" 00 room16, 32), SC): who knows the invite secret can say this."""
    info = labelled(PSK, Writer().fixed(room_id, 16).done())
    key = await crypto.digest.hkdf_sha256(psk, ZEROS, info, 32)
    return await crypto.digest.hmac_sha256(key, credential)


async def sdp_key(crypto: Crypto, psk: bytes, room_id: bytes) -> object:
    """AES key HKDF(psk, 32 zeros, "cw1/sdp" 00 room16, 32)"""
    info = labelled(SDP, Writer().fixed(room_id, 16).done())
    return await crypto.aead.key(await crypto.digest.hkdf_sha256(psk, ZEROS, info, 32))


async def agree(agreement: Agreement, mine: KeyPair, theirs: bytes) -> bytes:
    """ECDH, the x coordinate; only ever fed into a key derivation. CwError for a bad point."""
    check_public(theirs)
    shared = await agreement.derive(mine, theirs)
    if len(shared) != 32:
        raise CwError(BAD_POINT, "key agreement gave no 32 bytes")
    return shared


def check_public(public: bytes) -> None:
    """Exactly 65 bytes from 04: Chromium and Firefox import compressed points, Safari does not."""
    if len(public) != 65 or public[0] != 4:
        raise CwError(BAD_PUBLIC_KEY, "a public key is 65 bytes that start with 04")


async def signed(crypto: Crypto, public: bytes, signature: bytes, data: bytes) -> bool:
    """Exactly 64 bytes r||s: Firefox 153 accepts some shorter ones."""
    check_public(public)
    return len(signature) == 64 and await crypto.signatures.verify(public, signature, data)


def same(one: bytes, other: bytes) -> bool:
    """Equality in time that depends on the length alone."""
    if len(one) != len(other):
        return False
    different = 0
    for index in range(len(one)):
        different += one[index] ^ other[index]
    return different == 0
