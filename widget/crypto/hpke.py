"""HPKE base mode (RFC 9180), DHKEM(P-256, HKDF-SHA256), HKDF-SHA256, AES-256-GCM."""

from __future__ import annotations

from widget.crypto.keys import ZEROS, agree
from widget.ports import Crypto, Digest, KeyPair
from widget.wire.codec import Writer

KEM_SUITE = "HPKE-v1KEM\x00\x10"
HPKE_SUITE = "HPKE-v1HPKE\x00\x10\x00\x01\x00\x02"
BASE_MODE = b"\x00"


async def seal(
    crypto: Crypto, ephemeral: KeyPair, recipient: bytes, info: bytes, aad: bytes, plaintext: bytes
) -> tuple[bytes, bytes]:
    """(enc 65 bytes, ciphertext) for one message; CwError when `recipient` is no point of P-256.

    `ephemeral` is a fresh key for each message. RFC 9180 section 4.1, Encap: ExtractAndExpand(dh, enc || pkR).
    """
    dh = await agree(crypto.agreement, ephemeral, recipient)
    key, nonce = await _schedule(crypto.digest, dh, ephemeral.public + recipient, info)
    return ephemeral.public, await crypto.aead.seal(await crypto.aead.key(key), nonce, plaintext, aad)


async def unseal(crypto: Crypto, recipient: KeyPair, enc: bytes, info: bytes, aad: bytes, sealed: bytes) -> bytes:
    """What was sealed for `recipient`; CwError when it was not, or when `enc` is no point."""
    dh = await agree(crypto.agreement, recipient, enc)
    key, nonce = await _schedule(crypto.digest, dh, enc + recipient.public, info)
    return await crypto.aead.open(await crypto.aead.key(key), nonce, sealed, aad)


async def _schedule(digest: Digest, dh: bytes, kem_context: bytes, info: bytes) -> tuple[bytes, bytes]:
    """(key, nonce of sequence number 0), RFC 9180 sections 4.1 and 5.1 with empty psk and psk_id."""
    prk = await _extract(digest, KEM_SUITE, ZEROS, "eae_prk", dh)
    shared = await _expand(digest, KEM_SUITE, prk, "shared_secret", kem_context, 32)
    psk_id_hash = await _extract(digest, HPKE_SUITE, ZEROS, "psk_id_hash", b"")
    info_hash = await _extract(digest, HPKE_SUITE, ZEROS, "info_hash", info)
    context = BASE_MODE + psk_id_hash + info_hash
    secret = await _extract(digest, HPKE_SUITE, shared, "secret", b"")
    key = await _expand(digest, HPKE_SUITE, secret, "key", context, 32)
    return key, await _expand(digest, HPKE_SUITE, secret, "base_nonce", context, 12)


async def _extract(digest: Digest, suite: str, salt: bytes, label: str, ikm: bytes) -> bytes:
    """LabeledExtract. An empty salt is 32 zeros: HMAC pads both alike, and WebCrypto takes no empty key."""
    return await digest.hmac_sha256(salt, (suite + label).encode("utf-8") + ikm)


async def _expand(digest: Digest, suite: str, prk: bytes, label: str, info: bytes, length: int) -> bytes:
    """LabeledExpand for at most 32 bytes: one block of HKDF-Expand."""
    head = Writer().u16(length).raw((suite + label).encode("utf-8")).raw(info).u8(1).done()
    return (await digest.hmac_sha256(prk, head))[:length]
