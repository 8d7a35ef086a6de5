"""Published vectors through the Crypto port."""

from __future__ import annotations

import pytest

from widget.errors import CwError
from widget.native.crypto import native_crypto

CRYPTO = native_crypto()
H = bytes.fromhex


async def test_hkdf_of_rfc_5869_case_1() -> None:
    okm = await CRYPTO.digest.hkdf_sha256(
        b"\x0b" * 22, H("000102030405060708090a0b0c"), H("f0f1f2f3f4f5f6f7f8f9"), 42
    )
    assert okm == H("3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865")


async def test_hkdf_of_rfc_5869_case_3_without_salt_and_info() -> None:
    okm = await CRYPTO.digest.hkdf_sha256(b"\x0b" * 22, bytes(32), b"", 42)
    assert okm == H("8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8")


@pytest.mark.parametrize(
    ("key", "data", "mac"),
    [
        (b"\x0b" * 20, b"Hi There", "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"),
        (
            b"Jefe",
            b"what do ya want for nothing?",
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
        ),
    ],
)
async def test_hmac_of_rfc_4231(key: bytes, data: bytes, mac: str) -> None:
    assert await CRYPTO.digest.hmac_sha256(key, data) == H(mac)


async def test_aes_256_gcm_of_the_gcm_specification_case_16() -> None:
    key = await CRYPTO.aead.key(H("feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308"))
    plaintext = H(
        "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a72"
        "1c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39"
    )
    aad = H("feedfacedeadbeeffeedfacedeadbeefabaddad2")
    sealed = await CRYPTO.aead.seal(key, H("cafebabefacedbaddecaf888"), plaintext, aad)
    assert sealed == H(
        "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa"
        "8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662"
        "76fc6ece0f4e1768cddf8853bb2d551b"
    )


async def test_sha256_of_abc() -> None:
    assert (await CRYPTO.digest.sha256(b"abc")).hex() == (
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    )


async def test_a_broken_seal_is_refused() -> None:
    key = await CRYPTO.aead.key(bytes(32))
    sealed = await CRYPTO.aead.seal(key, bytes(12), b"text", b"")
    with pytest.raises(CwError):
        await CRYPTO.aead.open(key, bytes(12), sealed[:-1] + bytes([sealed[-1] ^ 1]), b"")


async def test_signatures_are_64_bytes_and_verify_nothing_else() -> None:
    pair = await CRYPTO.signatures.generate()
    signature = await CRYPTO.signatures.sign(pair, b"data")
    assert len(signature) == 64
    assert await CRYPTO.signatures.verify(pair.public, signature, b"data")
    assert not await CRYPTO.signatures.verify(pair.public, signature, b"date")
    assert not await CRYPTO.signatures.verify(pair.public, signature[:63], b"data")
    assert not await CRYPTO.signatures.verify(pair.public, signature + b"\x00", b"data")
    assert not await CRYPTO.signatures.verify(pair.public[:64], signature, b"data")
    assert not await CRYPTO.signatures.verify(pair.public, bytes(64), b"data")
