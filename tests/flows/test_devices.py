"""A person's devices at the real services: seen, ended one by one or all at once, and out of their rooms in seconds."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.fakes.redis_server import RedisServer
from tests.flows.deployment import Deployment, Person, until
from widget.errors import OrderError, RefusedError

pytestmark = pytest.mark.no_cover

SOON_S = 5


@pytest.fixture
async def deployment(redis_server: RedisServer, tmp_path: Path) -> AsyncIterator[Deployment]:
    """One may ask for the next code at once."""
    made = Deployment(redis_server, tmp_path / "keys")
    made.rules = {"resend_after_s": 0}
    await made.start()
    yield made
    await made.close()


async def two_devices(deployment: Deployment) -> tuple[Person, Person]:
    """Ann's, the second in a room."""
    ann = await deployment.signed_in("Ann")
    deployment.smtp.messages.clear()
    deployment.smtp.recipients.clear()
    phone = await deployment.signed_in("Ann")
    await phone.chat.create_room("Kitchen")
    return ann, phone


def sub_of(person: Person) -> str:
    return person.chat.get_state().user_id


def own_id(person: Person) -> str:
    return person.chat._auth.who().identity.jkt.hex()


def known(reader: Person, person: Person) -> str:
    """How the reader knows that person, "" for not in the room."""
    people = reader.chat.get_state().participants
    return next((one.acquaintance for one in people if one.user_id == sub_of(person)), "")


async def test_a_device_that_is_ended_is_out_within_seconds(deployment: Deployment) -> None:
    ann, phone = await two_devices(deployment)
    listed = await ann.chat.devices()
    assert sorted(device.is_this for device in listed) == [False, True]
    assert all(device.first_used <= device.last_used for device in listed)
    (lost,) = [device.id for device in listed if not device.is_this]
    began = time.monotonic()
    await ann.chat.end_device(lost)
    await until(lambda: not phone.chat.is_authenticated())
    assert time.monotonic() - began < SOON_S
    assert phone.chat.get_state().room is None
    assert [device.is_this for device in await ann.chat.devices()] == [True]
    with pytest.raises(RefusedError) as caught:
        await ann.chat.end_device(lost)
    assert caught.value.code == "device.unknown"


async def test_members_put_an_ended_device_out_while_the_signaling_service_is_away(
    deployment: Deployment, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They ask every 45 seconds, which is for tests with a clock of their own: tests/widget/core."""
    monkeypatch.setattr("widget.room.trust_watch.TRUST_AGAIN_MS", 1_000)
    ann, phone = await two_devices(deployment)
    room = phone.chat.get_state().room
    assert room is not None
    bob = await deployment.signed_in("Bob")
    await bob.chat.join_room(room.room_id)
    await bob.links_are({"Ann": "direct"})
    await phone.chat.send_message("on the phone")
    await bob.hears("on the phone")
    await deployment.signaling.stop()
    await ann.chat.end_device("")
    await until(lambda: "Ann" not in [name for name, link in bob.links.items() if link == "direct"])
    await bob.chat.send_message("alone")
    await bob.deliveries_are({"alone": "unheard"})
    assert (bob.texts, phone.texts) == (["on the phone", "alone"], ["on the phone"])


async def test_all_others_end_at_once_and_this_one_goes_on(deployment: Deployment) -> None:
    ann, phone = await two_devices(deployment)
    await ann.chat.end_device("")
    await until(lambda: not phone.chat.is_authenticated())
    await ann.chat._auth.renew()
    assert ann.chat.is_authenticated()


async def test_a_new_device_is_new_to_people_until_an_old_one_lets_it_in(deployment: Deployment) -> None:
    ann, phone = await two_devices(deployment)
    room = phone.chat.get_state().room
    assert room is not None
    (new,) = [device for device in await ann.chat.devices() if not device.is_this]
    assert new.is_new
    await ann.chat.join_room(room.room_id)
    bob = await deployment.signed_in("Bob")
    await bob.chat.join_room(room.room_id)
    # Whom he met first he takes for hers, so that her other device is the new one: let him know this one from before.
    bob.chat._rooms._shared.acquaintances._people[sub_of(ann)] = {own_id(ann): False}
    await until(lambda: known(bob, ann) == "new")
    await ann.chat.approve_device(new.id)
    await until(lambda: known(bob, ann) == known(ann, ann) == "met")
    assert not any(device.is_new for device in await ann.chat.devices())
    with pytest.raises(RefusedError) as caught:
        await ann.chat.approve_device("ab" * 32)
    assert caught.value.code == "device.unknown"


@pytest.mark.parametrize("which", ["one", "others"])
async def test_a_device_that_was_ended_has_to_be_let_in_anew(deployment: Deployment, which: str) -> None:
    ann, phone = await two_devices(deployment)
    await ann.chat.approve_device(own_id(phone))
    people = ann.chat._rooms._shared.acquaintances
    assert await people.mine(sub_of(ann), own_id(ann)) == [own_id(ann), own_id(phone)]
    await ann.chat.end_device(own_id(phone) if which == "one" else "")
    assert await people.mine(sub_of(ann), own_id(ann)) == [own_id(ann)]


async def test_signing_out_everywhere_ends_them_all(deployment: Deployment) -> None:
    ann, phone = await two_devices(deployment)
    await ann.chat.logout(everywhere=True)
    await until(lambda: not phone.chat.is_authenticated())


async def test_who_is_not_signed_in_has_no_devices(deployment: Deployment) -> None:
    with pytest.raises(OrderError):
        await deployment.person("Ann").chat.devices()
