"""Whom a member takes for a member, and when it may speak."""

from __future__ import annotations

import pytest

from tests.fakes.world import Someone, World
from widget.core.limits import UNREACHED_MS
from widget.native.drops import drops_of
from widget.room.limits import EVENTS_IN_EPOCH, FRAME_EVENTS, UNREAD_MS
from widget.room.peers import Peers
from widget.transport.limits import HANDSHAKE_MS
from widget.transport.signaling_socket import Relayed
from widget.wire.packet import TAG_BIND, TAG_HELLO, TAG_PAIR
from widget.wire.relayed import RELAY, read_relay
from widget.wire.socket import MAX_MEMBERS, Member, PeerJoined

NEW = "ab" * 16
MOST = EVENTS_IN_EPOCH - FRAME_EVENTS
NOISE = bytes(64)
STATE_PACKET_BYTES = 5 + 23 + 16


def peers_of(someone: Someone) -> Peers:
    return someone.stay.peers


# What it takes to meet.


async def test_a_state_that_went_with_the_handshake_does_not_go_again(world: World) -> None:
    """HELLO, BIND and a grant are all that two need before the one can read what the other says."""
    world.net.blocked = True
    ann, bob = await world.person("Ann"), await world.person("Bob")
    room = await world.run(ann.chat.create_room("Room"))
    await world.run(bob.chat.join_room(room.room_id))
    assert len(bob.stay.peers.voice.readers()) == len(ann.stay.peers.voice.readers()) == 1
    relayed = [read_relay(data) for data in world.signaling.seen if data[:1] == bytes([RELAY])]
    assert {packet[0] for _, packet in relayed} == {TAG_HELLO, TAG_BIND, TAG_PAIR}
    assert [packet for _, packet in relayed if packet[0] == TAG_PAIR and len(packet) == STATE_PACKET_BYTES] == []


# A packet that overtakes the news of its sender.


async def test_who_speaks_before_the_service_names_it_is_heard_and_not_shown(world: World) -> None:
    ann, _ = await world.room("Ann", "Bob")
    ann.stay.heard(Relayed(NEW, NOISE))
    early = peers_of(ann).neighbours.known[NEW]
    assert (early.is_listed, early.member) == (False, Member(NEW, "", "", world.clock.now_ms()))
    assert list(ann.links) == ["Bob"]


async def test_who_proves_nothing_in_time_is_forgotten(world: World) -> None:
    ann, _ = await world.room("Ann", "Bob")
    ann.stay.heard(Relayed(NEW, NOISE))
    await world.clock.advance(HANDSHAKE_MS - 1)
    assert NEW in peers_of(ann).neighbours.known
    await world.clock.advance(1)
    assert NEW not in peers_of(ann).neighbours.known


async def test_who_is_named_meanwhile_stays(world: World) -> None:
    ann, _ = await world.room("Ann", "Bob")
    ann.stay.heard(Relayed(NEW, NOISE))
    ann.stay.heard(PeerJoined(Member(NEW, "00" * 16, "Cid", world.clock.now_ms())))
    await world.clock.advance(HANDSHAKE_MS)
    assert NEW in peers_of(ann).neighbours.known


async def test_who_proved_itself_stays_although_nobody_named_it(world: World) -> None:
    ann, bob = await world.room("Ann", "Bob")
    ann.stay.heard(Relayed(NEW, NOISE))
    early = peers_of(ann).neighbours.known[NEW]
    early.pair.peer = bob.stay.me
    await world.clock.advance(HANDSHAKE_MS)
    assert peers_of(ann).neighbours.known.get(NEW) is early


async def test_who_was_closed_meanwhile_is_not_closed_again(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    ann, _ = await world.room("Ann", "Bob")
    ann.stay.heard(Relayed(NEW, NOISE))
    peers_of(ann).unlist(NEW)
    monkeypatch.setattr(peers_of(ann).neighbours, "end", lambda neighbour: pytest.fail("gone twice"))
    await world.clock.advance(HANDSHAKE_MS)


async def test_a_packet_of_one_more_than_there_may_be_is_counted(world: World) -> None:
    ann, _ = await world.room("Ann", "Bob")
    peers = peers_of(ann)
    for number in range(MAX_MEMBERS):
        peers.neighbours.add(Member(f"{number:032x}", f"{number:032x}", "Crowd", world.clock.now_ms()))
    ann.stay.heard(Relayed(NEW, NOISE))
    assert NEW not in peers.neighbours.known
    assert drops_of(ann.chat)["peer.unknown"] == 1


# When something may be said.


async def test_a_member_whom_the_epoch_does_not_reach_is_waited_for_briefly(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    ann, bob = await world.room("Ann", "Bob")
    peers = peers_of(ann)
    told: list[int] = []
    monkeypatch.setattr(peers.voice, "_may_speak", lambda: told.append(world.clock.steady_ms()))
    for _ in range(2):  # it waits anew after all were reached
        monkeypatch.setattr(peers.group, "unreached", lambda: [bob.stay.me.sid])
        told.clear()
        began_ms = world.clock.steady_ms()
        assert not peers.voice.is_ready()
        await world.clock.advance(1_000)
        assert not peers.voice.is_ready()
        await world.clock.advance(UNREACHED_MS - 1_001)
        assert not peers.voice.is_ready()
        await world.clock.advance(1)
        assert peers.voice.is_ready()
        assert began_ms + UNREACHED_MS in told
        monkeypatch.setattr(peers.group, "unreached", lambda: [])
        assert peers.voice.is_ready()


@pytest.mark.parametrize(("wrote", "ready"), [(MOST, True), (MOST + 1, False)])
async def test_an_epoch_that_the_next_frame_might_overfill_is_none_to_speak_in(
    world: World, monkeypatch: pytest.MonkeyPatch, wrote: int, ready: bool
) -> None:
    ann, _ = await world.room("Ann", "Bob")
    monkeypatch.setattr(peers_of(ann).group, "wrote", lambda more: wrote + more)
    assert peers_of(ann).voice.is_ready() is ready


async def test_without_an_epoch_nothing_can_be_said(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    ann = await world.person("Ann")
    await world.run(ann.chat.create_room("Room"))
    assert peers_of(ann).voice.is_ready()
    monkeypatch.setattr(peers_of(ann).group, "ready", lambda: False)
    assert not peers_of(ann).voice.is_ready()


# Whom it asks.


async def test_only_who_can_be_reached_is_asked_for_what_came_too_early(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    ann, bob, cid = await world.room("Ann", "Bob", "Cid")
    peers = peers_of(ann)
    monkeypatch.setattr(peers.neighbours.known[cid.stay.me.sid].pair, "best", lambda: None)
    assert peers.reached() == [bob.stay.me.sid]
    met: list[str] = []
    monkeypatch.setattr(peers.replica.sync, "met", met.append)
    peers.epoch_changed()
    assert met == []
    monkeypatch.setattr(peers.group, "has_missed", lambda: True)
    peers.epoch_changed()
    assert met == [bob.stay.me.sid]


async def test_who_sent_what_could_not_be_read_is_asked_again_when_all_hold_one_key(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    ann, bob = await world.room("Ann", "Bob")
    peers, unread = peers_of(ann), list[str]()
    monkeypatch.setattr(peers.replica.fetches, "unread", unread.append)
    await bob.chat.send_message("can be read")
    await world.clock.advance(UNREAD_MS)
    await peers._take_frame(ann.sees(bob), NOISE)
    await world.clock.advance(UNREAD_MS - 1)
    assert unread == []
    await world.clock.advance(1)
    assert unread == [bob.stay.me.sid]
