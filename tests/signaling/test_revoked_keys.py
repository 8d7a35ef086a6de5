"""A key that the sign-in service takes back: who is in a room by it has to show a token of another one."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Set
from dataclasses import replace

import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from auth.p256 import key_id, public_bytes
from auth.tokens import KeySet, SigningKey, VerifyingKey
from signaling.keys import KeysDown, KnownKeys
from tests.browser.waiting import eventually
from tests.fakes.moment import START_S
from tests.signaling.world import World
from widget.wire.socket import Joined

MakeWorld = Callable[..., Awaitable[World]]


class Hidden(KnownKeys):
    """Keys that can be told while `found` is True; how often they were asked for is counted."""

    def __init__(self, current: Callable[[], KeySet]) -> None:
        super().__init__(current)
        self.found, self.asked = True, 0

    async def kids(self, now_s: float) -> Set[str]:
        self.asked += 1
        if not self.found:
            raise KeysDown
        return await super().kids(now_s)


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("signaling.worker.KEYS_EVERY_S", 0.01)


def add_key(world: World) -> None:
    """From now on tokens are signed with a new key, and those of the old one count as well."""
    private = ec.generate_private_key(ec.SECP256R1())
    public = public_bytes(private)
    world.signing = SigningKey(key_id(public), private)
    keys = {**world.key_set.keys, key_id(public): VerifyingKey(key_id(public), public, 0, START_S + 10**9)}
    world.key_set = replace(world.key_set, keys=keys)


def revoke(world: World, kid: str) -> None:
    world.key_set = replace(world.key_set, keys={name: key for name, key in world.key_set.keys.items() if name != kid})


async def test_who_came_in_by_a_revoked_key_is_cut_off_and_all_others_stay(make_world: MakeWorld) -> None:
    world = await make_world(workers=2)
    old = world.signing.kid
    ada = world.member("Ada")
    room = await ada.make()
    lines = [await ada.join(room), await world.member("Ben").join(room, 1)]
    renewed, newcomer = await world.member("Cleo").join(room, 1), await world.member("Eve").open()
    add_key(world)
    renewed.renew()
    other = await world.member("Dan").join(room)
    for line in (renewed, other):
        await line.echo()  # who has come in
    revoke(world, old)
    for line in lines:
        assert await line.refused() == ("token.invalid", 4401)
    for line in (renewed, other):
        assert await line.echo() == []
    newcomer.auth(room)
    assert isinstance(await newcomer.read(), Joined)


async def test_a_good_member_comes_back_with_another_token_and_nobody_notices(world: World) -> None:
    ada, old = world.member("Ada"), world.signing.kid
    room = await ada.make()
    line = await ada.join(room)
    add_key(world)
    watching = await world.member("Ben").join(room)
    revoke(world, old)
    assert await line.refused() == ("token.invalid", 4401)
    back = await ada.join(room, sid=line.sid, resume=line.joined.resume)
    assert await back.echo() == await watching.echo() == []


async def test_nobody_is_cut_off_while_the_keys_cannot_be_told(world: World) -> None:
    ada = world.member()
    line = await ada.join(await ada.make())
    keys = Hidden(lambda: world.key_set)
    keys.found = False
    world.worker.sign_ins.keys = keys
    revoke(world, world.signing.kid)
    await eventually(lambda: keys.asked > 1)
    assert world.worker.loops.down == set()
    keys.found = True
    assert await line.refused() == ("token.invalid", 4401)
