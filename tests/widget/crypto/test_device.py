"""The device key: kept, renewed after 90 days, usable only under a label, and its DPoP proofs."""

from __future__ import annotations

import base64
import hashlib
import json
from typing import Any

import pytest
from joserfc import jwt as jose_jwt
from joserfc.jwk import ECKey

from tests.fakes.memory_storage import MemoryStorage
from tests.fakes.realm import NOW_MS, thumbprint
from widget.crypto.device import erase_device, open_device
from widget.crypto.limits import DEVICE_LIFE_MS
from widget.errors import CwError, UnreachableError
from widget.native.crypto import native_crypto
from widget.wire.labels import EPOCH, LOGIN, labelled

CRYPTO = native_crypto()


class BrokenStorage(MemoryStorage):
    async def load(self, name: str) -> bytes | None:
        raise UnreachableError("storage.broken", "Storage is not available.")

    async def save_key(self, name: str, key: object) -> None:
        raise UnreachableError("storage.broken", "Storage is not available.")


def part(proof: str, index: int) -> dict[str, Any]:
    text = proof.split(".")[index]
    value = json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
    assert isinstance(value, dict)
    return value


async def test_the_same_key_comes_back() -> None:
    storage = MemoryStorage()
    first = await open_device(CRYPTO, storage, NOW_MS)
    again = await open_device(CRYPTO, storage, NOW_MS + DEVICE_LIFE_MS - 1)
    assert first.public == again.public
    assert first.jkt == again.jkt == thumbprint(first.public)
    data = labelled(LOGIN, b"x")
    assert await CRYPTO.signatures.verify(first.public, await again.sign_labelled(data), data)


async def test_after_90_days_there_is_a_new_one() -> None:
    storage = MemoryStorage()
    first = await open_device(CRYPTO, storage, NOW_MS)
    assert (await open_device(CRYPTO, storage, NOW_MS + DEVICE_LIFE_MS)).public != first.public


async def test_a_key_made_while_the_clock_was_ahead_is_kept() -> None:
    storage = MemoryStorage()
    first = await open_device(CRYPTO, storage, NOW_MS + 7_200_000)
    assert (await open_device(CRYPTO, storage, NOW_MS)).public == first.public


async def test_after_erasing_there_is_a_new_one() -> None:
    storage = MemoryStorage()
    first = await open_device(CRYPTO, storage, NOW_MS)
    await erase_device(storage)
    assert (await open_device(CRYPTO, storage, NOW_MS)).public != first.public


async def test_broken_storage_gives_a_key_for_this_page() -> None:
    device = await open_device(CRYPTO, BrokenStorage(), NOW_MS)
    assert len(await device.sign_labelled(labelled(LOGIN, b""))) == 64


async def test_a_mangled_record_is_replaced() -> None:
    storage = MemoryStorage()
    await open_device(CRYPTO, storage, NOW_MS)
    storage.records["device"] = b"short"
    anew = await open_device(CRYPTO, storage, NOW_MS)
    assert (await open_device(CRYPTO, storage, NOW_MS)).public == anew.public


async def test_it_signs_nothing_without_a_label() -> None:
    device = await open_device(CRYPTO, MemoryStorage(), NOW_MS)
    for data in (b"", b"cw1/", b"cw1/unheard\x00x", b"eyJ0eXAi", labelled(EPOCH, b"x")):
        with pytest.raises(CwError, match="label"):
            await device.sign_labelled(data)


async def test_a_dpop_proof_is_what_rfc_9449_says() -> None:
    device = await open_device(CRYPTO, MemoryStorage(), NOW_MS)
    proof = await device.dpop("POST", "https://signal.test/rooms?x=1#y", "token", NOW_MS)
    header, claims = part(proof, 0), part(proof, 1)
    key = ECKey.import_key(header["jwk"])
    assert jose_jwt.decode(proof, key, algorithms=["ES256"]).claims == claims
    assert (header["typ"], header["alg"]) == ("dpop+jwt", "ES256")
    assert "d" not in header["jwk"]
    assert base64.urlsafe_b64decode(key.thumbprint() + "=") == device.jkt
    assert (claims["htm"], claims["htu"], claims["iat"]) == ("POST", "https://signal.test/rooms", NOW_MS // 1000)
    assert isinstance(claims["iat"], int)
    assert len(base64.urlsafe_b64decode(claims["jti"] + "==")) == 16
    assert base64.urlsafe_b64decode(claims["ath"] + "=") == hashlib.sha256(b"token").digest()


@pytest.mark.parametrize("url", ["https://signal.test/rooms#y", "https://signal.test/rooms?x=1"])
async def test_a_proof_is_for_an_address_without_query_and_fragment(url: str) -> None:
    device = await open_device(CRYPTO, MemoryStorage(), NOW_MS)
    proof = await device.dpop("GET", url, "", NOW_MS)
    assert part(proof, 1)["htu"] == "https://signal.test/rooms"


async def test_every_proof_has_its_own_id() -> None:
    device = await open_device(CRYPTO, MemoryStorage(), NOW_MS)
    proofs = [await device.dpop("GET", "https://signal.test/", "", NOW_MS) for _ in range(2)]
    assert part(proofs[0], 1)["jti"] != part(proofs[1], 1)["jti"]
    assert "ath" not in part(proofs[0], 1)


async def test_a_printed_device_shows_no_private_half() -> None:
    device = await open_device(CRYPTO, MemoryStorage(), NOW_MS)
    assert "private" not in repr(device)
    assert "pair" not in repr(device)
