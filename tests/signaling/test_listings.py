"""Looking at the list again and again costs little: the same page is not sent twice, nor read twice within a second."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import urlencode

import pytest

from signaling import listings
from tests.signaling.world import OTHER_ORIGIN, World
from widget.wire.genesis import PRIVATE

MakeWorld = Callable[..., Awaitable[World]]


async def look(world: World, known: str = "", worker: int = 0) -> Any:
    answer = await world.servers[worker].http.get(f"/rooms?known={known}", headers={"origin": "https://site.test"})
    return answer.json() if answer.status_code == 200 else answer.status_code


async def test_a_list_that_is_known_is_not_sent_again(world: World) -> None:
    await world.member().make()
    seen = await look(world)
    assert await look(world, seen["tag"]) == 204
    assert (await look(world, "0" * 16))["tag"] == seen["tag"]


async def test_another_count_and_another_room_are_news(world: World) -> None:
    ada = world.member()
    room = await ada.make()
    tags = [(await look(world))["tag"]]
    await ada.join(room)
    tags.append((await look(world, tags[-1]))["tag"])
    await world.member().make("Cake")
    tags.append((await look(world, tags[-1]))["tag"])
    assert len(set(tags)) == 3


async def test_two_workers_call_the_same_list_the_same(make_world: MakeWorld) -> None:
    world = await make_world(workers=2)
    await world.member().make()
    assert await look(world, (await look(world))["tag"], 1) == 204


async def test_a_worker_reads_a_list_once_a_second_however_many_look(
    make_world: MakeWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = await make_world(listing_fresh_s=1.0)
    reads: list[str] = []
    listing = world.worker.store.listing

    async def counted(org: str, cursor: str) -> Any:
        reads.append(org)
        return await listing(org, cursor)

    monkeypatch.setattr(world.worker.store, "listing", counted)
    for _ in range(5):
        await look(world)
    assert len(reads) == 1
    await world.get("/rooms", origin=OTHER_ORIGIN)
    await world.get("/rooms?cursor=" + "0" * 46)
    assert len(reads) == 3
    world.moment.go(0.9)
    await look(world)
    assert len(reads) == 3
    world.moment.go(0.1)
    await look(world)
    assert len(reads) == 4


async def test_who_makes_a_room_sees_it_on_the_list_at_once(make_world: MakeWorld) -> None:
    world = await make_world(listing_fresh_s=1.0)
    assert (await look(world))["rooms"] == []
    room = await world.member().make()
    assert [entry["id"] for entry in (await look(world))["rooms"]] == [room]


async def search(world: World, text: str, **more: str) -> Any:
    query = urlencode({"search": text, **more})
    answer = await world.servers[0].http.get(f"/rooms?{query}", headers={"origin": "https://site.test"})
    return [entry["name"] for entry in answer.json()["rooms"]] if answer.status_code == 200 else answer.status_code


async def test_a_room_is_found_by_its_name_or_its_host_wherever_on_the_list_it_is(make_world: MakeWorld) -> None:
    world = await make_world(listing_page=2)
    for name in ("Owls", "Larks & co", "Ducks", "Old \u00d6wls", "Geese"):
        await world.member("Zo\u00eb" if name == "Ducks" else "Ada").make(name)
    assert len((await look(world))["rooms"]) == 2
    assert await search(world, " larks & CO ") == ["Larks & co"]
    assert await search(world, "\u00f6wls") == ["Old \u00d6wls"]
    assert await search(world, "zo\u00cb") == ["Ducks"]
    assert await search(world, "none of them") == []
    assert len(await search(world, "s")) == 2
    assert await search(world, "a\nb") == []


async def test_nobody_finds_what_the_list_would_not_show(world: World) -> None:
    await world.member(origin=OTHER_ORIGIN).make("Owls elsewhere")
    await world.member().make("Owls in private", flags=PRIVATE)
    assert await search(world, "owls") == []


@pytest.mark.parametrize(("length", "found"), [(59, []), (60, []), (61, 400)])
async def test_a_search_is_no_longer_than_a_name(world: World, length: int, found: Any) -> None:
    assert await search(world, "x" * length) == found


async def test_a_search_has_one_page(world: World) -> None:
    assert await search(world, "x", cursor="0" * 46) == 400
    assert await search(world, " ", cursor="0" * 46) == []


async def test_however_many_search_all_is_read_once_in_five_seconds_and_anew_for_a_new_room(
    make_world: MakeWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = await make_world(listing_fresh_s=1.0, listing_page=2)
    for number in range(3):
        await world.member().make(f"Owls {number}")
    reads: list[str] = []
    listing = world.worker.store.listing

    async def counted(org: str, cursor: str) -> Any:
        reads.append(cursor)
        return await listing(org, cursor)

    monkeypatch.setattr(world.worker.store, "listing", counted)
    for text in ("owls", "2", "0"):
        await search(world, text)
    assert len(reads) == 2
    world.moment.go(4.9)
    await search(world, "owls")
    assert len(reads) == 2
    world.moment.go(0.1)
    await search(world, "owls")
    assert len(reads) == 4
    await world.member().make("Larks")
    assert await search(world, "larks") == ["Larks"]


@pytest.mark.parametrize(("number", "status"), [(2, []), (3, []), (4, 429)])
async def test_a_search_counts_as_a_look_at_the_list(make_world: MakeWorld, number: int, status: Any) -> None:
    world = await make_world(listings_per_ip_min=3)
    assert [await search(world, "x") for _ in range(number)][-1] == status


async def test_of_a_list_without_end_the_newest_are_searched(
    make_world: MakeWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listings, "MOST_SEARCHED", 4)
    world = await make_world(listing_page=2)
    for number in range(5):
        await world.member().make(f"Owls {number}")
        world.moment.go(1)
    assert await search(world, "owls 1") == ["Owls 1"]
    assert await search(world, "owls 0") == []
