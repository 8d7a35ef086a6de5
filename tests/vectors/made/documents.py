"""Vectors of what the service signs, and of rooms against their names."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from tests.fakes.realm import ORIGIN, kid_of, public_of
from tests.vectors.made.file import File
from tests.vectors.made.people import People, jws, key_of, pair_of
from widget.wire.genesis import write_genesis

HOUR, DAY, SKEW = 3_600_000, 86_400_000, 60_000
HEAD = {"alg": "ES256", "typ": "cw-keys+jwt"}


def key_documents(people: People) -> File:
    file = File("keys", "check", "The document of the service's keys: widget/crypto/trust.py, open_trust")
    realm, now = people.realm, people.now_ms
    payload, pinned = realm.keys_payload(), realm.service_key

    def document(changes: dict[str, Any], header: dict[str, Any] = HEAD, root: str = "root") -> str:
        return jws(key_of(root), header, {**payload, **changes})

    def told(seal: bytes | None, until: int = DAY) -> dict[str, Any]:
        return {"iat_ms": realm.published_s * 1000, "exp_ms": now + until, "seal": b"" if seal is None else seal}

    mine = public_of(realm.sealing)
    newer = pair_of("newer seal").public
    both = [
        {"kid": kid_of(key), "key": key.hex(), "exp": realm.now_s + span} for key, span in ((mine, 99), (newer, 999))
    ]
    for sentence, changes, value in (
        ("the document", {}, told(mine)),
        ("the newer of two keys to seal to", {"seal": both}, told(newer)),
        ("no key to seal to", {"seal": []}, told(None)),
        ("a key to seal to that was withdrawn", {"revoked": [kid_of(mine)]}, told(None)),
        ("a document that ends soon", {"exp": realm.now_s + 5}, told(mine, 5000)),
        ("a document that has just ended", {"exp": realm.now_s - 59}, told(mine, -59_000)),
        ("a claim that nobody knows", {"more": [1]}, told(mine)),
    ):
        file.good(sentence, value, service_key=pinned, keys=document(changes), now=now)
    sign_key = public_of(realm.signing)
    entry = payload["sign"][0]
    for sentence, reason, text in (
        ("another root signed it", 15, document({}, root="another root")),
        (
            "another root, which says so",
            10,
            document({"root": public_of(key_of("another root")).hex()}, root="another root"),
        ),
        ("a claim was changed", 15, forged(document({}), {**payload, "iss": "https://evil.test"})),
        ("an identity", 13, people.identity("ada")),
        ("no signature", 12, document({}, {**HEAD, "alg": "none"})),
        ("nothing", 11, ""),
        ("it ended", 18, document({"exp": realm.now_s - 60})),
        ("it begins later", 18, document({"iat": realm.now_s + 61})),
        ("no root", 1, document({"root": None})),
        ("a compressed root", 4, document({"root": f"02{payload['root'][2:]}"})),
        ("a root too short", 1, document({"root": payload["root"][:-2]})),
        ("a key under another name", 14, document({"sign": [{**entry, "kid": "00" * 8}]})),
        ("a compressed key", 4, document({"sign": [{**entry, "key": f"03{sign_key.hex()[2:]}"}]})),
        ("more keys than there may be", 1, document({"sign": [entry] * 17})),
        ("keys that are no list", 1, document({"sign": {}})),
        ("a key without an end", 1, document({"seal": [{"kid": entry["kid"], "key": entry["key"]}]})),
        ("no list of withdrawn keys", 1, document({"revoked": "none"})),
        ("a time that is no whole number", 1, document({"iat": 1.5})),
        ("a time beyond the last", 1, document({"exp": 8_000_000_001})),
        ("no issuer", 1, document({"iss": None})),
        ("an issuer too long", 1, document({"iss": "i" * 256})),
    ):
        file.bad(sentence, reason, service_key=pinned, keys=text, now=now)
    return file


def forged(text: str, claims: dict[str, Any]) -> str:
    """Other claims under the same signature."""
    return f"{text.split('.')[0]}.{jws(key_of('any'), {}, claims).split('.')[1]}.{text.split('.')[2]}"


def identities(people: People) -> File:
    file = File("identity", "check", "Who somebody is, as the service says: widget/crypto/trust.py, check_identity")
    now, claims = people.now_ms, people.identity_claims("ada")
    told = {
        "sub": claims["sub"],
        "name": "Ada",
        "org": ORIGIN,
        "jkt": people.devices["ada"].jkt,
        "iat_ms": now,
        "exp_ms": now + HOUR,
        "via": "mail",
    }
    host = ORIGIN.removeprefix("https://")
    jwt = people.identity("ada")
    for sentence, text, at in (
        ("Ada", jwt, now),
        ("Ada, just before", jwt, now - SKEW),
        ("Ada, just after", jwt, now + HOUR + SKEW - 1),
    ):
        file.good(sentence, told, jwt=text, now=at)
    file.good(
        "a name of 40 letters",
        {**told, "name": "\U0001f44b" * 40},
        jwt=people.identity("ada", name="\U0001f44b" * 40),
        now=now,
    )
    file.good(
        "two hours", {**told, "exp_ms": now + 2 * HOUR}, jwt=people.identity("ada", exp=claims["iat"] + 7200), now=now
    )
    site, guest = people.identity("ada", via="site", by=host), people.identity("ada", via="guest")
    file.good("a site vouches", {**told, "via": f"site {host}"}, jwt=site, now=now)
    file.good("a guest", {**told, "via": "guest"}, jwt=guest, now=now)
    head, text = people.realm.header("cwid+jwt"), jwt.rpartition(".")[0]
    for sentence, reason, wrong, at in (
        ("too early", 18, jwt, now - SKEW - 1),
        ("too late", 18, jwt, now + HOUR + SKEW),
        ("more than two hours", 18, people.identity("ada", exp=claims["iat"] + 7201), now),
        ("a claim was changed", 15, forged(jwt, {**claims, "name": "Eve"}), now),
        ("signed by the root", 15, jws(people.realm.root, head, claims), now),
        (
            "signed with a key that nobody vouches for",
            14,
            jws(key_of("evil"), {**head, "kid": kid_of(public_of(key_of("evil")))}, claims),
            now,
        ),
        ("no key is named", 14, jws(people.realm.signing, {"alg": "ES256", "typ": "cwid+jwt"}, claims), now),
        ("a signature of 63 bytes", 15, f"{text}.{_cut(jwt)}", now),
        ("an access token", 13, people.identity("ada", "at+jwt"), now),
        ("for the service itself", 16, people.identity("ada", aud="signal"), now),
        ("for several", 16, people.identity("ada", aud=["chat-peer"]), now),
        ("by another service", 17, people.identity("ada", iss="https://evil.test"), now),
        ("bound to no device", 11, people.identity("ada", cnf=None), now),
        ("bound to no key", 1, people.identity("ada", cnf={}), now),
        ("bound to a short name", 11, people.identity("ada", cnf={"jkt": "AAAA"}), now),
        ("no name", 11, people.identity("ada", name=""), now),
        ("a name too long", 1, people.identity("ada", name="n" * 41), now),
        ("a sub that is no hex", 1, people.identity("ada", sub="Ada"), now),
        ("a time that is a text", 1, people.identity("ada", iat=str(claims["iat"])), now),
        ("no site", 1, people.identity("ada", org=None), now),
        ("no door", 1, people.identity("ada", via=None), now),
        ("a door that there is none of", 11, people.identity("ada", via="host"), now),
        ("another site vouches", 11, people.identity("ada", via="site", by="evil.test"), now),
        ("no site vouches", 11, people.identity("ada", via="site"), now),
        ("a site vouches for a guest", 11, people.identity("ada", via="guest", by=host), now),
    ):
        file.bad(sentence, reason, jwt=wrong, now=at)
    return file


def _cut(jwt: str) -> str:
    """Its signature without the last byte: 63 bytes are 84 letters."""
    return jwt.rpartition(".")[2][:84]


async def rooms(people: People) -> File:
    file = File("room", "check", "A founding against the id that names it: widget/crypto/genesis.py, open_genesis")
    for name, genesis in people.rooms.items():
        file.good(
            f"the {name} room", {"created_ms": genesis.created_ms}, data=write_genesis(genesis), room=people.ids[name]
        )
    public, private = people.ids["public"], people.ids["private"]
    genesis = people.rooms["public"]
    file.bad("another room's id", 20, data=write_genesis(genesis), room=private)
    file.bad("an id in capitals", 20, data=write_genesis(genesis), room=public.upper())
    for sentence, changes in {
        "another host": {"host_sub": "00" * 16},
        "another device of the host": {"host_jkt": bytes(32)},
        "another time": {"created_ms": 1},
        "another flag": {"flags": 9},
        "another size": {"capacity": 17},
        "another site": {"orgs": ["https://evil.test"]},
        "a site more": {"orgs": [ORIGIN, "https://evil.test"]},
        "another chance": {"nonce": bytes(16)},
    }.items():
        file.bad(sentence, 20, data=write_genesis(replace(genesis, **changes)), room=public)  # type: ignore[arg-type]
    file.bad("a byte left over", 1, data=write_genesis(genesis) + b"\x00", room=public)
    return file
