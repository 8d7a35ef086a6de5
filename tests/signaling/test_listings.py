"""Looking at the list again and again costs little: the same page is not sent twice, nor read twice within a second."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from tests.signaling.world import OTHER_ORIGIN, World

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
