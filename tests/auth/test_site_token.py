"""A site's token: what holds, everything that does not (RFC 8725), and who is told why."""

from __future__ import annotations

import hashlib
import hmac
import json
from typing import Any

import pytest
from joserfc.jwk import ECKey

from auth.p256 import base64url
from auth.site_keys import SiteKey
from auth.site_token import SiteTokenError, UnknownKeyError, Vouched, check_site_token
from tests.fakes.login_site import ALGORITHMS, EC, ISSUER, RSA, LoginSite, Private, signed
from tests.fakes.moment import START_S

SITE = LoginSite()
OTHER = ECKey.generate_key("P-256")


def check(token: str, *keys: SiteKey) -> Vouched:
    return check_site_token(token, keys or (SITE.public(),), ISSUER, START_S)


def refusal(token: str, *keys: SiteKey) -> SiteTokenError:
    with pytest.raises(SiteTokenError) as caught:
        check(token, *keys)
    return caught.value


@pytest.mark.parametrize(("algorithm", "key"), ALGORITHMS, ids=[name for name, _ in ALGORITHMS])
def test_a_site_signs_with_what_it_has(algorithm: str, key: Private) -> None:
    site = LoginSite()
    site.key, site.algorithm = key, algorithm
    found = check(site.token(jti="a"), site.public())
    assert found == Vouched("user 7", "Ada", "a", START_S, START_S + 300)
    assert "user 7" not in repr(found)


def test_each_key_counts_with_its_own_algorithm() -> None:
    """An RSA key that signs by PS256 or RS512, and an ECDSA key in the place of an RSA one, are not what was said."""
    rsa = LoginSite()
    rsa.key, rsa.algorithm = RSA, "RS256"
    for algorithm in ("PS256", "RS512"):
        assert refusal(rsa.token({"alg": algorithm}), rsa.public()).reason == "algorithm"
    assert refusal(SITE.token(), rsa.public()).reason == "unknown key"


def test_a_token_is_checked_with_the_keys_that_have_its_id() -> None:
    one, two = SiteKey("one", "ES256", EC), SiteKey("two", "ES256", OTHER)
    assert check(SITE.token(), one, two).sub == "user 7"
    assert check(SITE.token({"kid": None}), two, one).sub == "user 7"
    assert refusal(SITE.token({"kid": "two"}), one, two).reason == "signature"
    assert isinstance(refusal(SITE.token({"kid": "three"}), one, two), UnknownKeyError)
    assert check(SITE.token({"kid": "three"}), SITE.public()).sub == "user 7"  # a file has no id


LIES: list[tuple[dict[str, Any], Any, str]] = [
    ({"alg": "ES384"}, ECKey.generate_key("P-384"), "algorithm"),
    ({"typ": "at+jwt"}, EC, "header"),
    ({"typ": "dpop+jwt"}, EC, "header"),
    ({"typ": 5}, EC, "header"),
    ({"crit": ["exp"], "exp": 1}, EC, "header"),
    ({"b64": True}, EC, "header"),
    ({"kid": 5}, EC, "key id"),
    ({"kid": "two"}, OTHER, "signature"),
    ({}, OTHER, "signature"),
]


@pytest.mark.parametrize(("header", "key", "reason"), LIES)
def test_what_the_site_did_not_sign_is_refused_without_a_word(header: dict[str, Any], key: Any, reason: str) -> None:
    error = refusal(SITE.token(header, key))
    assert (error.reason, error.hint) == (reason, "")


@pytest.mark.parametrize("algorithm", ["none", "None", "HS256", "es256", "", 5, ["ES256"], None])
def test_k01_k02_no_algorithm_but_those_three_counts(algorithm: Any) -> None:
    """Without a signature, and with the public key taken for a secret."""
    text = base64url(json.dumps({"alg": algorithm, "typ": "JWT"}).encode()) + "." + SITE.token().split(".")[1]
    public = EC.as_pem(private=False)
    for signature in (b"", hmac.new(public, text.encode(), hashlib.sha256).digest()):
        error = refusal(f"{text}.{base64url(signature)}")
        assert (error.reason in ("algorithm", "not a signed token"), error.hint) == (True, "")


@pytest.mark.parametrize("where", ["jku", "x5u", "jwk", "x5c"])
def test_k03_a_key_or_an_address_inside_a_token_is_not_looked_at(where: str) -> None:
    given = {"jwk": OTHER.as_dict(private=False), "x5c": ["AAAA"]}.get(where, "https://evil.test/keys")
    assert refusal(SITE.token({where: given}, OTHER)).reason == "signature"
    assert check(SITE.token({where: given})).sub == "user 7"


def test_every_bit_of_a_token_counts() -> None:
    token = SITE.token()
    for place in range(0, len(token) - 1):
        other = "A" if token[place] != "A" else "B"
        assert refusal(token[:place] + other + token[place + 1 :]).hint == ""


HINTS = [
    ({"aud": "https://chat.test"}, "aud"), ({"aud": None}, "aud"), ({"aud": ["https://auth.test", "x"]}, "aud"),
    ({"aud": "https://auth.test/"}, "aud"), ({"aud": []}, "aud"), ({"sub": None}, "sub"), ({"sub": ""}, "sub"),
    ({"sub": "x" * 129}, "sub"), ({"sub": 7}, "sub"), ({"sub": "\ud800"}, "sub"), ({"jti": None}, "jti"),
    ({"jti": "x" * 129}, "jti"), ({"name": 7}, "name"), ({"name": "x" * 201}, "name"), ({"exp": None}, "exp"),
    ({"exp": "soon"}, "exp"), ({"iat": None}, "iat"), ({"iat": True}, "iat"), ({"nbf": "x"}, "nbf"),
]  # fmt: skip


@pytest.mark.parametrize(("changed", "word"), HINTS, ids=str)
def test_k08_the_sites_owner_is_told_what_is_wrong(changed: Any, word: str) -> None:
    error = refusal(SITE.token(**changed))
    assert error.hint.startswith(f"{word} has to be")
    assert error.reason == word


def test_an_audience_may_stand_in_a_list_of_its_own() -> None:
    assert check(SITE.token(aud=[ISSUER])).sub == "user 7"


@pytest.mark.parametrize("payload", [b"[]", b"{", b"\xff", b"[" * 2500])
def test_a_payload_that_is_no_object_is_told(payload: bytes) -> None:
    assert refusal(signed(EC, {"alg": "ES256", "kid": "one"}, payload)).hint == "the token holds no JSON object."


TIMES = [
    (0, 600, 0, ""), (0, 601, 0, "exp has to be after iat, and at most"), (0, 0, 0, "exp has to be after iat"),
    (0, -1, 0, "exp has to be after iat"), (-659, -59, 0, ""), (-660, -60, 0, "exp has passed"),
    (60, 120, 0, ""), (61, 120, 0, "iat or nbf"), (0, 300, 60, ""), (0, 300, 61, "iat or nbf"),
]  # fmt: skip


@pytest.mark.parametrize(("iat_s", "exp_s", "nbf_s", "said"), TIMES)
def test_k09_a_token_lives_ten_minutes_and_clocks_may_differ_by_one(
    iat_s: int, exp_s: int, nbf_s: int, said: str
) -> None:
    token = SITE.token(iat=START_S + iat_s, exp=START_S + exp_s, nbf=START_S + nbf_s)
    if said == "":
        assert check(token).iat == START_S + iat_s
    else:
        assert refusal(token).hint.startswith(said)


def test_a_token_has_at_most_4_kib() -> None:
    pad = 2000
    while len(SITE.token(jti="a", pad="x" * (pad + 1))) <= 4096:
        pad += 1
    assert check(SITE.token(jti="a", pad="x" * pad)).jti == "a"
    assert refusal(SITE.token(jti="a", pad="x" * (pad + 3))).reason == "too long"


@pytest.mark.parametrize("token", ["", "a.b.c", "é.é.é", "\ud800", "..", "x" * 4097, "AAAA.AAAA", "W10.W10.AA"])
def test_what_is_no_token_is_refused(token: str) -> None:
    assert refusal(token).hint == ""
