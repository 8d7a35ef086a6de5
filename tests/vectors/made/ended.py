"""Vectors of the list of devices that were signed out from elsewhere."""

from __future__ import annotations

from typing import Any

from tests.fakes.realm import ORIGIN, b64url
from tests.vectors.made.documents import forged
from tests.vectors.made.file import File
from tests.vectors.made.people import People, jws, key_of

TYP = "cw-ended+jwt"


def ended_lists(people: People) -> File:
    file = File("ended", "check", "Ended devices, and who is taken then: widget/crypto/trust.py, hear_ended")
    realm, now_s, ada = people.realm, people.realm.now_s, people.identity("ada")
    mine = b64url(people.devices["ada"].jkt)
    listed_ada = [{"jkt": mine, "at": now_s}]
    whole = {"iss": realm.issuer, "org": ORIGIN, "iat": now_s, "exp": now_s + 300, "ended": listed_ada}

    def listed(typ: str = TYP, key: str = "sign", **changes: Any) -> str:
        return jws(key_of(key), realm.header(typ), {**whole, **changes})

    def at(at_s: object, jkt: object = mine, more: int = 0) -> str:
        return listed(ended=[*[{"jkt": "", "at": 0}] * more, {"jkt": jkt, "at": at_s}])

    def given(text: str, **changes: Any) -> dict[str, Any]:
        return {"list": text, "org": ORIGIN, "jwt": ada, "now": people.now_ms, "past": False, **changes}

    told = {"news": True, "sub": people.identity_claims("ada")["sub"]}
    file.good("nobody", {**told, "news": False}, **given(listed(ended=[])))
    file.good("a device that was vouched for since", told, **given(at(now_s)))
    file.good("a device that ended a second later, for what was said", told, **given(at(now_s + 1), past=True))
    file.good("another device", told, **given(at(now_s + 1, b64url(bytes(32)))))
    file.good("as many as there may be", told, **given(at(now_s, more=499)))
    file.good("just before it ends", told, **given(listed(), now=people.now_ms + 359_999))
    file.good("a claim that nobody knows", told, **given(listed(more=[1])))
    file.bad("a device that ended a second later", 45, **given(at(now_s + 1)))
    for sentence, reason, text in (
        ("more than there may be", 1, at(now_s, more=500)),
        ("a claim was changed", 15, forged(listed(), {**whole, "ended": []})),
        ("signed by the root", 15, listed(key="root")),
        ("signed with a key that nobody vouches for", 14, jws(key_of("evil"), {"alg": "ES256", "typ": TYP}, whole)),
        ("an identity", 13, ada),
        ("no signature", 12, jws(realm.signing, {**realm.header(TYP), "alg": "none"}, whole)),
        ("nothing", 11, ""),
        ("more than 65,536 characters", 11, f"{listed()}{'A' * 65_536}"),
        ("by another service", 17, listed(iss="https://evil.test")),
        ("of another site", 21, listed(org="https://other.test")),
        ("of no site", 21, listed(org=None)),
        ("it ended", 18, listed(iat=now_s - 400, exp=now_s - 60)),
        ("it begins later", 18, listed(iat=now_s + 61)),
        ("no end", 1, listed(exp=None)),
        ("no list", 1, listed(ended={})),
        ("a device that is no object", 1, listed(ended=[mine])),
        ("a device without a time", 1, at(None)),
        ("a time that is no whole number", 1, at(now_s + 0.5)),
        ("a device that is no text", 1, at(now_s, 7)),
        ("a device too long", 1, at(now_s, f"{mine}A")),
    ):
        file.bad(sentence, reason, **given(text))
    return file
