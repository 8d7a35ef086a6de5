"""Many at once: the store decides, not the order of arrival. Two workers share one Redis."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import Callable

import pytest

from tests.auth.device import Device
from tests.auth.world import World

pytestmark = pytest.mark.no_cover

EMAIL = "ada@example.org"


async def spread(world: World, other: World, device: Device) -> tuple[Device, Device]:
    """The same device, as seen by two workers."""
    twin = await other.device()
    twin.key, twin.challenge, twin.nonce, twin.refresh = device.key, device.challenge, device.nonce, device.refresh
    return device, twin


async def test_of_100_right_codes_exactly_one_signs_in(make_crowded_world: Callable[..., World]) -> None:
    world, other = make_crowded_world(), make_crowded_world()
    device = await world.device()
    await device.ask(EMAIL)
    code = await world.code()
    workers = itertools.cycle(await spread(world, other, device))
    answers = await asyncio.gather(*(next(workers).enter(EMAIL, code) for _ in range(100)))
    assert sorted(answer.code for answer in answers) == [""] + ["code.used"] * 99


async def test_of_200_wrong_codes_five_are_compared(make_crowded_world: Callable[..., World]) -> None:
    world, other = make_crowded_world(), make_crowded_world()
    device = await world.device()
    await device.ask(EMAIL)
    await world.mail()
    workers = itertools.cycle(await spread(world, other, device))
    answers = await asyncio.gather(*(next(workers).enter(EMAIL, "x") for _ in range(200)))
    assert sorted(answer.code for answer in answers) == ["code.locked"] * 196 + ["code.wrong"] * 4
    account = world.keys.secrets.account(EMAIL)
    assert await world.store.command("HGET", f"cw:{{{account}}}:code:{device.challenge}", "tries") == "5"
    assert await world.store.command("HGET", f"cw:{{{account}}}:failures", "count") == "5"


async def test_of_50_refreshes_at_once_all_get_the_same_successor(make_crowded_world: Callable[..., World]) -> None:
    world, other = make_crowded_world(), make_crowded_world()
    device, twin = await spread(world, other, await world.signed_in())
    first = device.refresh
    workers = itertools.cycle((device, twin))
    answers = await asyncio.gather(*(next(workers).renew(first) for _ in range(50)))
    assert {answer.status for answer in answers} == {200}
    assert len({answer.fields["refresh"] for answer in answers}) == 1
    assert (await device.renew(answers[0].fields["refresh"])).status == 200


async def test_of_50_copies_of_a_request_one_counts(make_crowded_world: Callable[..., World]) -> None:
    world, other = make_crowded_world(), make_crowded_world()
    device = await world.device()
    twin = await other.device()
    sealed = await device.seal("/otp/request", {"email": EMAIL, "jkt": device.key.jkt.hex()})
    workers = itertools.cycle((device, twin))
    answers = await asyncio.gather(*(next(workers).post("/otp/request", sealed) for _ in range(50)))
    assert sorted(answer.code for answer in answers) == [""] + ["seal.replay"] * 49
    await world.mail()
    await other.mail()
    assert len(world.mailbox.mails) + len(other.mailbox.mails) == 1


async def test_of_60_requests_at_once_ten_pass_the_limit(make_crowded_world: Callable[..., World]) -> None:
    world = make_crowded_world(send_ip_hour=10)
    devices = [await world.device() for _ in range(60)]
    answers = await asyncio.gather(*(device.ask(f"p{n}@example.org") for n, device in enumerate(devices)))
    assert sorted(answer.code for answer in answers) == [""] * 10 + ["rate.limited"] * 50
