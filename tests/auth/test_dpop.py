"""DPoP proofs: made by the client's own device key, refused for any other call, once only."""

from __future__ import annotations

import hashlib
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from auth.dpop import NonceError, ProofError, check_proof, verify_proof
from auth.p256 import base64url, public_bytes, public_jwk, thumbprint
from tests.auth.world import World
from tests.fakes.realm import jws

NOW_S = 1_800_000_000
URL = "https://signal.test/rooms"
TOKEN = "a.b.c"
NONCES = ("newest", "before")
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


async def test_k10_the_clients_proof_is_accepted_once(world: World) -> None:
    device = await world.device()
    made = await device.key.dpop("POST", URL, TOKEN, NOW_S * 1000, NONCES[0])
    call: dict[str, Any] = {"method": "POST", "url": URL, "token": TOKEN, "jkt": device.key.jkt, "now_s": NOW_S}
    await verify_proof(world.store, made, **call, nonces=NONCES)
    with pytest.raises(ProofError, match="seen before"):
        await verify_proof(world.store, made, **call, nonces=NONCES)


async def test_k12_a_proof_names_a_nonce_that_is_still_good(world: World) -> None:
    device = await world.device()
    call: dict[str, Any] = {"method": "POST", "url": URL, "token": TOKEN, "jkt": device.key.jkt, "now_s": NOW_S}
    for nonce in ("", "older"):
        made = await device.key.dpop("POST", URL, TOKEN, NOW_S * 1000, nonce)
        with pytest.raises(NonceError):
            await verify_proof(world.store, made, **call, nonces=NONCES)
    made = await device.key.dpop("POST", URL, TOKEN, NOW_S * 1000, NONCES[1])
    await verify_proof(world.store, made, **call, nonces=NONCES)
    assert refused(proof(nonce=7)) == "no nonce"


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


@pytest.mark.parametrize(("length", "reason"), [(15, "no id"), (16, ""), (64, ""), (65, "no id")])
def test_an_id_has_16_to_64_characters(length: int, reason: str) -> None:
    assert refused(proof(jti="x" * length)) == reason


@pytest.mark.parametrize(("length", "reason"), [(2048, ""), (2050, "too long")])
def test_a_proof_has_at_most_2048_characters(length: int, reason: str) -> None:
    found = [text for pad in range(1000, 1200) if len(text := proof(pad="x" * pad)) == length]
    assert refused(found[0]) == reason


@pytest.mark.parametrize("header", [{"typ": "JWT"}, {"kid": "x"}])
def test_a_header_of_another_kind_is_told(header: dict[str, Any]) -> None:
    assert refused(proof(header)) == "header"


@pytest.mark.parametrize("changed", [{"kty": "RSA"}, {"crv": "P-384"}, {"d": "AA"}, {"x": 5}, {"y": None}])
def test_a_key_of_another_kind_is_told(changed: dict[str, Any]) -> None:
    assert refused(proof({"jwk": {**public_jwk(PUBLIC), **changed}})) == "key"


@pytest.mark.parametrize("payload", [["list"], "text", 5, None])
def test_a_payload_that_is_no_object_is_refused(payload: Any) -> None:
    assert refused(jws(KEY, HEADER, payload)) == "signature"


@pytest.mark.parametrize(("htu", "url", "same"), [
    ("https://a.test", "https://a.test/", True),
    ("http://a.test", "http://a.test:80", True),
    ("http://a.test", "http://a.test:443", False),
    ("https://a.test:80", "https://a.test", False),
    ("https://a.test:8443/x", "https://a.test:8443/x", True),
    ("https://a.test:8443/x", "https://a.test:8444/x", False),
    ("HTTPS://A.test/x", "https://a.TEST/x", True),
    ("https://a.test/X", "https://a.test/x", False),
    ("https://a.test:99999/", "https://a.test/", False),
])
def test_addresses_are_compared_by_scheme_host_port_and_path(htu: str, url: str, same: bool) -> None:
    assert refused(proof(htu=htu), url=url) == ("" if same else "another address")


async def test_a_proof_counts_once_for_one_device_and_id(world: World) -> None:
    call: dict[str, Any] = {"method": "POST", "url": URL, "token": TOKEN, "jkt": JKT, "now_s": NOW_S}
    await verify_proof(world.store, proof(nonce=NONCES[0]), **call, nonces=NONCES)
    await verify_proof(world.store, proof(jti="cd" * 16, nonce=NONCES[0]), **call, nonces=NONCES)
    with pytest.raises(ProofError) as caught:
        await verify_proof(world.store, proof(nonce=NONCES[0]), **call, nonces=NONCES)
    assert (caught.value.reason, str(caught.value)) == ("seen before", "seen before")
    world.moment.go(299)
    with pytest.raises(ProofError):
        await verify_proof(world.store, proof(nonce=NONCES[0]), **call, nonces=NONCES)
    world.moment.go(1)
    await verify_proof(world.store, proof(nonce=NONCES[0]), **call, nonces=NONCES)


@pytest.mark.parametrize("header", [{"alg": "HS256"}, {"alg": "ES384"}, {"alg": "none"}])
def test_another_algorithm_is_refused_before_anything_is_verified(header: dict[str, Any]) -> None:
    assert refused(proof(header)) == "header"


def test_true_is_no_time() -> None:
    assert refused(proof(iat=1), now_s=1) == ""
    assert refused(proof(iat=True), now_s=1) == "stale"
