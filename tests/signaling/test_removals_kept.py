"""What the store keeps of removals, for how long, and what is left of them when it is lost."""

from __future__ import annotations

import pytest

from signaling import removals
from signaling.store import KEPT
from tests.fakes.redis_server import RedisServer
from tests.signaling.member import Line
from tests.signaling.removing import DONE, OUT, MakeWorld, kept_out, key, three
from tests.signaling.world import World, until
from widget.wire.socket import PeerLeft

pytestmark = pytest.mark.no_cover


async def test_a_store_that_was_lost_still_reaches_sockets_that_it_does_not_know(
    make_world: MakeWorld, redis_server: RedisServer
) -> None:
    world = await make_world(workers=2)
    ada, first, ben, second, _ = await three(world, 1)
    redis_server.clear()
    world.moment.go(1)  # a room that is made again counts on from its time
    first.say("beat")
    await until(lambda: _is_there(world, first))
    assert await ada.remove(first.room, ben) == DONE
    assert await second.refused() == OUT


async def test_who_asks_for_the_roster_before_it_hears_of_a_removal_is_put_out_all_the_same(
    make_world: MakeWorld, redis_server: RedisServer
) -> None:
    world = await make_world(workers=2)
    ada, first, ben, second, _ = await three(world, 1)
    hub = world.servers[1].worker.hub
    heard, late = hub.heard, list[tuple[str, bytes]]()
    hub.heard = lambda room_id, data: late.append((room_id, data))  # type: ignore[method-assign]
    redis_server.clear()
    world.moment.go(1)
    first.say("beat")
    await until(lambda: _is_there(world, first))
    assert await ada.remove(first.room, ben) == DONE
    await until(lambda: any(b'"!"' in data for _, data in late))
    hub.rooms[first.room].stale = True
    await until(lambda: _is_there(world, second))  # the roster did not have it, so it has said that it is here
    hub.heard = heard  # type: ignore[method-assign]
    for room_id, data in late:
        heard(room_id, data)
    assert await second.refused() == OUT


async def _is_there(world: World, line: Line) -> bool:
    roster = await world.worker.store.roster(line.room)
    return roster is not None and line.sid in roster.members


async def test_a_room_that_the_store_had_lost_has_neither_bans_nor_moderators(
    world: World, redis_server: RedisServer
) -> None:
    ada, first, ben, second, third = await three(world)
    assert await ada.remove(first.room, ben, ban=True) == DONE
    assert await second.refused() == OUT
    assert await ada.appoint(first.room, third.member) == DONE
    redis_server.clear()
    first.say("beat")
    await until(lambda: _is_there(world, first))
    await ben.join(first.room)
    assert await third.member.remove(first.room, ben) == (403, "room.power")


async def test_a_room_that_is_made_again_has_neither_bans_nor_moderators(world: World) -> None:
    ada, ben, cyd = world.member(), world.member(), world.member()
    asked = {"genesis": ada.genesis().hex(), "name": ""}
    room = str((await ada.post(asked)).json()["id"])
    assert await ada.remove(room, ben, ban=True) == DONE
    assert await ada.appoint(room, cyd) == DONE
    world.moment.go(61)
    assert (await ada.post(asked)).status_code == 201
    await ben.join(room)
    assert await cyd.remove(room, ben) == (403, "room.power")


async def test_what_was_decided_lives_as_long_as_the_room(world: World) -> None:
    ada, first, ben, second, third = await three(world)
    idle_ms = world.settings.limits.room_idle_s * 1000

    async def live_with_it(*names: str) -> bool:
        lives = [int(await world.stores[0].command("PTTL", key(name, first.room))) for name in names]
        return all(idle_ms - 60_000 < ms <= idle_ms for ms in lives)

    assert await ada.remove(first.room, ben, ban=True) == DONE
    assert await live_with_it("room", "bans", "ended")
    assert await ada.appoint(first.room, third.member) == DONE
    assert await live_with_it(*KEPT)
    for name in KEPT:
        await world.stores[0].command("PEXPIRE", key(name, first.room), 1000)
    assert await first.echo() == [PeerLeft(second.sid)]
    assert await live_with_it(*KEPT)
    assert len(await world.stores[0].command("KEYS", f"cws:*{first.room}*")) == len(KEPT)


async def test_a_sweep_erases_what_was_decided_in_a_room_that_is_over(world: World) -> None:
    ada, ben = world.member(), world.member()
    room = await ada.make()
    assert await ada.remove(room, ben, ban=True) == DONE
    assert await ada.appoint(room, ben) == DONE
    world.moment.go(61)

    async def is_erased() -> bool:
        return len(await world.stores[0].command("KEYS", f"cws:*{room}*")) == 0

    await until(is_erased)


async def test_decisions_do_not_keep_an_empty_room(world: World) -> None:
    ada, ben = world.member(), world.member()
    room = await ada.make()
    for ban, lift in ((True, False), (False, False), (False, True)):
        world.moment.go(15)
        assert await ada.remove(room, ben, ban, lift) == DONE
        assert await ada.appoint(room, ben) == DONE
    world.moment.go(16)
    assert (await world.get(f"/rooms/{room}")).status_code == 404


async def test_a_room_that_a_removal_empties_ends_like_one_that_all_have_left(world: World) -> None:
    ada, ben = world.member(), world.member()
    line = await ben.join(await ada.make())
    assert await ada.remove(line.room, ben) == DONE
    assert await line.refused() == OUT
    world.moment.go(59)
    assert (await world.get(f"/rooms/{line.room}")).status_code == 200
    world.moment.go(2)
    assert (await world.get(f"/rooms/{line.room}")).status_code == 404


async def test_of_ended_sessions_the_oldest_are_forgotten(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(removals, "ENDED_KEPT", 2)
    ada = world.member()
    room = await ada.make()
    await ada.join(room)
    lines = []
    for _ in range(3):
        world.moment.go(1)
        lines.append(await world.member().join(room))
        assert await ada.remove(room, lines[-1].member) == DONE
        assert await lines[-1].refused() == OUT
    kept = await world.stores[0].command("ZRANGE", key("ended", room), 0, -1)
    assert kept == [f"{line.sid} {line.member.sub}" for line in lines[1:]]


async def test_the_embedded_store_removes_as_well(make_world: MakeWorld) -> None:
    world = await make_world(redis_url=None)
    ada, first, ben, second, third = await three(world)
    assert await ada.appoint(first.room, third.member) == DONE
    assert await third.member.remove(first.room, ben, ban=True) == DONE
    assert await second.refused() == OUT
    assert await first.read() == PeerLeft(second.sid)
    assert await kept_out(ben, first.room)
    assert await third.member.remove(first.room, ben, lift=True) == DONE
    assert await kept_out(ben, first.room, sid=second.sid)
    await ben.join(first.room)


async def test_nobody_who_is_removed_is_named_in_the_log_or_the_counters(world: World) -> None:
    ada, first, ben, second, third = await three(world)
    assert await ada.appoint(first.room, third.member) == DONE
    assert await third.member.remove(first.room, ben, ban=True) == DONE
    assert await second.refused() == OUT
    assert await third.member.remove(first.room, ada) == (403, "room.power")
    text = (await world.get("/metrics", origin="")).text
    assert 'route="/rooms/{id}/removals",status="204"' in text
    assert 'route="/rooms/{id}/moderators",status="204"' in text
    assert 'signaling_closes_total{code="4411"} 1.0' in text
    for secret in (ada.sub, ben.sub, third.member.sub, first.room, second.sid, "Ben"):
        assert secret not in text
        assert secret not in world.log.getvalue()
