"""The check of points against `cryptography`, which has its own."""

from __future__ import annotations

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from widget.browser.curve import on_curve

B = 0x5AC635D8AA3A93E7B3EBBD55769886BC651D06B0CC53B0F63BCE3C3E27D2604B
PRIME = 2**256 - 2**224 + 2**192 + 2**96 - 1
POINTS = 40


def point(scalar: int) -> bytes:
    key = ec.derive_private_key(scalar, ec.SECP256R1()).public_key()
    return key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def genuine(candidate: bytes) -> bool:
    try:
        ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), candidate)
    except ValueError:
        return False
    return True


@pytest.mark.parametrize("number", range(POINTS))
def test_points_of_the_curve_are_on_it_and_their_neighbours_are_not(number: int) -> None:
    good = point(7**number + number + 1)
    assert on_curve(good)
    for place in (1, 16, 32, 33, 48, 64):
        bent = bytearray(good)
        bent[place] ^= 1 << number % 8
        assert on_curve(bytes(bent)) == genuine(bytes(bent))


@pytest.mark.parametrize("x", [0, 1, 2, PRIME - 3, PRIME - 2, PRIME - 1, PRIME, PRIME + 1, 2**256 - 1])
@pytest.mark.parametrize("y", [0, 1, 2, PRIME - 1, PRIME, PRIME + 1, 2**256 - 1])
def test_the_edges_of_the_field_are_judged_as_elsewhere(x: int, y: int) -> None:
    candidate = b"\x04" + x.to_bytes(32, "big") + y.to_bytes(32, "big")
    assert on_curve(candidate) == genuine(candidate)


def test_a_coordinate_has_one_spelling() -> None:
    # x = 5 has a point; x + p would be the same number.
    y = pow(5**3 - 15 + B, (PRIME + 1) // 4, PRIME)
    assert on_curve(b"\x04" + (5).to_bytes(32, "big") + y.to_bytes(32, "big"))
    assert not on_curve(b"\x04" + (5 + PRIME).to_bytes(32, "big") + y.to_bytes(32, "big"))
