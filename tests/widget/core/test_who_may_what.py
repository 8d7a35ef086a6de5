"""What a member, the service and a setting may decide, each taken at its word by nobody else."""

from __future__ import annotations

import pytest

from tests.fakes.world import Someone, World
from widget.core.config import Relay
from widget.crypto.reasons import FRAME_INDEX
from widget.crypto.session import SessionKeys, open_session
from widget.native.drops import drops_of
from widget.room.kinds.room_name import ROOM_NAME
from widget.transport.link import Link
from widget.wire.frame import TYPE_NEWS
from widget.wire.packet import TAG_HELLO
from widget.wire.socket import MAX_MEMBERS, Member, PeerJoined, Signal

SDP = f"v=0\r\nm=application 9 UDP/DTLS/SCTP webrtc-datachannel\r\na=fingerprint:sha-256 {':'.join(['AA'] * 32)}\r\n"


async def private_room(world: World, *names: str) -> list[Someone]:
    people = [await world.person(name) for name in names]
    await world.run(people[0].chat.create_room("Hideout", False))
    for someone in people[1:]:
        await world.run(someone.chat.join_room(people[0].chat.get_invite()))
    await world.clock.advance(4_000)
    return people


def name_of(someone: Someone) -> str:
    room = someone.chat.get_state().room
    assert room is not None
    return room.custom_name


def direct(someone: Someone, other: Someone) -> Link:
    link = someone.sees(other).pair.direct.link
    assert link is not None
    return link


def by_part(two: list[Someone]) -> list[Someone]:
    """Who makes the offers, and who answers them."""
    return sorted(two, key=lambda someone: someone.stay.me.sid)


async def test_the_host_alone_names_a_private_room(world: World) -> None:
    ann, bob, cid = await private_room(world, "Ann", "Bob", "Cid")
    await bob.stay.peers.voice.say(ROOM_NAME, [b"Bob's"])
    await world.clock.advance(100)
    assert [name_of(someone) for someone in (ann, bob, cid)] == ["Hideout"] * 3
    await ann.stay.peers.voice.say(ROOM_NAME, [b"Ann's"])
    await world.clock.advance(100)
    assert [name_of(someone) for someone in (bob, cid)] == ["Ann's"] * 2


async def test_a_public_room_keeps_the_name_that_it_was_listed_under(world: World) -> None:
    ann, bob = await world.room("Ann", "Bob")
    await ann.stay.peers.voice.say(ROOM_NAME, [b"Another"])
    await world.clock.advance(100)
    assert name_of(bob) == "Room"


async def test_a_pair_stays_with_the_credential_that_it_began_with(world: World) -> None:
    world.net.blocked = True
    ann, bob = await world.room("Ann", "Bob")
    auth, crypto = bob.chat._auth, bob.platform.crypto
    who, plan, seat = auth.who(), bob.stay.plan, bob.stay.peers.seat
    device, now_ms = await auth.device_key(), world.clock.now_ms()
    keys = SessionKeys(seat.sid, seat._session.signing, seat._session.agreement)
    # Bob signs once more for the same keys; whom Ann met first has been pushed out of her memory by others.
    seat._session = await open_session(
        crypto, device, who.identity_jwt, who.identity, plan.genesis, [], now_ms + 1, keys
    )
    ann.stay.peers.seat._credentials._known.clear()
    world.net.blocked = False
    await world.clock.advance(60_000)
    assert drops_of(ann.chat)["pair.other"] >= 1
    assert ann.links == {"Bob": "relayed"}


async def test_a_hello_on_an_open_direct_link_changes_nothing(world: World) -> None:
    ann, bob = await world.room("Ann", "Bob")
    again = bob.stay.peers.seat.handshake(ann.stay.me.sid, direct(bob, ann)._fingerprints)
    direct(bob, ann).send(again.hello())
    await world.clock.advance(20)
    assert drops_of(ann.chat) == {"hello.unwanted": 1}
    assert ann.links == {"Bob": "direct"}
    assert direct(ann, bob).is_open


@pytest.mark.parametrize("kind", ["answer", "offer"])
async def test_an_answer_counts_for_an_offer_of_mine_and_an_offer_from_who_makes_them(world: World, kind: str) -> None:
    leads, follows = by_part(await world.room("Ann", "Bob"))
    connection = leads.sees(follows).pair.direct._connection
    leads.stay.heard(Signal(follows.stay.me.sid, kind, SDP))
    await world.clock.advance(100)
    assert drops_of(leads.chat) == {"signal.unwanted": 1}
    assert leads.sees(follows).pair.direct._connection is connection
    assert set(leads.links.values()) == {"direct"}
    if kind == "answer":
        follows.stay.heard(Signal(leads.stay.me.sid, kind, SDP))
        await world.clock.advance(100)
        assert drops_of(follows.chat) == {"signal.unwanted": 1}


async def test_who_does_without_the_relay_neither_speaks_nor_listens_there(world: World) -> None:
    world.net.blocked = True
    ann, bob = await world.person("Ann"), await world.person("Bob", "never")
    room = await world.run(ann.chat.create_room("Room"))
    await world.run(bob.chat.join_room(room.room_id))
    await world.clock.advance(16_000)
    assert drops_of(bob.chat)["relay.unwanted"] >= 1
    assert (ann.links, bob.links) == ({"Bob": "unreachable"}, {"Ann": "unreachable"})
    assert not bob.stay.peers.seat.has_relay()


async def test_always_and_never_do_not_meet_and_say_so(world: World) -> None:
    """Whichever of them would make the offer: that is decided by chance."""
    ann, bob = await world.person("Ann", "always"), await world.person("Bob", "never")
    for _ in range(5):
        room = await world.run(ann.chat.create_room("Room"))
        await world.run(bob.chat.join_room(room.room_id))
        await world.clock.advance(16_000)
        assert (ann.links, bob.links) == ({"Bob": "unreachable"}, {"Ann": "unreachable"})


async def test_a_way_through_turn_is_called_that(world: World) -> None:
    world.net.through_turn = True
    ann, bob = await world.room("Ann", "Bob")
    assert (ann.links, bob.links) == ({"Bob": "turn"}, {"Ann": "turn"})


@pytest.mark.parametrize(("relay", "only"), [("turn", True), ("fallback", False)])
async def test_who_wants_turn_only_asks_for_it(world: World, relay: Relay, only: bool) -> None:
    ann, bob = await world.person("Ann", relay), await world.person("Bob")
    room = await world.run(ann.chat.create_room("Room"))
    await world.run(bob.chat.join_room(room.room_id))
    await world.clock.advance(1_000)
    assert sorted(world.net.turn_only) == sorted([only, False])
    assert bob.stay.peers.seat.has_relay()


async def test_a_room_that_was_made_without_relay_has_none_for_anybody(world: World) -> None:
    world.net.blocked = True
    ann, bob = await world.person("Ann", "never"), await world.person("Bob")
    room = await world.run(ann.chat.create_room("Room"))
    await world.run(bob.chat.join_room(room.room_id))
    await world.clock.advance(4_000)
    world.signaling.inject(room_hex(world), bob.stay.me.sid, ann.stay.me.sid, bytes([TAG_HELLO]) + bytes(200))
    await world.clock.advance(100)
    assert world.signaling.fates.count == 0
    assert drops_of(bob.chat) == {"relay.unwanted": 1}


async def test_who_hides_the_address_does_not_enter_a_room_without_relay(world: World) -> None:
    ann, bob = await world.person("Ann", "never"), await world.person("Bob", "always")
    room = await world.run(ann.chat.create_room("Room"))
    error = await world.failing(bob.chat.join_room(room.room_id))
    assert error.code == "relay.refused"
    assert bob.chat.get_state().status == "error"


async def test_who_hides_the_address_answers_no_offer(world: World) -> None:
    leads, follows = by_part(await world.room("Ann", "Bob", relay="always"))
    follows.stay.heard(Signal(leads.stay.me.sid, "offer", SDP))
    await world.clock.advance(100)
    assert drops_of(follows.chat) == {"signal.unwanted": 1}
    assert world.net.ice_seen == []


async def test_a_frame_counts_from_who_sealed_it(world: World) -> None:
    ann, bob, cid = await world.room("Ann", "Bob", "Cid")
    packet = await ann.stay.peers.group.seal(TYPE_NEWS, [])
    cid.stay.peers.send(bob.stay.me.sid, packet)
    await world.clock.advance(100)
    assert drops_of(bob.chat) == {f"cw.{FRAME_INDEX}": 1}


async def test_what_one_missed_another_hands_on(world: World) -> None:
    """Ann and Bob lose each other; Cid reaches both."""
    ann, bob, _ = await world.room("Ann", "Bob", "Cid")
    world.net.blocked = True
    world.net.break_all()
    await world.clock.advance(1_000)
    world.signaling.strangers = [{"Ann", "Bob"}]
    await ann.chat.send_message("by way of Cid")
    await world.clock.until(lambda: bob.texts == ["by way of Cid"], 10_000)
    assert bob.messages[-1].sender_name == "Ann"


async def test_one_of_two_who_says_that_it_has_a_message_does_not_make_it_sent(world: World) -> None:
    ann, bob, cid = await world.room("Ann", "Bob", "Cid")
    world.net.blocked = True
    world.net.break_all()
    await world.clock.advance(1_000)
    world.signaling.strangers = [{"Ann", "Cid"}, {"Bob", "Cid"}]
    await ann.chat.send_message("for both")
    await world.clock.advance(3_000)
    assert (bob.texts, cid.texts, ann.deliveries) == (["for both"], [], ["sending"])
    world.signaling.strangers = []
    await world.clock.until(lambda: ann.deliveries == ["delivered"], 10_000)
    assert cid.texts == ["for both"]


async def test_a_room_holds_no_more_than_the_protocol_allows(world: World) -> None:
    ann, bob = await world.room("Ann", "Bob")
    peers = ann.stay.peers
    for number in range(MAX_MEMBERS + 2):
        peers.neighbours.add(Member(f"{number:032x}", f"{number:032x}", "Crowd", world.clock.now_ms()))
    assert len(peers.neighbours.known) == MAX_MEMBERS
    assert peers.neighbours.add(Member(ann.stay.me.sid, ann.stay.me.sub, "Ann", 0)) is None
    assert ann.sees(bob).peer is not None


async def test_l1_a_reader_whom_one_member_let_in_is_on_everybodys_list(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The service shows Cid to the host alone."""
    ann, bob = await world.room("Ann", "Bob")
    bobs = bob.stay.peers.neighbours
    known = bobs.add
    monkeypatch.setattr(bobs, "add", lambda member: None if member.name in ("Cid", "") else known(member))
    cid = await world.person("Cid")
    room = ann.chat.get_state().room
    assert room is not None
    await world.run(cid.chat.join_room(room.room_id))
    await world.clock.advance(4_000)
    assert cid.stay.me.sid not in bob.stay.peers.neighbours.known
    assert cid.stay.me.sid in bob.stay.peers.group.roster
    assert bob.links == {"Ann": "direct", "Cid": "through"}
    assert "Cid joined, let in by Ann." in bob.news
    assert "Cid joined." in ann.news
    await cid.chat.leave_room()
    await world.clock.advance(10_000)
    assert bob.links == {"Ann": "direct"}


async def test_who_goes_is_at_no_moment_said_to_be_reached_by_others(world: World) -> None:
    """The list is made of links and of the common key, and a link ends first."""
    ann, bob, cid = await world.room("Ann", "Bob", "Cid")
    seen: list[dict[str, str]] = []
    ann.chat.subscribe(lambda _: seen.append(ann.links))
    await cid.chat.leave_room()
    await world.clock.advance(4_000)
    bob.chat.hide()
    await world.clock.advance(4_000)
    assert seen[-1] == {}
    assert "through" not in {link for links in seen for link in links.values()}
    assert ann.news[-1] == "Cid left."


async def test_nobody_is_a_member_beside_themselves(world: World) -> None:
    ann, _ = await world.room("Ann", "Bob")
    ann.stay.heard(PeerJoined(Member(ann.stay.me.sid, ann.stay.me.sub, "Ann", world.clock.now_ms())))
    assert ann.stay.me.sid not in ann.stay.peers.neighbours.known


def room_hex(world: World) -> str:
    return next(iter(world.signaling.rooms))
