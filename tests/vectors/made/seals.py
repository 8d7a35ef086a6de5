"""Vectors of what is sealed: descriptions, calls to the service and its answers."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from tests.fakes.realm import ORIGIN, b64url
from tests.vectors.judge.scripted import scripted, with_key
from tests.vectors.made.file import File
from tests.vectors.made.people import People, Sitting, bytes_from, pair_of, secret_of
from widget.crypto.sdp_seal import open_sdp_seal
from widget.crypto.sealed_call import SealedCalls
from widget.crypto.service_key import parse_service_key
from widget.native.crypto import native_crypto
from widget.ports import KeyPair
from widget.wire.sign_in import reply_aad


async def sealed_descriptions(people: People) -> File:
    file = File("sdp_seal", "check", "Descriptions that the service may not read: widget/crypto/sdp_seal.py")
    ada, ben, cleo = (people.seats[f"{name} in private"] for name in ("ada", "ben", "cleo"))

    async def sealed(text: str, kind: str = "offer", to: str = "", by: Sitting = ada) -> str:
        seal = open_sdp_seal(by.crypto, by.session)
        assert seal is not None
        return await seal.seal(to or ben.sid, kind, text)

    def given(text: str, kind: str = "offer", at: str = "ben in private", by: str = "ada in private") -> dict[str, str]:
        return {"at": at, "by": by, "kind": kind, "sealed": text}

    for kind, text in (("offer", "v=0\r\n"), ("answer", ""), ("candidate", "\U0001f44b"), ("offer", "x" * 2000)):
        file.good(f"{kind} of {len(text)} letters", {"text": text}, **given(await sealed(text, kind), kind))
    older = await sealed("v=0", to=ada.sid, by=cleo)
    file.good("under an older invite", {"text": "v=0"}, **given(older, at="ada in private", by="cleo in private"))
    good = await sealed("v=0")
    for sentence, reason, wrong in (
        ("another kind", 2, given(good, "answer")),
        ("another sender", 2, given(good, by="ben in private")),
        ("one's own, sent back", 2, given(good, at="ada in private", by="ben in private")),
        ("for somebody else", 2, given(await sealed("v=0", to="00" * 16))),
        ("an older invite than I know", 2, given(await sealed("v=0", by=cleo), by="cleo in private")),
        ("a bent bit", 2, given(_letter(good))),
        ("text that is not sealed", 1, given("v=0\r\n")),
        ("nothing", 1, given("")),
        ("less than a seal", 1, given(good[:36])),
        ("padding", 1, given(good + "=")),
    ):
        file.bad(sentence, reason, **wrong)
    return file


def _letter(text: str) -> str:
    return text[:20] + ("A" if text[20] != "A" else "B") + text[21:]


def sealed_replies(people: People) -> File:
    pinned = people.realm.service_key
    file = File(
        "sealed_reply", "check", "What the service answers to a sealed call: widget/crypto/sealed_call.py, reply"
    )
    key, rid, nonce = bytes_from("reply key", 32), bytes_from("rid", 16), bytes_from("nonce", 12)

    def given(text: bytes, aad: bytes = b"", sealing: bytes = key) -> dict[str, Any]:
        body = nonce + AESGCM(sealing).encrypt(nonce, text, aad or reply_aad(rid))
        return {"service_key": pinned, "origin": ORIGIN, "key": key, "rid": rid, "body": body}

    for sentence, fields in (
        ("nothing", {}),
        ("a code was sent", {"retry": 60}),
        ("tokens", {"access": "a.b.c", "refresh": "r", "n": [1, None]}),
    ):
        text = json.dumps(fields, separators=(",", ":"))
        file.good(sentence, {"fields": text}, **given(text.encode()))
    for sentence, reason, wrong in (
        ("another call's answer", 2, given(b"{}", reply_aad(bytes(16)))),
        ("sealed with another key", 2, given(b"{}", sealing=bytes(32))),
        ("no additional data", 2, given(b"{}", b"x")),
        ("a text that is no object", 1, given(b"[]")),
        ("no JSON", 1, given(b"x")),
        ("no UTF-8", 1, given(b"\xff")),
        ("a forbidden name", 1, given(b'{"__proto__":1}')),
        ("an object too deep", 1, given(b'{"a":[[[[[]]]]]}')),
        ("too long", 1, given(b'{"a":"' + b"x" * 16384 + b'"}')),
    ):
        file.bad(sentence, reason, **wrong)
    for sentence, body in (("no bytes", b""), ("no more than a nonce", bytes(12)), ("less than a seal", bytes(27))):
        file.bad(sentence, 19, **{**given(b"{}"), "body": body})
    file.bad("zeros", 2, **{**given(b"{}"), "body": bytes(28)})
    return file


async def sealed_calls(people: People) -> File:
    file = File("sealed_call", "check", "What is sealed to the service: widget/crypto/sealed_call.py, request")
    pair, other = pair_of("ephemeral"), pair_of("recipient")
    given = {
        "service_key": people.realm.service_key,
        "origin": ORIGIN,
        "key": bytes_from("reply key", 32),
        "rid": bytes_from("rid", 16),
        "now": people.now_ms,
        "path": "/otp/request",
        "fields": '{"email":"a@b.example"}',
        "ephemeral": {"private": secret_of(pair), "public": pair.public},
    }
    changes: dict[str, dict[str, Any]] = {
        "a code is wanted": {},
        "no field": {"fields": "{}"},
        "another path": {"path": "/token"},
        "another site": {"origin": "https://other.test"},
        "letters of all kinds": {"fields": json.dumps({"name": "\u00e9\U0001f44b"}, separators=(",", ":"))},
        "another key of one's own": {"ephemeral": {"private": secret_of(other), "public": other.public}},
    }
    for sentence, changed in changes.items():
        case = {**given, **changed}
        file.good(sentence, {"body": await _sealed(people, case)}, **case)
    data = b"\x01\x04" + bytes(63) + b"\x01" + bytes(32)
    file.bad("a service key that is no point", 3, **{**given, "service_key": _pinned(data)})
    file.bad(
        "a service key that is the point at infinity", 3, **{**given, "service_key": _pinned(b"\x01\x04" + bytes(96))}
    )
    file.bad("an older service key", "config.service_key.old", **{**given, "service_key": "x"})
    return file


def _pinned(data: bytes) -> str:
    return "cwk1." + b64url(data)


async def _sealed(people: People, case: dict[str, Any]) -> bytes:
    """The body, which the receiver of the `cryptography` package opens."""
    pair = KeyPair(b"", case["ephemeral"]["public"])
    private = ec.derive_private_key(int.from_bytes(case["ephemeral"]["private"], "big"), ec.SECP256R1())
    crypto = scripted(with_key(native_crypto(), replace(pair, private=private)), [case["key"]])
    calls = SealedCalls(crypto, parse_service_key(case["service_key"]), case["origin"])
    request = await calls.request("POST", case["path"], json.loads(case["fields"]), case["rid"], case["now"])
    opened = people.realm.open_request("POST", case["path"], case["origin"], request.body)
    assert opened == {
        **json.loads(case["fields"]),
        "key": case["key"].hex(),
        "rid": case["rid"].hex(),
        "ts": case["now"],
    }
    return request.body
