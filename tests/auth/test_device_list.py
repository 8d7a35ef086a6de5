"""What Redis keeps of a person's devices: what is written, what is forgotten, and what has to end for it."""

from __future__ import annotations

from pathlib import Path

import pytest
from joserfc import jws

from auth.ended import EndedList
from auth.key_folder import new_folder
from auth.keys import load_keys
from auth.store.devices import Devices
from tests.auth.device import ORIGIN
from tests.auth.world import World

ADA = ("account", "sub")
FIREFOX = ("Firefox", "Linux", "")
A, B, C = "aa" * 32, "bb" * 32, "cc" * 32
ONE, TWO, THREE = "01" * 16, "02" * 16, "03" * 16


@pytest.fixture
def devices(world: World) -> Devices:
    return world.service.devices


def keeping(world: World, most: int) -> Devices:
    """As where the host lets a person have so many."""
    return Devices(world.store, world.settings.model_copy(update={"devices_kept": most}))


async def test_a_renewal_does_not_bring_back_a_device_that_was_ended(world: World, devices: Devices) -> None:
    now_s = int(world.moment.now_s())
    await devices.note(ADA, A, ONE, "mail", FIREFOX, now_s)
    await devices.drop(ADA, A)
    await devices.seen(ADA, A, FIREFOX, now_s)
    assert await devices.listed(ADA, now_s) == []


async def test_a_sign_in_that_goes_on_is_noted_once(world: World, devices: Devices) -> None:
    """As a site's is with each token: the device would run out of places for them."""
    now_s = int(world.moment.now_s())
    for _ in range(9):
        assert await devices.note(ADA, A, ONE, "site", FIREFOX, now_s) == []
    assert [device.families for device in await devices.listed(ADA, now_s)] == [(ONE,)]


async def test_a_device_that_was_not_used_for_long_takes_no_place(world: World) -> None:
    devices, now_s, idle_s = keeping(world, 2), int(world.moment.now_s()), world.settings.refresh_idle_s
    await devices.note(ADA, A, ONE, "mail", FIREFOX, now_s)
    await devices.note(ADA, B, TWO, "mail", FIREFOX, now_s + 1)
    assert await devices.note(ADA, C, THREE, "mail", FIREFOX, now_s + idle_s) == []


async def test_the_device_that_has_just_come_keeps_its_place(world: World) -> None:
    """Also by a clock that was set back."""
    devices, now_s = keeping(world, 1), int(world.moment.now_s())
    await devices.note(ADA, A, ONE, "mail", FIREFOX, now_s)
    assert await devices.note(ADA, B, TWO, "mail", FIREFOX, now_s - 10) == [(A, ONE)]


async def test_the_list_ends_with_the_last_sign_in(world: World, devices: Devices) -> None:
    await devices.note(ADA, A, ONE, "mail", FIREFOX, int(world.moment.now_s()))
    (key,) = [key for key in await world.store.command("KEYS", "*") if ":sign-ins:" in key]
    assert 0 < await world.store.command("PTTL", key) <= world.settings.refresh_life_s * 1000


async def test_the_signed_list_of_ended_devices_is_of_the_newest_key_and_the_present(
    world: World, tmp_path: Path
) -> None:
    now_s, ended = int(world.moment.now_s()), EndedList(world.store)
    new_folder(tmp_path / "other", "https://auth.test", now_s)
    first, other = world.keys, load_keys(tmp_path / "other", now_s)
    for keys, at_s in ((first, now_s + 1), (other, now_s + 1), (other, now_s)):
        text = await ended.document(keys, ORIGIN, at_s)
        signature = jws.extract_compact(text.encode())
        assert signature.headers()["kid"] == keys.signing_key(at_s).kid
        assert f'"iat":{at_s},'.encode() in signature.payload
