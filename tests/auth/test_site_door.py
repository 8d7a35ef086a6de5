"""The site's own login: whom it lets in, what others see of that, how it goes on and how it ends."""

from __future__ import annotations

import asyncio
import hashlib
import json
from collections.abc import Callable
from typing import Any

import pytest
from joserfc.jwk import ECKey

from auth.issuers import Issuer, add_issuer, remove_issuer
from auth.p256 import base64url_bytes
from auth.revocations import CHANNEL, is_revoked, read_revoked
from auth.tokens import check_access, check_identity
from tests.auth.device import ORIGIN
from tests.auth.world import World
from tests.fakes.login_site import LoginSite
from widget.wire.labels import REFRESH
from widget.wire.sign_in import shown_bytes

OTHER = "https://other.test"


@pytest.fixture
async def site(world: World) -> LoginSite:
    """A site whose key is registered as a file."""
    found = LoginSite()
    await add_issuer(world.store, ORIGIN, Issuer(keys=(found.public(),)))
    return found


async def test_whom_the_site_vouches_for_is_in(world: World, site: LoginSite) -> None:
    device = await world.device()
    answer = await device.vouch(site.token())
    assert set(answer.fields) == {"access", "identity", "refresh", "expiresIn", "sub", "name", "now"}
    now_s = int(world.moment.now_s())
    for claims in (
        check_access(device.tokens["access"], world.keys.key_set, now_s),
        check_identity(device.tokens["identity"], world.keys.key_set, now_s),
    ):
        assert (claims.name, claims.via, claims.by, claims.org) == ("Ada", "site", "site.test", ORIGIN)
        assert (claims.jkt, claims.sub) == (device.key.jkt, device.tokens["sub"])
    assert '"site.ok"' in world.log.getvalue()
    assert 'auth_site_sign_ins_total{outcome="ok"} 1.0' in (await world.http.get("/metrics")).text


async def test_by_mail_nobody_vouches(world: World) -> None:
    device = await world.signed_in()
    for token in (device.tokens["access"], device.tokens["identity"]):
        assert (body_of(token)["via"], "by" in body_of(token)) == ("mail", False)


def body_of(token: str) -> dict[str, Any]:
    body: dict[str, Any] = json.loads(base64url_bytes(token.split(".")[1]))
    return body


async def test_a_person_is_one_for_a_site_and_another_for_the_next(world: World, site: LoginSite) -> None:
    await add_issuer(world.store, OTHER, Issuer(keys=(site.public(),)))
    subs = [(await (await world.device()).vouch(site.token())).fields["sub"] for _ in range(2)]
    other = (await (await world.device()).vouch(site.token(sub="user 8"))).fields["sub"]
    elsewhere = (await (await world.device(OTHER)).vouch(site.token())).fields["sub"]
    by_mail = (await world.signed_in("user7@example.org")).tokens["sub"]
    assert subs[0] == subs[1]
    assert len({subs[0], other, elsewhere, by_mail}) == 4
    secrets = world.keys.secrets
    assert len({secrets.visitor(ORIGIN, "a"), secrets.visitor(OTHER, "a"), secrets.account("a")}) == 3


async def test_a_name_is_cleaned_as_elsewhere(world: World, site: LoginSite) -> None:
    names = {"Ada": "Ada", "  Ada\u202e  L. ": "Ada L.", "x" * 60: "x" * 40, "\ud800Ada": "Ada"}
    for name, shown in names.items():
        assert (await (await world.device()).vouch(site.token(name=name))).fields["name"] == shown


async def test_without_a_name_there_is_the_one_before_or_a_pseudonym(world: World, site: LoginSite) -> None:
    for sub, name in (("a", None), ("b", ""), ("c", "\u200b")):
        device = await world.device()
        first = (await device.vouch(site.token(sub=sub, name=name))).fields["name"]
        assert first.split(" ")[-1].isdecimal()
        await device.vouch(site.token(sub=sub))
        assert (await device.vouch(site.token(sub=sub, name=name))).fields["name"] == "Ada"


async def test_the_next_token_goes_on_with_the_same_sign_in(world: World, site: LoginSite) -> None:
    device = await world.device()
    first = (await device.vouch(site.token())).fields
    world.moment.go(500)
    site.now_s = world.moment.now_s()
    second = (await device.vouch(site.token(name="Countess"))).fields
    assert (second["sub"], second["refresh"]) == (first["sub"], first["refresh"])
    assert second["name"] == "Countess"
    assert len(bytes.fromhex(first["refresh"])) == 16


async def test_the_name_of_a_sign_in_renews_nothing(world: World, site: LoginSite) -> None:
    device = await world.device()
    await device.vouch(site.token())
    assert (await device.renew()).code == "token.invalid"
    by_mail = await world.signed_in()
    assert (await by_mail.renew(by_mail.refresh[:32])).code == "token.invalid"
    assert (await by_mail.renew()).status == 200


async def test_what_is_made_up_behind_the_name_of_a_sites_sign_in_neither_renews_nor_ends_it(
    world: World, site: LoginSite
) -> None:
    device = await world.device()
    await device.vouch(site.token())
    mine = device.refresh
    assert (await device.renew(mine + "00" * 32)).code == "token.invalid"
    assert (await device.leave(mine)).status == 200


async def test_who_signs_out_is_out_until_the_site_vouches_anew(world: World, site: LoginSite) -> None:
    device = await world.device()
    held = site.token()
    await device.vouch(site.token())
    subscription = await world.store.subscribe(CHANNEL)
    world.moment.go(5)
    assert (await device.leave()).status == 200
    assert read_revoked((await subscription.next())[1]).jkt == device.key.jkt.hex()
    await subscription.close()
    assert (await device.vouch(held)).code == "site.ended"
    site.now_s = world.moment.now_s()
    assert (await device.vouch(site.token())).status == 200
    assert not await is_revoked(world.store, device.key.jkt, int(world.moment.now_s()))


async def test_what_was_not_told_of_an_end_is_told_by_the_next_token(world: World, site: LoginSite) -> None:
    device = await world.device()
    await device.vouch(site.token())
    shown = bytes.fromhex(device.refresh)
    now_s, digest = int(world.moment.now_s()) + 5, hashlib.sha256(shown).hexdigest()
    await world.service.families.end(shown.hex(), digest, device.key.jkt.hex(), ORIGIN, now_s)
    assert not await is_revoked(world.store, device.key.jkt, now_s - 1)
    world.moment.go(5)
    site.now_s = world.moment.now_s()
    assert (await device.vouch(site.token())).status == 200
    assert await is_revoked(world.store, device.key.jkt, now_s - 1)
    assert (await device.leave()).status == 200


async def test_another_device_cannot_sign_me_out_by_the_name(world: World, site: LoginSite) -> None:
    owner, thief = await world.device(), await world.device()
    await owner.vouch(site.token())
    assert (await thief.leave(owner.refresh)).code == "token.invalid"


async def test_a_token_counts_once_of_many_at_once(make_crowded_world: Callable[..., World]) -> None:
    world, site = make_crowded_world(), LoginSite()
    await add_issuer(world.store, ORIGIN, Issuer(keys=(site.public(),)))
    token = site.token()
    devices = [await world.device() for _ in range(20)]
    answers = await asyncio.gather(*(device.vouch(token) for device in devices))
    assert sorted(answer.code for answer in answers) == [""] + ["site.replayed"] * 19


async def test_two_sites_may_have_the_same_id_for_a_token(world: World, site: LoginSite) -> None:
    await add_issuer(world.store, OTHER, Issuer(keys=(site.public(),)))
    assert (await (await world.device()).vouch(site.token(jti="a"))).status == 200
    assert (await (await world.device(OTHER)).vouch(site.token(jti="a"))).status == 200


async def test_a_token_is_for_the_site_that_signed_it(world: World, site: LoginSite) -> None:
    other = LoginSite()
    other.key = ECKey.generate_key("P-256")
    await add_issuer(world.store, OTHER, Issuer(keys=(other.public(),)))
    answer = await (await world.device(OTHER)).vouch(site.token())
    assert (answer.status, answer.code) == (403, "site.token")
    assert "hint" not in answer.fields


async def test_a_site_that_is_not_registered_vouches_for_nobody(world: World, site: LoginSite) -> None:
    answer = await (await world.device(OTHER)).vouch(site.token())
    assert (answer.status, answer.code) == (403, "site.unknown")
    await remove_issuer(world.store, ORIGIN)
    assert (await (await world.device()).vouch(site.token())).code == "site.unknown"


async def test_the_sites_owner_is_told_what_is_wrong_and_a_stranger_nothing(world: World, site: LoginSite) -> None:
    device = await world.device()
    told = await device.vouch(site.token(aud="https://chat.test"))
    assert (told.status, told.code) == (403, "site.token")
    assert told.fields["hint"] == "aud has to be 'https://auth.test' and nothing else."
    stranger = await device.vouch(site.token(key=ECKey.generate_key("P-256"), aud="https://chat.test"))
    assert (stranger.status, stranger.code) == (403, "site.token")
    assert set(stranger.fields) == {"type", "title", "status", "code", "detail"}
    assert '"reason": "aud"' in world.log.getvalue()
    assert '"reason": "signature"' in world.log.getvalue()


async def test_what_is_no_token_is_refused(world: World, site: LoginSite) -> None:
    device = await world.device()
    for token in ("", "a.b.c", "é.é.é", "\ud800", "..", "x" * 5000):
        answer = await device.vouch(token)
        assert (answer.status, answer.code) == (403, "site.token"), token


async def test_only_the_device_that_signs_gets_tokens(world: World, site: LoginSite) -> None:
    device, other = await world.device(), await world.device()
    lies: list[dict[str, Any]] = [{"sig": "00" * 64}, {"sig": "00"}, {"dk": other.key.public.hex()}, {"dk": 5}]
    for lie in lies:
        answer = await device.vouch(site.token(), **lie)
        assert (answer.status, answer.code) == (400, "seal.broken"), lie


async def test_a_signature_for_another_call_is_none_for_this(world: World, site: LoginSite) -> None:
    """The label is part of what is signed."""
    device, token = await world.device(), site.token()
    rid = device.calls.new_rid()
    data = shown_bytes(REFRESH, rid, hashlib.sha256(token.encode()).digest(), ORIGIN)
    fields = {"token": token, "dk": device.key.public.hex(), "sig": (await device.key.sign_labelled(data)).hex()}
    assert (await device.call("/site/verify", fields, rid)).code == "seal.broken"


async def test_one_caller_shows_300_tokens_in_ten_minutes(make_world: Callable[..., World]) -> None:
    assert make_world().settings.site_ip_10min == 300
    world, site = make_world(site_ip_10min=2), LoginSite()
    await add_issuer(world.store, ORIGIN, Issuer(keys=(site.public(),)))
    device = await world.device()
    codes = [(await device.vouch(site.token())).code for _ in range(3)]
    assert codes == ["", "", "rate.limited"]
    world.moment.go(600)
    site.now_s = world.moment.now_s()
    assert (await device.vouch(site.token())).status == 200


async def test_nothing_that_a_site_says_is_in_the_log_or_in_redis(world: World, site: LoginSite) -> None:
    device = await world.device()
    token = site.token(sub="canary-sub", name="canary-name", jti="canary-jti")
    await device.vouch(token)
    await device.vouch(token)
    await device.vouch(site.token(sub="canary-sub", aud="canary-aud"))
    kept = await dump(world)
    for canary in ("canary-sub", "canary-jti", "canary-aud", token, device.tokens["access"], device.refresh):
        assert canary not in world.log.getvalue()
        assert canary not in kept or canary == device.refresh  # the name of a sign-in, worth nothing without its device


async def dump(world: World) -> str:
    """All that is in Redis, names and values."""
    found: list[str] = []
    for key in await world.store.command("KEYS", "*"):
        kind = await world.store.command("TYPE", key)
        reads: dict[str, tuple[str | int, ...]] = {
            "string": ("GET", key), "hash": ("HGETALL", key), "set": ("SMEMBERS", key), "zset": ("ZRANGE", key, 0, -1),
            "list": ("LRANGE", key, 0, -1), "stream": ("XRANGE", key, "-", "+"),
        }  # fmt: skip
        if kind != "none":  # it has just run out
            found.append(f"{key} {await world.store.command(*reads[kind])}")
    return "\n".join(found)
