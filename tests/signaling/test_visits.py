"""A look into a room by who has not signed in: which member is asked, whose answer counts, and how often one may."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from signaling.looks import MEMBERS_ASKED
from signaling.pace import Pace
from tests.fakes.redis_server import RedisServer
from tests.signaling.member import ORIGIN, Line
from tests.signaling.world import OTHER_ORIGIN, World
from widget.wire.genesis import HISTORY, PREVIEW, PRIVATE, RELAY
from widget.wire.showing import MAX_ANSWER_BYTES, write_show
from widget.wire.socket import Visit

MakeWorld = Callable[..., Awaitable[World]]
KEY = "04" * 65
OPEN = PREVIEW + RELAY
ROOMY = {"visits_per_visitor_min": 10**6, "visits_per_ip_min": 10**6, "visits_per_room_min": 10**6}


async def visit(
    world: World, room: str, key: str = KEY, worker: int = 0, origin: str = ORIGIN, address: str = "", body: Any = None
) -> Any:
    headers = {"origin": origin} | ({} if address == "" else {"x-forwarded-for": address})
    given = {"key": key} if body is None else body
    return await world.servers[worker].http.post(f"/rooms/{room}/visits", json=given, headers=headers, timeout=30)


async def code(answer: Awaitable[Any]) -> str:
    given = await answer
    return "" if given.status_code == 200 else str(given.json()["code"])


async def asked(line: Line) -> Visit:
    """What the member is asked; who comes and goes before is passed over."""
    while True:
        said = await line.read()
        if isinstance(said, Visit):
            return said


@pytest.fixture
async def roomy(make_world: MakeWorld) -> World:
    return await make_world(**ROOMY)


async def test_what_a_member_shows_goes_to_the_visitor_unread(roomy: World) -> None:
    ada = roomy.member()
    line = await ada.join(room := await ada.make(flags=OPEN))
    looking = asyncio.create_task(visit(roomy, room))
    wanted = await asked(line)
    shown = secrets.token_bytes(MAX_ANSWER_BYTES)
    line.send(write_show(wanted.visit_id, shown))
    answer = await looking
    assert (wanted.key, answer.status_code, answer.content[8:]) == (KEY, 200, shown)
    assert int.from_bytes(answer.content[:8], "big") == int(roomy.moment.now_s() * 1000)
    assert answer.headers["content-type"] == "application/octet-stream"
    assert answer.headers["cache-control"] == "no-store"


async def test_no_room_is_shown_that_does_not_say_so(roomy: World) -> None:
    ada, foreign = roomy.member(), roomy.member(origin=OTHER_ORIGIN)
    line = await ada.join(closed := await ada.make(flags=HISTORY + RELAY))
    assert await code(visit(roomy, closed)) == "visit.closed"
    for hidden in (await ada.make(flags=PRIVATE + RELAY), await foreign.make(flags=OPEN), secrets.token_hex(16), "x"):
        assert await code(visit(roomy, hidden)) == "room.unknown"
    assert await code(visit(roomy, closed, origin="https://evil.test")) == "origin.refused"
    assert [said for said in await line.echo() if isinstance(said, Visit)] == []


async def test_no_room_is_made_that_shows_what_it_hides(roomy: World) -> None:
    ada = roomy.member()
    for flags in (PREVIEW, PREVIEW + RELAY + PRIVATE):
        answer = await ada.post({"genesis": ada.genesis(flags=flags).hex(), "name": "Tea"})
        assert (answer.status_code, answer.json()["code"]) == (400, "message.malformed")


async def test_a_visitor_brings_a_key(roomy: World) -> None:
    ada = roomy.member()
    line = await ada.join(room := await ada.make(flags=OPEN))
    bodies: list[Any] = [{}, {"key": KEY[2:]}, {"key": KEY + "04"}, {"key": "xx" * 65}, {"key": 4}, []]
    assert {await code(visit(roomy, room, body=body)) for body in bodies} == {"message.malformed"}
    assert [said for said in await line.echo() if isinstance(said, Visit)] == []


async def test_who_is_there_the_longest_is_asked_first_and_the_others_where_it_is_silent(
    roomy: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    world, ada = roomy, roomy.member()
    ask, patience_s = world.worker.visits.ask, iter([0.01] * (MEMBERS_ASKED - 1) + [30.0])
    monkeypatch.setattr(world.worker.visits, "ask", lambda sid, way, _: ask(sid, way, next(patience_s)))
    room = await ada.make(flags=OPEN)
    lines: list[Line] = []
    for _ in range(MEMBERS_ASKED + 1):
        lines.append(await world.member().join(room))
        world.moment.go(1)
    looking = asyncio.create_task(visit(world, room))
    for line in lines[:MEMBERS_ASKED]:
        wanted = await asked(line)
    line.send(write_show(wanted.visit_id, b"shown"))
    assert (await looking).content[8:] == b"shown"
    assert [said for said in await lines[-1].echo() if isinstance(said, Visit)] == []


async def test_where_nobody_shows_it_the_visitor_is_told(make_world: MakeWorld) -> None:
    world = await make_world(**ROOMY, visit_patience_s=0.1)
    ada = world.member()
    room = await ada.make(flags=OPEN)
    assert await code(visit(world, room)) == "visit.nobody"
    line = await ada.join(room)
    assert await code(visit(world, room)) == "visit.nobody"
    late = await asked(line)
    line.send(write_show(late.visit_id, b"late"))
    assert await line.echo() == []


async def test_no_more_members_are_asked_where_all_are_silent(make_world: MakeWorld) -> None:
    world = await make_world(**ROOMY, visit_patience_s=0.1)
    room = await world.member().make(flags=OPEN)
    lines: list[Line] = []
    for _ in range(MEMBERS_ASKED + 1):
        lines.append(await world.member().join(room))
        world.moment.go(1)
    assert await code(visit(world, room)) == "visit.nobody"
    told = [len([said for said in await line.echo() if isinstance(said, Visit)]) for line in lines]
    assert told == [1] * MEMBERS_ASKED + [0]


@pytest.mark.parametrize("workers", [1, 2])
async def test_only_who_was_asked_answers_whatever_worker_they_are_at(make_world: MakeWorld, workers: int) -> None:
    world = await make_world(workers=workers, **ROOMY)
    ada, bob = world.member(), world.member("Bob")
    room = await ada.make(flags=OPEN)
    line = await ada.join(room, worker=workers - 1)
    world.moment.go(1)
    liar = await bob.join(room, worker=workers - 1)
    looking = asyncio.create_task(visit(world, room))
    wanted = await asked(line)
    liar.send(write_show(wanted.visit_id, b"false"))
    await liar.echo()
    line.send(write_show(wanted.visit_id, b"true"))
    line.send(write_show(wanted.visit_id, b"twice"))
    assert (await looking).content[8:] == b"true"


async def test_the_first_answer_counts(roomy: World) -> None:
    visits, sid = roomy.worker.visits, "aa" * 16

    async def twice(visit_id: str) -> None:
        assert [visits.show(sid, visit_id, answer) for answer in (b"one", b"two")] == [None, None]

    assert await visits.ask(sid, twice, 30.0) == b"one"


async def test_a_visitor_looks_into_a_room_once_a_minute_and_into_ten(make_world: MakeWorld) -> None:
    world = await make_world(trusted_proxies=("127.0.0.1",), room_empty_s=600)
    limits, ada = world.settings.limits, world.member()
    rooms = [await ada.make(flags=OPEN) for _ in range(limits.visits_per_ip_min + 1)]
    assert (limits.visits_per_visitor_min, limits.visits_per_ip_min, limits.visits_per_room_min) == (1, 10, 10)
    here, there = "203.0.113.1", "203.0.113.2"
    assert await code(visit(world, rooms[0], address=here)) == "visit.nobody"
    again = await visit(world, rooms[0], address=here)
    assert (again.status_code, again.json()["code"], again.json()["retryAfter"]) == (429, "rate.limited", 60)
    assert await code(visit(world, rooms[0], address=there)) == "visit.nobody"
    for room in rooms[1 : limits.visits_per_ip_min]:
        assert await code(visit(world, room, address=here)) == "visit.nobody"
    assert await code(visit(world, rooms[-1], address=here)) == "rate.limited"
    world.moment.go(61)
    assert await code(visit(world, rooms[0], address=here)) == "visit.nobody"


async def test_ten_visitors_look_into_a_room_in_a_minute(make_world: MakeWorld) -> None:
    world = await make_world(trusted_proxies=("127.0.0.1",))
    ada = world.member()
    room, other = await ada.make(flags=OPEN), await ada.make(flags=OPEN)
    said = [await code(visit(world, room, address=f"203.0.113.{number}")) for number in range(1, 12)]
    assert said == ["visit.nobody"] * 10 + ["rate.limited"]
    assert await code(visit(world, other, address="203.0.113.12")) == "visit.nobody"


async def test_without_redis_nobody_looks(roomy: World, redis_server: RedisServer) -> None:
    ada = roomy.member()
    line = await ada.join(room := await ada.make(flags=OPEN))
    redis_server.stop()
    try:
        assert await code(visit(roomy, room)) == "backend.down"
    finally:
        redis_server.start()
    assert [said for said in await line.echo() if isinstance(said, Visit)] == []


async def test_answers_that_nobody_asked_for_come_to_nothing(roomy: World) -> None:
    ada = roomy.member()
    line = await ada.join(await ada.make(flags=OPEN))
    for _ in range(roomy.settings.limits.controls_burst + 1):
        line.send(write_show(secrets.token_hex(16), b"shown"))
    assert (await line.problem()).code == "rate.limited"


async def test_a_malformed_answer_is_an_offence_and_one_too_long_the_end(roomy: World) -> None:
    ada = roomy.member()
    room = await ada.make(flags=OPEN)
    line = await ada.join(room)
    line.send(write_show(secrets.token_hex(16), b"")[:-1])
    assert (await line.problem()).code == "message.malformed"
    line.send(write_show(secrets.token_hex(16), bytes(MAX_ANSWER_BYTES + 1)))
    assert await line.refused() == ("message.malformed", 4413)


async def test_what_is_shown_counts_as_what_a_member_relays(world: World) -> None:
    limits = world.settings.limits
    pace = Pace(limits, 0.0)
    sizes = [MAX_ANSWER_BYTES] * (limits.relay_burst_bytes // MAX_ANSWER_BYTES + 1)
    assert [pace.show(size, 0.0) for size in sizes] == [True] * (len(sizes) - 1) + [False]


async def test_what_is_shown_is_dropped_above_what_the_room_may_relay(make_world: MakeWorld) -> None:
    world = await make_world(**ROOMY, room_relay_burst_bytes=MAX_ANSWER_BYTES, visit_patience_s=0.5)
    line = await world.member().join(room := await world.member().make(flags=OPEN))
    answers = []
    for _ in range(2):
        looking = asyncio.create_task(visit(world, room))
        line.send(write_show((await asked(line)).visit_id, bytes(MAX_ANSWER_BYTES)))
        answers.append(await looking)
    assert [answer.status_code for answer in answers] == [200, 409]
    assert await line.echo() == []
