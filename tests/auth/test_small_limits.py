"""The rules of wrong codes, copies and callers with small numbers, so that each is met in a moment.

With patience for Redis: calls come one upon the other, and what is asked here is who is refused, not how soon.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest

from auth.store.families import Family, new_family_id
from auth.tokens import new_jti
from tests.auth.device import Device
from tests.auth.world import World

EMAIL = "ada@example.org"
RULES = {"hold_after": 2, "hold_first_s": 30, "hold_longest_s": 50, "lock_after": 4, "lock_s": 7200, "code_tries": 9}


@pytest.fixture
async def guesser(make_crowded_world: Callable[..., World]) -> tuple[World, Device]:
    """Somebody with a code on its way, in a service that holds from the second failure on and locks at the fourth."""
    world = make_crowded_world(**RULES)
    device = await world.device()
    await device.ask(EMAIL)
    return world, device


async def wrong(device: Device) -> tuple[str, int, int]:
    """The code of the refusal, the tries that are left, the seconds to wait."""
    answer = await device.enter(EMAIL, "x")
    return answer.code, answer.fields.get("attemptsLeft", -1), answer.fields.get("retryAfter", 0)


async def test_wrong_codes_are_held_for_ever_longer_and_then_locked(guesser: tuple[World, Device]) -> None:
    world, device = guesser
    assert await wrong(device) == ("code.wrong", 8, 0)
    assert await wrong(device) == ("code.wrong", 7, 0)
    assert await wrong(device) == ("account.held", -1, 30)
    world.moment.go(0.5)
    assert await wrong(device) == ("account.held", -1, 30)
    world.moment.go(29.5)
    assert await wrong(device) == ("code.wrong", 6, 0)
    assert await wrong(device) == ("account.held", -1, 50)
    world.moment.go(50)
    assert await wrong(device) == ("code.wrong", 5, 0)
    assert await wrong(device) == ("account.held", -1, 7200)
    await world.mail()
    assert world.kinds() == ["code", "locked"]
    assert "2 hours" in world.mailbox.mails[-1].text()


async def test_a_code_that_has_lost_its_tries_is_locked(make_crowded_world: Callable[..., World]) -> None:
    world = make_crowded_world(code_tries=2)
    device = await world.device()
    await device.ask(EMAIL)
    assert await wrong(device) == ("code.wrong", 1, 0)
    assert (await wrong(device))[0] == "code.locked"
    assert (await device.enter(EMAIL, await world.code())).code == "code.locked"


async def test_only_the_second_device_and_only_once_is_news_to_the_owner(world: World) -> None:
    first = await world.signed_in()
    world.moment.go(60)
    await world.signed_in()
    await world.mail()
    assert world.kinds() == ["code", "code", "new device"]
    world.moment.go(60)
    await first.ask(EMAIL)
    assert (await first.enter(EMAIL, "x")).code == "code.wrong"
    assert (await first.enter(EMAIL, await world.code())).status == 200
    await world.mail()
    assert world.kinds() == ["code", "code", "new device", "code"]


async def test_a_wrong_code_of_a_new_device_is_no_sign_in(world: World) -> None:
    await world.signed_in()
    world.moment.go(60)
    stranger = await world.device()
    await stranger.ask(EMAIL)
    await stranger.enter(EMAIL, "x")
    await world.mail()
    assert world.kinds() == ["code", "code"]


async def test_a_copy_of_any_sealed_call_is_refused(world: World) -> None:
    device = await world.signed_in()
    world.moment.go(60)
    await device.ask(EMAIL)
    code = await world.code()
    sent: list[tuple[str, Any]] = []
    post = device.post

    async def noted(path: str, sealed: Any, **headers: str) -> Any:
        sent.append((path, sealed))
        return await post(path, sealed, **headers)

    device.post = noted  # type: ignore[method-assign]
    assert (await device.enter(EMAIL, code)).status == 200
    assert (await device.renew()).status == 200
    assert (await device.leave()).status == 200
    assert [path for path, _ in sent] == ["/otp/verify", "/token", "/logout"]
    for path, sealed in list(sent):
        assert (await post(path, sealed)).code == "seal.replay"


@pytest.mark.parametrize(("rule", "path"), [("verify_ip_10min", "/otp/verify"), ("refresh_ip_10min", "/token")])
async def test_a_caller_may_try_so_often_in_ten_minutes(
    make_crowded_world: Callable[..., World], rule: str, path: str
) -> None:
    world = make_crowded_world(**{rule: 2})
    device = await world.device()

    async def call() -> tuple[str, int]:
        answer = await (device.enter(EMAIL, "x") if path == "/otp/verify" else device.renew("ab" * 48))
        return answer.code, answer.fields.get("retryAfter", 0)

    await device.ask(EMAIL)
    assert [(await call())[0] == "rate.limited" for _ in range(3)] == [False, False, True]
    assert await call() == ("rate.limited", 600)
    world.moment.go(600)
    assert (await call())[0] != "rate.limited"


@pytest.mark.parametrize(("field", "length", "good"), [
    ("code", 200, True),
    ("code", 201, False),
    ("name", 200, True),
    ("name", 201, False),
])
async def test_what_is_typed_has_bounds(world: World, field: str, length: int, good: bool) -> None:
    device = await world.device()
    await device.ask(EMAIL)
    answer = await device.enter(EMAIL, **{"code": "x", field: "y" * length})
    assert answer.code == ("code.wrong" if good else "seal.broken")


async def test_answers_are_sealed_and_say_so(world: World) -> None:
    device = await world.device()
    asked = await device.ask(EMAIL)
    entered = await device.enter(EMAIL, await world.code())
    for answer in (asked, entered):
        assert answer.response.headers["content-type"] == "application/cw-hpke"


async def test_what_is_remembered_of_an_account_ends(world: World) -> None:
    device = await world.device()
    await device.ask(EMAIL)
    await device.enter(EMAIL, await world.code(), "Ada")
    account = world.keys.secrets.account(EMAIL)
    life_ms = world.settings.account_life_s * 1000
    for key in (f"cw:{{{account}}}:names", f"cw:{{{account}}}:devices"):
        left_ms = int(await world.store.command("PTTL", key))
        assert life_ms - 60_000 < left_ms <= life_ms


async def test_a_family_ends_after_a_week(world: World) -> None:
    family_id = new_family_id()
    await world.service.families.begin(family_id, "https://site.test", "ab" * 32, Family("a", "s", "n", "m", "d"))
    left_ms = int(await world.store.command("PTTL", f"cw:{{{family_id}}}:family"))
    assert 7 * 86_400_000 - 60_000 < left_ms <= 7 * 86_400_000


def test_ids_have_16_bytes_and_are_never_the_same() -> None:
    for made in (new_jti, new_family_id):
        ids = {made() for _ in range(3)}
        assert [len(bytes.fromhex(one)) for one in ids] == [16, 16, 16]


SENDS = {"resend_after_s": 0, "send_email_15min": 99, "send_email_hour": 99, "send_email_day": 99}


@pytest.mark.parametrize(("rule", "wait_s", "code"), [
    ("send_ip_hour", 3600, "rate.limited"),
    ("send_ip_day", 86400, "rate.limited"),
    ("send_network_hour", 3600, "rate.limited"),
    ("send_origin_hour", 3600, "rate.limited"),
    ("send_domain_hour", 3600, "rate.limited"),
    ("send_all_hour", 3600, "backend.down"),
])
async def test_a_caller_may_have_so_many_codes_sent(
    make_crowded_world: Callable[..., World], rule: str, wait_s: int, code: str
) -> None:
    world = make_crowded_world(**{**SENDS, rule: 2, rule.replace("send", "puzzle"): 2})
    device = await world.device()
    for number in range(2):
        assert (await device.ask(f"p{number}@example.org")).status == 200
    answer = await device.ask("p2@example.org")
    assert (answer.code, answer.fields["retryAfter"]) == (code, wait_s)
    world.moment.go(wait_s)
    assert (await device.ask("p3@example.org")).status == 200


async def test_each_limit_counts_for_itself(make_crowded_world: Callable[..., World]) -> None:
    """One caller's uses of one limit are none of another."""
    world = make_crowded_world(**{**SENDS, "send_ip_hour": 1, "verify_ip_10min": 1, "refresh_ip_10min": 1})
    device = await world.device()
    assert (await device.ask(EMAIL)).status == 200
    assert (await device.enter(EMAIL, await world.code())).status == 200
    assert (await device.renew()).status == 200
    assert (await device.renew()).code == "rate.limited"
    assert (await device.ask(EMAIL)).status == 200
    names = [key async for key in _limit_names(world)]
    assert {"send-known", "send-known-all"} <= set(names)
    assert {"send-ip", "send-network", "send-origin", "send-domain", "send-all", "send-device"} <= set(names)
    assert {"send-email", "verify-ip", "refresh-ip"} <= set(names)


async def _limit_names(world: World) -> AsyncIterator[str]:
    for key in await world.store.command("KEYS", "cw:limit:*"):
        yield str(key).split(":")[2]
