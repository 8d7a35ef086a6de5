"""Guests at the real services: where they are let in, what is closed to them, and how one becomes a person."""

from __future__ import annotations

from unittest.mock import AsyncMock

import pytest

from auth.guests import set_guests
from tests.flows.deployment import ORIGIN, Deployment, Person, until
from widget.errors import ChatError, RefusedError
from widget.transport.refusals import SENTENCES

pytestmark = pytest.mark.no_cover


async def guest(deployment: Deployment, name: str) -> Person:
    person = deployment.person(name)
    await person.chat.become_guest(name)
    return person


async def test_the_service_decides_whether_a_site_has_guests(deployment: Deployment) -> None:
    ann = deployment.person("Ann")
    with pytest.raises(RefusedError) as caught:
        await ann.chat.become_guest("Ann")
    assert (caught.value.code, ann.chat.is_authenticated()) == ("guest.closed", False)
    assert "python -m auth origins allow --guests" in caught.value.message


async def test_a_guest_is_marked_and_becomes_a_person_where_they_are(deployment: Deployment) -> None:
    await set_guests(deployment._store(), "talk", ORIGIN)
    ann, ben = await guest(deployment, "Ann"), await deployment.signed_in("Ben")
    room = await ben.chat.create_room("Kitchen")
    await ann.chat.join_room(room.room_id)
    await ann.chat.send_message("hello")
    await ben.hears("hello")
    device = (await ann.chat._auth.device_key()).jkt
    await ann.chat._auth.renew()
    assert ann.chat.get_state().via == "guest"
    await ann.chat.request_code(ann.address, "Ada")
    await ann.chat.verify_code(await deployment.code_for(ann.address))
    await until(lambda: "Ada" in ben.links)
    await ann.chat.send_message("it is me")
    await ben.hears("hello", "it is me")
    assert [(line.sender_name, line.via) for line in ben.messages] == [("Ann", "guest"), ("Ada", "mail")]
    assert [line.mine for line in ann.messages] == [True, True]
    assert (await ann.chat._auth.device_key()).jkt == device
    assert await ann.chat.devices() != []


async def test_what_they_say_goes_as_the_guest_where_no_fresh_session_is_to_be_had(
    deployment: Deployment, monkeypatch: pytest.MonkeyPatch
) -> None:
    await set_guests(deployment._store(), "talk", ORIGIN)
    ann, ben = await guest(deployment, "Ann"), await deployment.signed_in("Ben")
    room = await ben.chat.create_room("Kitchen")
    await ann.chat.join_room(room.room_id)
    await until(lambda: "Ann" in ben.links)
    monkeypatch.setattr(ann.chat._rooms._arrival, "enter", AsyncMock(side_effect=ChatError("network", "Not now.")))
    await ann.chat.request_code(ann.address, "Ada")
    await ann.chat.verify_code(await deployment.code_for(ann.address))
    await ann.chat.send_message("am I heard")
    await ben.hears("am I heard")
    assert [(line.sender_name, line.via) for line in ben.messages] == [("Ann", "guest")]


async def test_what_is_closed_to_guests_is_said_so(deployment: Deployment) -> None:
    store = deployment._store()
    await set_guests(store, "talk", ORIGIN)
    ann = await guest(deployment, "Ann")
    for is_public in (True, False):
        with pytest.raises(RefusedError) as caught:
            await ann.chat.create_room("Mine", is_public)
        assert (caught.value.code, caught.value.message) == ("guest.room", SENTENCES["guest.room"])
    await set_guests(store, "rooms", ORIGIN)
    assert (await ann.chat.create_room("Mine")).is_public
