"""What clients of the native platform keep secret, taken down inside them: keys, and what they seal and open."""

from __future__ import annotations

import base64

import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from widget.errors import CwError
from widget.native.crypto import NativeAead, NativeAgreement, NativeDigest
from widget.ports import KeyPair
from widget.wire.pair import State, read_blob

# Shorter ones (a beat, a nonce) may well be met by chance.
LEAST_BYTES = 16


class Witness:
    """Listens to all native clients of this process. The services' own cryptography does not pass here."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.keys: set[bytes] = set()
        self.plaintexts: set[bytes] = set()
        make_key, seal, unseal = NativeAead.key, NativeAead.seal, NativeAead.open
        derive, hkdf = NativeAgreement.derive, NativeDigest.hkdf_sha256

        async def key(port: NativeAead, raw: bytes) -> object:
            self.keys.add(bytes(raw))
            return await make_key(port, raw)

        async def sealed(port: NativeAead, handle: object, nonce: bytes, plaintext: bytes, aad: bytes) -> bytes:
            self.plaintexts.add(bytes(plaintext))
            return await seal(port, handle, nonce, plaintext, aad)

        async def opened(port: NativeAead, handle: object, nonce: bytes, data: bytes, aad: bytes) -> bytes:
            plaintext = await unseal(port, handle, nonce, data, aad)
            self.plaintexts.add(plaintext)
            return plaintext

        async def agreed(port: NativeAgreement, pair: KeyPair, public: bytes) -> bytes:
            assert isinstance(pair.private, ec.EllipticCurvePrivateKey)
            self.keys.add(pair.private.private_numbers().private_value.to_bytes(32, "big"))
            secret = await derive(port, pair, public)
            self.keys.add(secret)
            return secret

        async def derived(port: NativeDigest, ikm: bytes, salt: bytes, info: bytes, length: int) -> bytes:
            made = await hkdf(port, ikm, salt, info, length)
            self.keys.add(made)
            return made

        monkeypatch.setattr(NativeAead, "key", key)
        monkeypatch.setattr(NativeAead, "seal", sealed)
        monkeypatch.setattr(NativeAead, "open", opened)
        monkeypatch.setattr(NativeAgreement, "derive", agreed)
        monkeypatch.setattr(NativeDigest, "hkdf_sha256", derived)

    @property
    def secrets(self) -> set[bytes]:
        found = self.keys | self.plaintexts
        return {secret for secret in found if len(secret) >= LEAST_BYTES and not _is_state(secret)}


def _is_state(data: bytes) -> bool:
    """A STATE is sealed later, but the first stands in the BIND, where it is readable by design (wire/handshake.py)."""
    try:
        return isinstance(read_blob(data), State)
    except CwError:
        return False


class Evidence:
    """Bytes in which to look for secrets, without regard to case."""

    def __init__(self, seen: bytes) -> None:
        self.seen = seen.lower()

    def shows(self, secret: str | bytes) -> bool:
        data = secret.encode() if isinstance(secret, str) else secret
        return any(form.lower() in self.seen for form in forms(data))


def forms(data: bytes) -> list[bytes]:
    """As it is, in hex, and as it looks inside longer base64 and base64url, wherever it begins there."""
    found = [data, data.hex().encode()]
    for before in range(3):
        for encode in (base64.b64encode, base64.urlsafe_b64encode):
            whole = encode(bytes(before) + data)
            # The characters that its neighbours have no part in.
            found.append(whole[-(-before * 8 // 6) : (before + len(data)) * 8 // 6])
    return found
