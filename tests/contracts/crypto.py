"""What every `Crypto` does: published vectors, and refusals where browsers differ."""

from __future__ import annotations

from tests.contracts.report import Report
from widget.errors import CwError
from widget.ports import Aead, Agreement, Crypto, Digest, KeyPair, Signatures

# RFC 6979, A.2.5: P-256, SHA-256, message "sample"
SAMPLE_KEY = (
    "0460fed4ba255a9d31c961eb74c6356d68c049b8923b61fa6ce669622e60f29fb6"
    "7903fe1008b8bc99a41ae9e95628bc64f2f1b20c2d7e9f5177a3c294d4462299"
)
SAMPLE_SIGNATURE = (
    "efd48b2aacb6a8fd1140dd9cd45e81d69d2c877b56aaf991c34d0ea84eaf3716"
    "f7cb1c942d657c41d436c7a1b6e29f65f3e900dbb9aff4064dc4ab2f843acda8"
)
SAMPLE_COMPRESSED = "0360fed4ba255a9d31c961eb74c6356d68c049b8923b61fa6ce669622e60f29fb6"
SAMPLE_DER = (
    "3046022100efd48b2aacb6a8fd1140dd9cd45e81d69d2c877b56aaf991c34d0ea84eaf3716"
    "022100f7cb1c942d657c41d436c7a1b6e29f65f3e900dbb9aff4064dc4ab2f843acda8"
)
OFF_CURVE = "04" + "00" * 31 + "01" + "00" * 31 + "01"
BESIDE_SAMPLE = SAMPLE_KEY[:-1] + "8"
# x is 5 and the prime of the field: the same number as 5, which has a point with this y.
SECOND_SPELLING = (
    "04ffffffff00000001000000000000000000000001000000000000000000000004"
    "459243b9aa581806fe913bce99817ade11ca503c64d9a3c533415c083248fbcc"
)

# NIST SP 800-38D, AES-256 test case 16
GCM_KEY = "feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308"
GCM_NONCE = "cafebabefacedbaddecaf888"
GCM_AAD = "feedfacedeadbeeffeedfacedeadbeefabaddad2"
GCM_TEXT = (
    "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a721c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39"
)
GCM_SEALED = (
    "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662"
    "76fc6ece0f4e1768cddf8853bb2d551b"
)


async def contract(crypto: Crypto, report: Report) -> None:
    await _hashes(crypto.digest, report)
    await _derivation(crypto.digest, report)
    await _seals(crypto.aead, report)
    await _signatures(crypto.signatures, report)
    await _refused_signatures(crypto.signatures, report)
    await _agreement(crypto.agreement, report)


async def _hashes(digest: Digest, report: Report) -> None:
    hashed = await digest.sha256(b"abc")
    wanted = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    report.that("SHA-256 of FIPS 180-2", hashed.hex() == wanted)
    parts = await digest.sha256_all([b"", b"abc"])
    report.that("SHA-256 side by side", parts == [await digest.sha256(b""), hashed])
    report.that("SHA-256 of nothing at all", await digest.sha256_all([]) == [])
    tag = await digest.hmac_sha256(b"Jefe", b"what do ya want for nothing?")
    wanted = "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
    report.that("HMAC of RFC 4231, case 2", tag.hex() == wanted)
    tag = await digest.hmac_sha256(b"", b"")
    wanted = "b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad"
    report.that("HMAC takes an empty key", tag.hex() == wanted)
    first = digest.random(32)
    report.that("random bytes are as many as asked", len(first) == 32 and len(digest.random(0)) == 0)
    report.that("random bytes differ", first != digest.random(32))


async def _derivation(digest: Digest, report: Report) -> None:
    ikm = bytes.fromhex("0b" * 22)
    salt = bytes.fromhex("000102030405060708090a0b0c")
    info = bytes.fromhex("f0f1f2f3f4f5f6f7f8f9")
    okm = await digest.hkdf_sha256(ikm, salt, info, 42)
    wanted = "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865"
    report.that("HKDF of RFC 5869, case 1", okm.hex() == wanted)
    okm = await digest.hkdf_sha256(ikm, b"", b"", 42)
    wanted = "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8"
    report.that("HKDF of RFC 5869, case 3: no salt, no info", okm.hex() == wanted)
    report.that("HKDF gives 120 bytes", len(await digest.hkdf_sha256(ikm, salt, info, 120)) == 120)


async def _seals(aead: Aead, report: Report) -> None:
    key = await aead.key(bytes.fromhex(GCM_KEY))
    nonce = bytes.fromhex(GCM_NONCE)
    aad = bytes.fromhex(GCM_AAD)
    sealed = await aead.seal(key, nonce, bytes.fromhex(GCM_TEXT), aad)
    report.that("AES-256-GCM of NIST, case 16", sealed.hex() == GCM_SEALED)
    report.that("a seal opens", await aead.open(key, nonce, sealed, aad) == bytes.fromhex(GCM_TEXT))
    empty = await aead.seal(key, nonce, b"", b"")
    report.that("an empty text is a tag", len(empty) == 16 and await aead.open(key, nonce, empty, b"") == b"")
    report.that("other additional data is CwError", await _closed(aead, key, nonce, sealed, b""))
    report.that("another nonce is CwError", await _closed(aead, key, bytes(12), sealed, aad))
    report.that("a cut seal is CwError", await _closed(aead, key, nonce, sealed[0:20], aad))
    report.that("less than a tag is CwError", await _closed(aead, key, nonce, sealed[0:15], aad))
    bent = bytes([sealed[0] ^ 1]) + sealed[1:]
    report.that("a bent bit is CwError", await _closed(aead, key, nonce, bent, aad))
    other = await aead.key(bytes(32))
    report.that("another key is CwError", await _closed(aead, other, nonce, sealed, aad))


async def _closed(aead: Aead, key: object, nonce: bytes, sealed: bytes, aad: bytes) -> bool:
    try:
        await aead.open(key, nonce, sealed, aad)
    except CwError:
        return True
    return False


async def _signatures(signatures: Signatures, report: Report) -> None:
    public = bytes.fromhex(SAMPLE_KEY)
    genuine = await signatures.verify(public, bytes.fromhex(SAMPLE_SIGNATURE), b"sample")
    report.that("ECDSA of RFC 6979, A.2.5", genuine)
    pair = await signatures.generate()
    report.that("a public key is 65 bytes", len(pair.public) == 65 and pair.public[0] == 4)
    signature = await signatures.sign(pair, b"data")
    report.that("a signature is 64 bytes", len(signature) == 64)
    report.that("a signature verifies", await signatures.verify(pair.public, signature, b"data"))
    report.that("not for other data", not await signatures.verify(pair.public, signature, b"date"))
    report.that("not under another key", not await signatures.verify(public, signature, b"data"))
    sample = bytes.fromhex(SAMPLE_SIGNATURE)
    several = [(pair.public, signature, b"data"), (pair.public, signature, b"date"), (public, sample, b"sample")]
    found = await signatures.verify_all(several)
    report.that("several side by side, each by its own key", found == [True, False, True])


async def _refused_signatures(signatures: Signatures, report: Report) -> None:
    public = bytes.fromhex(SAMPLE_KEY)
    good = bytes.fromhex(SAMPLE_SIGNATURE)
    for name, signature in [
        ("63 bytes", good[0:63]),
        ("65 bytes", good + b"\x00"),
        ("no bytes", b""),
        ("DER", bytes.fromhex(SAMPLE_DER)),
        ("zeros", bytes(64)),
    ]:
        report.that(f"a signature of {name} is False", not await signatures.verify(public, signature, b"sample"))
    for name, key in [
        ("a compressed point", bytes.fromhex(SAMPLE_COMPRESSED)),
        ("a point off the curve", bytes.fromhex(OFF_CURVE)),
        ("no bytes", b""),
        ("66 bytes", public + b"\x00"),
        ("hybrid form", b"\x07" + public[1:]),
    ]:
        report.that(f"a key of {name} is False", not await signatures.verify(key, good, b"sample"))


async def _agreement(agreement: Agreement, report: Report) -> None:
    mine = await agreement.generate()
    theirs = await agreement.generate()
    shared = await agreement.derive(mine, theirs.public)
    report.that("both sides agree on 32 bytes", len(shared) == 32)
    report.that("and on the same", shared == await agreement.derive(theirs, mine.public))
    other = await agreement.generate()
    report.that("others agree on something else", shared != await agreement.derive(other, mine.public))
    for name, public in [
        ("a compressed point", bytes.fromhex(SAMPLE_COMPRESSED)),
        ("a point off the curve", bytes.fromhex(OFF_CURVE)),
        ("a point beside one of the curve", bytes.fromhex(BESIDE_SAMPLE)),
        ("zeros", b"\x04" + bytes(64)),
        ("a coordinate beyond the field", bytes.fromhex(SECOND_SPELLING)),
        ("hybrid form", b"\x07" + theirs.public[1:]),
        ("no bytes", b""),
        ("64 bytes", theirs.public[:64]),
        ("66 bytes", theirs.public + b"\x00"),
    ]:
        report.that(f"a peer's key of {name} is CwError", await _no_point(agreement, mine, public))


async def _no_point(agreement: Agreement, mine: KeyPair, public: bytes) -> bool:
    try:
        await agreement.derive(mine, public)
    except CwError:
        return True
    return False
