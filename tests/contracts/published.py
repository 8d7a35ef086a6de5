"""What others published about the same primitives, through `Crypto`: Wycheproof's cases and those of HPKE.

Same subset of Python as widget/. The cases are in tests/vectors/published/.
"""

from __future__ import annotations

from typing import Any, Protocol

from tests.contracts.report import Report
from widget.crypto.hpke import seal
from widget.errors import CwError
from widget.ports import Crypto, Digest, KeyPair
from widget.wire.base16 import from_hex
from widget.wire.fields import int_field, objects_field, parse_object, text_field

MAX_CHARS = 1_000_000
MAX_CASES = 1_000
UNCOMPRESSED = "04"


class Keys(Protocol):
    """Our ports take no private key from outside, but a case has one."""

    async def agreement(self, private: bytes, public: bytes) -> KeyPair: ...


class Heard:
    """A digest that remembers what it gave."""

    def __init__(self, inner: Digest) -> None:
        self.found: list[str] = []
        self._inner: Digest = inner

    def random(self, count: int) -> bytes:
        return self._inner.random(count)

    async def sha256(self, data: bytes) -> bytes:
        return await self._inner.sha256(data)

    async def sha256_all(self, parts: list[bytes]) -> list[bytes]:
        return [await self.sha256(part) for part in parts]

    async def hmac_sha256(self, key: bytes, data: bytes) -> bytes:
        made = await self._inner.hmac_sha256(key, data)
        self.found.append(made.hex())
        return made

    async def hkdf_sha256(self, ikm: bytes, salt: bytes, info: bytes, length: int) -> bytes:
        return await self._inner.hkdf_sha256(ikm, salt, info, length)


async def contract(name: str, text: str, crypto: Crypto, keys: Keys, report: Report) -> None:
    """`text` is the file of that name."""
    for case in objects_field(parse_object(text, MAX_CHARS), "cases", MAX_CASES):
        report.that(f"{name} {text_field(case, 'id', 20)}", await _holds(name, case, crypto, keys))


async def _holds(name: str, case: dict[str, Any], crypto: Crypto, keys: Keys) -> bool:
    if name == "hpke":
        return await _hpke(case, crypto, keys)
    valid: bool = case["valid"] is True
    if name == "ecdsa":
        public, signature, data = _bytes(case, "public"), _bytes(case, "signature"), _bytes(case, "message")
        return await crypto.signatures.verify(public, signature, data) == valid
    if name == "ecdh":
        return await _agreement(case, valid, crypto, keys)
    if name == "aes_gcm":
        return await _seal(case, valid, crypto)
    if name == "hkdf":
        return await _derivation(case, valid, crypto)
    made = (await crypto.digest.hmac_sha256(_bytes(case, "key"), _bytes(case, "message"))).hex()
    tag = text_field(case, "tag", 64)
    return (made[: len(tag)] == tag) == valid


async def _agreement(case: dict[str, Any], valid: bool, crypto: Crypto, keys: Keys) -> bool:
    """We take uncompressed points only."""
    public = _bytes(case, "public")
    pair = await keys.agreement(_bytes(case, "private"), _bytes(case, "own"))
    try:
        shared = await crypto.agreement.derive(pair, public)
    except CwError:
        return not valid or text_field(case, "public", 200)[0:2] != UNCOMPRESSED
    return valid and shared == _bytes(case, "shared")


async def _seal(case: dict[str, Any], valid: bool, crypto: Crypto) -> bool:
    key, nonce, aad = await crypto.aead.key(_bytes(case, "key")), _bytes(case, "nonce"), _bytes(case, "aad")
    text, sealed = _bytes(case, "text"), _bytes(case, "sealed")
    try:
        opened = await crypto.aead.open(key, nonce, sealed, aad)
    except CwError:
        return not valid
    return valid and opened == text and await crypto.aead.seal(key, nonce, text, aad) == sealed


async def _derivation(case: dict[str, Any], valid: bool, crypto: Crypto) -> bool:
    """More than 255 blocks are no number of ours: how a platform says so is its own affair."""
    ikm, salt, info = _bytes(case, "ikm"), _bytes(case, "salt"), _bytes(case, "info")
    try:
        made = await crypto.digest.hkdf_sha256(ikm, salt, info, int_field(case, "size", 0, 100_000))
    except Exception:
        return not valid
    return valid and made == _bytes(case, "okm")


async def _hpke(case: dict[str, Any], crypto: Crypto, keys: Keys) -> bool:
    """The secret of the KEM whatever the suite; in ours the key, the nonce and what is sealed."""
    if "private" not in case:
        return await _seal(case, True, crypto)
    heard = Heard(crypto.digest)
    ours = Crypto(heard, crypto.aead, crypto.signatures, crypto.agreement)
    pair, public = await keys.agreement(_bytes(case, "private"), _bytes(case, "own")), _bytes(case, "public")
    if "info" not in case:
        await seal(ours, pair, public, b"", b"", b"")
        return _derived(case, "secret", heard)
    enc, sealed = await seal(ours, pair, public, _bytes(case, "info"), _bytes(case, "aad"), _bytes(case, "text"))
    held = enc == _bytes(case, "own") and sealed == _bytes(case, "sealed")
    return held and _derived(case, "key", heard) and _derived(case, "nonce", heard)


def _derived(case: dict[str, Any], name: str, heard: Heard) -> bool:
    wanted = text_field(case, name, 64)
    return any(found[: len(wanted)] == wanted for found in heard.found)


def _bytes(case: dict[str, Any], name: str) -> bytes:
    return from_hex(text_field(case, name, 100_000))
