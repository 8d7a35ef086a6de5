"""Wrong codes in a row: holds, the long lock, and who is spared."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.auth.device import Answer, Device
from tests.auth.world import World

pytestmark = pytest.mark.no_cover

EMAIL = "ada@example.org"
ROOMY_SENDS = {"resend_after_s": 0, "send_email_15min": 10**6, "send_email_hour": 10**6, "send_email_day": 10**6}


@pytest.fixture
def world(make_world: Callable[..., World]) -> World:
    return make_world(**ROOMY_SENDS)


async def fail(world: World, times: int, device: Device | None = None) -> Device:
    """`times` wrong codes, with new challenges as needed, waiting out the holds; ends right after the last failure."""
    guesser = device or await world.device()
    done = 0
    while done < times:
        world.moment.go(60)
        assert (await guesser.ask(EMAIL)).status == 200
        await world.mail()
        for _ in range(min(5, times - done)):
            answer = await guesser.enter(EMAIL, "x")
            while answer.code == "account.held":
                world.moment.go(answer.fields["retryAfter"])
                answer = await fresh_guess(world, guesser)
            assert answer.code in ("code.wrong", "code.locked")
            done += 1
    return guesser


async def fresh_guess(world: World, device: Device) -> Answer:
    world.moment.go(60)
    await device.ask(EMAIL)
    await world.mail()
    return await device.enter(EMAIL, "x")


async def hold_s(world: World, device: Device) -> int:
    """Seconds for which the account is held, 0 for not at all."""
    await device.ask(EMAIL)
    await world.mail()
    answer = await device.enter(EMAIL, await world.code())
    return int(answer.fields.get("retryAfter", 0)) if answer.code == "account.held" else 0


@pytest.mark.parametrize(("failures", "held_s"), [(9, 0), (10, 30), (11, 60), (12, 120)])
async def test_from_ten_wrong_codes_on_the_hold_doubles(world: World, failures: int, held_s: int) -> None:
    await fail(world, failures)
    assert await hold_s(world, await world.device()) == held_s


@pytest.mark.parametrize(("later_s", "code"), [(29.999, "account.held"), (30, ""), (30.001, "")])
async def test_a_hold_ends_on_time(world: World, later_s: float, code: str) -> None:
    await fail(world, 10)
    device = await world.device()
    await device.ask(EMAIL)
    right = await world.code()
    world.moment.go(later_s)
    assert (await device.enter(EMAIL, right)).code == code


async def test_holds_grow_to_an_hour_and_then_to_a_day_of_which_the_owner_hears_once(world: World) -> None:
    """To be held is no failure, so that one account shows every step."""
    seen = []
    for failures in (17, 1, 31, 1, 1):
        await fail(world, failures)
        held_s = await hold_s(world, await world.device())
        seen.append((held_s, world.kinds().count("locked")))
    assert seen == [(3600, 0), (3600, 0), (3600, 0), (86400, 1), (86400, 1)]


async def test_a_new_code_does_not_reset_the_count(world: World) -> None:
    await fail(world, 9)
    await fail(world, 1)
    assert await hold_s(world, await world.device()) == 30


async def test_a_sign_in_resets_the_count(world: World) -> None:
    await fail(world, 9)
    world.moment.go(60)
    await world.signed_in()
    await fail(world, 1)
    assert await hold_s(world, await world.device()) == 0


async def test_strangers_cannot_lock_out_a_known_device(world: World) -> None:
    owner = await world.signed_in()
    await fail(world, 50)
    world.moment.go(60)
    await owner.ask(EMAIL)
    assert (await owner.enter(EMAIL, await world.code())).status == 200


async def test_a_known_device_has_a_count_of_its_own(world: World) -> None:
    owner = await world.signed_in()
    await fail(world, 10, owner)
    assert await hold_s(world, owner) == 30
    assert await hold_s(world, await world.device()) == 0


async def test_an_unknown_address_is_held_just_the_same(world: World) -> None:
    await fail(world, 10)
    device = await world.device()
    await device.ask(EMAIL)
    answer = await device.enter(EMAIL, "x")
    assert (answer.status, answer.code, answer.fields["retryAfter"]) == (429, "account.held", 30)
    assert answer.response.headers["retry-after"] == "30"
