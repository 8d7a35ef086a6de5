"""Tokens and key documents: what is accepted, and everything that is not (RFC 8725)."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from dataclasses import replace
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from auth.p256 import base64url, base64url_bytes, key_id, public_bytes, public_jwk, thumbprint
from auth.tokens import (
    Claims,
    KeySet,
    SigningKey,
    TokenError,
    VerifyingKey,
    check_access,
    check_identity,
    issue_access,
    issue_identity,
    read_key_set,
    sign_compact,
)
from tests.fakes.realm import Realm, jws, public_of

NOW_S = 1_800_000_000
ISSUER = "https://auth.test"


def signing_key() -> SigningKey:
    private = ec.generate_private_key(ec.SECP256R1())
    return SigningKey(key_id(public_bytes(private)), private)


KEY = signing_key()
PUBLIC = public_bytes(KEY.private)
DEVICE = thumbprint(public_bytes(ec.generate_private_key(ec.SECP256R1())))
KEYS = KeySet(ISSUER, NOW_S + 10**7, {KEY.kid: VerifyingKey(KEY.kid, PUBLIC, NOW_S - 1000, NOW_S + 10**6)})
CLAIMS = Claims("0a" * 16, "Ada", "https://site.test", DEVICE, "ab" * 16, NOW_S, NOW_S + 600, kid=KEY.kid)


def payload(**changed: Any) -> dict[str, Any]:
    body = json.loads(base64.urlsafe_b64decode(issue_access(KEY, ISSUER, CLAIMS).split(".")[1] + "=="))
    return {**body, **changed}


def access(header: dict[str, Any] | None = None, **changed: Any) -> str:
    standard = {"alg": "ES256", "typ": "at+jwt", "kid": KEY.kid}
    return jws(KEY.private, {**standard, **(header or {})}, payload(**changed))


@pytest.mark.parametrize(("via", "by"), [("mail", ""), ("site", "site.test:8443"), ("guest", "")])
def test_a_token_says_by_which_door_somebody_came(via: str, by: str) -> None:
    claims = replace(CLAIMS, via=via, by=by)
    for issue, check in ((issue_access, check_access), (issue_identity, check_identity)):
        assert check(issue(KEY, ISSUER, claims), KEYS, NOW_S) == claims


def test_an_access_token_gives_its_claims_back() -> None:
    assert check_access(issue_access(KEY, ISSUER, CLAIMS), KEYS, NOW_S) == CLAIMS
    assert check_access(access(), KEYS, NOW_S) == CLAIMS


def test_an_identity_gives_its_claims_back() -> None:
    token = issue_identity(KEY, ISSUER, CLAIMS)
    assert check_identity(token, KEYS, NOW_S) == CLAIMS
    assert "nbf" not in json.loads(base64.urlsafe_b64decode(token.split(".")[1] + "=="))


def test_k06_an_identity_is_no_access_token() -> None:
    with pytest.raises(TokenError):
        check_access(issue_identity(KEY, ISSUER, CLAIMS), KEYS, NOW_S)
    typed, meant = access({"typ": "cwid+jwt"}), access(aud="chat-peer")
    for token, reason in ((typed, "header"), (meant, "issuer or audience")):
        with pytest.raises(TokenError) as caught:
            check_access(token, KEYS, NOW_S)
        assert caught.value.reason == reason, "each of the two is enough"


def test_k07_an_access_token_is_no_identity() -> None:
    with pytest.raises(TokenError):
        check_identity(issue_access(KEY, ISSUER, CLAIMS), KEYS, NOW_S)


def test_k01_alg_none_is_refused() -> None:
    head = base64url(json.dumps({"alg": "none", "typ": "at+jwt", "kid": KEY.kid}).encode())
    body = base64url(json.dumps(payload()).encode())
    for signature in ("", "AA"):
        with pytest.raises(TokenError):
            check_access(f"{head}.{body}.{signature}", KEYS, NOW_S)


def test_k02_hs256_with_the_public_key_is_refused() -> None:
    head = base64url(json.dumps({"alg": "HS256", "typ": "at+jwt", "kid": KEY.kid}).encode())
    body = base64url(json.dumps(payload()).encode())
    mac = hmac.new(PUBLIC, f"{head}.{body}".encode(), hashlib.sha256).digest()
    with pytest.raises(TokenError) as caught:
        check_access(f"{head}.{body}.{base64url(mac)}", KEYS, NOW_S)
    assert caught.value.reason == "header", "before anything is verified"


@pytest.mark.parametrize(
    "header",
    [
        {"jku": "https://evil.test/jwks"},
        {"x5u": "https://evil.test/x"},
        {"jwk": public_jwk(PUBLIC)},
        {"crit": ["b64"], "b64": False},
        {"typ": "JWT"},
        {"typ": "AT+JWT"},
        {"kid": ["x"]},
        {"alg": "ES384"},
    ],
)
def test_k03_a_header_that_is_not_ours_is_refused(header: dict[str, Any]) -> None:
    with pytest.raises(TokenError):
        check_access(access(header), KEYS, NOW_S)


def test_k04_an_unknown_key_is_refused() -> None:
    with pytest.raises(TokenError, match="unknown key"):
        check_access(issue_access(signing_key(), ISSUER, CLAIMS), KEYS, NOW_S)


def test_another_key_under_a_known_id_is_refused() -> None:
    with pytest.raises(TokenError) as caught:
        check_access(issue_access(SigningKey(KEY.kid, signing_key().private), ISSUER, CLAIMS), KEYS, NOW_S)
    assert caught.value.reason == "signature"


@pytest.mark.parametrize("changed", [
    {"iss": "https://evil.test"}, {"aud": "chat-peer"}, {"aud": ["signal"]}, {"iss": None}, {"exp": "never"},
    {"exp": True}, {"iat": 1.5}, {"nbf": None}, {"sub": "ada"}, {"sub": ""}, {"name": ""}, {"name": "x" * 41},
    {"org": 5}, {"cnf": None}, {"cnf": {}}, {"cnf": {"jkt": "short"}}, {"cnf": {"jkt": base64url(b"x" * 31)}},
    {"jti": ""},
])  # fmt: skip
def test_k08_a_changed_claim_is_refused(changed: dict[str, Any]) -> None:
    with pytest.raises(TokenError):
        check_access(access(**changed), KEYS, NOW_S)


@pytest.mark.parametrize(("late_s", "good"), [(59, True), (60, False), (61, False)])
def test_k09_a_token_may_be_a_minute_late(late_s: int, good: bool) -> None:
    assert accepted(access(), NOW_S + 600 + late_s) == good


@pytest.mark.parametrize(("early_s", "good"), [(59, True), (60, True), (61, False)])
def test_k09_a_token_may_be_a_minute_early(early_s: int, good: bool) -> None:
    assert accepted(access(), NOW_S - early_s) == good
    assert accepted(access(nbf=NOW_S + early_s), NOW_S) == good


def test_a_key_signs_only_in_its_own_life() -> None:
    young = KeySet(ISSUER, NOW_S + 10**7, {KEY.kid: VerifyingKey(KEY.kid, PUBLIC, NOW_S + 61, NOW_S + 10**6)})
    ended = KeySet(ISSUER, NOW_S + 10**7, {KEY.kid: VerifyingKey(KEY.kid, PUBLIC, NOW_S - 1000, NOW_S)})
    for keys in (young, ended):
        with pytest.raises(TokenError, match="life"):
            check_access(access(), keys, NOW_S)


def accepted(token: str, now_s: int) -> bool:
    try:
        check_access(token, KEYS, now_s)
    except TokenError:
        return False
    return True


@pytest.mark.parametrize("token", ["", ".", "..", "a.b", "a.b.c.d", "é.b.c", "x" * 5000, "e30.e30.", "W10.W10.AA"])
def test_what_is_no_token_is_refused(token: str) -> None:
    assert not accepted(token, NOW_S)


@pytest.mark.parametrize(("length", "good"), [(4096, True), (4097, False)])
def test_a_token_has_at_most_4096_characters(length: int, good: bool) -> None:
    pad = (length - len(access(pad=""))) * 3 // 4  # as many bytes as base64 makes characters of
    found = [token for more in (-1, 0, 1) if len(token := access(pad="x" * (pad + more))) == length]
    assert accepted(found[0], NOW_S) == good


@pytest.mark.parametrize("body", [["x"], "x", 5, None])
def test_a_payload_that_is_no_object_is_refused(body: Any) -> None:
    with pytest.raises(TokenError) as caught:
        check_access(jws(KEY.private, {"alg": "ES256", "typ": "at+jwt", "kid": KEY.kid}, body), KEYS, NOW_S)
    assert caught.value.reason == "not an object"


def test_what_is_signed_has_no_spaces_and_names_are_as_they_are() -> None:
    token = sign_compact(KEY, "t", {"name": "Zoë", "list": [1, 2]})
    assert base64url_bytes(token.split(".")[1]) == b'{"name":"Zo\xc3\xab","list":[1,2]}'


def test_every_changed_character_of_a_signature_breaks_it() -> None:
    token = issue_access(KEY, ISSUER, CLAIMS)
    start = token.rindex(".") + 1
    for at in range(start, len(token) - 1, 5):
        changed = "A" if token[at] != "A" else "B"
        assert not accepted(token[:at] + changed + token[at + 1 :], NOW_S)


def test_the_clients_fake_realm_and_we_agree() -> None:
    realm = Realm(NOW_S * 1000)
    device = public_bytes(ec.generate_private_key(ec.SECP256R1()))
    keys = read_key_set(realm.cw_keys(), hashlib.sha256(public_of(realm.root)).digest(), NOW_S)
    claims = check_access(realm.access(device, "0a" * 16, "Ada"), keys, NOW_S)
    assert (claims.sub, claims.jkt) == ("0a" * 16, thumbprint(device))
    assert check_identity(realm.identity(device, "0a" * 16, "Ada"), keys, NOW_S).name == "Ada"


def test_k05_a_document_of_another_root_is_refused() -> None:
    realm, evil = Realm(NOW_S * 1000), Realm(NOW_S * 1000)
    pin = hashlib.sha256(public_of(realm.root)).digest()
    with pytest.raises(TokenError, match="another root"):
        read_key_set(evil.cw_keys(), pin, NOW_S)
    forged = {**evil.keys_payload(), "root": public_of(realm.root).hex()}
    with pytest.raises(TokenError, match="signature"):
        read_key_set(jws(evil.root, {"alg": "ES256", "typ": "cw-keys+jwt"}, forged), pin, NOW_S)


def test_a_document_whose_root_is_no_key_is_signed_by_nobody() -> None:
    realm, root = Realm(NOW_S * 1000), b"\x04" + bytes(64)
    document = jws(realm.root, {"alg": "ES256", "typ": "cw-keys+jwt"}, {**realm.keys_payload(), "root": root.hex()})
    with pytest.raises(TokenError) as caught:
        read_key_set(document, hashlib.sha256(root).digest(), NOW_S)
    assert caught.value.reason == "signature"


def test_a_revoked_key_is_no_key() -> None:
    realm = Realm(NOW_S * 1000)
    realm.revoked = [realm.sign_kid]
    keys = read_key_set(realm.cw_keys(), hashlib.sha256(public_of(realm.root)).digest(), NOW_S)
    with pytest.raises(TokenError, match="revoked key"):
        check_access(realm.access(PUBLIC, "0a" * 16, "Ada"), keys, NOW_S)
    assert realm.sign_kid not in keys.keys


@pytest.mark.parametrize("changed", [
    {"exp": NOW_S - 60}, {"sign": None}, {"revoked": {}}, {"iss": ""}, {"sign": [{}]},
    {"sign": [{"kid": "00" * 8, "key": PUBLIC.hex(), "nbf": 0, "exp": 9**12}]},
])  # fmt: skip
def test_a_document_that_is_not_whole_is_refused(changed: dict[str, Any]) -> None:
    realm = Realm(NOW_S * 1000)
    document = jws(realm.root, {"alg": "ES256", "typ": "cw-keys+jwt"}, {**realm.keys_payload(), **changed})
    with pytest.raises(TokenError):
        read_key_set(document, hashlib.sha256(public_of(realm.root)).digest(), NOW_S)


def test_a_token_is_no_document() -> None:
    realm = Realm(NOW_S * 1000)
    root = SigningKey("r", realm.root)
    token = sign_compact(root, "at+jwt", realm.keys_payload())
    pin = hashlib.sha256(public_of(realm.root)).digest()
    with pytest.raises(TokenError, match="header"):
        read_key_set(token, pin, NOW_S)


def test_a_private_key_hides_in_its_repr() -> None:
    assert "private" not in repr(KEY)


@pytest.mark.parametrize(("changed", "good"), [
    ({"name": "x"}, True),
    ({"name": "x" * 40}, True),
    ({"org": "x"}, True),
    ({"org": "x" * 256}, True),
    ({"org": "x" * 257}, False),
    ({"jti": "x" * 64}, True),
    ({"jti": "x" * 65}, False),
    ({"sub": "0A" * 16}, False),
    ({"sub": "0a" * 17}, False),
    ({"sub": "0a" * 15}, False),
    ({"cnf": {"jkt": 5}}, False),
    ({"cnf": {"jkt": base64url(b"x" * 33)}}, False),
    ({"cnf": [base64url(b"x" * 32)]}, False),
    ({"iat": NOW_S - 1060}, True),
    ({"iat": NOW_S - 1061}, False),
])
def test_a_claim_is_held_to_its_bounds(changed: dict[str, Any], good: bool) -> None:
    assert accepted(access(**changed), NOW_S) == good


@pytest.mark.parametrize(("changed", "reason"), [
    ({"aud": "chat-peer"}, "issuer or audience"),
    ({"exp": NOW_S - 60}, "expired"),
    ({"nbf": NOW_S + 61}, "not yet valid"),
    ({"exp": True}, "exp is not a number"),
    ({"name": ""}, "name is not a text"),
    ({"sub": "zz" * 16}, "sub is not hex"),
    ({"cnf": {}}, "no device"),
    ({"cnf": {"jkt": "A"}}, "no device"),
    ({"via": None}, "via is not a text"),
    ({"via": "post"}, "no door"),
    ({"via": "site"}, "no door"),
    ({"via": "mail", "by": "site.test"}, "no door"),
    ({"via": "guest", "by": ""}, "no door"),
    ({"via": "site", "by": ""}, "by is not a text"),
])
def test_a_refusal_says_why_in_the_log(changed: dict[str, Any], reason: str) -> None:
    with pytest.raises(TokenError) as caught:
        check_access(access(**changed), KEYS, NOW_S)
    assert (caught.value.reason, str(caught.value)) == (reason, reason)


@pytest.mark.parametrize(("now_s", "good"), [(NOW_S + 59, True), (NOW_S + 60, False)])
def test_a_key_that_has_ended_is_good_for_a_minute_more(now_s: int, good: bool) -> None:
    keys = KeySet(ISSUER, NOW_S + 10**7, {KEY.kid: VerifyingKey(KEY.kid, PUBLIC, NOW_S - 1000, NOW_S)})
    token = access(iat=NOW_S - 1, nbf=NOW_S - 1)
    if good:
        assert check_access(token, keys, now_s).sub == CLAIMS.sub
    else:
        with pytest.raises(TokenError, match="life"):
            check_access(token, keys, now_s)


@pytest.mark.parametrize(("changed", "reason"), [
    ({"exp": NOW_S - 60}, "document expired"),
    ({"sign": None}, "document shape"),
    ({"revoked": {}}, "document shape"),
    ({"sign": ["x"]}, "document shape"),
    ({"root": "00"}, "root is not hex"),
    ({"sign": [{"kid": "x", "key": "04" + "00" * 64, "nbf": 0, "exp": 1}]}, "key not on the curve"),
    ({"sign": [{"kid": "00" * 8, "key": PUBLIC.hex(), "nbf": 0, "exp": 1}]}, "key id"),
    ({"sign": [{"kid": KEY.kid, "key": PUBLIC.hex(), "nbf": "0", "exp": 1}]}, "nbf is not a number"),
    ({"sign": [{"kid": KEY.kid, "key": PUBLIC.hex(), "nbf": 0}]}, "exp is not a number"),
    ({"iss": "x" * 257}, "iss is not a text"),
])
def test_a_document_is_refused_with_its_reason(changed: dict[str, Any], reason: str) -> None:
    realm = Realm(NOW_S * 1000)
    document = jws(realm.root, {"alg": "ES256", "typ": "cw-keys+jwt"}, {**realm.keys_payload(), **changed})
    with pytest.raises(TokenError) as caught:
        read_key_set(document, hashlib.sha256(public_of(realm.root)).digest(), NOW_S)
    assert caught.value.reason == reason


@pytest.mark.parametrize(("header", "reason"), [
    ({"alg": "ES256", "typ": "at+jwt"}, "document header"),
    ({"alg": "HS256", "typ": "cw-keys+jwt"}, "document header"),
    ({"alg": "ES256", "typ": "cw-keys+jwt", "crit": []}, "document header"),
    ({"typ": "cw-keys+jwt"}, "not a signed token"),
])
def test_a_document_with_another_header_is_refused(header: dict[str, Any], reason: str) -> None:
    realm = Realm(NOW_S * 1000)
    pin = hashlib.sha256(public_of(realm.root)).digest()
    with pytest.raises(TokenError) as caught:
        read_key_set(jws(realm.root, header, realm.keys_payload()), pin, NOW_S)
    assert caught.value.reason == reason


@pytest.mark.parametrize(("early_s", "good"), [(59, True), (60, False)])
def test_a_document_is_good_for_a_minute_more(early_s: int, good: bool) -> None:
    realm = Realm(NOW_S * 1000)
    document = jws(
        realm.root, {"alg": "ES256", "typ": "cw-keys+jwt"}, {**realm.keys_payload(), "exp": NOW_S - early_s}
    )
    pin = hashlib.sha256(public_of(realm.root)).digest()
    if good:
        assert len(read_key_set(document, pin, NOW_S).keys) == 1
    else:
        with pytest.raises(TokenError, match="expired"):
            read_key_set(document, pin, NOW_S)


@pytest.mark.parametrize("header", [{"alg": "ES384"}, {"alg": "none"}, {"typ": "JWT"}, {"jku": "x"}])
def test_a_header_is_refused_before_anything_is_verified(header: dict[str, Any]) -> None:
    with pytest.raises(TokenError) as caught:
        check_access(access(header), KEYS, NOW_S)
    assert caught.value.reason == "header"


@pytest.mark.parametrize(("early_s", "good"), [(60, True), (61, False)])
def test_a_token_of_the_future_is_refused_whatever_it_says_of_its_beginning(early_s: int, good: bool) -> None:
    assert accepted(access(iat=NOW_S + early_s, nbf=NOW_S), NOW_S) == good


@pytest.mark.parametrize("text", ["AA==", "AA=", "A", "AB", "A+8", "A/8", "A A", "AA\n", "é"])
def test_base64url_has_one_spelling(text: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        base64url_bytes(text)


@pytest.mark.parametrize("data", [b"", b"\0", b"\xff\xfe", b"\xfb\xff\xbf"])
def test_base64url_comes_back(data: bytes) -> None:
    assert base64url_bytes(base64url(data)) == data
    assert "=" not in base64url(data)
