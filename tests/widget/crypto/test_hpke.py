"""Our sender against RFC 9180 and against the receiver of the `cryptography` package."""

from __future__ import annotations

import pytest
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from tests.fakes.realm import SUITE, public_of
from widget.crypto import hpke
from widget.crypto.reasons import BAD_POINT, BAD_PUBLIC_KEY
from widget.errors import CwError
from widget.native.crypto import native_crypto
from widget.ports import KeyPair

CRYPTO = native_crypto()


@pytest.mark.parametrize("size", [0, 1, 31, 32, 1000])
async def test_the_librarys_receiver_opens_what_we_seal(size: int) -> None:
    recipient = ec.generate_private_key(ec.SECP256R1())
    text = bytes(range(256)) * 4
    enc, sealed = await hpke.seal(
        CRYPTO, await CRYPTO.agreement.generate(), public_of(recipient), b"info", b"", text[:size]
    )
    assert len(enc) == 65
    assert SUITE.decrypt(enc + sealed, recipient, b"info") == text[:size]


async def test_another_info_does_not_open() -> None:
    recipient = ec.generate_private_key(ec.SECP256R1())
    enc, sealed = await hpke.seal(
        CRYPTO, await CRYPTO.agreement.generate(), public_of(recipient), b"info", b"", b"text"
    )
    with pytest.raises(InvalidTag):
        SUITE.decrypt(enc + sealed, recipient, b"other")


async def test_aad_is_sealed_in() -> None:
    recipient = ec.generate_private_key(ec.SECP256R1())
    enc, sealed = await hpke.seal(
        CRYPTO, await CRYPTO.agreement.generate(), public_of(recipient), b"info", b"aad", b"text"
    )
    with pytest.raises(InvalidTag):
        SUITE.decrypt(enc + sealed, recipient, b"info")


async def test_our_derivation_equals_the_librarys_for_its_own_messages() -> None:
    """The other direction: the recipient's side, for an `enc` that the library made."""
    recipient = ec.generate_private_key(ec.SECP256R1())
    message = SUITE.encrypt(b"from the library", recipient.public_key(), b"info")
    pair = KeyPair(recipient, public_of(recipient))
    assert await hpke.unseal(CRYPTO, pair, message[:65], b"info", b"", message[65:]) == b"from the library"
    with pytest.raises(CwError):
        await hpke.unseal(CRYPTO, pair, message[:65], b"other", b"", message[65:])


async def test_the_official_vector_of_the_suite() -> None:
    """RFC 9180 test vectors (test-vectors.json): mode 0, kem 0x10, kdf 1, aead 2, first encryption."""
    ephemeral = ec.derive_private_key(
        0x90345E3A1D116C1DD39AE76D95AB858C142223A63E44F8F85318CFA91A84858E, ec.SECP256R1()
    )
    recipient = ec.derive_private_key(
        0x317F915DB7BC629C48FE765587897E01E282D3E8445F79F27F65D031A88082B2, ec.SECP256R1()
    )
    enc, sealed = await hpke.seal(
        CRYPTO,
        KeyPair(ephemeral, public_of(ephemeral)),
        public_of(recipient),
        b"Ode on a Grecian Urn",
        b"Count-0",
        b"Beauty is truth, truth beauty",
    )
    assert enc.hex() == (
        "04c06b4f6bebc7bb495cb797ab753f911aff80aefb86fd8b6fcc35525f3ab5f03e"
        "0b21bd31a86c6048af3cb2d98e0d3bf01da5cc4c39ff5370d331a4f1f7d5a4e0"
    )
    assert sealed.hex() == (
        "58c61a45059d0c5704560e9d88b564a8b63f1364b8d1fcb3c4c6ddc1d291742465e902cd216f8908da49f8f96f"
    )


async def test_a_bad_recipient_is_refused() -> None:
    good = public_of(ec.generate_private_key(ec.SECP256R1()))
    with pytest.raises(CwError) as off_curve:
        await hpke.seal(CRYPTO, await CRYPTO.agreement.generate(), good[:-1] + bytes([good[-1] ^ 1]), b"", b"", b"text")
    assert off_curve.value.reason == BAD_POINT
    compressed = ec.generate_private_key(ec.SECP256R1()).public_key()
    short_bytes = compressed.public_bytes(Encoding.X962, PublicFormat.CompressedPoint)
    with pytest.raises(CwError) as short:
        await hpke.seal(CRYPTO, await CRYPTO.agreement.generate(), short_bytes, b"", b"", b"text")
    assert short.value.reason == BAD_PUBLIC_KEY
