"""HPKE base mode (RFC 9180), DHKEM(P-256, HKDF-SHA256), HKDF-SHA256, AES-256-GCM: the sender's side."""

from __future__ import annotations

from widget.ports import Crypto, KeyPair


async def seal(crypto: Crypto, recipient: bytes, info: bytes, aad: bytes, plaintext: bytes) -> tuple[bytes, bytes]:
    """(enc 65 bytes, ciphertext) for one message; CwError when `recipient` is no point of P-256."""
    raise NotImplementedError


async def seal_with(
    crypto: Crypto, ephemeral: KeyPair, recipient: bytes, info: bytes, aad: bytes, plaintext: bytes
) -> tuple[bytes, bytes]:
    """`seal` with a given ephemeral key, for test vectors."""
    raise NotImplementedError
