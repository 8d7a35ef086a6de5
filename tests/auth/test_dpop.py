"""DPoP proofs: made by the client's own device key, refused for any other call, once only."""

from __future__ import annotations

import hashlib
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from auth.dpop import ProofError, check_proof, verify_proof
from auth.p256 import base64url, public_bytes, public_jwk, thumbprint
from tests.auth.world import World
from tests.fakes.realm import jws

NOW_S = 1_800_000_000
URL = "https://signal.test/rooms"
TOKEN = "a.b.c"
KEY = ec.generate_private_key(ec.SECP256R1())
PUBLIC = public_bytes(KEY)
JKT = thumbprint(PUBLIC)
HEADER = {"typ": "dpop+jwt", "alg": "ES256", "jwk": public_jwk(PUBLIC)}
PAYLOAD = {
    "jti": "ab" * 16,
    "htm": "POST",
    "htu": URL,
    "iat": NOW_S,
    "ath": base64url(hashlib.sha256(TOKEN.encode()).digest()),
}


def proof(header: dict[str, Any] | None = None, **changed: Any) -> str:
    return jws(KEY, {**HEADER, **(header or {})}, {**PAYLOAD, **changed})


def refused(text: str, **changed: Any) -> str:
    call: dict[str, Any] = {"method": "POST", "url": URL, "token": TOKEN, "jkt": JKT, "now_s": NOW_S, **changed}
    try:
        check_proof(text, **call)
    except ProofError as error:
        return error.reason
    return ""


async def test_the_clients_proof_is_accepted_once(world: World) -> None:
    device = await world.device()
    made = await device.key.dpop("POST", URL, TOKEN, NOW_S * 1000)
    call: dict[str, Any] = {"method": "POST", "url": URL, "token": TOKEN, "jkt": device.key.jkt, "now_s": NOW_S}
    await verify_proof(world.store, made, **call)
    with pytest.raises(ProofError, match="seen before"):
        await verify_proof(world.store, made, **call)


def test_k11_a_proof_for_another_call_is_refused() -> None:
    assert refused(proof()) == ""
    assert refused(proof(), method="GET") == "another method"
    assert refused(proof(), url="https://signal.test/rooms/1") == "another address"
    assert refused(proof(), url="https://evil.test/rooms") == "another address"
    assert refused(proof(), url="http://signal.test/rooms") == "another address"
    assert refused(proof(), token="a.b.d") == "another token"
    assert refused(proof(), jkt=b"x" * 32) == "another device"


@pytest.mark.parametrize(
    "htu", ["https://SIGNAL.test:443/rooms", "https://signal.test/rooms?x=1", "https://signal.test/rooms#f"]
)
def test_spellings_of_one_address_are_one(htu: str) -> None:
    assert refused(proof(htu=htu)) == ""


@pytest.mark.parametrize(("off_s", "reason"), [(-61, "stale"), (-60, ""), (0, ""), (60, ""), (61, "stale")])
def test_a_proof_may_be_a_minute_off(off_s: int, reason: str) -> None:
    assert refused(proof(iat=NOW_S + off_s)) == reason


@pytest.mark.parametrize("header", [
    {"typ": "JWT"}, {"alg": "HS256"}, {"alg": "none"}, {"kid": "x"}, {"jwk": None}, {"jwk": {}},
    {"jwk": {**public_jwk(PUBLIC), "d": "AA"}}, {"jwk": {**public_jwk(PUBLIC), "crv": "P-384"}},
    {"jwk": {**public_jwk(PUBLIC), "x": "AA"}}, {"jwk": {**public_jwk(PUBLIC), "y": base64url(b"\1" * 32)}},
])  # fmt: skip
def test_another_header_is_refused(header: dict[str, Any]) -> None:
    assert refused(proof(header)) != ""


@pytest.mark.parametrize("changed", [
    {"jti": ""}, {"jti": 5}, {"jti": "x" * 65}, {"iat": "now"}, {"iat": True}, {"htu": 5},
    {"htu": "https://[signal"}, {"ath": None},
])  # fmt: skip
def test_another_payload_is_refused(changed: dict[str, Any]) -> None:
    assert refused(proof(**changed)) != ""


@pytest.mark.parametrize("text", ["", "a.b.c", "e30.e30.AA", "é", "x" * 3000])
def test_what_is_no_proof_is_refused(text: str) -> None:
    assert refused(text) != ""


def test_a_proof_signed_by_another_key_is_refused() -> None:
    other = ec.generate_private_key(ec.SECP256R1())
    assert refused(jws(other, HEADER, PAYLOAD)) == "signature"
