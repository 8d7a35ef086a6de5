"""Members find each other, speak through the server, and part."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import pytest

from signaling.store import Entry, Outcome
from tests.signaling.member import PATIENCE_S
from tests.signaling.world import World, until
from widget.wire.relayed import read_relay
from widget.wire.server_text import read_server
from widget.wire.socket import Beat, PeerJoined, PeerLeft, Signal

pytestmark = pytest.mark.no_cover

MakeWorld = Callable[..., Awaitable[World]]


@pytest.fixture(params=[1, 2], ids=["one worker", "two workers"])
async def world(request: pytest.FixtureRequest, make_world: MakeWorld) -> World:
    return await make_world(workers=request.param)


def away(world: World) -> int:
    """The worker that is not the first, if there is one."""
    return len(world.servers) - 1


async def test_two_members_find_each_other(world: World) -> None:
    ada, ben = world.member("Ada"), world.member("Ben")
    room = await ada.make("Tea")
    first = await ada.join(room)
    assert first.joined.members == []
    assert (first.joined.room.name, first.joined.room.members, first.joined.room.host_sub) == ("Tea", 1, ada.sub)
    second = await ben.join(room, away(world))
    assert [(member.sid, member.sub, member.name) for member in second.joined.members] == [(first.sid, ada.sub, "Ada")]
    said = await first.read()
    assert isinstance(said, PeerJoined)
    assert (said.member.sid, said.member.sub, said.member.name) == (second.sid, ben.sub, "Ben")


async def test_a_signal_reaches_its_member_stamped_with_its_sender(world: World) -> None:
    ada, ben = world.member(), world.member()
    room = await ada.make()
    first, second = await ada.join(room), await ben.join(room, away(world))
    second.signal(first.sid, "v=0 offer")
    assert isinstance(await first.read(), PeerJoined)
    assert await first.read() == Signal(second.sid, "offer", "v=0 offer")
    first.signal(second.sid, "v=0 answer", "answer")
    assert await second.read() == Signal(first.sid, "answer", "v=0 answer")


async def test_a_blob_is_relayed_as_it_is(world: World) -> None:
    ada, ben = world.member(), world.member()
    room = await ada.make()
    first, second = await ada.join(room), await ben.join(room, away(world))
    blob = bytes(range(256)) * 64
    second.relay(first.sid, blob)
    assert isinstance(await first.read(), PeerJoined)
    assert await first.blob() == (second.sid, blob)


async def test_what_is_said_to_a_newcomer_before_its_roster_reaches_it_after_it(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    ada, ben = world.member(), world.member()
    room = await ada.make()
    first = await ada.join(room)
    seated, go_on = asyncio.Event(), asyncio.Event()
    store = world.worker.store
    join = store.join

    async def slow_join(room_id: str, entry: Entry) -> Outcome:
        outcome = await join(room_id, entry)
        seated.set()
        await go_on.wait()
        return outcome

    monkeypatch.setattr(store, "join", slow_join)
    newcomer = asyncio.create_task(ben.join(room))
    await asyncio.wait_for(seated.wait(), PATIENCE_S)
    said = await first.read()
    assert isinstance(said, PeerJoined)
    # From the newcomer's own worker and, if there is one, from another.
    third = await world.member().join(room, away(world)) if len(world.servers) > 1 else first
    first.relay(said.member.sid, b"\xc2 hello")
    first.signal(said.member.sid, "v=0")
    await first.echo()
    third.relay(said.member.sid, b"\xc2 third")
    await third.echo()
    first.relay(said.member.sid, b"\xc2 last")
    await first.echo()
    go_on.set()
    second = await newcomer
    heard = [await second.raw() for _ in range(4 if third is first else 5)]
    told = [read_relay(data)[1] if isinstance(data, bytes) else read_server(data) for data in heard]
    from_first = [item for item in told if item in (b"\xc2 hello", Signal(first.sid, "offer", "v=0"), b"\xc2 last")]
    assert from_first == [b"\xc2 hello", Signal(first.sid, "offer", "v=0"), b"\xc2 last"]
    assert told.count(b"\xc2 third") == 1
    assert await second.echo() == []


async def test_a_thief_of_a_session_id_gets_nothing_and_keeps_nothing_from_its_owner(
    make_world: MakeWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = await make_world(workers=2)
    ada, ben, eve = world.member(), world.member(), world.member()
    room = await ada.make()
    first, second = await ada.join(room), await ben.join(room, 1)
    assert isinstance(await first.read(), PeerJoined)
    asked, go_on = asyncio.Event(), asyncio.Event()
    join = world.worker.store.join

    async def slow_join(room_id: str, entry: Entry) -> Outcome:
        asked.set()
        await go_on.wait()
        return await join(room_id, entry)

    monkeypatch.setattr(world.worker.store, "join", slow_join)
    thief = await eve.open()
    thief.auth(room, sid=second.sid)
    await asyncio.wait_for(asked.wait(), PATIENCE_S)
    first.relay(second.sid, b"\xc2 for Ben")
    assert await second.blob() == (first.sid, b"\xc2 for Ben")
    go_on.set()
    assert (await thief.problem()).code == "proof.invalid"
    assert await thief.raw() == ""


async def test_only_the_named_member_hears(world: World) -> None:
    ada, ben, eve = world.member(), world.member(), world.member()
    room = await ada.make()
    first, second, third = await ada.join(room), await ben.join(room, away(world)), await eve.join(room)
    await second.echo()
    first.signal(second.sid, "for ben")
    assert await second.read() == Signal(first.sid, "offer", "for ben")
    assert await third.echo() == []


async def test_leaving_is_told_at_once(world: World) -> None:
    ada, ben = world.member(), world.member()
    room = await ada.make()
    first, second = await ada.join(room), await ben.join(room, away(world))
    second.say("leave")
    assert await second.closed() == 1000
    assert isinstance(await first.read(), PeerJoined)
    assert await first.read() == PeerLeft(second.sid)


async def test_a_beat_is_answered(world: World) -> None:
    ada = world.member()
    line = await ada.join(await ada.make())
    line.say("beat")
    assert await line.read() == Beat()


async def test_rosters_agree_however_many_come_at_once(world: World) -> None:
    ada = world.member()
    room = await ada.make()
    lines = [await ada.join(room)]
    import asyncio

    more = await asyncio.gather(*[world.member(f"m{i}").join(room, i % len(world.servers)) for i in range(10)])
    lines += more
    everyone = {line.sid for line in lines}
    for line in lines:
        known = {member.sid for member in line.joined.members} | {line.sid}
        while known != everyone:
            said = await line.read()
            assert isinstance(said, PeerJoined)
            assert said.member.sid not in known
            known.add(said.member.sid)


async def test_an_empty_room_ends_after_a_minute(world: World) -> None:
    ada = world.member()
    room = await ada.make()
    line = await ada.join(room)
    line.say("leave")
    await line.closed()
    # The store hears of it after the one who leaves.
    await until(lambda: all(len(server.worker.connections) == 0 for server in world.servers))
    world.moment.go(59)
    assert (await world.get(f"/rooms/{room}")).status_code == 200
    world.moment.go(2)
    assert (await world.get(f"/rooms/{room}")).status_code == 404


async def test_a_worker_stops_listening_to_a_room_it_has_left(world: World) -> None:
    ada = world.member()
    line = await ada.join(await ada.make())
    assert list(world.worker.hub.rooms) == [line.room]
    line.say("leave")
    await until(lambda: world.worker.hub.rooms == {} and len(world.worker.connections) == 0)


async def test_without_redis_one_worker_serves_alone(make_world: MakeWorld) -> None:
    world = await make_world(redis_url=None)
    ada, ben = world.member("Ada"), world.member("Ben")
    room = await ada.make("Tea")
    first, second = await ada.join(room), await ben.join(room)
    assert isinstance(await first.read(), PeerJoined)
    second.signal(first.sid)
    assert await first.read() == Signal(second.sid, "offer", "sdp")
    second.relay(first.sid, b"blob")
    assert await first.blob() == (second.sid, b"blob")
    assert len((await world.get("/rooms")).json()["rooms"]) == 1
    await second.cut()
    await until(lambda: len(world.worker.connections) == 1)
    world.moment.go(5)
    back = await ben.join(room, sid=second.sid, resume=second.joined.resume)
    assert await first.echo() == []
    back.say("leave")
    assert await first.read() == PeerLeft(second.sid)
