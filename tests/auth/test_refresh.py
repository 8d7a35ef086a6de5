"""Staying signed in: rotation, its grace, theft, ends; and signing out."""

from __future__ import annotations

import json
from typing import Any

import pytest

from auth.revocations import CHANNEL, is_revoked, read_revoked
from auth.tokens import check_access, check_identity
from tests.auth.device import Device
from tests.auth.world import World

pytestmark = pytest.mark.no_cover

DAY_S = 86400
HOUR_S = 3600


async def test_each_use_gives_a_new_key_and_the_same_person(world: World) -> None:
    device = await world.signed_in()
    seen, sub = {device.refresh}, device.tokens["sub"]
    ids: set[str] = set()
    for _ in range(5):
        world.moment.go(600)
        assert (await device.renew()).status == 200
        assert device.tokens["sub"] == sub
        seen.add(device.refresh)
        now_s = int(world.moment.now_s())
        ids.add(check_access(device.tokens["access"], world.keys.key_set, now_s).jti)
        ids.add(check_identity(device.tokens["identity"], world.keys.key_set, now_s).jti)
    assert (len(seen), len(ids)) == (6, 10)


@pytest.mark.parametrize(
    ("later_s", "code"), [(0, ""), (19.999, ""), (20, ""), (20.001, "token.reused"), (3600, "token.reused")]
)
async def test_k13_a_lost_answer_may_be_asked_for_again_within_20_s(world: World, later_s: float, code: str) -> None:
    device = await world.signed_in()
    old = device.refresh
    await device.renew()
    newest = device.refresh
    world.moment.go(later_s)
    again = await device.renew(old)
    assert again.code == code
    if code == "":
        assert again.fields["refresh"] == newest
        assert (await device.renew(newest)).status == 200
    else:
        assert (await device.renew(newest)).code == "token.invalid"


@pytest.mark.parametrize(("later_s", "code"), [(19.999, ""), (20, ""), (20.001, "token.reused")])
async def test_a_lost_answer_is_given_for_20_s_after_the_clock_was_set_back(
    world: World, later_s: float, code: str
) -> None:
    world.moment.go(HOUR_S)  # before they were made, no keys count
    device = await world.signed_in()
    old = device.refresh
    await device.renew()
    world.moment.step(-HOUR_S)
    assert (await device.renew(old)).code == ""
    world.moment.go(later_s)
    assert (await device.renew(old)).code == code


async def test_the_grace_is_for_the_last_key_only(world: World) -> None:
    device = await world.signed_in()
    oldest = device.refresh
    await device.renew()
    await device.renew()
    assert (await device.renew(oldest)).code == "token.reused"


async def test_a_reused_key_ends_the_sign_in_and_tells_everybody(world: World) -> None:
    device = await world.signed_in()
    subscription = await world.store.subscribe(CHANNEL)
    old = device.refresh
    await device.renew()
    world.moment.go(21)
    answer = await device.renew(old)
    assert (answer.status, answer.code) == (401, "token.reused")
    channel, data = await subscription.next()
    revoked = read_revoked(data)
    assert (channel, revoked.sub, revoked.jkt) == (CHANNEL, device.tokens["sub"], device.key.jkt.hex())
    await subscription.close()
    await world.mail()
    assert world.kinds() == ["code", "reused"]
    assert world.mailbox.mails[-1].to == "ada@example.org"
    assert '"refresh.reused"' in world.log.getvalue()
    assert await is_revoked(world.store, device.key.jkt, int(world.moment.now_s()) - 1)
    assert not await is_revoked(world.store, device.key.jkt, int(world.moment.now_s()))


async def test_k14_another_device_cannot_use_a_key(world: World) -> None:
    owner, thief = await world.signed_in(), await world.device()
    assert (await thief.renew(owner.refresh)).code == "token.invalid"
    assert (await owner.renew()).status == 200


async def test_another_device_gets_no_grace(world: World) -> None:
    owner, thief = await world.signed_in(), await world.device()
    old = owner.refresh
    await owner.renew()
    assert (await thief.renew(old)).code == "token.reused"
    assert (await owner.renew()).code == "token.invalid"


async def test_a_key_is_for_one_site(world: World) -> None:
    device = await world.signed_in()
    elsewhere = Device(world.http, service_key_of(world), world.moment.now_s, "https://other.test")
    elsewhere.key = device.key
    assert (await elsewhere.renew(device.refresh)).code == "token.invalid"
    assert (await device.renew()).status == 200


def service_key_of(world: World) -> str:
    from auth.keys import service_key

    return service_key(world.folder)


@pytest.mark.parametrize(("more_s", "code"), [(-0.001, ""), (0, "token.invalid"), (0.001, "token.invalid")])
async def test_an_idle_sign_in_ends_after_72_hours(world: World, more_s: float, code: str) -> None:
    device = await world.signed_in()
    world.moment.go(72 * HOUR_S + more_s)
    assert (await device.renew()).code == code


@pytest.mark.parametrize(("last_s", "code"), [(-0.001, ""), (0, "token.invalid"), (0.001, "token.invalid")])
async def test_every_sign_in_ends_after_7_days(world: World, last_s: float, code: str) -> None:
    device = await world.signed_in()
    for _ in range(6):
        world.moment.go(DAY_S)
        assert (await device.renew()).status == 200
    world.moment.go(DAY_S + last_s)
    assert (await device.renew()).code == code


async def test_after_signing_out_nothing_is_left(world: World) -> None:
    device = await world.signed_in()
    subscription = await world.store.subscribe(CHANNEL)
    answer = await device.leave()
    assert (answer.status, set(answer.fields)) == (200, {"now"})
    assert json.loads((await subscription.next())[1])["sub"] == device.tokens["sub"]
    await subscription.close()
    assert (await device.renew()).code == "token.invalid"


async def test_signing_out_twice_is_no_error(world: World) -> None:
    device = await world.signed_in()
    assert (await device.leave()).status == 200
    assert (await device.leave()).status == 200


async def test_a_late_copy_of_a_sign_out_does_not_touch_the_next_sign_in(world: World) -> None:
    device = await world.signed_in()
    old = device.refresh
    await device.leave(old)
    world.moment.go(60)
    await device.ask("ada@example.org")
    await device.enter("ada@example.org", await world.code())
    signed_in_s = int(world.moment.now_s())
    world.moment.go(60)
    assert (await device.leave(old)).status == 200
    assert not await is_revoked(world.store, device.key.jkt, signed_in_s)
    assert (await device.renew()).status == 200


async def test_signing_out_works_with_the_key_before_the_newest(world: World) -> None:
    device = await world.signed_in()
    old = device.refresh
    await device.renew()
    assert (await device.leave(old)).status == 200
    assert (await device.renew()).code == "token.invalid"


async def test_another_device_cannot_sign_me_out(world: World) -> None:
    owner, thief = await world.signed_in(), await world.device()
    assert (await thief.leave(owner.refresh)).code == "token.invalid"
    assert (await owner.renew()).status == 200


async def test_signing_out_on_one_device_leaves_the_others(world: World) -> None:
    first = await world.signed_in()
    world.moment.go(60)
    second = await world.signed_in()
    await first.leave()
    assert (await second.renew()).status == 200


@pytest.mark.parametrize("refresh", ["00" * 48, "ff" * 48])
async def test_a_made_up_key_is_refused(world: World, refresh: str) -> None:
    device = await world.signed_in()
    answer = await device.renew(refresh)
    assert (answer.status, answer.code) == (401, "token.invalid")


@pytest.mark.parametrize("changed", [{"sig": "00" * 64}, {"refresh": "ab"}, {"dk": "04" + "00" * 64}, {"dk": 5}])
async def test_a_malformed_call_is_refused_and_costs_nothing(world: World, changed: dict[str, Any]) -> None:
    device = await world.signed_in()
    assert (await device.renew(**changed)).code == "seal.broken"
    assert (await device.renew()).status == 200
