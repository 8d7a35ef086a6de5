"""Sockets are cut, workers and Redis go away, people sign out: who is still in the room afterwards."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import pytest

from auth.revocations import Revoked, announce
from auth.store.shared import StoreDown
from tests.fakes.moment import START_S
from tests.fakes.redis_server import RedisServer
from tests.signaling.member import Line, Member
from tests.signaling.world import World, until
from widget.wire.socket import Joined, PeerJoined, PeerLeft, Signal

MakeWorld = Callable[..., Awaitable[World]]


async def two(world: World, worker: int = 0) -> tuple[Member, Line, Member, Line]:
    ada, ben = world.member("Ada"), world.member("Ben")
    room = await ada.make()
    first = await ada.join(room)
    second = await ben.join(room, worker)
    assert isinstance(await first.read(), PeerJoined)
    return ada, first, ben, second


async def gone(world: World, count: int) -> None:
    await until(lambda: sum(len(server.worker.connections) for server in world.servers) == count)


async def test_a_quick_return_is_not_noticed_by_the_others(make_world: MakeWorld) -> None:
    world = await make_world(workers=2)
    _, first, ben, second = await two(world)
    await second.cut()
    await gone(world, 1)
    world.moment.go(9)
    back = await ben.join(second.room, 1, sid=second.sid, resume=second.joined.resume)
    assert await first.echo() == []
    first.signal(back.sid)
    assert await back.read() == Signal(first.sid, "offer", "sdp")
    back.signal(first.sid, "again")
    assert await first.read() == Signal(back.sid, "offer", "again")


@pytest.mark.parametrize(("after_s", "told"), [(9.9, False), (10.1, True)])
async def test_a_cut_socket_is_reported_after_ten_seconds(world: World, after_s: float, told: bool) -> None:
    _, first, _, second = await two(world)
    await second.cut()
    await gone(world, 1)
    world.moment.go(after_s)
    if told:
        assert await first.read() == PeerLeft(second.sid)
    else:
        await world.worker.store.sweep()
        assert await first.echo() == []


async def test_a_late_return_keeps_the_session_and_costs_no_join(make_world: MakeWorld) -> None:
    world = await make_world(joins_per_user_hour=1)
    _, first, ben, second = await two(world)
    await second.cut()
    await gone(world, 1)
    world.moment.go(11)
    assert await first.read() == PeerLeft(second.sid)
    world.moment.go(30)
    await first.echo()
    world.moment.go(18)
    back = await ben.join(second.room, sid=second.sid, resume=second.joined.resume)
    said = await first.read()
    assert isinstance(said, PeerJoined)
    assert (said.member.sid, said.member.joined_ms) == (second.sid, START_S * 1000)
    assert [member.sid for member in back.joined.members] == [first.sid]


@pytest.mark.parametrize(("after_s", "good"), [(59, True), (61, False)])
async def test_a_ticket_lasts_sixty_seconds(make_world: MakeWorld, after_s: int, good: bool) -> None:
    world = await make_world(joins_per_user_hour=1)
    _, _, ben, second = await two(world)
    await second.cut()
    await gone(world, 1)
    world.moment.go(after_s)
    line = await ben.open()
    line.auth(second.room, sid=second.sid, resume=second.joined.resume)
    if good:
        assert isinstance(await line.read(), Joined)
    else:
        assert await line.refused() == ("rate.limited", 4429)


async def test_a_ticket_works_once_and_only_for_its_device(make_world: MakeWorld) -> None:
    world = await make_world(joins_per_user_hour=1)
    _, _, ben, second = await two(world)
    await second.cut()
    await gone(world, 1)
    eve = await world.member().open()
    eve.auth(second.room, sid=second.sid, resume=second.joined.resume)
    assert await eve.refused() == ("proof.invalid", 4401)
    back = await ben.join(second.room, sid=second.sid, resume=second.joined.resume)
    await back.cut()
    again = await ben.open()
    again.auth(second.room, sid=second.sid, resume=second.joined.resume)
    assert await again.refused() == ("rate.limited", 4429)


@pytest.mark.parametrize("workers", [1, 2])
async def test_a_second_socket_of_a_session_replaces_the_first(make_world: MakeWorld, workers: int) -> None:
    world = await make_world(workers=workers)
    _, first, ben, second = await two(world)
    newer = await ben.join(second.room, workers - 1, sid=second.sid)
    assert await second.closed() == 4410
    await gone(world, 2)
    assert await first.echo() == []
    first.signal(newer.sid)
    assert await newer.read() == Signal(first.sid, "offer", "sdp")
    roster = await world.worker.store.roster(second.room)
    assert roster is not None
    assert set(roster.members) == {first.sid, newer.sid}


@pytest.mark.parametrize(("silent_s", "closed"), [(45, False), (46, True)])
async def test_a_silent_member_is_gone_after_45_seconds(world: World, silent_s: int, closed: bool) -> None:
    _, first, _, second = await two(world)
    world.moment.go(30)
    await first.echo()
    world.moment.go(silent_s - 30)
    if closed:
        assert await second.closed() == 4408
        assert await first.read() == PeerLeft(second.sid)
    else:
        assert await second.echo() == []


async def test_what_a_dead_worker_leaves_behind_ends_by_itself(make_world: MakeWorld) -> None:
    world = await make_world(workers=2)
    _, first, _, second = await two(world, 1)
    dead = world.servers[1].worker
    # As a crash does it: the loops stop, the store is told nothing.
    dead.store.cut = dead.store.leave = _nothing  # type: ignore[method-assign, assignment]
    await second.cut()
    world.moment.go(30)
    await first.echo()
    world.moment.go(16)
    assert await first.read() == PeerLeft(second.sid)


async def _nothing(*_: object) -> bool:
    return True


async def test_signing_out_closes_the_sockets_of_that_device(make_world: MakeWorld) -> None:
    world = await make_world(workers=2)
    _, first, ben, second = await two(world, 1)
    world.moment.go(5)
    await announce(world.stores[0], Revoked(ben.sub, ben.jkt.hex(), int(world.moment.now_s())))
    assert await second.refused() == ("token.invalid", 4403)
    assert await first.read() == PeerLeft(second.sid)
    again = await ben.open()
    again.auth(second.room, token=ben.token(iat=START_S))
    assert await again.refused() == ("token.invalid", 4403)
    await ben.join(second.room)
    answer = await ben.post({}, {"authorization": f"DPoP {ben.token(iat=START_S)}"})
    assert (answer.status_code, answer.json()["code"]) == (401, "token.invalid")


async def test_without_redis_members_of_one_worker_still_hear_each_other(
    make_world: MakeWorld, redis_server: RedisServer
) -> None:
    world = await make_world(workers=2)
    ada, first, _, second = await two(world)
    third = await world.member().join(first.room, 1)
    await first.echo()
    redis_server.stop()
    try:
        first.signal(second.sid, "still here")
        assert isinstance(await second.read(), PeerJoined)
        assert await second.read() == Signal(first.sid, "offer", "still here")
        first.relay(second.sid, b"blob")
        assert await second.blob() == (first.sid, b"blob")
        first.relay(third.sid, b"blob")
        assert (await first.problem()).code == "backend.down"
        late = await world.member().open()
        late.auth(first.room)
        assert await late.refused() == ("backend.down", 4503)
        answers = [await ada.post({"genesis": ada.genesis().hex(), "name": ""}), await world.get("/rooms")]
        answers += [await world.get(f"/rooms/{first.room}"), await world.get("/health")]
        assert [answer.status_code for answer in answers] == [503, 503, 503, 503]
        assert 1 <= int(answers[0].headers["retry-after"]) <= 10
    finally:
        redis_server.start()


async def rebuilt(world: World, room: str, sids: set[str]) -> bool:
    """Whether the store knows these members, if it answers at all."""
    try:
        roster = await world.worker.store.roster(room)
    except StoreDown:
        return False
    return roster is not None and set(roster.members) == sids


async def test_an_empty_redis_is_told_again_who_is_there(make_world: MakeWorld, redis_server: RedisServer) -> None:
    world = await make_world(workers=2)
    ada, first, _, second = await two(world, 1)
    redis_server.stop()
    world.moment.go(1)
    redis_server.start()
    await until(lambda: rebuilt(world, first.room, {first.sid, second.sid}))
    # Nobody was reported missing or new, and both ways work.
    assert await first.echo() == []
    assert await second.echo() == []
    first.signal(second.sid)
    assert await second.read() == Signal(first.sid, "offer", "sdp")
    third = await ada.join(first.room)
    assert {member.sid for member in third.joined.members} == {first.sid, second.sid}
    assert isinstance(await first.read(), PeerJoined)
    assert isinstance(await second.read(), PeerJoined)


async def test_whoever_did_not_come_back_with_redis_is_reported_in_the_end(
    make_world: MakeWorld, redis_server: RedisServer
) -> None:
    world = await make_world(workers=2)
    _, first, _, second = await two(world, 1)
    redis_server.stop()
    dead = world.servers[1].worker
    await dead.stop()
    world.moment.go(1)
    redis_server.start()
    await until(lambda: rebuilt(world, first.room, {first.sid}))
    assert await first.echo() == []
    world.moment.go(11)
    assert await first.read() == PeerLeft(second.sid)


async def test_a_missed_change_is_noticed_at_the_next_beat(make_world: MakeWorld) -> None:
    world = await make_world(workers=2)
    _, first, _, second = await two(world)
    world.worker.hub.heard = lambda room_id, data: None  # type: ignore[method-assign]
    third = await world.member().join(first.room, 1)
    first.say("beat")
    heard = [await first.read(), await first.read()]
    assert [said.member.sid for said in heard if isinstance(said, PeerJoined)] == [third.sid]
    assert await second.echo() != []


async def test_a_room_ends_a_day_after_it_was_made(make_world: MakeWorld) -> None:
    world = await make_world(presence_s=10**6, renew_grace_s=10**6)
    _, first, _, second = await two(world)
    for _ in range(47):
        world.moment.go(1800)
        await first.echo()
        second.say("beat")
    world.moment.go(1900)
    first.say("beat")
    assert await first.refused() == ("room.unknown", 4404)


async def test_a_room_whose_day_is_over_is_not_put_back_into_a_store_that_lost_it(make_world: MakeWorld) -> None:
    world = await make_world(presence_s=10**6, renew_grace_s=10**6)
    _, first, _, _ = await two(world)
    for key in await world.stores[0].command("KEYS", "cws:*"):
        await world.stores[0].command("DEL", key)
    world.moment.go(86_401)
    first.say("beat")
    assert await first.refused() == ("room.unknown", 4404)
    assert await world.stores[0].command("KEYS", "cws:rooms:*") == []


async def test_an_idle_room_slides_to_an_hour_after_its_last_sign_of_life(make_world: MakeWorld) -> None:
    world = await make_world(presence_s=10**6, renew_grace_s=10**6)
    ada = world.member()
    line = await ada.join(await ada.make())
    world.moment.go(3000)
    await line.echo()
    world.moment.go(3599)
    assert (await world.get(f"/rooms/{line.room}")).status_code == 200
    world.moment.go(2)
    assert (await world.get(f"/rooms/{line.room}")).status_code == 404
