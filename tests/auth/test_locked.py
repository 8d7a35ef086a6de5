"""After the last try: when the next code can be sent, as far as this device may know."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.auth.test_sign_in import other_than
from tests.auth.world import World


@pytest.mark.parametrize(("later_s", "wait_s"), [(0, 60), (59, 1), (60, 0)])
async def test_after_the_last_try_it_is_said_when_the_next_code_can_be_sent(
    world: World, later_s: int, wait_s: int
) -> None:
    device = await world.device()
    await device.ask("ann@example.org")
    code = await world.code()
    world.moment.go(later_s)
    answers = [await device.enter("ann@example.org", other_than(code)) for _ in range(6)]
    assert [answer.code for answer in answers] == ["code.wrong"] * 4 + ["code.locked"] * 2
    assert [answer.fields.get("retryAfter", 0) for answer in answers] == [0] * 4 + [wait_s] * 2


async def test_the_wait_is_that_of_all_limits_of_the_device_and_its_network(make_world: Callable[..., World]) -> None:
    world = make_world(send_email_15min=1, send_ip_hour=2, send_ip_day=9)
    device = await world.device()
    await device.ask("ann@example.org")
    code = await world.code()
    last = [await device.enter("ann@example.org", other_than(code)) for _ in range(5)][-1]
    assert last.fields["retryAfter"] == 900
    await (await world.device()).ask("ben@example.org")
    assert (await device.enter("ann@example.org", code)).fields["retryAfter"] == 3600


async def test_what_others_asked_for_is_not_told(world: World) -> None:
    device, other = await world.device(), await world.device()
    await device.ask("ann@example.org")
    code = await world.code()
    world.moment.go(60)
    await other.ask("ann@example.org")
    last = [await device.enter("ann@example.org", other_than(code)) for _ in range(5)][-1]
    assert "retryAfter" not in last.fields


async def test_a_known_device_waits_for_its_own_codes_alone(make_world: Callable[..., World]) -> None:
    world = make_world(send_ip_hour=2)
    device = await world.signed_in("ann@example.org")
    world.moment.go(60)
    await device.ask("ann@example.org")
    code = await world.code()
    await (await world.device()).ask("ben@example.org")
    last = [await device.enter("ann@example.org", other_than(code)) for _ in range(5)][-1]
    assert last.fields["retryAfter"] == 60
