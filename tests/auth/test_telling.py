"""A sign-in that has ended is told to everybody, even when the store went away in the middle of telling."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from auth import revocations
from auth.revocations import CHANNEL, REMEMBERED_S, Revoked, announce, is_revoked, read_revoked, recent
from auth.store.shared import Store, StoreDown, Subscription
from tests.auth.device import Device
from tests.auth.world import World


@pytest.fixture
async def ear(world: World) -> AsyncIterator[Subscription]:
    subscription = await world.store.subscribe(CHANNEL)
    yield subscription
    await subscription.close()


@pytest.fixture
def away(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """Undone, announcements go out again."""

    async def down(store: Store, revoked: Revoked) -> None:
        raise StoreDown

    monkeypatch.setattr("auth.endings.announce", down)
    return monkeypatch


async def heard(ear: Subscription) -> Revoked:
    return read_revoked((await ear.next())[1])


async def test_a_logout_whose_announcement_failed_is_announced_by_its_retry(
    world: World, ear: Subscription, away: pytest.MonkeyPatch
) -> None:
    device = await world.signed_in()
    ended_s = int(world.moment.now_s())
    assert (await device.leave()).code == "backend.down"
    away.undo()
    world.moment.go(5)
    assert (await device.leave()).status == 200
    # Dated by its end: a sign-in of the meantime on the same device goes on.
    assert await heard(ear) == Revoked(device.tokens["sub"], device.key.jkt.hex(), ended_s)
    assert await is_revoked(world.store, device.key.jkt, ended_s - 1)


async def test_an_announced_logout_is_not_announced_again(world: World, ear: Subscription) -> None:
    device, other = await world.signed_in(), await world.signed_in("bob@example.org")
    for _ in range(2):
        assert (await device.leave()).status == 200
    assert (await other.leave()).status == 200
    assert [(await heard(ear)).sub for _ in range(2)] == [device.tokens["sub"], other.tokens["sub"]]


@pytest.mark.parametrize("retry", ["renew", "leave"])
async def test_a_theft_whose_announcement_failed_is_told_by_whoever_comes_next(
    world: World, ear: Subscription, away: pytest.MonkeyPatch, retry: str
) -> None:
    device = await stolen_from(world)
    away.undo()
    answer = await (device.renew() if retry == "renew" else device.leave())
    assert answer.code == ("token.invalid" if retry == "renew" else "")
    assert (await heard(ear)).jkt == device.key.jkt.hex()
    await world.mail()
    assert world.kinds() == ["code", "reused"]


async def stolen_from(world: World) -> Device:
    """A device one of whose old keys was shown, which the store could not tell on."""
    device = await world.signed_in()
    old = device.refresh
    await device.renew()
    world.moment.go(21)
    assert (await device.renew(old)).code == "backend.down"
    return device


async def test_what_was_announced_can_be_asked_for(world: World) -> None:
    one, two = Revoked("ab" * 16, "cd" * 32, 1000), Revoked("ef" * 16, "01" * 32, 1002)
    for revoked in (one, two, Revoked(one.sub, one.jkt, 900)):
        await announce(world.store, revoked)
    assert await recent(world.store, 1000) == [one, two]
    assert await recent(world.store, 1001) == [two]


@pytest.mark.parametrize(("later_s", "kept"), [(REMEMBERED_S - 1, 2), (REMEMBERED_S, 1), (REMEMBERED_S + 1, 1)])
async def test_it_is_forgotten_when_no_token_is_left_of_it(world: World, later_s: int, kept: int) -> None:
    for number, at_s in enumerate((1000, 1000 + later_s)):
        await announce(world.store, Revoked(f"{number:032x}", "cd" * 32, at_s))
    assert len(await recent(world.store, 0)) == kept
    assert 0 < await world.store.command("TTL", revocations.RECENT) <= REMEMBERED_S
