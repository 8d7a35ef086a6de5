"""Whatever the service and the peers say: dropped with a reason that is counted, and nothing grows without an end."""

from __future__ import annotations

import json

import pytest

from tests.fakes.clock import HandClock
from tests.fakes.signaling_service import FakeSocket
from tests.fakes.world import Someone, World
from widget.native.drops import drops_of
from widget.transport.limits import BEAT_MS, RELAY_BURST, RELAY_EACH_MS, RELAY_QUEUE
from widget.transport.relay import Relay
from widget.wire.client_text import write_beat
from widget.wire.notes import Fetch
from widget.wire.packet import TAG_BIND, TAG_FRAME, TAG_HELLO, TAG_PAIR
from widget.wire.relayed import MAX_RELAY_BYTES
from widget.wire.server_text import write_server
from widget.wire.socket import MAX_MEMBERS, Hello, Joined, Member, PeerJoined, PeerLeft, Signal

SID = "ab" * 16
MALFORMED = "cw.1"
MEMBER = {"sid": SID, "sub": "s", "name": "n", "joined": 1}
TEXTS = {
    "nothing": "",
    "no JSON": "hello",
    "JSON that ends early": '{"t":"peer-"',
    "no object": "[]",
    "a hundred thousand brackets": "[" * 100_000,
    "brackets that end": "[" * 50_000 + "]" * 50_000,
    "too deep": json.dumps({"t": "beat", "x": [[[[[1]]]]]}),
    "a prototype": '{"t":"beat","__proto__":{"t":"joined"}}',
    "a prototype within": json.dumps({"t": "peer+", "member": {**MEMBER, "constructor": 1}}),
    "no kind": "{}",
    "a kind that is none": '{"t":"left"}',
    "a kind that is a number": '{"t":1}',
    "a kind that is long": json.dumps({"t": "x" * 10_000}),
    "a megabyte": " " * 1_000_000 + '{"t":"beat"}',
    "a number of five thousand digits": '{"t":"error","code":"c","detail":"","retry":' + "9" * 5_000 + "}",
    "an endless number": '{"t":"error","code":"c","detail":"","retry":1e999}',
    "no number": '{"t":"error","code":"c","detail":"","retry":NaN}',
    "a wait of years": '{"t":"error","code":"c","detail":"","retry":100000000}',
    "a wait before now": '{"t":"error","code":"c","detail":"","retry":-1}',
    "a yes for a number": '{"t":"error","code":"c","detail":"","retry":true}',
    "an id in capitals": json.dumps({"t": "peer-", "sid": SID.upper()}),
    "an id that is short": json.dumps({"t": "peer-", "sid": SID[1:]}),
    "a member that is none": '{"t":"peer+","member":null}',
    "a member with a long name": json.dumps({"t": "peer+", "member": {**MEMBER, "name": "n" * 41}}),
    "a member of the far future": json.dumps({"t": "peer+", "member": {**MEMBER, "joined": 2**60}}),
    "a signal of no kind": json.dumps({"t": "signal", "from": SID, "kind": "rollback", "data": ""}),
    "a signal that is an object": json.dumps({"t": "signal", "from": SID, "kind": "offer", "data": {}}),
    "an endless candidate": json.dumps({"t": "signal", "from": SID, "kind": "candidate", "data": "x" * 1_025}),
    "a welcome without a room": json.dumps({"t": "joined", "members": [], "resume": "", "ice": [], "now": 1}),
    "a crowd": json.dumps({"t": "joined", "members": [MEMBER] * 65, "resume": "", "ice": [], "now": 1}),
    "a visit without a key": json.dumps({"t": "visit", "id": SID}),
    "what a client says": write_beat().replace("beat", "auth"),
}
DATA = {
    "nothing": b"",
    "another kind": b"\x07" + bytes(40),
    "half an id": bytes([1]) + bytes(15),
    "a megabyte": bytes([1]) + bytes(1_000_000),
    "a byte too many": bytes([1]) + bytes(16 + MAX_RELAY_BYTES + 1),
}
PACKETS = {
    "nothing": (b"", "packet.size"),
    "a byte too many": (bytes([TAG_FRAME]) + bytes(MAX_RELAY_BYTES), "packet.size"),
    "no tag": (b"\x00" * 40, "packet.tag"),
    "text": (b'{"t":"beat"}', "packet.tag"),
    "a tag alone, HELLO": (bytes([TAG_HELLO]), MALFORMED),
    "a tag alone, BIND": (bytes([TAG_BIND]), MALFORMED),
    "a HELLO of noise": (bytes([TAG_HELLO]) + b"\xff" * 900, MALFORMED),
    "a BIND of noise": (bytes([TAG_BIND]) + b"\xff" * 900, MALFORMED),
    "a blob of noise": (bytes([TAG_PAIR]) + b"\xff" * 900, ""),
    "a tag alone, pair": (bytes([TAG_PAIR]), ""),
    "a frame of noise": (bytes([TAG_FRAME]) + b"\xff" * 900, ""),
    "a tag alone, frame": (bytes([TAG_FRAME]), ""),
}
NO_SDP = ("v=0", "\ud800", "a=fingerprint:sha-256 zz", "{", "x" * 8_192)
SIGNALS = [("candidate", "v=0"), *[(kind, data) for kind in ("offer", "answer") for data in ("", *NO_SDP)]]


def socket_of(world: World, someone: Someone) -> FakeSocket:
    for place in world.signaling.rooms.values():
        socket = place.seats[someone.stay.me.sid].socket
        assert socket is not None
        return socket
    raise AssertionError("no room")


def dropped(someone: Someone) -> int:
    return sum(drops_of(someone.chat).values())


async def all_is_well(world: World, ann: Someone, bob: Someone) -> None:
    await ann.chat.send_message("still here")
    await world.clock.advance(1_000)
    assert bob.texts == ["still here"]
    assert (ann.errors, bob.errors) == ([], [])


async def test_each_text_and_each_blob_of_the_service_is_counted(world: World) -> None:
    ann, bob = await world.room("Ann", "Bob")
    socket = socket_of(world, bob)
    for count, text in enumerate(TEXTS.values(), 1):
        socket._events.text(text)
        assert drops_of(bob.chat) == {MALFORMED: count}, text[:80]
    for count, data in enumerate(DATA.values(), len(TEXTS) + 1):
        socket._events.binary(data)
        assert drops_of(bob.chat) == {MALFORMED: count}, data[:80]
    await all_is_well(world, ann, bob)


@pytest.mark.parametrize("blocked", [True, False], ids=["relay", "channel"])
async def test_each_packet_that_is_none_is_counted(world: World, blocked: bool) -> None:
    world.net.blocked = blocked
    ann, bob = await world.room("Ann", "Bob")
    pair = bob.sees(ann).pair
    link = pair.relay if blocked else pair.direct.link
    assert link is not None
    for packet, reason in PACKETS.values():
        before = dropped(bob), drops_of(bob.chat).get(reason, 0)
        link.receive(packet)
        await world.clock.advance(10)
        assert dropped(bob) == before[0] + 1, packet[:40]
        assert reason == "" or drops_of(bob.chat)[reason] == before[1] + 1, packet[:40]
    await all_is_well(world, ann, bob)


@pytest.mark.parametrize("blob", [b"", b"\x00", b"\x10", b"\xff" * 8, b"\x01" * 4_000], ids=["empty", *"1234"])
async def test_a_sealed_blob_that_is_none_is_counted(world: World, blob: bytes) -> None:
    ann, bob = await world.room("Ann", "Bob")
    link = ann.sees(bob).pair.direct.link
    assert link is not None
    await link.send_blob(blob)
    await world.clock.advance(100)
    assert dropped(bob) == 1
    await all_is_well(world, ann, bob)


async def test_each_description_that_is_none_is_counted(world: World) -> None:
    ann, bob = await world.room("Ann", "Bob")
    for someone, other in ((ann, bob), (bob, ann)):
        for count, (kind, data) in enumerate(SIGNALS, 1):
            socket_of(world, someone).tell(Signal(other.stay.me.sid, kind, data))
            await world.clock.advance(10)
            assert dropped(someone) == count, (kind, data)
    await all_is_well(world, ann, bob)
    assert (ann.links, bob.links) == ({"Bob": "direct"}, {"Ann": "direct"})


async def test_a_candidate_before_there_is_a_connection_is_counted(world: World) -> None:
    ann, bob = await world.room("Ann", "Bob", relay="always")
    pair = bob.sees(ann).pair
    await pair.direct._take("candidate", "{}")
    assert dropped(bob) == 1


async def test_a_second_welcome_is_none(world: World) -> None:
    """Each began one more heartbeat, for as long as the socket lived."""
    ann, bob = await world.room("Ann", "Bob")
    room = next(iter(world.signaling.rooms.values()))
    members = [seat.member for seat in room.seats.values()]
    for _ in range(20):
        socket_of(world, bob).tell(Joined(room.record, members, "false", [], world.clock.now_ms()))
    world.signaling.seen.clear()
    await world.clock.advance(2 * BEAT_MS)
    beats = [data for data in world.signaling.seen if data == write_beat().encode()]
    assert len(beats) <= 2 * 2  # of two people
    await all_is_well(world, ann, bob)


async def test_a_second_greeting_of_the_service_is_none(world: World) -> None:
    """It took the place of the first while that was answered, and then nobody waited for the welcome."""
    ann, bob = await world.person("Ann"), await world.person("Bob")
    room = await world.run(ann.chat.create_room("Room"))
    greet = world.signaling.heard

    def twice(socket: FakeSocket, text: str) -> None:
        if '"auth"' in text:
            socket.tell(Hello("cd" * 32))
            world.signaling.refuse_next = "rate.limited"
            world.signaling.retry_after_s = 1
            world.signaling.heard = greet  # type: ignore[method-assign]
        greet(socket, text)

    world.signaling.heard = twice  # type: ignore[method-assign]
    await world.run(bob.chat.join_room(room.room_id))
    assert bob.chat.get_state().status == "connected"


async def test_members_who_come_and_go_for_ever_leave_nothing_behind(world: World) -> None:
    _, bob = await world.room("Ann", "Bob")
    signaling, socket = bob.stay.signaling, socket_of(world, bob)
    for number in range(5 * MAX_MEMBERS):
        sid = f"{number:032x}"
        socket._events.text(write_server(PeerJoined(Member(sid, "s", "n", 1))))
        socket._events.text(write_server(PeerLeft(sid)))
    assert len(signaling._relay._lines) <= MAX_MEMBERS
    assert len(bob.stay.peers.neighbours.known) <= MAX_MEMBERS


async def test_what_waits_for_one_member_has_an_end(world: World) -> None:
    clock = HandClock()
    sent: list[bytes] = []
    relay = Relay(clock, sent.append)
    for _ in range(RELAY_BURST + RELAY_QUEUE + 50):
        relay.send(SID, b"x")
    await clock.advance((RELAY_QUEUE + 60) * RELAY_EACH_MS)
    assert len(sent) == RELAY_BURST + RELAY_QUEUE


async def test_who_asks_for_the_same_log_for_ever_makes_nobody_hoard(world: World) -> None:
    """120 KiB for each little question, thirty times a second, while the service carries 64 of them."""
    world.net.blocked = True
    ann, eve = await world.room("Ann", "Eve")
    for number in range(10):
        await ann.chat.send_message("字" * 3_900 + str(number))
    await world.clock.advance(5_000)
    for _ in range(60):
        await ann.stay.peers.replica.note(eve.stay.me.sid, Fetch(ann.stay.me.sid, 1, 50))
    await world.clock.advance(10)
    assert [len(line.packets) for line in ann.stay.signaling._relay._lines.values()] == [RELAY_QUEUE]
    await ann.chat.send_message("still here")
    await world.clock.advance(120_000)
    assert eve.texts[-1] == "still here"
