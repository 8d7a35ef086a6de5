"""Native clients talk through the real services: codes by SMTP, rooms in Redis, channels by aiortc."""

from __future__ import annotations

import asyncio

import pytest

from tests.flows.deployment import Deployment, Person
from widget.core.config import Relay
from widget.native.drops import drops_of
from widget.room.status import SERVICE_AWAY_DIRECT

pytestmark = pytest.mark.no_cover


async def test_three_people_talk_directly(deployment: Deployment) -> None:
    ann, bob, cid = [await deployment.signed_in(name) for name in ("Ann", "Bob", "Cid")]
    room = await ann.chat.create_room("Kitchen")
    await bob.chat.join_room(room.room_id)
    await cid.chat.join_room(room.room_id)
    listed = await cid.chat.get_active_rooms()
    assert [(found.custom_name, found.participant_count) for found in listed] == [("Kitchen", 3)]
    await ann.links_are({"Bob": "direct", "Cid": "direct"})
    await bob.links_are({"Ann": "direct", "Cid": "direct"})
    for someone in (ann, bob, cid):
        await someone.chat.send_message(f"{someone.name} here")
    for someone in (ann, bob, cid):
        await someone.hears("Ann here", "Bob here", "Cid here")
    assert len({someone.chat.room_code() for someone in (ann, bob, cid)}) == 1
    for someone in (ann, bob, cid):
        await someone.deliveries_are({f"{someone.name} here": "delivered"})
    assert [message.id for message in ann.messages] == [message.id for message in bob.messages]
    assert ann.texts == bob.texts == cid.texts
    names = {message.content: message.sender_name for message in bob.messages}
    assert names == {"Ann here": "Ann", "Bob here": "Bob", "Cid here": "Cid"}
    refused = [reason for someone in (ann, bob, cid) for reason in drops_of(someone.chat) if reason.startswith("cw.")]
    assert refused == []


async def test_five_people_enter_at_once(deployment: Deployment) -> None:
    people = [await deployment.signed_in(name) for name in ("Ann", "Bob", "Cid", "Dee", "Eve")]
    room = await people[0].chat.create_room("Hall")
    await asyncio.gather(*(someone.chat.join_room(room.room_id) for someone in people[1:]))
    for someone in people:
        await someone.links_are({other.name: "direct" for other in people if other is not someone})
    for someone in people:
        await someone.chat.send_message(f"{someone.name} here")
    for someone in people:
        await someone.hears(*[f"{other.name} here" for other in people])


async def test_the_first_word_is_heard_before_any_channel_is_up(deployment: Deployment) -> None:
    ann, bob = await deployment.signed_in("Ann"), await deployment.signed_in("Bob", "always")
    room = await ann.chat.create_room("Kitchen")
    await bob.chat.join_room(room.room_id)
    await bob.chat.send_message("first")
    await ann.hears("first")
    assert ann.links == {"Bob": "relayed"}


async def test_what_was_said_to_nobody_is_not_for_who_comes_later(deployment: Deployment) -> None:
    ann, bob = await deployment.signed_in("Ann"), await deployment.signed_in("Bob", "always")
    room = await ann.chat.create_room("Kitchen")
    await ann.chat.send_message("is anybody here?")
    await ann.deliveries_are({"is anybody here?": "unheard"})
    await bob.chat.join_room(room.room_id)
    await ann.links_are({"Bob": "relayed"})
    await ann.chat.send_message("now")
    await bob.hears("now")
    await ann.deliveries_are({"is anybody here?": "unheard", "now": "delivered"})
    assert bob.texts == ["now"]


async def test_a_room_with_a_history_tells_who_comes_later(deployment: Deployment) -> None:
    ann, bob = await deployment.signed_in("Ann"), await deployment.signed_in("Bob", "always")
    room = await ann.chat.create_room("Kitchen", history="session")
    await ann.chat.send_message("is anybody here?")
    await bob.chat.join_room(room.room_id)
    await bob.hears("is anybody here?")
    await ann.deliveries_are({"is anybody here?": "sent"})


async def test_a_private_room_keeps_its_name_to_itself(deployment: Deployment) -> None:
    ann, bob = await deployment.signed_in("Ann"), await deployment.signed_in("Bob")
    await ann.chat.create_room("Hideout", False)
    assert await bob.chat.get_active_rooms() == []
    await bob.chat.join_room(f"https://site.test/page#cw={ann.chat.get_invite()}")
    await bob.bot.until(lambda state: state.room is not None and state.room.custom_name == "Hideout")
    await bob.chat.send_message("nice here")
    await ann.hears("nice here")
    assert b"Hideout" not in deployment.signaling.tap.seen


async def test_a_direct_channel_outlives_the_service(deployment: Deployment) -> None:
    ann, bob = await _two(deployment)
    await deployment.signaling.stop()
    await ann.bot.until(lambda state: state.error == SERVICE_AWAY_DIRECT)
    await ann.chat.send_message("the service is gone")
    await bob.hears("the service is gone")


async def test_a_restarted_service_is_found_again(deployment: Deployment) -> None:
    ann, bob = await _two(deployment, "always")
    await deployment.signaling.stop()
    await ann.bot.until(lambda state: state.status == "connecting")
    await bob.bot.until(lambda state: state.status == "connecting")
    await ann.chat.send_message("typed while it was away")
    await deployment.signaling.restart()
    await bob.hears("typed while it was away")
    await bob.chat.send_message("and back")
    await ann.hears("typed while it was away", "and back")


async def test_who_leaves_is_gone_for_the_others_at_once(deployment: Deployment) -> None:
    ann, bob = await _two(deployment)
    await bob.chat.leave_room()
    await ann.links_are({})
    news = [message.content for message in ann.chat.get_state().messages if message.type != "message"]
    assert news == ["Bob joined.", "Bob left."]


async def test_a_sign_in_is_kept_in_a_folder(deployment: Deployment) -> None:
    folder = deployment._folder.parent / "ann"
    first = deployment.person("Ann", folder=folder)
    await first.sign_in()
    mails = len(deployment.smtp.messages)
    again = deployment.person("Ann", folder=folder)
    await again.sign_in()
    assert len(deployment.smtp.messages) == mails
    assert again.chat.get_state().user_id == first.chat.get_state().user_id
    await again.chat.logout()
    # What stays names nobody: how new the service's keys were, 8 bytes.
    assert [path.stat().st_size for path in folder.rglob("*") if path.is_file()] == [8]


async def _two(deployment: Deployment, kind: Relay = "fallback") -> tuple[Person, Person]:
    ann, bob = await deployment.signed_in("Ann", kind), await deployment.signed_in("Bob", kind)
    room = await ann.chat.create_room("Kitchen")
    await bob.chat.join_room(room.room_id)
    link = "relayed" if kind == "always" else "direct"
    await ann.links_are({"Bob": link})
    await bob.links_are({"Ann": link})
    return ann, bob
