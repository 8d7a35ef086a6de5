"""Whoever was removed from a room is out on every worker, whatever was under way; and who may come back how."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from signaling import removals
from signaling.store import KEPT, Entry, Outcome
from tests.fakes.redis_server import RedisServer
from tests.signaling.member import Line, Member
from tests.signaling.world import World, until
from widget.wire.socket import Joined, PeerJoined, PeerLeft, Signal

pytestmark = pytest.mark.no_cover

MakeWorld = Callable[..., Awaitable[World]]

DONE = (204, "")
OUT = ("room.removed", 4411)


async def three(world: World, worker: int = 0) -> tuple[Member, Line, Member, Line, Line]:
    """Ada, the host, and Cyd on the first worker, Ben between them on `worker`."""
    ada, ben = world.member("Ada"), world.member("Ben")
    room = await ada.make()
    first = await ada.join(room)
    second = await ben.join(room, worker)
    third = await world.member("Cyd").join(room)
    assert [type(await first.read()) for _ in range(2)] == [PeerJoined, PeerJoined]
    assert isinstance(await second.read(), PeerJoined)
    return ada, first, ben, second, third


async def kept_out(member: Member, room: str, worker: int = 0, sid: str | None = None, resume: str = "") -> bool:
    line = await member.open(worker)
    line.auth(room, sid=sid, resume=resume)
    return await line.refused() == OUT


async def are_connected(world: World, count: int) -> None:
    await until(lambda: sum(len(server.worker.connections) for server in world.servers) == count)


def key(name: str, room: str) -> str:
    return f"cws:{name}:{{{room}}}"


# Who goes


@pytest.mark.parametrize("ban", [True, False])
@pytest.mark.parametrize(("of_ben", "of_the_call"), [(0, 0), (1, 0), (0, 1), (1, 1)])
async def test_who_is_removed_is_told_and_cut_off_wherever_they_are(
    make_world: MakeWorld, of_ben: int, of_the_call: int, ban: bool
) -> None:
    world = await make_world(workers=2)
    ada, first, ben, second, third = await three(world, of_ben)
    assert await ada.remove(first.room, ben, ban, worker=of_the_call) == DONE
    said = await second.problem()
    assert (said.code, said.detail) == ("room.removed", "Ask the host to let you in again.")
    assert await second.raw() == ""
    assert await second.closed() == 4411
    assert await first.read() == PeerLeft(second.sid)
    assert await third.read() == PeerLeft(second.sid)
    roster = await world.worker.store.roster(first.room)
    assert roster is not None
    assert set(roster.members) == {first.sid, third.sid}
    # Those who stay hear each other, and go on in the count of changes.
    first.signal(third.sid)
    assert await third.read() == Signal(first.sid, "offer", "sdp")
    late = await world.member().join(first.room, of_ben)
    assert len(late.joined.members) == 2
    assert [type(await line.read()) for line in (first, third)] == [PeerJoined, PeerJoined]


async def test_every_session_of_the_person_in_this_room_goes_and_no_other(make_world: MakeWorld) -> None:
    world = await make_world(workers=2)
    ada, first, ben, second, _ = await three(world)
    elsewhere = await ben.join(await ada.make())
    phone = await world.member("Ben", sub=ben.sub).join(first.room, 1)
    tab = await ben.join(first.room, 1)
    assert await ada.remove(first.room, ben) == DONE
    assert [await line.refused() for line in (second, phone, tab)] == [OUT, OUT, OUT]
    assert await elsewhere.echo() == []


async def test_who_was_cut_off_is_gone_at_once_and_does_not_resume(world: World) -> None:
    ada, first, ben, second, _ = await three(world)
    await second.cut()
    await are_connected(world, 2)
    assert await ada.remove(first.room, ben) == DONE
    assert await first.read() == PeerLeft(second.sid)
    assert await kept_out(ben, first.room, sid=second.sid, resume=second.joined.resume)


async def test_a_ticket_of_a_session_that_is_on_no_roster_is_void_too(world: World) -> None:
    ada, first, ben, second, _ = await three(world)
    await second.cut()
    await are_connected(world, 2)
    world.moment.go(11)
    assert await first.read() == PeerLeft(second.sid)
    assert await ada.remove(first.room, ben) == DONE
    assert await kept_out(ben, first.room, sid=second.sid, resume=second.joined.resume)


async def test_only_the_tickets_of_the_removed_are_void(make_world: MakeWorld) -> None:
    world = await make_world(joins_per_user_hour=1)
    ada, first, ben, second, third = await three(world)
    await third.cut()
    await are_connected(world, 2)
    assert await ada.remove(first.room, ben) == DONE
    assert await second.refused() == OUT
    await third.member.join(first.room, sid=third.sid, resume=third.joined.resume)
    sight = await world.worker.store.look(second.room, second.sid, "0" * 32)
    assert sight is not None
    assert await world.stores[0].command("HEXISTS", key("tickets", first.room), second.sid) == 0


# Who comes back


@pytest.mark.parametrize("workers", [1, 2])
async def test_without_a_ban_the_person_comes_in_as_somebody_new_and_not_as_before(
    make_world: MakeWorld, workers: int
) -> None:
    world = await make_world(workers=workers)
    ada, first, ben, second, _ = await three(world)
    assert await ada.remove(first.room, ben) == DONE
    assert await second.refused() == OUT
    for resume in ("", second.joined.resume):
        assert await kept_out(ben, first.room, workers - 1, second.sid, resume)
    again = await ben.join(first.room, workers - 1)
    assert len(again.joined.members) == 2
    assert await again.echo() == []


async def test_who_is_banned_does_not_come_in_by_any_device_until_let_back_in(make_world: MakeWorld) -> None:
    world = await make_world(workers=2)
    ada, first, ben, second, _ = await three(world)
    assert await ada.remove(first.room, ben, ban=True) == DONE
    assert await second.refused() == OUT
    phone = world.member("Ben", sub=ben.sub)
    for person, worker in ((ben, 0), (ben, 1), (phone, 0), (phone, 1)):
        assert await kept_out(person, first.room, worker)
    assert await ada.remove(first.room, ben, lift=True, worker=1) == DONE
    assert await kept_out(ben, first.room, sid=second.sid, resume=second.joined.resume)
    await ben.join(first.room)
    await phone.join(first.room, 1)


async def test_who_never_was_there_is_banned_as_well_and_nobody_else(world: World) -> None:
    ada, first, _, _, _ = await three(world)
    eve = world.member("Eve")
    other = await ada.make()
    assert await ada.remove(first.room, eve, ban=True) == DONE
    assert await ada.remove(first.room, eve, ban=True) == DONE
    assert await kept_out(eve, first.room)
    await eve.join(other)
    await world.member("Eve").join(first.room)


async def test_a_removal_without_a_ban_lifts_none(world: World) -> None:
    ada, first, ben, _, _ = await three(world)
    for ban in (True, False):
        assert await ada.remove(first.room, ben, ban) == DONE
    assert await kept_out(ben, first.room)


async def test_letting_in_who_was_never_out_changes_nothing(world: World) -> None:
    ada, first, ben, second, _ = await three(world)
    assert await ada.remove(first.room, ben, lift=True) == DONE
    assert await second.echo() == []
    assert await first.echo() == []


async def test_the_id_of_an_ended_session_is_closed_to_its_person_alone(world: World) -> None:
    """Else somebody could get hold of another's id, be removed, and lock them out with it."""
    ada, first, ben, second, _ = await three(world)
    assert await ada.remove(first.room, ben) == DONE
    assert await second.refused() == OUT
    await world.member("Eve").join(first.room, sid=second.sid)


# At the same time


def slip_in(world: World, before: bool, between: Callable[[], Awaitable[Any]]) -> None:
    """Do `between` right before or right after the next atomic step of coming in on the second worker."""
    store = world.servers[1].worker.store
    join = store.join

    async def joining(room_id: str, entry: Entry) -> Outcome:
        store.join = join  # type: ignore[method-assign]
        if before:
            await between()
        outcome = await join(room_id, entry)
        if not before:
            await between()
        return outcome

    store.join = joining  # type: ignore[method-assign]


@pytest.mark.parametrize("resumes", [True, False])
async def test_a_ban_just_before_somebody_is_in_keeps_them_out(make_world: MakeWorld, resumes: bool) -> None:
    world = await make_world(workers=2)
    ada, first, ben, second, _ = await three(world)
    slip_in(world, True, lambda: ada.remove(first.room, ben, ban=True))
    sid, resume = (second.sid, second.joined.resume) if resumes else (None, "")
    assert await kept_out(ben, first.room, 1, sid, resume)


async def test_a_removal_just_before_somebody_resumes_keeps_them_out(make_world: MakeWorld) -> None:
    world = await make_world(workers=2)
    ada, first, ben, second, _ = await three(world)
    slip_in(world, True, lambda: ada.remove(first.room, ben))
    assert await kept_out(ben, first.room, 1, second.sid, second.joined.resume)


@pytest.mark.parametrize("ban", [True, False])
async def test_a_removal_just_after_somebody_is_in_puts_them_out(make_world: MakeWorld, ban: bool) -> None:
    world = await make_world(workers=2)
    ada, first, _, _, _ = await three(world)
    eve = world.member("Eve")
    hub = world.servers[1].worker.hub

    async def remove_and_be_heard() -> None:
        assert await ada.remove(first.room, eve, ban) == DONE
        (seat,) = hub.rooms[first.room].seats.values()
        await until(lambda: any(getattr(change, "removed", "") == eve.sub for change in seat.waiting))

    slip_in(world, False, remove_and_be_heard)
    line = await eve.open(1)
    line.auth(first.room)
    assert isinstance(await line.read(), Joined)
    assert await line.refused() == OUT
    assert [type(await first.read()) for _ in range(2)] == [PeerJoined, PeerLeft]


async def test_who_comes_in_after_a_removal_is_not_put_out_by_its_late_news(make_world: MakeWorld) -> None:
    world = await make_world(workers=2)
    ada, first, ben, second, _ = await three(world)
    hub = world.servers[1].worker.hub
    heard, late = hub.heard, list[tuple[str, bytes]]()
    hub.heard = lambda room_id, data: late.append((room_id, data))  # type: ignore[method-assign]
    await world.member("Dee").join(first.room, 1)  # so that this worker listens to the room
    assert await ada.remove(first.room, ben) == DONE
    assert await second.refused() == OUT
    again = await ben.join(first.room, 1)
    await until(lambda: len(late) >= 4)
    hub.heard = heard  # type: ignore[method-assign]
    for news in late:
        hub.heard(*news)
    assert await again.echo() == []


async def test_nobody_slips_in_while_they_are_banned(make_world: MakeWorld) -> None:
    world = await make_world(workers=2, sockets_per_user=100)
    ada, first, ben, _, _ = await three(world)
    lines = [await ben.open(number % 2) for number in range(12)]

    async def enter(line: Line, after: int) -> None:
        for _ in range(after):
            await asyncio.sleep(0)
        line.auth(first.room)

    work = [enter(line, number * 8) for number, line in enumerate(lines)]
    await asyncio.gather(*work[:6], ada.remove(first.room, ben, ban=True), *work[6:])
    assert [await line.refused() for line in lines] == [OUT] * len(lines)
    roster = await world.worker.store.roster(first.room)
    assert roster is not None
    assert ben.sub not in {member.sub for member in roster.members.values()}


@pytest.mark.parametrize("ban", [True, False])
async def test_a_worker_that_missed_the_news_finds_out_at_the_next_beat(make_world: MakeWorld, ban: bool) -> None:
    world = await make_world(workers=2)
    ada, first, ben, second, _ = await three(world, 1)
    world.servers[1].worker.hub.heard = lambda room_id, data: None  # type: ignore[method-assign]
    assert await ada.remove(first.room, ben, ban) == DONE
    assert await first.read() == PeerLeft(second.sid)
    second.say("beat")
    assert await second.refused() == OUT


@pytest.mark.parametrize("ban", [True, False])
async def test_a_worker_that_looks_at_the_roster_before_the_news_is_there_finds_out_by_it(
    make_world: MakeWorld, ban: bool
) -> None:
    world = await make_world(workers=2)
    ada, first, ben, second, _ = await three(world, 1)
    hub = world.servers[1].worker.hub
    heard, late = hub.heard, list[tuple[str, bytes]]()
    hub.heard = lambda room_id, data: late.append((room_id, data))  # type: ignore[method-assign]
    assert await ada.remove(first.room, ben, ban) == DONE
    await until(lambda: len(late) == 2)
    hub.rooms[first.room].stale = True
    await until(lambda: not any(room.stale for room in hub.rooms.values()))
    for news in late:
        heard(*news)
    assert await second.refused() == OUT


async def test_news_of_a_removal_counts_though_others_before_it_were_missed(make_world: MakeWorld) -> None:
    world = await make_world(workers=2)
    ada, first, ben, second, _ = await three(world, 1)
    hub = world.servers[1].worker.hub
    heard, deaf = hub.heard, list[bytes]()
    hub.heard = lambda room_id, data: deaf.append(data)  # type: ignore[method-assign]
    await world.member("Dee").join(first.room)
    await until(lambda: len(deaf) == 1)
    hub.heard = heard  # type: ignore[method-assign]
    assert await ada.remove(first.room, ben) == DONE
    assert await second.refused() == OUT


# The store


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
