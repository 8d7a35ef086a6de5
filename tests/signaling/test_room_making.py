"""Rooms are made over HTTP: by whom, of what, how many."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from auth.limits import HOUR_S, Rate
from tests.fakes.moment import START_S
from tests.fakes.redis_server import RedisServer
from tests.signaling.answers import body
from tests.signaling.world import OTHER_ORIGIN, World

MakeWorld = Callable[..., Awaitable[World]]


GENESIS = {
    "another host": {"host_sub": "11" * 16},
    "another device": {"host_jkt": b"\x01" * 32},
    "another site": {"orgs": ["https://else.test"]},
    "too large": {"capacity": 17},
    "too small": {"capacity": 1},
    "too old": {"created_ms": (START_S - 86_400) * 1000},
    "too new": {"created_ms": (START_S + 301) * 1000},
}


@pytest.mark.parametrize("changes", GENESIS.values(), ids=GENESIS.keys())
async def test_a_genesis_that_does_not_fit_its_maker_is_refused(world: World, changes: dict[str, Any]) -> None:
    ada = world.member()
    answer = await ada.post({"genesis": ada.genesis(**changes).hex(), "name": ""})
    assert await body(world, answer) == (400, "message.malformed")


EDGES: list[dict[str, int]] = [
    {"capacity": 16},
    {"capacity": 2},
    {"created_ms": (START_S - 86_399) * 1000},
    {"created_ms": (START_S + 300) * 1000},
]


@pytest.mark.parametrize("changes", EDGES)
async def test_a_genesis_at_the_edge_is_taken(world: World, changes: dict[str, Any]) -> None:
    assert len(await world.member().make(**changes)) == 32


async def test_its_host_alone_brings_a_room_back_that_the_store_has_lost(
    world: World, redis_server: RedisServer
) -> None:
    ada, ben = world.member(), world.member()
    lost = {"genesis": ada.genesis().hex(), "name": "Tea"}
    room = (await ada.post(lost)).json()["id"]
    redis_server.clear()
    world.moment.go(1)
    await world.worker.origins.look()  # as it does each second
    world.moment.go(3600 * 23 - 1)
    assert await body(world, await ben.post(lost)) == (400, "message.malformed")
    again = await ada.post(lost)
    assert (again.status_code, again.json()["id"], again.json()["name"]) == (201, room, "Tea")
    line = await ben.join(room)
    # The day goes on from where it began.
    world.moment.go(3599)
    assert (await world.get(f"/rooms/{room}")).status_code == 200
    world.moment.go(1)
    assert (await world.get(f"/rooms/{room}")).status_code == 404
    assert line.joined.room.created_ms == START_S * 1000


async def test_a_room_is_made_once(world: World) -> None:
    ada = world.member()
    genesis = ada.genesis().hex()
    assert (await ada.post({"genesis": genesis, "name": ""})).status_code == 201
    assert await body(world, await ada.post({"genesis": genesis, "name": ""})) == (409, "room.exists")


@pytest.mark.parametrize(("size", "status"), [(59, 201), (60, 201), (61, 400)])
async def test_a_name_has_sixty_characters(world: World, size: int, status: int) -> None:
    ada = world.member()
    answer = await ada.post({"genesis": ada.genesis().hex(), "name": "x" * size})
    assert answer.status_code == status


BODIES = {
    "no json": b"hello",
    "a list": b"[]",
    "no genesis": b'{"name":""}',
    "no name": b'{"genesis":""}',
    "crooked hex": b'{"genesis":"0","name":""}',
    "a number": b'{"genesis":1,"name":""}',
    "deep": b'{"a":' + b"[" * 4000 + b"]" * 4000 + b"}",
    "not utf-8": b'{"name":"\xff"}',
    "empty": b"",
}


@pytest.mark.no_cover
@pytest.mark.parametrize("content", BODIES.values(), ids=BODIES.keys())
async def test_nonsense_makes_no_room(world: World, content: bytes) -> None:
    assert await body(world, await world.member().post(content)) == (400, "message.malformed")


@pytest.mark.parametrize(("size", "status"), [(8191, 400), (8192, 400), (8193, 413)])
async def test_a_body_has_8192_bytes(world: World, size: int, status: int) -> None:
    assert (await world.member().post(b" " * size)).status_code == status


async def test_another_content_type_is_refused(world: World) -> None:
    answer = await world.member().post({}, {"content-type": "text/plain"})
    assert await body(world, answer) == (415, "body.type")


async def test_a_room_needs_a_token_and_its_device(world: World) -> None:
    ada, eve = world.member(), world.member()
    url = f"{world.servers[0].http_url}/rooms"
    token = ada.token()
    bad: list[tuple[dict[str, str], str]] = [
        ({"authorization": ""}, "token.invalid"),
        ({"authorization": f"Bearer {token}"}, "token.invalid"),
        ({"authorization": f"DPoP {ada.token(org=OTHER_ORIGIN)}"}, "token.invalid"),
        ({"authorization": f"DPoP {token}", "dpop": ""}, "proof.invalid"),
        ({"authorization": f"DPoP {token}", "dpop": eve.dpop("POST", url, token)}, "proof.invalid"),
        ({"authorization": f"DPoP {token}", "dpop": ada.dpop("GET", url, token)}, "proof.invalid"),
        ({"authorization": f"DPoP {token}", "dpop": ada.dpop("POST", url + "/x", token)}, "proof.invalid"),
        ({"authorization": f"DPoP {token}", "dpop": ada.dpop("POST", url, ada.token())}, "proof.invalid"),
        ({"authorization": f"DPoP {token}", "dpop": ada.dpop("POST", url, token, iat=START_S - 61)}, "proof.invalid"),
    ]
    for headers, code in bad:
        assert await body(world, await ada.post({}, headers)) == (401, code)


async def test_a_proof_counts_once_for_all_workers(make_world: MakeWorld) -> None:
    world = await make_world(workers=2, public_url="https://signal.test")
    ada = world.member()
    token = ada.token()
    headers = {"authorization": f"DPoP {token}", "dpop": ada.dpop("POST", "https://signal.test/rooms", token)}
    first = await ada.post({"genesis": ada.genesis().hex(), "name": ""}, headers)
    assert first.status_code == 201
    again = await ada.post({"genesis": ada.genesis().hex(), "name": ""}, headers, worker=1)
    assert await body(world, again) == (401, "proof.invalid")


@pytest.mark.parametrize(("number", "status"), [(4, 201), (5, 201), (6, 429)])
async def test_a_user_makes_five_rooms_an_hour(make_world: MakeWorld, number: int, status: int) -> None:
    world = await make_world(creates_per_user_hour=5)
    ada = world.member()
    for _ in range(number - 1):
        await ada.make()
    answer = await ada.post({"genesis": ada.genesis().hex(), "name": ""})
    assert answer.status_code == status


@pytest.mark.parametrize(("number", "status"), [(19, 201), (20, 201), (21, 429)])
async def test_a_user_makes_twenty_rooms_a_day(make_world: MakeWorld, number: int, status: int) -> None:
    world = await make_world(creates_per_user_day=20)
    ada = world.member()
    for _ in range(number - 1):
        assert await world.worker.quotas.take_create(ada.sub, "198.51.100.1") == 0
    world.moment.go(HOUR_S + 1)
    assert (await ada.post({"genesis": ada.genesis().hex(), "name": ""})).status_code == status


@pytest.mark.no_cover
@pytest.mark.parametrize(("number", "status"), [(19, 201), (20, 201), (21, 429)])
async def test_an_address_makes_twenty_rooms_an_hour(make_world: MakeWorld, number: int, status: int) -> None:
    world = await make_world(creates_per_ip_hour=20)
    for _ in range(number - 1):
        await world.member().make()
    ada = world.member()
    assert (await ada.post({"genesis": ada.genesis().hex(), "name": ""})).status_code == status


@pytest.mark.parametrize(("number", "status"), [(2, 201), (3, 201), (4, 429)])
async def test_a_user_has_three_living_rooms(make_world: MakeWorld, number: int, status: int) -> None:
    world = await make_world(rooms_per_owner=3)
    ada = world.member()
    for _ in range(number - 1):
        await ada.make()
    answer = await ada.post({"genesis": ada.genesis().hex(), "name": ""})
    assert answer.status_code == status
    if status == 429:
        assert answer.json()["code"] == "room.limit"
        world.moment.go(61)
        await ada.make()


@pytest.mark.parametrize(("number", "status"), [(4, 201), (5, 201), (6, 429)])
async def test_a_deployment_has_so_many_rooms(make_world: MakeWorld, number: int, status: int) -> None:
    world = await make_world(rooms_live=5)
    for _ in range(number - 1):
        await world.member().make()
    ada = world.member()
    assert (await ada.post({"genesis": ada.genesis().hex(), "name": ""})).status_code == status


async def test_quotas_count_by_the_hour(world: World) -> None:
    assert Rate(5, HOUR_S).window_s == 3600
    assert (world.settings.limits.room_capacity, world.settings.limits.rooms_live) == (16, 50_000)
