"""Tokens under the pinned root: attacks K01 to K09 as far as a client meets them."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Callable
from typing import Any

import pytest

from tests.fakes.people import Person, trust_of
from tests.fakes.realm import NOW_MS, ORIGIN, Realm, b64url, jws, public_of
from widget.crypto.limits import CLOCK_SKEW_MS
from widget.crypto.reasons import (
    ROOT_MISMATCH,
    TOKEN_ALGORITHM,
    TOKEN_AUDIENCE,
    TOKEN_ISSUER,
    TOKEN_KEY,
    TOKEN_SHAPE,
    TOKEN_SIGNATURE,
    TOKEN_TIME,
    TOKEN_TYPE,
)
from widget.crypto.service_key import parse_service_key
from widget.crypto.trust import open_trust
from widget.errors import MALFORMED, CwError
from widget.native.crypto import native_crypto

CRYPTO = native_crypto()


async def refusal(realm: Realm, token: str, now_ms: int = NOW_MS) -> int:
    trust = await trust_of(realm, CRYPTO)
    with pytest.raises(CwError) as caught:
        await trust.check_identity(token, now_ms)
    return caught.value.reason


def forged(realm: Realm, person: Person, **changes: Any) -> str:
    """An identity signed by the real key with other claims; None leaves a claim out."""
    claims = realm.identity_claims(person.device.public, person.identity.sub, "Ada")
    claims.update(changes)
    claims = {name: value for name, value in claims.items() if value is not None}
    return jws(realm.signing, realm.header("cwid+jwt"), claims)


async def test_a_good_identity_says_who_it_is(realm: Realm, ada: Person) -> None:
    assert ada.identity.name == "Ada"
    assert ada.identity.jkt == ada.device.jkt
    assert ada.identity.exp_ms == NOW_MS + 3_600_000


async def test_k01_alg_none_is_refused(realm: Realm, ada: Person) -> None:
    claims = b64url(json.dumps(realm.identity_claims(ada.device.public, ada.identity.sub, "Ada")).encode())
    header = b64url(json.dumps({"alg": "none", "typ": "cwid+jwt", "kid": realm.sign_kid}).encode())
    assert await refusal(realm, f"{header}.{claims}.") == TOKEN_ALGORITHM


async def test_k02_hs256_with_the_public_key_is_refused(realm: Realm, ada: Person) -> None:
    claims = b64url(json.dumps(realm.identity_claims(ada.device.public, ada.identity.sub, "Ada")).encode())
    header = b64url(json.dumps({"alg": "HS256", "typ": "cwid+jwt", "kid": realm.sign_kid}).encode())
    mac = hmac.digest(public_of(realm.signing), f"{header}.{claims}".encode(), "sha256")
    assert await refusal(realm, f"{header}.{claims}.{b64url(mac + mac)}") == TOKEN_ALGORITHM


@pytest.mark.parametrize("where", ["jku", "jwk", "x5u"])
async def test_k03_a_key_the_token_brings_along_is_not_used(realm: Realm, ada: Person, where: str) -> None:
    evil = Realm()
    header = {**evil.header("cwid+jwt"), "kid": realm.sign_kid, where: "https://evil.test/keys"}
    token = jws(evil.signing, header, realm.identity_claims(ada.device.public, ada.identity.sub, "Ada"))
    assert await refusal(realm, token) == TOKEN_SIGNATURE


async def test_k04_an_unknown_kid_is_refused(realm: Realm, ada: Person) -> None:
    header = {**realm.header("cwid+jwt"), "kid": "0011223344556677"}
    token = jws(realm.signing, header, realm.identity_claims(ada.device.public, ada.identity.sub, "Ada"))
    assert await refusal(realm, token) == TOKEN_KEY


async def test_k05_a_document_of_another_root_is_refused(realm: Realm) -> None:
    with pytest.raises(CwError) as caught:
        await open_trust(CRYPTO, parse_service_key(realm.service_key), Realm().cw_keys(), NOW_MS)
    assert caught.value.reason == ROOT_MISMATCH


async def test_k05_a_document_that_names_the_root_but_is_signed_by_another_is_refused(realm: Realm) -> None:
    evil = Realm()
    document = jws(evil.root, {"alg": "ES256", "typ": "cw-keys+jwt"}, realm.keys_payload())
    with pytest.raises(CwError) as caught:
        await open_trust(CRYPTO, parse_service_key(realm.service_key), document, NOW_MS)
    assert caught.value.reason == TOKEN_SIGNATURE


async def test_a_document_out_of_date_is_refused(realm: Realm) -> None:
    late_ms = NOW_MS + 45 * 86_400_000 + 60_000
    with pytest.raises(CwError) as caught:
        await open_trust(CRYPTO, parse_service_key(realm.service_key), realm.cw_keys(), late_ms)
    assert caught.value.reason == TOKEN_TIME


async def test_a_key_under_a_wrong_id_spoils_the_document(realm: Realm) -> None:
    payload = realm.keys_payload()
    payload["sign"][0]["kid"] = "0011223344556677"
    document = jws(realm.root, {"alg": "ES256", "typ": "cw-keys+jwt"}, payload)
    with pytest.raises(CwError) as caught:
        await open_trust(CRYPTO, parse_service_key(realm.service_key), document, NOW_MS)
    assert caught.value.reason == TOKEN_KEY


async def test_a_revoked_key_vouches_for_nobody(realm: Realm, ada: Person) -> None:
    realm.revoked.append(realm.sign_kid)
    assert await refusal(realm, ada.jwt) == TOKEN_KEY


async def test_k07_an_access_token_is_no_identity(realm: Realm, ada: Person) -> None:
    assert await refusal(realm, realm.access(ada.device.public, ada.identity.sub, "Ada")) == TOKEN_TYPE


async def test_k08_wrong_audience_and_issuer_are_refused(realm: Realm, ada: Person) -> None:
    assert await refusal(realm, forged(realm, ada, aud="signal")) == TOKEN_AUDIENCE
    assert await refusal(realm, forged(realm, ada, aud=["chat-peer"])) == TOKEN_AUDIENCE
    assert await refusal(realm, forged(realm, ada, iss="https://evil.test")) == TOKEN_ISSUER


@pytest.mark.parametrize(
    ("offset_ms", "good"),
    [
        (-CLOCK_SKEW_MS, True),
        (-CLOCK_SKEW_MS - 1, False),
        (3_600_000 + CLOCK_SKEW_MS - 1, True),
        (3_600_000 + CLOCK_SKEW_MS, False),
    ],
)
async def test_k09_time_has_a_skew_of_a_minute(realm: Realm, ada: Person, offset_ms: int, good: bool) -> None:
    trust = await trust_of(realm, CRYPTO)
    if good:
        assert (await trust.check_identity(ada.jwt, NOW_MS + offset_ms)).name == "Ada"
    else:
        assert await refusal(realm, ada.jwt, NOW_MS + offset_ms) == TOKEN_TIME


async def test_k09_an_identity_for_a_day_is_refused(realm: Realm, ada: Person) -> None:
    assert await refusal(realm, forged(realm, ada, exp=realm.now_s + 86400)) == TOKEN_TIME


@pytest.mark.parametrize("claim", ["sub", "name", "org", "iat", "exp", "via"])
async def test_a_claim_left_out_is_refused(realm: Realm, ada: Person, claim: str) -> None:
    assert await refusal(realm, forged(realm, ada, **{claim: None})) == MALFORMED


@pytest.mark.parametrize(("via", "by"), [
    ("", None),
    ("host", None),
    ("site", None),
    ("site", "evil.test"),
    ("site", "https://site.test"),
    ("mail", "site.test"),
    ("guest", ""),
])
async def test_a_door_that_there_is_none_of_or_another_sites_word_is_refused(
    realm: Realm, ada: Person, via: str, by: str | None
) -> None:
    assert await refusal(realm, forged(realm, ada, via=via, by=by)) in (TOKEN_SHAPE, MALFORMED)


@pytest.mark.parametrize(("via", "by", "shown"), [
    ("mail", None, "mail"),
    ("guest", None, "guest"),
    ("site", "site.test", "site site.test"),
])
async def test_an_identity_says_who_vouches(
    realm: Realm, ada: Person, via: str, by: str | None, shown: str
) -> None:
    trust = await trust_of(realm, CRYPTO)
    assert (await trust.check_identity(forged(realm, ada, via=via, by=by), NOW_MS)).via == shown


@pytest.mark.parametrize("name", ["", " ", "\u2800\u200d"])
async def test_a_name_that_shows_nothing_is_none(realm: Realm, ada: Person, name: str) -> None:
    assert await refusal(realm, forged(realm, ada, name=name)) == TOKEN_SHAPE


@pytest.mark.parametrize("cnf", [None, {}, {"jkt": ""}, {"jkt": "AAAA"}, "x"])
async def test_an_identity_bound_to_no_device_is_refused(realm: Realm, ada: Person, cnf: Any) -> None:
    assert await refusal(realm, forged(realm, ada, cnf=cnf)) in (TOKEN_SHAPE, MALFORMED)


@pytest.mark.parametrize(
    "bend",
    [
        lambda token: token + "A",
        lambda token: token + "=",
        lambda token: token.rsplit(".", 1)[0],
        lambda token: token + ".x",
        lambda token: "x" * 5000,
        lambda token: "",
        lambda token: token.replace(".", "..", 1),
        lambda token: token.rsplit(".", 1)[0] + "." + b64url(bytes(63)),
        lambda token: token.rsplit(".", 1)[0] + "." + b64url(bytes(65)),
    ],
)
async def test_bent_tokens_are_refused(realm: Realm, ada: Person, bend: Callable[[str], str]) -> None:
    assert await refusal(realm, bend(ada.jwt)) in (TOKEN_SHAPE, TOKEN_SIGNATURE)


async def test_a_crit_header_is_refused(realm: Realm, ada: Person) -> None:
    header = {**realm.header("cwid+jwt"), "crit": ["exp"]}
    token = jws(realm.signing, header, realm.identity_claims(ada.device.public, ada.identity.sub, "Ada"))
    assert await refusal(realm, token) == TOKEN_ALGORITHM


async def test_the_newest_seal_key_is_offered(realm: Realm) -> None:
    trust = await trust_of(realm, CRYPTO)
    assert trust.seal_public(NOW_MS) == public_of(realm.sealing)
    assert trust.seal_public(NOW_MS + 91 * 86_400_000) is None
    assert trust.exp_ms == NOW_MS + 86_400_000


def test_the_realms_kid_is_the_hash_of_the_key(realm: Realm) -> None:
    assert realm.sign_kid == hashlib.sha256(public_of(realm.signing)).digest()[:8].hex()


async def sealing_key(realm: Realm, exp_s: list[int], now_ms: int = NOW_MS) -> int | None:
    """Which of several sealing keys with these ends is used."""
    keys = [Realm() for _ in exp_s]
    publics = [public_of(key.sealing) for key in keys]
    payload = {**realm.keys_payload(), "seal": [
        {"kid": hashlib.sha256(public).hexdigest()[:16], "key": public.hex(), "exp": exp}
        for public, exp in zip(publics, exp_s, strict=True)
    ]}
    document = jws(realm.root, {"alg": "ES256", "typ": "cw-keys+jwt"}, payload)
    found = (await open_trust(CRYPTO, parse_service_key(realm.service_key), document, NOW_MS)).seal_public(now_ms)
    return None if found is None else publics.index(found)


@pytest.mark.parametrize(("ends", "used"), [
    ([10, 30, 20], 1),
    ([30, 30, 20], 0),
    ([20, 10, 30], 2),
    ([0, -5], None),
    ([0, 1], 1),
    ([], None),
])
async def test_the_sealing_key_that_is_good_longest_is_used(realm: Realm, ends: list[int], used: int | None) -> None:
    assert await sealing_key(realm, [NOW_MS // 1000 + end for end in ends]) == used


async def test_a_list_of_ended_devices_takes_nothing_back(realm: Realm, ada: Person) -> None:
    trust, at_s = await trust_of(realm, CRYPTO), NOW_MS // 1000
    for ended_s, is_news in ((at_s + 9, True), (at_s + 9, False), (at_s - 1, False), (at_s + 10, True)):
        realm.ended = {ada.device.jkt: ended_s}
        assert await trust.hear_ended(realm.cw_ended(), ORIGIN, NOW_MS) is is_news
    realm.ended = {}
    assert await trust.hear_ended(realm.cw_ended(), ORIGIN, NOW_MS) is False
    assert trust.ended == {b64url(ada.device.jkt): (at_s + 10) * 1000}


async def test_of_a_list_that_is_broken_anywhere_nothing_counts(realm: Realm, ada: Person) -> None:
    trust = await trust_of(realm, CRYPTO)
    listed = [{"jkt": b64url(ada.device.jkt), "at": NOW_MS // 1000 + 1}, {"jkt": "another"}]
    document = jws(realm.signing, realm.header("cw-ended+jwt"), {**realm.ended_payload(), "ended": listed})
    with pytest.raises(CwError) as caught:
        await trust.hear_ended(document, ORIGIN, NOW_MS)
    assert (caught.value.reason, trust.ended) == (MALFORMED, {})


async def test_of_ended_devices_the_last_1024_are_known(realm: Realm) -> None:
    trust = await trust_of(realm, CRYPTO)
    for first in (0, 400, 800):
        realm.ended = {number.to_bytes(32, "big"): NOW_MS // 1000 for number in range(first, first + 400)}
        await trust.hear_ended(realm.cw_ended(), ORIGIN, NOW_MS)
    assert list(trust.ended) == [b64url(number.to_bytes(32, "big")) for number in range(1200 - 1024, 1200)]
