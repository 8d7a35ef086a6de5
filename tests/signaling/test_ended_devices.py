"""Both services at once: a device that was ended by another one, or with all, is out of its room, and only that."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import pytest

from auth.issuers import Issuer, add_issuer
from tests.auth.device import Device
from tests.auth.world import World as SignIn
from tests.fakes.login_site import LoginSite
from tests.fakes.redis_server import PATIENT, RedisServer
from tests.signaling.member import ORIGIN, Line, Member
from tests.signaling.world import World

pytestmark = pytest.mark.no_cover

MakeWorld = Callable[..., Awaitable[World]]


class Holder(Member):
    """A member with the tokens and the key of a device that has signed in."""

    def __init__(self, world: World, device: Device) -> None:
        super().__init__(world, "Ada", str(device.tokens["sub"]))
        self.device = device
        self.private = device.key.pair.private  # type: ignore[assignment]
        self.public, self.jkt = device.key.public, device.key.jkt

    def token(self, **changes: object) -> str:
        return str(self.device.tokens["access"])


@pytest.fixture
async def sign_in(tmp_path: Path, redis_server: RedisServer) -> AsyncIterator[SignIn]:
    url, timeout_ms, wait_ms = redis_server.url, PATIENT.timeout_ms, PATIENT.wait_ms
    found = SignIn(tmp_path / "keys", url, store_timeout_ms=timeout_ms, store_wait_ms=wait_ms)
    yield found
    await found.close()


async def joined(make_world: MakeWorld, sign_in: SignIn) -> tuple[list[Device], list[Line]]:
    """Three devices of one visitor of a site, each in the same room at one of two workers."""
    world, site = await make_world(workers=2), LoginSite()
    world.key_set, world.issuer = sign_in.keys.key_set, sign_in.keys.issuer
    await add_issuer(sign_in.store, ORIGIN, Issuer(keys=(site.public(),)))
    devices = [await sign_in.device() for _ in range(3)]
    for device in devices:
        assert (await device.vouch(site.token())).status == 200
    members = [Holder(world, device) for device in devices]
    room = await members[0].make()
    return devices, [await member.join(room, number % 2) for number, member in enumerate(members)]


async def test_a_device_that_another_ends_is_cut_off_and_the_others_stay(
    make_world: MakeWorld, sign_in: SignIn
) -> None:
    devices, lines = await joined(make_world, sign_in)
    assert (await devices[0].end(id=devices[1].id)).status == 200
    assert await lines[1].refused() == ("token.invalid", 4403)
    for line in (lines[0], lines[2]):
        await line.echo()
    back = await lines[1].member.open()
    back.auth(lines[1].room)
    assert await back.refused() == ("token.invalid", 4403)


async def test_who_signs_out_everywhere_is_in_no_room(make_world: MakeWorld, sign_in: SignIn) -> None:
    devices, lines = await joined(make_world, sign_in)
    sign_in.moment.go(1)
    assert (await devices[2].leave(everywhere=True)).status == 200
    for line in lines:
        assert await line.refused() == ("token.invalid", 4403)
