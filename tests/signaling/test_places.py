"""Rooms bound to a page or a name: the first comer makes the room, everybody else is led to it."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from tests.fakes.redis_server import RedisServer
from tests.signaling.answers import body
from tests.signaling.member import Member
from tests.signaling.world import OTHER_ORIGIN, World, until
from widget.wire.genesis import PRIVATE, RELAY

pytestmark = pytest.mark.no_cover

MakeWorld = Callable[..., Awaitable[World]]

PLACE = hashlib.sha256(b"https://site.test/page").hexdigest()
OTHER_PLACE = hashlib.sha256(b"https://site.test/elsewhere").hexdigest()
COMERS = 20


async def come(member: Member, place: str = PLACE, worker: int = 0, **changes: Any) -> Any:
    return await member.post({"genesis": member.genesis(**changes).hex(), "name": "Tea", "place": place}, None, worker)


async def kept(world: World, pattern: str) -> list[str]:
    return sorted(await world.stores[0].command("KEYS", pattern))


async def test_the_first_comer_makes_the_room_and_the_next_is_led_to_it(world: World) -> None:
    first, second = await come(world.member("Ada")), await come(world.member("Ben"))
    assert (first.status_code, second.status_code) == (201, 200)
    assert second.json() == {**first.json(), "members": 0}
    assert second.json()["hostName"] == "Ada"


async def test_twenty_first_comers_on_two_workers_end_in_one_room(make_world: MakeWorld) -> None:
    world = await make_world(workers=2)
    people = [world.member(f"m{number}") for number in range(COMERS)]
    answers = await asyncio.gather(*[come(one, PLACE, number % 2) for number, one in enumerate(people)])
    assert sorted(answer.status_code for answer in answers) == [200] * (COMERS - 1) + [201]
    (room,) = {answer.json()["id"] for answer in answers}
    lines = await asyncio.gather(*[one.join(room, number % 2) for number, one in enumerate(people[:10])])
    assert len(lines) == 10
    # Whoever was second left nothing behind.
    assert [entry["id"] for entry in (await world.get("/rooms")).json()["rooms"]] == [room]
    assert await kept(world, "cws:room:*") == [f"cws:room:{{{room}}}"]
    assert await world.stores[0].command("ZRANGE", "cws:due", 0, -1) == [room]
    assert len(await kept(world, "cws:owned:*")) == 1


async def test_another_page_and_another_site_have_rooms_of_their_own(world: World) -> None:
    answers = [
        await come(world.member()),
        await come(world.member(), OTHER_PLACE),
        await come(world.member(origin=OTHER_ORIGIN)),
    ]
    assert [answer.status_code for answer in answers] == [201] * 3
    assert len({answer.json()["id"] for answer in answers}) == 3


async def test_a_place_whose_room_has_ended_gets_a_new_one(world: World) -> None:
    first = (await come(world.member())).json()["id"]
    world.moment.go(61)
    second = await come(world.member())
    assert second.status_code == 201
    assert second.json()["id"] != first
    assert (await come(world.member())).json()["id"] == second.json()["id"]


async def test_a_place_lives_as_long_as_somebody_is_in_its_room(world: World) -> None:
    ada = world.member()
    room = (await come(ada)).json()["id"]
    await ada.join(room)
    for _ in range(3):
        world.moment.go(40)
        await world.worker.reassert()
    assert (await come(world.member())).json()["id"] == room


async def test_a_room_that_its_members_bring_back_has_its_place_again(
    world: World, redis_server: RedisServer
) -> None:
    ada = world.member()
    room = (await come(ada)).json()["id"]
    await ada.join(room)
    redis_server.clear()
    await world.worker.reassert()

    async def is_back() -> bool:
        return await world.worker.store.look(room) is not None and len(await kept(world, "cws:place:*")) == 1

    await until(is_back)
    answer = await come(world.member())
    assert (answer.status_code, answer.json()["id"]) == (200, room)


async def test_the_store_holds_no_address_and_no_hash_that_a_client_sent(world: World) -> None:
    await come(world.member())
    names = await kept(world, "*")
    assert len([name for name in names if name.startswith("cws:place:")]) == 1
    values = [await world.stores[0].command("HGETALL", name) for name in names if name.startswith("cws:room:")]
    assert PLACE not in str(names) + str(values) + world.log.getvalue()


async def test_the_key_of_the_deployment_is_in_what_the_store_calls_a_place(make_world: MakeWorld) -> None:
    worlds = [await make_world(secret=letter * 64) for letter in "ab"]
    assert len({world.worker.places.place("https://site.test", PLACE) for world in worlds}) == 2


async def test_a_private_room_has_no_place(world: World) -> None:
    assert await body(world, await come(world.member(), flags=PRIVATE + RELAY)) == (400, "message.malformed")


@pytest.mark.parametrize("place", ["0" * 63, "0" * 65, "g" * 64, "https://site.test/"])
async def test_what_is_no_hash_is_no_place(world: World, place: str) -> None:
    assert await body(world, await come(world.member(), place)) == (400, "message.malformed")


@pytest.mark.parametrize(("number", "status"), [(29, 200), (30, 200), (31, 429)])
async def test_a_person_asks_for_so_many_places_in_a_minute(world: World, number: int, status: int) -> None:
    ada, ben = world.member(), world.member()
    await come(ada)
    for _ in range(number - 1):
        await come(ben)
    assert (await come(ben)).status_code == status


async def test_who_is_led_to_a_room_has_made_none(make_world: MakeWorld) -> None:
    world = await make_world(creates_per_user_hour=1)
    await come(world.member())
    ben = world.member()
    for _ in range(3):
        assert (await come(ben)).status_code == 200
    assert (await come(ben, OTHER_PLACE)).status_code == 201
    assert (await come(ben, hashlib.sha256(b"third").hexdigest())).status_code == 429


@pytest.mark.parametrize(("number", "status"), [(2, 201), (3, 201), (4, 429)])
async def test_a_site_has_so_many_places(make_world: MakeWorld, number: int, status: int) -> None:
    world = await make_world(places_per_site=3)
    for each in range(number - 1):
        await come(world.member(), hashlib.sha256(str(each).encode()).hexdigest())
    answer = await come(world.member())
    assert answer.status_code == status
    assert status == 201 or answer.json()["code"] == "room.limit"
    # One that has its place already is not counted again, and another site has its own.
    assert (await come(world.member(), hashlib.sha256(b"0").hexdigest())).status_code == 200
    assert (await come(world.member(origin=OTHER_ORIGIN))).status_code == 201


async def test_a_title_that_is_too_long_is_cut(world: World) -> None:
    ada = world.member()
    answer = await ada.post({"genesis": ada.genesis().hex(), "name": "\ufb03" * 60, "place": PLACE})
    assert (answer.status_code, answer.json()["name"]) == (201, "ffi" * 20)
