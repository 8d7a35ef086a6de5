"""Vectors of tokens."""

from __future__ import annotations

from typing import Any

from tests.fakes.realm import b64url
from tests.vectors.made.file import File
from tests.vectors.made.messages import as_json, part
from tests.vectors.made.people import People, sign


def tokens(people: People) -> File:
    file = File("jws", "text", "A compact JWS before its signature is checked: widget/crypto/jws.py")
    good = people.identity("ada")
    head = {"alg": "ES256", "typ": "cwid+jwt", "kid": people.realm.sign_kid}
    claims, signature = good.split(".")[1:]

    def of(header: Any, body: Any = None, sealed: str = signature) -> str:
        return f"{part(header)}.{claims if body is None else part(body)}.{sealed}"

    def told(header: Any, body: Any, kid: str, sealed: bytes) -> dict[str, Any]:
        return {"header": as_json(header), "claims": as_json(body), "kid": kid, "signature": sealed}

    mine, raw = people.identity_claims("ada"), sign(people.realm.signing, good.rpartition(".")[0].encode())
    file.good("an identity", told(head, mine, head["kid"], raw), data=good)
    for sentence, header, body, kid in (
        ("a token that names no key", {"alg": "ES256", "typ": "cwid+jwt"}, {}, ""),
        ("a token whose key is no text", {**head, "kid": 7}, {}, ""),
        ("a token with a key of its own, which nobody reads", {**head, "jwk": {"kty": "EC"}}, {}, head["kid"]),
        ("a token with a claim of every kind", head, {"a": [1, True, None], "b": {"c": "\u00e9"}}, head["kid"]),
    ):
        file.good(sentence, told(header, body, kid, raw), data=of(header, body))
    for sentence, reason, wrong in (
        ("nothing", 11, ""),
        ("one part", 11, "abc"),
        ("two parts", 11, good.rpartition(".")[0]),
        ("four parts", 11, good + ".a"),
        ("three empty parts", 11, ".."),
        ("a part that is no base64url", 11, good.replace(".", ".+", 1)),
        ("padding", 11, good + "="),
        ("a head that is no JSON", 11, f"{b64url(b'x')}.{claims}.{signature}"),
        ("a head that is a list", 11, of([])),
        ("claims that are a text", 11, of(head, "x")),
        ("claims with a forbidden name", 11, of(head, {"__proto__": 1})),
        ("claims nested too deeply", 11, of(head, {"a": [[[[[]]]]]})),
        ("claims that are no UTF-8", 11, f"{part(head)}.{b64url(bytes([255]))}.{signature}"),
        ("a token too long", 11, of(head, {"a": "x" * 4096})),
        ("no algorithm", 12, of({"typ": "cwid+jwt"})),
        ("the algorithm none", 12, of({**head, "alg": "none"})),
        ("another algorithm", 12, of({**head, "alg": "HS256"})),
        ("an algorithm in small letters", 12, of({**head, "alg": "es256"})),
        ("a list of algorithms", 12, of({**head, "alg": ["ES256"]})),
        ("something that must be understood", 12, of({**head, "crit": ["b64"]})),
        ("no type", 13, of({"alg": "ES256"})),
        ("an access token", 13, of({**head, "typ": "at+jwt"})),
        ("a type in capitals", 13, of({**head, "typ": "CWID+JWT"})),
    ):
        file.bad(sentence, reason, data=wrong)
    return file
