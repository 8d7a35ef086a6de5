"""What goes wrong for real people is told in words, in time, and can be mended."""

from __future__ import annotations

import asyncio
import dataclasses
import time

import pytest

from tests.flows.deployment import Deployment, Person
from widget.crypto.reasons import EVENT_SIGNATURE
from widget.errors import ChatError
from widget.native.drops import drops_of
from widget.room import arrival
from widget.room.kinds.text import TEXT, TextBody, write_text
from widget.room.written import written
from widget.wire.frame import TYPE_NEWS
from widget.wire.packet import TAG_FRAME

SMALL = 4


async def test_a_wrong_code_is_refused_and_the_right_one_still_works(deployment: Deployment) -> None:
    ann = deployment.person("Ann")
    await ann.chat.request_code(ann.address, "Ann")
    code = await deployment.code_for(ann.address)
    wrong = f"{(int(code) + 1) % 10**8:08d}"
    assert await _code(ann.chat.verify_code(wrong)) == "code.wrong"
    await ann.chat.verify_code(f"{code[:4]} {code[4:]}")
    assert ann.chat.is_authenticated()


async def test_a_code_works_once(deployment: Deployment) -> None:
    ann, other = deployment.person("Ann"), deployment.person("Ann")
    await ann.sign_in()
    await other.chat.request_code("somebody@people.example.org", "Else")
    assert await _code(other.chat.verify_code(await deployment.code_for(ann.address))) == "code.wrong"


async def test_a_guesser_is_stopped_and_the_owner_gets_a_new_code(deployment: Deployment) -> None:
    ann = deployment.person("Ann")
    await ann.chat.request_code(ann.address, "Ann")
    code = await deployment.code_for(ann.address)
    answers = [await _code(ann.chat.verify_code(f"{(int(code) + number) % 10**8:08d}")) for number in range(1, 6)]
    assert answers == ["code.wrong"] * 4 + ["code.locked"]
    # Not even the right one counts any more.
    assert await _code(ann.chat.verify_code(code)) == "code.locked"
    assert not ann.chat.is_authenticated()


async def test_bad_packets_on_a_real_channel_are_dropped_and_the_talk_goes_on(deployment: Deployment) -> None:
    ann, bob = await deployment.signed_in("Ann"), await deployment.signed_in("Bob")
    room = await ann.chat.create_room("Kitchen")
    await bob.chat.join_room(room.room_id)
    await bob.links_are({"Ann": "direct"})
    await ann.links_are({"Bob": "direct"})
    session = ann.chat._rooms.session
    assert session is not None
    link = next(iter(session.peers.neighbours.known.values())).pair.direct.link
    assert link is not None
    for packet in (b"{}", b"\x00" * 300, bytes([TAG_FRAME]) + bytes(40_000), bytes([TAG_FRAME]) + bytes(300)):
        link.send(packet)
    await ann.chat.send_message("before")
    await bob.hears("before")
    replica = session.peers.replica
    own = (replica._clock, replica._crypto, replica._session, replica.log, session.peers.group.kid)
    entry = await written(*own, TEXT, write_text(TextBody("forged")))
    forged = dataclasses.replace(entry.event, signature=bytes(64))
    link.send(await session.peers.group.seal(TYPE_NEWS, [forged]))
    await session.peers.voice.say(TEXT, [b"no text"])
    await ann.chat.send_message("still fine")
    await bob.hears("still fine")
    drops = drops_of(bob.chat)
    assert drops["packet.tag"] == 2
    assert drops["packet.size"] == 1
    assert drops[f"cw.{EVENT_SIGNATURE}"] == 1
    assert bob.texts == ["before", "still fine"]


async def test_an_unknown_room_is_told(deployment: Deployment) -> None:
    ann = await deployment.signed_in("Ann")
    assert await _code(ann.chat.join_room("a" * 26)) == "room.unknown"
    assert ann.chat.get_state().status == "error"


async def test_a_private_room_without_its_invite_stays_closed(deployment: Deployment) -> None:
    ann, bob = await deployment.signed_in("Ann"), await deployment.signed_in("Bob")
    room = await ann.chat.create_room("Hideout", False)
    assert await _code(bob.chat.join_room(room.room_id)) == "invite.missing"


@pytest.mark.no_cover
async def test_a_full_room_is_told(deployment: Deployment, monkeypatch: pytest.MonkeyPatch) -> None:
    """A small one: sixteen people make 120 handshakes first."""
    monkeypatch.setattr(arrival, "ROOM_CAPACITY", SMALL)
    await deployment.signaling.stop()
    deployment.limits = deployment.limits.model_copy(update={"sockets_per_user": 100})
    await deployment.signaling.restart()
    ann = await deployment.signed_in("Ann")
    room = await ann.chat.create_room("Small")
    assert room.capacity == SMALL
    tabs: list[Person] = []
    bob = await deployment.signed_in("Bob", "always")
    await bob.chat.join_room(room.room_id)
    for _ in range(room.capacity - 2):
        tab = deployment.person("Bob", "always")
        tab.bot._platform.ports.storage.__dict__.update(bob.bot._platform.ports.storage.__dict__)
        assert await tab.chat.restore()
        await tab.chat.join_room(room.room_id)
        tabs.append(tab)
    cid = await deployment.signed_in("Cid")
    assert await _code(cid.chat.join_room(room.room_id)) == "room.full"
    await tabs[0].chat.leave_room()
    assert (await cid.chat.join_room(room.room_id)).room_id == room.room_id


async def test_services_that_are_away_are_told_at_once(deployment: Deployment) -> None:
    ann = await deployment.signed_in("Ann")
    await deployment.signaling.stop()
    began_s = time.monotonic()
    for call in (ann.chat.create_room("Room"), ann.chat.get_active_rooms()):
        assert await _code(call) in ("socket.unreachable", "http.unreachable")
    joining = asyncio.ensure_future(_code(ann.chat.join_room("a" * 26)))  # goes on for a minute, and says so
    await ann.bot.until(lambda state: state.status == "connecting" and state.error is not None)
    await ann.chat.leave_room()
    assert await joining == "order.left"
    await deployment.auth.stop()
    bob = deployment.person("Bob")
    assert await _code(bob.chat.request_code(bob.address, "Bob")) == "http.unreachable"
    assert time.monotonic() - began_s < 5
    await deployment.auth.start()
    await deployment.signaling.start()
    await ann.chat.create_room("Room")


@pytest.mark.no_cover
async def test_whoever_has_a_token_gets_in_while_the_sign_in_service_is_away(deployment: Deployment) -> None:
    ann, bob = await deployment.signed_in("Ann"), await deployment.signed_in("Bob")
    room = await ann.chat.create_room("Kitchen")
    await deployment.auth.stop()
    await deployment.signaling.restart()
    await bob.chat.join_room(room.room_id)
    await ann.links_are({"Bob": "direct"})
    await ann.chat.send_message("still open")
    await bob.hears("still open")


async def test_a_page_of_another_site_is_refused(deployment: Deployment) -> None:
    from tests.flows import deployment as module
    from widget.core.config import ChatConfig
    from widget.native.bot import Bot

    config = ChatConfig(deployment.auth.url, deployment.signaling.url, deployment.key)
    stranger = module.Person(deployment, "Eve", Bot(config, "https://evil.test"))
    deployment._people.append(stranger)
    assert await _code(stranger.chat.request_code(stranger.address, "Eve")) == "origin.refused"


async def _code(call: object) -> str:
    with pytest.raises(ChatError) as caught:
        await call  # type: ignore[misc]
    assert caught.value.message.endswith((".", ")"))
    return caught.value.code
