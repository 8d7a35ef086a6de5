"""The Crypto port under Brython in Node, over programs/node_crypto.js; it is put behind the program that it runs."""

from __future__ import annotations

import node_crypto  # type: ignore[import-not-found]

from tests.widget.crypto.programs.talk import refuse, talk
from widget.crypto.reasons import BROKEN_SEAL
from widget.errors import CwError
from widget.ports import Crypto, KeyPair


class NodeDigest:
    def random(self, count: int) -> bytes:
        return bytes.fromhex(node_crypto.random(count))

    async def sha256(self, data: bytes) -> bytes:
        return bytes.fromhex(await node_crypto.sha256(data.hex()))

    async def sha256_all(self, parts: list[bytes]) -> list[bytes]:
        return [await self.sha256(part) for part in parts]

    async def hmac_sha256(self, key: bytes, data: bytes) -> bytes:
        return bytes.fromhex(await node_crypto.hmac(key.hex(), data.hex()))

    async def hkdf_sha256(self, ikm: bytes, salt: bytes, info: bytes, length: int) -> bytes:
        return bytes.fromhex(await node_crypto.hkdf(ikm.hex(), salt.hex(), info.hex(), length * 8))


class NodeAead:
    async def key(self, raw: bytes) -> object:
        handle: object = await node_crypto.key(raw.hex())
        return handle

    async def seal(self, key: object, nonce: bytes, plaintext: bytes, aad: bytes) -> bytes:
        return bytes.fromhex(await node_crypto.seal(key, nonce.hex(), plaintext.hex(), aad.hex()))

    async def open(self, key: object, nonce: bytes, sealed: bytes, aad: bytes) -> bytes:
        text = await node_crypto.open(key, nonce.hex(), sealed.hex(), aad.hex())
        if text == "broken":
            raise CwError(BROKEN_SEAL, "the seal is broken")
        return bytes.fromhex(text)


async def _generate(name: str, usage: str) -> KeyPair:
    handle, public = (await node_crypto.generate(name, usage)).split(" ")
    return KeyPair(int(handle), bytes.fromhex(public))


class NodeSignatures:
    async def generate(self) -> KeyPair:
        return await _generate("ECDSA", "sign verify")

    async def sign(self, key: KeyPair, data: bytes) -> bytes:
        return bytes.fromhex(await node_crypto.sign(key.private, data.hex()))

    async def verify(self, public: bytes, signature: bytes, data: bytes) -> bool:
        return bool(await node_crypto.verify(public.hex(), signature.hex(), data.hex()))

    async def verify_all(self, signed: list[tuple[bytes, bytes, bytes]]) -> list[bool]:
        return [await self.verify(public, signature, data) for public, signature, data in signed]


class NodeAgreement:
    async def generate(self) -> KeyPair:
        return await _generate("ECDH", "deriveBits")

    async def derive(self, key: KeyPair, public: bytes) -> bytes:
        return bytes.fromhex(await node_crypto.derive(key.private, public.hex()))


async def main() -> None:
    crypto = Crypto(NodeDigest(), NodeAead(), NodeSignatures(), NodeAgreement())
    await talk(crypto)
    await refuse(crypto)
