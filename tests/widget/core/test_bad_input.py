"""What strangers, the service and bad peers send is dropped and counted; nothing of it reaches the screen."""

from __future__ import annotations

import json

from tests.fakes.world import Someone, World
from widget.errors import MALFORMED
from widget.native.drops import drops_of
from widget.room.kinds.text import TEXT
from widget.room.stay import RoomSession
from widget.transport.link import Link
from widget.wire.frame import TYPE_NEWS
from widget.wire.packet import TAG_FRAME, TAG_HELLO


def _session(someone: Someone) -> RoomSession:
    session = someone.chat._rooms.session
    assert session is not None
    return session


def _room(world: World) -> str:
    return next(iter(world.signaling.rooms))


def _direct(someone: Someone) -> Link:
    link = next(iter(_session(someone).peers.neighbours.known.values())).pair.direct.link
    assert link is not None
    return link


async def test_plaintext_json_on_a_channel_is_refused(world: World) -> None:
    """F13"""
    ann, bob = await world.room("Ann", "Bob")
    line = json.dumps({"text": "in the clear", "emotes": [], "emoji": []}).encode()
    _direct(ann).send(line)
    world.signaling.inject(_room(world), _session(bob).me.sid, _session(ann).me.sid, line)
    await world.clock.advance(100)
    assert bob.texts == []
    assert drops_of(bob.chat) == {"packet.tag": 2}


async def test_oversize_and_empty_packets_are_dropped(world: World) -> None:
    """F11"""
    ann, bob = await world.room("Ann", "Bob")
    _direct(ann).send(bytes([TAG_FRAME]) + bytes(20_000))
    _direct(ann).send(b"")
    await world.clock.advance(100)
    assert drops_of(bob.chat) == {"packet.size": 2}
    await ann.chat.send_message("still fine")
    await world.clock.advance(100)
    assert bob.texts == ["still fine"]


async def test_a_frame_that_is_noise_is_dropped(world: World) -> None:
    ann, bob = await world.room("Ann", "Bob")
    kid = bytes.fromhex(_session(ann).peers.group.kid)
    _direct(ann).send(bytes([TAG_FRAME, TYPE_NEWS]) + kid + bytes(6) + bytes(300))
    _direct(ann).send(bytes([TAG_FRAME, 9]) + kid + bytes(300))
    await world.clock.advance(100)
    assert bob.texts == []
    assert sum(drops_of(bob.chat).values()) == 2


async def test_a_good_frame_with_a_bad_body_is_dropped(world: World) -> None:
    """F12"""
    ann, bob = await world.room("Ann", "Bob")
    for body in (
        b"not json",
        b'{"text":"x"}',
        b'{"text":"","emotes":[],"emoji":[]}',
        b'{"text":5,"emotes":[],"emoji":[]}',
    ):
        await _session(ann).peers.voice.say(TEXT, [body])
    await _session(ann).peers.voice.say(77, [b""])  # a kind that is unknown yet is kept, handed on and not shown
    await world.clock.advance(100)
    assert bob.texts == []
    assert list(bob.stay.peers.replica.fold.refused.values()) == [MALFORMED] * 4
    assert bob.stay.peers.replica.log.count() == 5
    await ann.chat.send_message("fine")
    await world.clock.advance(100)
    assert bob.texts == ["fine"]


async def test_frames_before_the_handshake_are_dropped(world: World) -> None:
    """F22: nothing but HELLO and BIND is heard before BIND is verified."""
    world.net.blocked = True
    ann, bob = await world.room("Ann", "Bob")
    stranger = "ab" * 16
    for tag in (TAG_FRAME, 0xC3, 0x42, 0x00):
        world.signaling.inject(_room(world), _session(bob).me.sid, stranger, bytes([tag]) + bytes(300))
    await world.clock.advance(100)
    drops = drops_of(bob.chat)
    assert drops == {"packet.early": 2, "packet.tag": 1, "cw.1": 1, "peer.unknown": 1}
    assert bob.links == {"Ann": "relayed"}
    await world.clock.advance(10_000)
    assert list(_session(bob).peers.neighbours.known) == [_session(ann).me.sid]
    assert ann.texts == bob.texts == []


async def test_a_forged_hello_does_not_end_a_direct_link(world: World) -> None:
    ann, bob = await world.room("Ann", "Bob")
    for _ in range(3):
        forged = bytes([TAG_HELLO]) + bytes(200)
        world.signaling.inject(_room(world), _session(bob).me.sid, _session(ann).me.sid, forged)
    await world.clock.advance(100)
    assert bob.links == {"Ann": "direct"}
    await ann.chat.send_message("undisturbed")
    await world.clock.advance(100)
    assert bob.texts == ["undisturbed"]


async def test_a_replayed_packet_is_shown_once(world: World) -> None:
    """F03"""
    world.net.blocked = True
    ann, bob = await world.room("Ann", "Bob")
    world.signaling.fates.words = ["twice"]
    await ann.chat.send_message("once")
    await world.clock.advance(100)
    assert bob.texts == ["once"]


async def test_an_sdp_with_a_second_fingerprint_opens_no_channel(world: World) -> None:
    """H02, H03"""
    line = "\r\na=fingerprint:sha-256 " + ":".join(["AA"] * 32) + "\r\n"
    world.signaling.meddle = lambda sdp: sdp.replace("webrtc-datachannel\r\n", "webrtc-datachannel" + line)
    ann, bob = await world.room("Ann", "Bob")
    await ann.chat.send_message("by the relay then")
    await world.clock.advance(100)
    assert bob.texts == ["by the relay then"]
    assert bob.links == {"Ann": "relayed"}
    assert drops_of(ann.chat).get("cw.43", 0) + drops_of(bob.chat).get("cw.43", 0) > 0


async def test_a_service_that_shows_another_room_is_not_believed(world: World) -> None:
    ann = await world.person("Ann")
    bob = await world.person("Bob")
    one = await world.run(ann.chat.create_room("One"))
    await world.run(ann.chat.create_room("Two"))
    first, second = list(world.signaling.rooms)
    world.signaling.rooms[first].record = world.signaling.rooms[second].record
    error = await world.failing(bob.chat.join_room(one.room_id))
    assert error.code == "room.false"
    assert bob.chat.get_state().status == "error"


async def test_texts_that_are_no_messages_of_the_service_are_ignored(world: World) -> None:
    ann, bob = await world.room("Ann", "Bob")
    for place in world.signaling.rooms.values():
        for seat in place.seats.values():
            assert seat.socket is not None
            large = " " * 1_000_000 + "{}"
            for text in ('{"t":"joined"}', "[" * 100, '{"t":"left","sid":7}', '{"t":"no such"}', large):
                seat.socket._events.text(text)
            for data in (b"", b"\x07", bytes(17), bytes(1_000_000)):
                seat.socket._events.binary(data)
    await ann.chat.send_message("fine")
    await world.clock.advance(100)
    assert bob.texts == ["fine"]


async def test_a_handshake_that_nobody_answers_is_tried_again_soon(world: World) -> None:
    """H23"""
    world.net.blocked = True
    ann = await world.person("Ann")
    bob = await world.person("Bob")
    room = await world.run(ann.chat.create_room("Room"))
    world.signaling.fates.all_lost = True
    await world.run(bob.chat.join_room(room.room_id))
    await world.clock.advance(9_000)
    assert drops_of(bob.chat)["link.timeout"] == 1
    assert bob.links == {"Ann": "unreachable"}
    world.signaling.fates.all_lost = False
    await world.clock.advance(2_000)
    assert bob.links == {"Ann": "relayed"}


async def test_a_private_room_shows_the_service_no_description(world: World) -> None:
    ann = await world.person("Ann")
    bob = await world.person("Bob")
    await world.run(ann.chat.create_room("Hideout", False))
    await world.run(bob.chat.join_room(ann.chat.get_invite()))
    await world.clock.advance(2_000)
    assert bob.links == {"Ann": "direct"}
    assert not any(b"fingerprint" in data or b"candidate:" in data for data in world.signaling.seen)


async def test_a_man_in_the_middle_of_the_channel_is_noticed(world: World) -> None:
    """H01: the service swaps both fingerprints for its own and bridges the channels."""
    ann, bob = await world.person("Ann"), await world.person("Bob")
    room = await world.run(ann.chat.create_room("Room"))
    world.signaling.meddle = world.net.intercept
    await world.run(bob.chat.join_room(room.room_id))
    await world.clock.advance(4_000)
    assert bob.links == {"Ann": "relayed"}
    assert "link.interception" in [*ann.errors, *bob.errors]
    await ann.chat.send_message("not for you, Mallory")
    await world.clock.advance(200)
    assert bob.texts == ["not for you, Mallory"]
