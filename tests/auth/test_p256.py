"""Keys as 65 bytes, signatures as 64: every other spelling of the same thing is refused."""

from __future__ import annotations

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from auth.p256 import PointError, base64url, base64url_bytes, load_public, public_bytes, verify_signature
from tests.fakes.realm import raw_sign

KEY = ec.derive_private_key(7, ec.SECP256R1())
PUBLIC = public_bytes(KEY)
COMPRESSED = KEY.public_key().public_bytes(Encoding.X962, PublicFormat.CompressedPoint)
SIGNATURE = raw_sign(KEY, b"data")


def test_a_point_of_65_bytes_is_a_key() -> None:
    assert load_public(PUBLIC) == KEY.public_key()


@pytest.mark.parametrize("public", [
    b"",
    PUBLIC[:-1],
    PUBLIC + b"\0",
    COMPRESSED,
    COMPRESSED + PUBLIC[33:],
    b"\6" + PUBLIC[1:],
], ids=["nothing", "short", "long", "compressed", "compressed and y", "hybrid"])  # fmt: skip
def test_another_spelling_of_a_point_is_no_key(public: bytes) -> None:
    with pytest.raises(PointError, match="not an uncompressed point"):
        load_public(public)


def test_a_point_beside_the_curve_is_no_key() -> None:
    with pytest.raises(PointError, match="not on the curve"):
        load_public(PUBLIC[:-1] + bytes([PUBLIC[-1] ^ 1]))


@pytest.mark.parametrize(("signature", "good"), [
    (SIGNATURE, True),
    (SIGNATURE[:32] + b"\0" + SIGNATURE[32:], False),
    (SIGNATURE[:-1], False),
    (SIGNATURE + b"\0", False),
    (b"", False),
    (bytes(64), False),
], ids=["itself", "zero before s", "short", "long", "nothing", "zeros"])  # fmt: skip
def test_a_signature_has_one_spelling(signature: bytes, good: bool) -> None:
    """A zero before s leaves its number as it is: who counts signatures by their bytes must not see two."""
    assert verify_signature(PUBLIC, signature, b"data") == good


@pytest.mark.parametrize("public", [b"", COMPRESSED, PUBLIC[:-1] + bytes([PUBLIC[-1] ^ 1])])
def test_what_is_no_key_has_signed_nothing(public: bytes) -> None:
    assert not verify_signature(public, SIGNATURE, b"data")


def test_every_last_character_of_base64url_comes_back() -> None:
    ends = set()
    for number in range(64):
        data = bytes([1, 2, number])
        ends.add(base64url(data)[-1])
        assert base64url_bytes(base64url(data)) == data
    assert len(ends) == 64
