"""What happens to sockets that say what they should not."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from signaling.connection import Connection
from tests.fakes.moment import START_S
from tests.signaling.member import Line
from tests.signaling.world import World, until
from widget.wire.genesis import HISTORY
from widget.wire.socket import Joined, PeerJoined, Problem, Signal

pytestmark = pytest.mark.no_cover

MakeWorld = Callable[..., Awaitable[World]]

BEFORE = {
    "no json": "hello",
    "no object": "[]",
    "unknown type": '{"t":"dance"}',
    "deep": '{"t":' + "[" * 2000 + "]" * 2000 + "}",
    "six deep": '{"t":"beat","x":{"x":{"x":{"x":{"x":{}}}}}}',
    "a forbidden key": '{"t":"beat","__proto__":{}}',
    "a signal before joining": json.dumps({"t": "signal", "to": "00" * 16, "kind": "offer", "data": ""}),
    "a missing field": '{"t":"auth","token":"x"}',
    "a lone number": "1e999",
}


@pytest.mark.parametrize("text", BEFORE.values(), ids=BEFORE.keys())
async def test_nonsense_before_joining_ends_the_socket(world: World, text: str) -> None:
    line = await world.member().open()
    line.send(text)
    assert await line.refused() == ("message.malformed", 4400)


async def test_a_blob_before_joining_ends_the_socket(world: World) -> None:
    line = await world.member().open()
    line.send(b"\x01" + bytes(20))
    assert await line.refused() == ("message.malformed", 4400)


@pytest.mark.parametrize(("size", "code"), [(4095, 4400), (4096, 4400), (4097, 4413)])
async def test_an_auth_message_is_at_most_4096_characters(world: World, size: int, code: int) -> None:
    line = await world.member().open()
    line.send("x" * size)
    assert await line.closed() == code


async def test_a_message_above_32_kib_is_cut_off_by_the_transport(world: World) -> None:
    line = await pair(world)
    line.send("x" * 32_768)
    assert isinstance(await line.read(), Problem)
    line.send("x" * 32_769)
    assert await line.closed() == 1009


async def test_bytes_that_are_no_text_end_the_socket(world: World) -> None:
    line = await pair(world)
    # A text frame of one byte that is not UTF-8, masked with zeros.
    line.socket.transport.write(b"\x81\x81\x00\x00\x00\x00\xff")
    assert await line.closed() == 1007


@pytest.mark.parametrize("text", BEFORE.values(), ids=BEFORE.keys())
async def test_nonsense_in_a_room_is_a_strike(world: World, text: str) -> None:
    line = await pair(world)
    if '"signal"' in text:
        text = text.replace('"kind": "offer"', '"kind": "song"')
    for _ in range(2):
        line.send(text)
        assert (await line.problem()).code == "message.malformed"
    line.send(text)
    assert await line.refused() == ("rate.limited", 4429)


async def test_strikes_are_forgotten_after_a_minute(make_world: MakeWorld) -> None:
    # Nonsense is no sign of life.
    line = await pair(world := await make_world(presence_s=1_000))
    for _ in range(4):
        line.send("nonsense")
        assert (await line.problem()).code == "message.malformed"
        world.moment.go(30)


async def test_who_was_thrown_out_waits_longer_each_time(make_world: MakeWorld) -> None:
    world = await make_world()
    ada = world.member()
    for wait_s in (60, 120, 240, 480, 900, 900):
        # The memory of offences is an hour from the last one, and the room's 60 s are over, so it is a new room.
        line = await ada.join(await ada.make())
        for _ in range(3):
            line.send("nonsense")
        assert (await line.refused())[1] == 4429
        again = await ada.open()
        again.auth(await ada.make())
        problem = await again.problem()
        assert (problem.code, problem.retry_after_s) == ("rate.limited", wait_s)
        assert await again.closed() == 4429
        world.moment.go(wait_s + 1)


async def test_signaling_to_somebody_who_is_not_in_the_room_is_refused(world: World) -> None:
    ada, ben, eve = world.member(), world.member(), world.member()
    line = await ada.join(await ada.make())
    elsewhere = await ben.join(await ben.make())
    outside = await eve.open()
    for sid in (elsewhere.sid, outside.sid or "11" * 16, line.sid):
        line.signal(sid)
        assert (await line.problem()).code == "peer.unknown"
        line.relay(sid, b"blob")
        assert (await line.problem()).code == "peer.unknown"
    assert await elsewhere.echo() == []


async def test_a_spoofed_sender_is_impossible(world: World) -> None:
    ada, ben = world.member(), world.member()
    room = await ada.make()
    first, second = await ada.join(room), await ben.join(room)
    await first.read()
    fields = {"to": first.sid, "kind": "offer", "data": "sdp", "from": "11" * 16, "sid": "11" * 16}
    second.say("signal", **fields)
    assert await first.read() == Signal(second.sid, "offer", "sdp")


@pytest.mark.parametrize(("size", "good"), [(8191, True), (8192, True), (8193, False)])
async def test_a_description_is_at_most_8192_characters(world: World, size: int, good: bool) -> None:
    first, second = await two(world)
    second.say("signal", to=first.sid, kind="offer", data="x" * size)
    said = await first.read() if good else await second.problem()
    assert isinstance(said, Signal) == good


@pytest.mark.parametrize(("size", "good"), [(1023, True), (1024, True), (1025, False)])
async def test_a_candidate_is_at_most_1024_characters(world: World, size: int, good: bool) -> None:
    first, second = await two(world)
    second.say("signal", to=first.sid, kind="candidate", data="x" * size)
    said = await first.read() if good else await second.problem()
    assert isinstance(said, Signal) == good


@pytest.mark.parametrize(("number", "dropped"), [(63, 0), (64, 0), (65, 1)])
async def test_a_pair_has_64_candidates(make_world: MakeWorld, number: int, dropped: int) -> None:
    world = await make_world(signals_burst=1000)
    first, second = await two(world)
    for _ in range(number):
        second.signal(first.sid, "c", "candidate")
    assert len(await second.echo()) == dropped
    assert len(await first.echo()) == number - dropped


@pytest.mark.parametrize(("number", "dropped"), [(5, 0), (6, 0), (7, 1)])
async def test_a_pair_has_six_offers_a_minute(world: World, number: int, dropped: int) -> None:
    first, second = await two(world)
    for _ in range(number):
        second.signal(first.sid)
    assert len(await second.echo()) == dropped
    assert len(await first.echo()) == number - dropped


@pytest.mark.parametrize(("number", "dropped"), [(59, 0), (60, 0), (61, 1)])
async def test_a_member_hears_sixty_signals_at_once(world: World, number: int, dropped: int) -> None:
    first, second = await two(world)
    for _ in range(number):
        second.signal(first.sid, "sdp", "answer")
    assert len(await second.echo()) == dropped
    assert len(await first.echo()) == number - dropped
    world.moment.go(1)
    for _ in range(20):
        second.signal(first.sid, "sdp", "answer")
    assert await second.echo() == []


@pytest.mark.parametrize(("number", "dropped"), [(39, 0), (40, 0), (41, 1)])
async def test_a_member_hears_forty_blobs_at_once(world: World, number: int, dropped: int) -> None:
    first, second = await two(world)
    for _ in range(number):
        second.relay(first.sid, b"x")
    assert len(await second.echo()) == dropped
    for _ in range(number - dropped):
        await first.blob()


@pytest.mark.parametrize(("size", "code"), [(16_447, None), (16_448, None), (16_449, 4413)])
async def test_a_blob_is_at_most_16448_bytes(world: World, size: int, code: int | None) -> None:
    first, second = await two(world)
    second.send(b"\x01" + bytes.fromhex(first.sid) + bytes(size))
    if code is None:
        assert len((await first.blob())[1]) == size
    else:
        assert await second.closed() == code


@pytest.mark.parametrize(("spare", "dropped"), [(1, 0), (0, 0), (-1, 1)])
async def test_a_socket_relays_so_many_bytes_at_once(make_world: MakeWorld, spare: int, dropped: int) -> None:
    world = await make_world(relay_burst_bytes=20_000)
    first, second = await two(world)
    second.relay(first.sid, bytes(10_000))
    second.relay(first.sid, bytes(10_000 - spare))
    assert len(await second.echo()) == dropped


async def test_a_room_relays_so_many_bytes_and_nobody_is_blamed(make_world: MakeWorld) -> None:
    world = await make_world(room_relay_burst_bytes=20_000)
    first, second = await two(world)
    for _ in range(3):
        second.relay(first.sid, bytes(10_000))
    assert await second.echo() == []
    assert len((await first.blob())[1]) + len((await first.blob())[1]) == 20_000
    assert await first.echo() == []


async def test_a_flood_is_dropped_then_the_flooder_is_thrown_out(make_world: MakeWorld) -> None:
    world = await make_world(forgiven_burst=50)
    first, second = await two(world)
    for second_number in range(3):
        for _ in range(120):
            second.signal(first.sid, "sdp", "answer")
        if second_number < 2:
            assert (await second.problem()).code == "rate.limited"
            await second.echo()
        world.moment.go(1)
    assert await second.refused() == ("rate.limited", 4429)


async def test_who_answers_all_that_a_neighbour_asks_for_is_never_struck(world: World) -> None:
    first, second = await two(world)
    for _ in range(10):
        # Thirty times a minute the neighbour makes it connect anew; the service passes six on.
        for _ in range(3):
            second.signal(first.sid)
            for _ in range(30):
                second.signal(first.sid, "c", "candidate")
        assert {type(said) for said in await second.echo()} <= {Problem}
        first.say("beat")
        world.moment.go(6)
    second.relay(first.sid, b"still here")
    assert await heard_blob(first, b"still here")


async def test_what_a_stuck_network_brings_at_once_is_dropped_and_no_strike(world: World) -> None:
    first, second = await two(world)
    for _ in range(4):
        # Ten seconds of full pace to a member, four times in a minute.
        for _ in range(132):
            second.relay(first.sid, b"x")
        assert {said.code for said in await second.echo() if isinstance(said, Problem)} == {"rate.limited"}
        world.moment.go(15)
        first.say("beat")
    second.relay(first.sid, b"still here")
    assert await heard_blob(first, b"still here")


async def test_who_speaks_to_a_class_that_leaves_is_never_struck(world: World) -> None:
    ada = world.member()
    room = await ada.make()
    line = await ada.join(room)
    for _ in range(4):
        others = [await world.member().join(room) for _ in range(5)]
        for other in others:
            other.say("leave")
            await other.closed()
        await line.echo()
        for other in others:
            for _ in range(20):
                line.relay(other.sid, b"x")
        assert {said.code for said in await line.echo() if isinstance(said, Problem)} == {"peer.unknown"}
        world.moment.go(5)


async def test_a_room_without_relaying_relays_nothing(world: World) -> None:
    first, second = await two(world, flags=HISTORY)
    second.relay(first.sid, b"blob")
    assert (await second.problem()).code == "relay.refused"
    assert await first.echo() == []


async def test_a_slow_reader_is_put_out_after_five_seconds(make_world: MakeWorld) -> None:
    names = ("relays_burst", "relay_burst_bytes", "room_relay_burst_bytes", "controls_burst")
    world = await make_world(outbox_messages=16, **dict.fromkeys(names, 10**9))
    ada, ben, cyd = world.member(), world.member(), world.member()
    room = await ada.make()
    slow, loud, calm = await ada.join(room), await ben.join(room), await cyd.join(room)
    slow.reading.clear()
    slow.socket.transport.pause_reading()
    sockets = [found for found in world.worker.connections if isinstance(found, Connection)]
    connection = next(found for found in sockets if found.sid == slow.sid)
    while len(connection.outbox) < 16:
        loud.relay(slow.sid, bytes(16_000))
        await loud.echo()
    loud.relay(slow.sid, bytes(16_000))
    await loud.echo()
    # The others are not held up meanwhile.
    loud.relay(calm.sid, b"still quick")
    assert await heard_blob(calm, b"still quick")
    world.moment.go(4.9)
    assert connection in world.worker.connections
    world.moment.go(0.2)
    await until(lambda: connection not in world.worker.connections)
    assert connection.outbox.code == 4408
    slow.socket.transport.resume_reading()
    slow.reading.set()


async def heard_blob(line: Line, blob: bytes) -> bool:
    """True once that one has come, whatever comes before it."""
    while not isinstance(said := await line.raw(), bytes) or said[17:] != blob:
        pass
    return True


async def pair(world: World) -> Line:
    """A socket alone in its room."""
    ada = world.member()
    return await ada.join(await ada.make())


async def two(world: World, **genesis: Any) -> tuple[Line, Line]:
    """Two members of one room who know of each other."""
    ada, ben = world.member(), world.member()
    room = await ada.make(**genesis)
    first, second = await ada.join(room), await ben.join(room)
    assert isinstance(await first.read(), PeerJoined)
    return first, second


async def test_renewing_keeps_the_socket_open_past_its_first_token(world: World) -> None:
    line = await pair(world)
    while world.moment.now_s() < START_S + 700:
        for _ in range(2):
            world.moment.go(40)
            assert await line.echo() == []
        line.renew()
        assert await line.echo() == []


@pytest.mark.parametrize(("after_s", "open_still"), [(659, True), (661, False)])
async def test_a_token_that_is_not_renewed_ends_the_socket_a_minute_later(
    make_world: MakeWorld, after_s: int, open_still: bool
) -> None:
    world = await make_world(presence_s=10_000)
    line = await pair(world)
    world.moment.go(after_s)
    if open_still:
        assert await line.echo() == []
    else:
        assert await line.refused() == ("token.invalid", 4401)


async def test_a_renewal_by_somebody_else_ends_the_socket(world: World) -> None:
    line = await pair(world)
    line.renew(line.member.token(sub="11" * 16))
    assert await line.refused() == ("token.invalid", 4401)


async def test_joining_twice_on_one_socket_is_a_strike(world: World) -> None:
    line = await pair(world)
    line.auth(line.room)
    said = await line.read()
    assert not isinstance(said, Joined)
    assert isinstance(said, Problem)
    assert said.code == "message.malformed"
