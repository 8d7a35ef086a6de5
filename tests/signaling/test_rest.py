"""Rooms over HTTP: listing, finding, and the OpenAPI page that describes it."""

from __future__ import annotations

import asyncio
import json
import statistics
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from starlette.routing import Route

import signaling
from auth.store.shared import StoreDown
from signaling.app import create_app
from signaling.keys import KnownKeys
from tests.signaling.answers import body
from tests.signaling.member import ORIGIN
from tests.signaling.world import OTHER_ORIGIN, World
from widget.wire.genesis import PRIVATE, RELAY
from widget.wire.room import read_room

pytestmark = pytest.mark.no_cover

MakeWorld = Callable[..., Awaitable[World]]


async def test_a_room_is_made_listed_and_found(world: World) -> None:
    ada = world.member("Ada")
    answer = await ada.post({"genesis": ada.genesis(capacity=8).hex(), "name": " Tea\u202e  time "})
    assert answer.status_code == 201
    room = read_room(answer.json())
    assert (room.name, room.host_name, room.host_sub) == ("Tea time", "Ada", ada.sub)
    assert (room.capacity, room.public) == (8, True)
    await ada.join(room.room_id)
    listed = (await world.get("/rooms")).json()
    assert [read_room(entry).room_id for entry in listed["rooms"]] == [room.room_id]
    assert listed["next"] == ""
    found = await world.get(f"/rooms/{room.room_id}")
    assert read_room(found.json()).members == 1
    assert found.headers["cache-control"] == "no-store"
    assert found.headers["access-control-allow-origin"] == ada.origin


async def test_each_site_has_its_own_list(world: World) -> None:
    room = await world.member().make()
    assert (await world.get("/rooms", origin=OTHER_ORIGIN)).json()["rooms"] == []
    assert (await world.get(f"/rooms/{room}", origin=OTHER_ORIGIN)).status_code == 404


@pytest.mark.parametrize("origin", ["null", "https://evil.test", ""])
async def test_foreign_pages_see_no_list(world: World, origin: str) -> None:
    assert await body(world, await world.get("/rooms", origin=origin)) == (403, "origin.refused")


async def test_a_page_of_our_own_origin_sends_no_origin(make_world: MakeWorld) -> None:
    world = await make_world(public_url="https://site.test/signal")
    assert (await world.get("/rooms", origin="")).status_code == 200


async def test_pages_hold_fifty_rooms_newest_first(make_world: MakeWorld) -> None:
    world = await make_world()
    made = []
    for _ in range(101):
        made.append(await world.member().make())
        world.moment.go(0.1)
    seen: list[str] = []
    cursor = ""
    sizes: list[int] = []
    while cursor != "" or not sizes:
        page = (await world.get(f"/rooms?cursor={cursor}")).json()
        sizes.append(len(page["rooms"]))
        seen += [entry["id"] for entry in page["rooms"]]
        # A newer room in between neither shifts nor repeats what follows.
        await world.member().make()
        cursor = page["next"]
    assert sizes == [50, 50, 1]
    assert seen == made[::-1]


async def test_rooms_that_ended_leave_the_list(world: World) -> None:
    await world.member().make()
    world.moment.go(61)
    assert (await world.get("/rooms")).json()["rooms"] == []


async def test_a_crooked_cursor_is_refused(world: World) -> None:
    for cursor in ("x", "00", "z" * 46, "-", "["):
        assert await body(world, await world.get(f"/rooms?cursor={cursor}")) == (400, "message.malformed")


async def test_private_and_missing_rooms_answer_alike(make_world: MakeWorld) -> None:
    world = await make_world(wrong_ids_per_min=10**6)
    hidden = await world.member().make(flags=PRIVATE + RELAY)
    answers = [await world.get(f"/rooms/{room}") for room in (hidden, "00" * 16, "nonsense")]
    assert {(answer.status_code, answer.text) for answer in answers} == {(404, answers[0].text)}
    assert (await world.get("/rooms")).json()["rooms"] == []
    times: dict[str, list[float]] = {hidden: [], "00" * 16: []}
    for _ in range(60):
        for room, took in times.items():
            began = time.perf_counter()
            await world.get(f"/rooms/{room}")
            took.append(time.perf_counter() - began)
    first, second = (statistics.median(took) for took in times.values())
    assert abs(first - second) < 0.002 + 0.3 * max(first, second)


@pytest.mark.parametrize(("number", "status"), [(599, 200), (600, 200), (601, 429)])
async def test_an_address_lists_so_often_in_a_minute(world: World, number: int, status: int) -> None:
    for _ in range(number - 1):
        await world.get("/rooms")
    assert (await world.get("/rooms")).status_code == status


async def test_spoofed_addresses_do_not_help_guessers(world: World) -> None:
    for number in range(10):
        answer = await world.get(f"/rooms/{number:032x}", forwarded_for=f"203.0.113.{number}")
        assert answer.status_code == 404
    last = await world.get(f"/rooms/{99:032x}", forwarded_for="203.0.113.99")
    assert await body(world, last) == (429, "rate.limited")
    assert int(last.headers["retry-after"]) in range(1, 61)


async def test_behind_a_named_proxy_its_word_counts(make_world: MakeWorld) -> None:
    world = await make_world(trusted_proxies=("127.0.0.1",), wrong_ids_per_min=1)
    for number in range(3):
        answer = await world.get(f"/rooms/{number:032x}", forwarded_for=f"203.0.113.{number}")
        assert answer.status_code == 404


async def test_preflights_are_answered_for_allowed_sites(world: World) -> None:
    http = world.servers[0].http
    allowed = await http.options("/rooms", headers={"origin": "https://site.test"})
    assert allowed.status_code == 204
    assert allowed.headers["access-control-allow-origin"] == "https://site.test"
    assert "access-control-allow-credentials" not in allowed.headers


async def test_a_page_that_is_not_allowed_can_read_that(world: World) -> None:
    http = world.servers[0].http
    asks = {"origin": "https://evil.test", "access-control-request-headers": "content-type,x-tenant"}
    preflight = await http.options("/rooms", headers=asks)
    assert (preflight.status_code, preflight.headers["access-control-allow-origin"]) == (204, "*")
    for answer in (await http.get("/rooms", headers=asks), await http.post("/rooms", headers=asks)):
        assert (answer.status_code, answer.json()["code"]) == (403, "origin.refused")
        assert answer.headers["access-control-allow-origin"] == "*"


@pytest.mark.parametrize(("size", "status"), [(12_000, 200), (200_000, 413)])
async def test_headers_that_are_too_much_are_refused_so_that_a_page_can_read_it(
    world: World, size: int, status: int
) -> None:
    answer = await world.servers[0].http.get("/rooms", headers={"origin": ORIGIN, "x-tenant": "a" * size})
    assert answer.status_code == status
    assert answer.headers["access-control-allow-origin"] == (ORIGIN if status == 200 else "*")
    assert status == 200 or (answer.json()["code"], answer.headers["connection"]) == ("body.too_large", "close")


async def test_what_is_no_http_gets_an_answer_without_a_word_more(world: World) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", int(world.servers[0].host.split(":")[1]))
    writer.write(b"GET nowhere\r\n\r\n")
    answer = await asyncio.wait_for(reader.read(), 10)
    writer.close()
    await writer.wait_closed()
    assert answer.startswith(b"HTTP/1.1 400 ")
    assert b"access-control" not in answer


async def test_an_unreachable_list_of_sites_is_no_refusal(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    async def away(_origin: str) -> bool:
        raise StoreDown

    monkeypatch.setattr(world.worker.origins, "permits", away)
    answer = await world.get("/rooms")
    assert (answer.status_code, answer.json()["code"]) == (503, "backend.down")
    assert await world.member().turned_away() == ("backend.down", 4503)


async def test_health_and_metrics_name_nobody(world: World) -> None:
    ada = world.member()
    line = await ada.join(await ada.make("Secret tea"))
    assert (await world.get("/health", origin="")).json() == {"status": "ok", "store": "up", "loops": []}
    text = (await world.get("/metrics", origin="")).text
    assert 'signaling_joins_total{outcome="in"} 1.0' in text
    for secret in (ada.sub, line.room, line.sid, "Secret", "site.test", "127.0.0.1"):
        assert secret not in text
        assert secret not in world.log.getvalue()


def test_the_openapi_page_lists_exactly_the_routes() -> None:
    page = json.loads((Path(signaling.__file__).parent / "openapi.json").read_text("utf-8"))
    described = {
        (path, method.upper())
        for path, methods in page["paths"].items()
        for method in methods
        if method != "parameters"
    }
    world = World(None, 0)
    app = create_app(world.settings, None, KnownKeys(lambda: world.key_set))  # type: ignore[arg-type]
    routed = {
        (route.path, method)
        for route in app.routes
        if isinstance(route, Route)
        for method in (route.methods or set()) - {"HEAD"}
    }
    assert described == routed | {("/ws", "GET")}
    codes = set(page["components"]["schemas"]["Problem"]["properties"]["code"]["enum"])
    assert {"room.unknown", "room.full", "proof.invalid", "backend.down", "origin.refused"} <= codes


async def test_answers_have_the_described_shape(world: World) -> None:
    page = json.loads((Path(signaling.__file__).parent / "openapi.json").read_text("utf-8"))
    schemas = page["components"]["schemas"]
    ada = world.member()
    made = (await ada.post({"genesis": ada.genesis().hex(), "name": "Tea"})).json()
    assert set(made) == set(schemas["Room"]["required"]) == set(schemas["Room"]["properties"])
    missing = (await world.get("/rooms/" + "00" * 16)).json()
    assert set(schemas["Problem"]["required"]) <= set(missing) <= set(schemas["Problem"]["properties"])
    assert missing["code"] in schemas["Problem"]["properties"]["code"]["enum"]
    assert set((await world.get("/rooms")).json()) == set(schemas["Rooms"]["properties"])
