"""Sealed requests and replies against a service made of the `cryptography` package."""

from __future__ import annotations

import pytest
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from tests.fakes.realm import ORIGIN, Realm
from widget.crypto.reasons import BROKEN_SEAL, REPLY_MISMATCH
from widget.crypto.sealed_call import SealedCalls
from widget.crypto.service_key import parse_service_key
from widget.errors import MALFORMED, CwError
from widget.native.crypto import native_crypto
from widget.wire.sign_in import reply_aad

NOW = 1_795_000_000_123


def calls_to(realm: Realm) -> SealedCalls:
    return SealedCalls(native_crypto(), parse_service_key(realm.service_key), ORIGIN)


async def test_the_service_reads_the_request_and_the_client_the_answer(realm: Realm) -> None:
    calls = calls_to(realm)
    rid = calls.new_rid()
    request = await calls.request("POST", "/otp/request", {"email": "a@example.org"}, rid, NOW)
    fields = realm.open_request("POST", "/otp/request", ORIGIN, request.body)
    assert (fields["email"], fields["ts"], fields["rid"]) == ("a@example.org", NOW, rid.hex())
    assert await calls.reply(request, realm.seal_reply(fields, {"challenge": "00"})) == {"challenge": "00"}


async def test_nothing_of_the_request_is_readable(realm: Realm) -> None:
    calls = calls_to(realm)
    request = await calls.request("POST", "/otp/request", {"email": "ada@example.org"}, calls.new_rid(), NOW)
    assert b"ada" not in request.body
    assert b"email" not in request.body


@pytest.mark.parametrize(
    ("path", "origin"), [("/otp/verify", ORIGIN), ("/otp/request", "https://evil.test")], ids=["path", "origin"]
)
async def test_k16_a_body_moved_to_another_path_or_origin_does_not_open(realm: Realm, path: str, origin: str) -> None:
    calls = calls_to(realm)
    request = await calls.request("POST", "/otp/request", {}, calls.new_rid(), NOW)
    with pytest.raises(InvalidTag):
        realm.open_request("POST", path, origin, request.body)


async def test_k17_the_answer_to_another_request_is_refused(realm: Realm) -> None:
    calls = calls_to(realm)
    mine = await calls.request("POST", "/token", {}, calls.new_rid(), NOW)
    other = await calls.request("POST", "/token", {}, calls.new_rid(), NOW)
    answer = realm.seal_reply(realm.open_request("POST", "/token", ORIGIN, other.body), {})
    with pytest.raises(CwError) as caught:
        await calls.reply(mine, answer)
    assert caught.value.reason == BROKEN_SEAL


async def test_an_answer_without_a_tag_is_refused(realm: Realm) -> None:
    calls = calls_to(realm)
    request = await calls.request("POST", "/token", {}, calls.new_rid(), NOW)
    with pytest.raises(CwError) as caught:
        await calls.reply(request, bytes(27))
    assert caught.value.reason == REPLY_MISMATCH


async def test_a_newer_seal_key_is_used_once_told(realm: Realm) -> None:
    calls = calls_to(realm)
    newer = Realm()
    calls.use_seal_key(parse_service_key(newer.service_key).seal_public)
    request = await calls.request("POST", "/token", {"refresh": "x"}, calls.new_rid(), NOW)
    assert newer.open_request("POST", "/token", ORIGIN, request.body)["refresh"] == "x"


async def test_a_printed_request_shows_no_key(realm: Realm) -> None:
    calls = calls_to(realm)
    request = await calls.request("POST", "/token", {}, calls.new_rid(), NOW)
    assert "reply_key" not in repr(request)


async def test_an_answer_of_nothing_but_a_tag_is_opened_and_is_no_object(realm: Realm) -> None:
    calls = calls_to(realm)
    request = await calls.request("POST", "/token", {}, calls.new_rid(), NOW)
    fields = realm.open_request("POST", "/token", ORIGIN, request.body)
    empty = AESGCM(bytes.fromhex(fields["key"])).encrypt(bytes(12), b"", reply_aad(request.rid))
    with pytest.raises(CwError) as caught:
        await calls.reply(request, bytes(12) + empty)
    assert caught.value.reason == MALFORMED
