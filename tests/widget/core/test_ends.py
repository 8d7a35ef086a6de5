"""What is kept, tried and asked for has an end, whoever drives it on."""

from __future__ import annotations

import pytest

from tests.fakes.world import Someone, World
from widget.core.limits import LOOK_MS, TRUST_AGAIN_MS
from widget.native.drops import drops_of
from widget.room.trust_watch import TrustWatch
from widget.transport.direct import CHANNEL_QUEUE, SIGNALS_WAITING, Direct
from widget.transport.limits import CHANNEL_HIGH_BYTES, INBOX_PACKETS
from widget.wire.packet import TAG_FRAME
from widget.wire.socket import Signal

KEYS = "/.well-known/cw-keys"
SDP = f"v=0\r\nm=application 9 UDP/DTLS/SCTP webrtc-datachannel\r\na=fingerprint:sha-256 {':'.join(['AA'] * 32)}\r\n"


def by_part(two: list[Someone]) -> list[Someone]:
    """Who makes the offers, and who answers them."""
    return sorted(two, key=lambda someone: someone.stay.me.sid)


def direct(someone: Someone, other: Someone) -> Direct:
    return someone.sees(other).pair.direct


async def test_packets_that_come_faster_than_they_are_read_are_dropped(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    ann, bob = await world.room("Ann", "Bob")
    link = ann.sees(bob).pair.relay
    stuck = world.clock.deferred()

    async def take(packet: bytes, at_ms: int) -> None:
        await stuck.wait()

    monkeypatch.setattr(link, "_take", take)
    rounds = INBOX_PACKETS // 5 + 1  # slow enough for what one path may bring
    for _ in range(rounds):
        for _ in range(5):
            link.receive(bytes([TAG_FRAME]) + bytes(300))
        await world.clock.advance(100)
    is_read = 1
    assert drops_of(ann.chat) == {"packet.flood": rounds * 5 - INBOX_PACKETS - is_read}
    stuck.settle(None)


async def test_signals_that_come_faster_than_they_are_read_are_dropped(world: World) -> None:
    ann, bob = await world.room("Ann", "Bob")
    for _ in range(SIGNALS_WAITING + 5):
        ann.stay.heard(Signal(bob.stay.me.sid, "candidate", ""))
    assert drops_of(ann.chat) == {"signal.unwanted": 5}


async def test_a_channel_that_is_full_is_left_alone_and_its_queue_ends(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    ann, bob = await world.room("Ann", "Bob")
    path = direct(ann, bob)
    sent: list[bytes] = []
    buffered = CHANNEL_HIGH_BYTES

    def send(data: bytes) -> int:
        sent.append(data)
        return buffered

    monkeypatch.setattr(path._connection, "send", send)
    path.send(b"just fits")
    buffered += 1
    path.send(b"too much")
    for number in range(CHANNEL_QUEUE + 5):
        path.send(f"{number}".encode())
    assert sent == [b"just fits", b"too much"]
    buffered = 0
    path.writable()
    assert sent[2:] == [f"{number}".encode() for number in range(CHANNEL_QUEUE)]


async def test_an_answer_that_was_not_asked_for_changes_nothing(world: World) -> None:
    leads, follows = by_part(await world.room("Ann", "Bob"))
    path = direct(leads, follows)
    before = path._connection
    leads.stay.heard(Signal(follows.stay.me.sid, "answer", SDP))
    await world.clock.settle()
    assert path._connection is before
    assert drops_of(leads.chat) == {"signal.unwanted": 1}


async def test_an_offer_of_another_connection_replaces_mine(world: World) -> None:
    leads, follows = by_part(await world.room("Ann", "Bob"))
    path = direct(follows, leads)
    before = path._connection
    follows.stay.heard(Signal(leads.stay.me.sid, "offer", SDP))
    await world.clock.settle()
    assert path._connection is not before
    assert path.link is None


async def test_who_is_vouched_for_by_a_newer_key_is_let_in_as_soon_as_it_is_published(world: World) -> None:
    world.net.blocked = True
    ann = await world.person("Ann")
    room = await world.run(ann.chat.create_room("Room"))
    await world.clock.advance(61_000)
    world.realm.rotate()
    bob = await world.person("Bob")
    asked = world.auth.calls.count(KEYS)
    await world.run(bob.chat.join_room(room.room_id))
    await world.clock.advance(LOOK_MS - 500)  # not yet by who came
    assert (ann.links, world.auth.calls.count(KEYS)) == ({"Bob": "relayed"}, asked + 1)


async def test_keys_that_nobody_published_are_asked_for_no_more_often_for_it(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(TrustWatch, "is_due", lambda _: False)
    ann = await world.person("Ann")
    room = await world.run(ann.chat.create_room("Room"))
    published = world.realm.cw_keys()
    await world.clock.advance(61_000)
    world.realm.rotate()
    bob = await world.person("Bob")
    monkeypatch.setattr(world.realm, "cw_keys", lambda: published)
    asked = world.auth.calls.count(KEYS)
    await world.run(bob.chat.join_room(room.room_id))
    await world.clock.advance(TRUST_AGAIN_MS - 1_000)
    assert world.auth.calls.count(KEYS) == asked + 1
    await world.clock.advance(60_000)
    assert asked + 1 < world.auth.calls.count(KEYS) <= asked + 3
    assert ann.links == {"Bob": "unreachable"}
