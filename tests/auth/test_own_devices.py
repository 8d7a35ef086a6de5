"""Every device in one's own hand: the list, ending one, all others and all; who hears of it, and what is left."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from typing import Any

import pytest
from joserfc import jws
from joserfc.jwk import ECKey

from auth.ended import MOST, REMEMBERED_S, ended, note_ended
from auth.guests import set_guests
from auth.issuers import Issuer, add_issuer
from auth.origins import allow
from auth.p256 import base64url, load_public
from auth.revocations import CHANNEL, is_revoked, read_revoked
from auth.store.devices import MOST_FAMILIES
from tests.auth.device import ORIGIN, Answer, Device
from tests.auth.test_site_door import dump
from tests.auth.world import World
from tests.fakes.login_site import LoginSite

Make = Callable[..., World]
ADA = "ada@example.org"
OTHER = "https://other.test"
DAY_S = 86_400
CHROME = "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/150.0 Safari/537.36"


async def listed(device: Device) -> list[dict[str, Any]]:
    answer = await device.devices()
    assert (answer.status, set(answer.fields)) == (200, {"devices", "now"})
    found: list[dict[str, Any]] = answer.fields["devices"]
    return found


async def ids(device: Device) -> list[str]:
    return [entry["id"] for entry in await listed(device)]


async def again(world: World, device: Device, email: str = ADA) -> None:
    """The same device signs in once more."""
    assert (await device.ask(email)).status == 200
    assert (await device.enter(email, await world.code())).status == 200


async def three(world: World) -> list[Device]:
    """Ada's, a minute apart: codes are."""
    found = []
    for _ in range(3):
        found.append(await world.signed_in())
        world.moment.go(60)
    return found


# The list


async def test_a_person_sees_the_devices_with_browser_system_and_times(world: World) -> None:
    first = await world.signed_in()
    began_s = int(world.moment.now_s())
    world.moment.go(60)
    second = await world.device()
    second.headers = {"user-agent": CHROME}
    await again(world, second)
    mine = {"first": began_s, "last": began_s, "browser": "Firefox", "system": "Linux", "country": "", "via": "mail"}
    times = {"first": began_s + 60, "last": began_s + 60}
    other = {**times, "browser": "Chrome", "system": "Windows", "country": "", "via": "mail"}
    assert await listed(first) == [{"id": second.id, **other, "this": False}, {"id": first.id, **mine, "this": True}]
    world.moment.go(60)
    first.headers = {"user-agent": "<script>"}
    await first.renew()
    newest = (await listed(second))[0]
    assert newest == {**mine, "id": first.id, "last": began_s + 120, "browser": "", "system": "", "this": False}


async def test_nobody_sees_the_devices_of_others_or_of_other_sites(world: World) -> None:
    ada, ben, elsewhere = await world.signed_in(), await world.signed_in("ben@example.org"), await world.device(OTHER)
    world.moment.go(60)
    await again(world, elsewhere)
    assert [await ids(one) for one in (ada, ben, elsewhere)] == [[ada.id], [ben.id], [elsewhere.id]]


async def test_by_the_site_and_as_a_guest_there_is_a_list_too(make_world: Make) -> None:
    world, site = make_world(guest_bits=7), LoginSite()
    await add_issuer(world.store, ORIGIN, Issuer(keys=(site.public(),)))
    await set_guests(world.store, "talk", ORIGIN)
    first, second, guest = [await world.device() for _ in range(3)]
    await first.vouch(site.token())
    world.moment.go(1)
    site.now_s = world.moment.now_s()
    await second.vouch(site.token())
    await guest.be_guest()
    assert [(entry["id"], entry["via"]) for entry in await listed(first)] == [(second.id, "site"), (first.id, "site")]
    assert [(entry["id"], entry["via"]) for entry in await listed(guest)] == [(guest.id, "guest")]
    world.moment.go(DAY_S)
    assert (await guest.devices()).code == "token.invalid"
    assert (await first.devices()).status == 200


async def test_a_device_whose_sign_in_is_gone_already_can_be_taken_off(world: World) -> None:
    first, second, _third = await three(world)
    await world.service.families.drop(bytes.fromhex(second.refresh)[:16].hex())
    assert second.id in await ids(first)
    assert (await first.end(id=second.id)).status == 200
    assert second.id not in await ids(first)


async def test_a_sign_in_is_ended_on_its_own_device_alone(world: World) -> None:
    """Whatever a list of devices says of whose it is."""
    first, second, _third = await three(world)
    families, at_s = world.service.families, int(world.moment.now_s())
    turn = await families.finish(bytes.fromhex(second.refresh)[:16].hex(), first.id, "ended", at_s)
    assert turn.state == "refused"
    assert (await second.devices()).status == 200


async def test_a_device_that_came_twice_stands_once(world: World) -> None:
    device = await world.signed_in()
    world.moment.go(60)
    await again(world, device)
    (entry,) = await listed(device)
    assert entry["last"] - entry["first"] == 60


async def test_what_was_not_used_for_72_hours_is_on_no_list(world: World) -> None:
    first = await world.signed_in()
    world.moment.go(72 * 3600 - 60)
    second = await world.signed_in()
    assert await ids(second) == [second.id, first.id]
    world.moment.go(60)
    assert await ids(second) == [second.id]
    assert (await first.devices()).code == "token.invalid"


@pytest.mark.parametrize("path", ["devices", "end"])
async def test_only_the_device_of_a_sign_in_may_ask(world: World, path: str) -> None:
    owner, thief = await world.signed_in(), await world.device()
    elsewhere = await world.device(OTHER)
    elsewhere.key = owner.key

    async def ask(device: Device, refresh: str) -> Answer:
        return await (device.devices(refresh) if path == "devices" else device.end(refresh, others=True))

    assert (await ask(thief, owner.refresh)).code == "token.invalid"
    assert (await ask(elsewhere, owner.refresh)).code == "token.invalid"
    assert (await ask(owner, owner.refresh[:32])).code == "token.invalid"
    assert (await ask(owner, owner.refresh[:32] + "00" * 32)).code == "token.invalid"
    old = owner.refresh
    await owner.renew()
    assert (await ask(owner, old)).status == 200  # its answer may have been lost
    await owner.leave()
    assert (await ask(owner, owner.refresh)).code == "token.invalid"


# Ending


async def test_a_device_is_ended_and_everybody_hears_of_it(world: World) -> None:
    first, second, third = await three(world)
    subscription = await world.store.subscribe(CHANNEL)
    answer = await first.end(id=second.id)
    assert (answer.status, set(answer.fields)) == (200, {"now"})
    now_s = int(world.moment.now_s())
    revoked = read_revoked((await subscription.next())[1])
    assert (revoked.sub, revoked.jkt, revoked.at_s) == (first.tokens["sub"], second.id, now_s + 1)
    await subscription.close()
    assert await is_revoked(world.store, second.key.jkt, now_s)
    assert (await second.renew()).code == "token.invalid"
    assert await ids(first) == [third.id, first.id]
    assert (await third.renew()).status == 200
    assert '"device.ended"' in world.log.getvalue()


async def test_an_ended_device_signs_in_again_as_a_stranger(world: World) -> None:
    first, second, _ = await three(world)
    account = world.keys.secrets.account(ADA)
    await first.end(id=second.id)
    assert not await world.service.memory.is_known(account, second.id)
    assert await world.service.memory.is_known(account, first.id)
    world.moment.go(900)
    await again(world, second)
    assert not await is_revoked(world.store, second.key.jkt, int(world.moment.now_s()))
    assert (await ids(first))[0] == second.id


async def test_a_device_whose_sign_ins_are_gone_already_is_ended_too(world: World) -> None:
    """Its certificate and its access token may still be good."""
    first, second, _ = await three(world)
    await world.store.command("DEL", f"cw:{{{second.refresh[:32]}}}:family")
    assert (await first.end(id=second.id)).status == 200
    assert await is_revoked(world.store, second.key.jkt, int(world.moment.now_s()))
    assert [entry["jkt"] for entry in (await polled(world))["ended"]] == [base64url(second.key.jkt)]


async def test_who_signs_out_is_on_no_list_when_the_last_sign_in_of_the_device_has_ended(world: World) -> None:
    first, second, _ = await three(world)
    earlier = second.refresh
    world.moment.go(900)
    await again(world, second)
    await second.leave()
    assert second.id in await ids(first)
    await second.leave(earlier)
    assert second.id not in await ids(first)


async def test_all_others_end_and_the_one_that_asks_goes_on(world: World) -> None:
    first, second, third = await three(world)
    assert (await first.end(others=True)).status == 200
    assert [(await one.renew()).code for one in (first, second, third)] == ["", "token.invalid", "token.invalid"]
    assert await ids(first) == [first.id]
    assert (await first.end(others=True)).status == 200


async def test_one_may_end_the_device_that_one_has(world: World) -> None:
    first, second, _ = await three(world)
    assert (await first.end(id=first.id)).status == 200
    assert (await first.renew()).code == "token.invalid"
    assert first.id not in await ids(second)


async def test_whose_device_it_is_not_cannot_end_it(world: World) -> None:
    ada, ben = await world.signed_in(), await world.signed_in("ben@example.org")
    for unknown in (ben.id, "00" * 32):
        answer = await ada.end(id=unknown)
        assert (answer.status, answer.code) == (404, "device.unknown")
    assert (await ben.renew()).status == 200


@pytest.mark.parametrize("which", [
    {}, {"id": "ab"}, {"id": 5}, {"others": 1}, {"others": False}, {"others": True, "id": "00" * 32},
])  # fmt: skip
async def test_what_is_to_end_is_said_in_one_way(world: World, which: dict[str, Any]) -> None:
    device = await world.signed_in()
    assert (await device.end(**which)).code == "seal.broken"
    assert (await device.renew()).status == 200


async def test_to_sign_out_everywhere_ends_every_device(world: World) -> None:
    first, second, third = await three(world)
    ben = await world.signed_in("ben@example.org")
    assert (await first.leave(everywhere=True)).status == 200
    assert {(await one.renew()).code for one in (first, second, third)} == {"token.invalid"}
    assert (await ben.renew()).status == 200
    now_s = int(world.moment.now_s())
    assert all([await is_revoked(world.store, one.key.jkt, now_s - 1) for one in (first, second, third)])
    world.moment.go(900)
    await again(world, second)
    assert await ids(second) == [second.id]
    assert (await second.leave(everywhere=5)).code == "seal.broken"
    assert (await second.leave(everywhere=False)).status == 200


async def test_a_site_that_says_no_ends_it_everywhere(world: World) -> None:
    site = LoginSite()
    await add_issuer(world.store, ORIGIN, Issuer(keys=(site.public(),)))
    first, second, late = [await world.device() for _ in range(3)]
    held, stolen = site.token(), site.token()
    await first.vouch(site.token())
    await second.vouch(site.token())
    world.moment.go(5)
    assert (await first.leave(everywhere=True)).status == 200
    assert await is_revoked(world.store, second.key.jkt, int(world.moment.now_s()) - 1)
    assert (await second.vouch(held)).code == "site.ended"
    assert (await late.vouch(stolen)).code == "site.ended"
    site.now_s = world.moment.now_s()
    assert (await late.vouch(site.token(sub="another"))).status == 200
    world.moment.go(1)
    site.now_s = world.moment.now_s()
    assert (await late.vouch(site.token())).status == 200


async def test_what_was_interrupted_can_be_done_again(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    first, second, _ = await three(world)

    async def down(*_given: Any) -> None:
        raise ConnectionError

    with monkeypatch.context() as away:
        away.setattr("auth.endings.announce", down)
        assert (await first.end(id=second.id)).code == "internal"
    assert not await is_revoked(world.store, second.key.jkt, int(world.moment.now_s()))
    assert second.id in await ids(first)
    assert (await first.end(id=second.id)).status == 200
    assert await is_revoked(world.store, second.key.jkt, int(world.moment.now_s()))


async def test_the_device_used_longest_ago_makes_room(make_world: Make) -> None:
    world = make_world(devices_kept=2)
    first, second, third = await three(world)
    assert (await first.renew()).code == "token.invalid"
    assert await is_revoked(world.store, first.key.jkt, int(world.moment.now_s()) - 120)
    assert await ids(third) == [third.id, second.id]


async def test_a_device_has_four_sign_ins_and_the_oldest_makes_room_in_silence(world: World) -> None:
    device = await world.device()
    keys = []
    for number in range(MOST_FAMILIES + 1):
        await again(world, device)
        keys.append(device.refresh)
        world.moment.go(3600 if number else 60)
    assert [(await device.renew(key)).code for key in keys] == ["token.invalid", *[""] * MOST_FAMILIES]
    assert not await is_revoked(world.store, device.key.jkt, 0)
    assert (await device.end(id=device.id)).status == 200
    assert {(await device.renew(key)).code for key in keys} <= {"token.invalid", "token.reused"}


async def test_50_renewals_sign_ins_and_ends_at_once_over_two_workers_leave_one_state(
    make_crowded_world: Make
) -> None:
    world, other = make_crowded_world(refresh_ip_10min=10**6), make_crowded_world(refresh_ip_10min=10**6)
    first, second, _ = await three(world)
    other.moment.at_s = world.moment.at_s
    twin = await other.device()
    twin.key = second.key
    calls = [one.renew(second.refresh) for one in (second, twin) for _ in range(12)]
    calls += [first.end(id=second.id) for _ in range(13)]
    calls += [first.devices() for _ in range(13)]
    answers = await asyncio.gather(*calls)
    assert {answer.code for answer in answers} <= {"", "token.invalid", "device.unknown"}
    assert second.id not in await ids(first)
    assert (await second.renew()).code == "token.invalid"
    assert (await first.renew()).status == 200


# The list that members poll


async def polled(world: World, origin: str = ORIGIN) -> dict[str, Any]:
    """The claims of GET /.well-known/cw-ended, checked with the published keys."""
    answer = await world.http.get("/.well-known/cw-ended", headers={"origin": origin})
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/jwt")
    assert (answer.headers["vary"], answer.headers["cache-control"]) == ("Origin", "public, max-age=5")
    (kid,) = [key.kid for key in world.keys.key_set.keys.values() if key.kid in answer_kid(answer.text)]
    public = load_public(world.keys.key_set.keys[kid].public)
    found = jws.deserialize_compact(answer.text, ECKey(public, public), ["ES256"])
    assert found.headers()["typ"] == "cw-ended+jwt"
    claims: dict[str, Any] = json.loads(found.payload)
    assert (claims["iss"], claims["org"]) == (world.keys.issuer, origin)
    assert claims["exp"] - claims["iat"] == 300
    return claims


def answer_kid(text: str) -> str:
    return str(jws.extract_compact(text.encode()).headers()["kid"])


async def test_members_learn_which_devices_were_ended(world: World) -> None:
    first, second, third = await three(world)
    assert (await polled(world))["ended"] == []
    await first.end(id=second.id)
    at_s = int(world.moment.now_s()) + 1
    world.moment.go(5)
    listed = (await polled(world))["ended"]
    assert listed == [{"jkt": base64url(second.key.jkt), "at": at_s}]
    assert (await polled(world, OTHER))["ended"] == []
    await third.leave()  # of one's own will
    old = first.refresh
    await first.renew()
    world.moment.go(25)
    assert (await first.renew(old)).code == "token.reused"
    world.moment.go(5)
    found = [entry["jkt"] for entry in (await polled(world))["ended"]]
    assert found == [base64url(one.key.jkt) for one in (second, first)]


async def test_the_list_is_signed_anew_every_5_seconds(world: World) -> None:
    begun_s = (await polled(world))["iat"]
    await note_ended(world.store, ORIGIN, "ab" * 32, int(world.moment.now_s()))
    world.moment.go(4.9)
    assert (await polled(world))["iat"] == begun_s
    world.moment.go(0.1)
    fresh = await polled(world)
    assert (fresh["iat"], len(fresh["ended"])) == (begun_s + 5, 1)


async def test_who_does_not_say_from_which_site_is_given_no_list(world: World) -> None:
    assert (await world.http.get("/.well-known/cw-ended")).json()["code"] == "origin.refused"
    answer = await world.http.get("/.well-known/cw-ended", headers={"origin": "https://evil.test"})
    assert answer.json()["code"] == "origin.refused"


@pytest.mark.parametrize(("address", "origin"), [
    ("https://auth.test", "https://auth.test"),
    ("http://auth.test", "https://auth.test"),  # the proxy ends TLS
    ("https://chat.test", "https://chat.test"),
    ("http://localhost:8000", "http://localhost:8000"),
])  # fmt: skip
async def test_a_page_on_the_services_own_origin_sends_none(make_world: Make, address: str, origin: str) -> None:
    world = make_world(development=True)
    if origin.startswith("https"):
        await allow(world.store, origin)
    await note_ended(world.store, origin, "ab" * 32, int(world.moment.now_s()))
    answer = await world.http.get(f"{address}/.well-known/cw-ended")
    claims = json.loads(jws.extract_compact(answer.text.encode()).payload)
    assert (claims["org"], len(claims["ended"])) == (origin, 1)


async def test_the_list_has_500_devices_for_13_hours(world: World) -> None:
    now_s = int(world.moment.now_s())
    for number in range(MOST + 1):
        await note_ended(world.store, ORIGIN, f"{number:064x}", now_s + number)
    found = await ended(world.store, ORIGIN, now_s + MOST)
    assert (len(found), found[0]) == (500, (f"{1:064x}", now_s + 1))
    assert len((await world.http.get("/.well-known/cw-ended", headers={"origin": ORIGIN})).text) < 65536
    assert len(await ended(world.store, ORIGIN, now_s + REMEMBERED_S + 2)) == 499
    await note_ended(world.store, ORIGIN, f"{7:064x}", now_s)  # an older end does not undo a later one
    assert (f"{7:064x}", now_s + 7) in await ended(world.store, ORIGIN, now_s + MOST)


async def test_a_guest_fills_no_list(make_world: Make) -> None:
    world = make_world(guest_bits=7)
    await set_guests(world.store, "talk", ORIGIN)
    device = await world.device()
    await device.be_guest()
    old = device.refresh
    await device.renew()
    world.moment.go(21)
    assert (await device.renew(old)).code == "token.reused"
    await device.be_guest()
    assert (await device.end(id=device.id)).status == 200
    assert (await polled(world))["ended"] == []


async def test_of_devices_redis_knows_no_address_and_no_key(world: World) -> None:
    first, second, _ = await three(world)
    await first.end(id=second.id)
    kept = await dump(world)
    for secret in (ADA, first.refresh, first.tokens["access"], second.refresh, "1234 5678"):
        assert secret not in kept
        assert secret not in world.log.getvalue()
    assert second.id not in world.log.getvalue()
