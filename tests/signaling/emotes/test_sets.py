"""7TV's sets through the service: one call for all, kept while 7TV is down, slow or wrong."""

from __future__ import annotations

import asyncio
import gzip
import json
import random
import tracemalloc
import zlib
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import httpx
import pytest
from starlette.responses import JSONResponse

from auth.store.shared import StoreDown
from signaling.emotes.seven_tv_calls import Away, read_bounded
from tests.fakes.seven_tv import GLOBAL_ID, SET_ID, SevenTv, channel, emote_set, entry, ulid
from tests.signaling.answers import body
from tests.signaling.member import ORIGIN
from tests.signaling.world import OTHER_ORIGIN, Server, World, until

MakeWorld = Callable[..., Awaitable[World]]
GLOBAL, SET, CHANNEL = "/emotes/global", f"/emotes/7tv/set/{SET_ID}", "/emotes/7tv/twitch/700000001"
MIB = 1024 * 1024
NOTHING = {"set": "", "emotes": []}
FRESH_S, STALE_S, MISSING_S, REST_S = 300, 86_400, 600, 45
FAULTS = ["html", "truncated", "cut", "null", "list", "text", "deep", "redirect", "429", "500"]


def names(answer: httpx.Response) -> list[str]:
    assert answer.status_code == 200, answer.text
    return [emote["name"] for emote in answer.json()["emotes"]]


async def renewed(world: World, there: SevenTv, calls: int) -> None:
    """Until what was asked behind an answer is kept: `calls` reached 7TV in all, and nobody has a turn."""
    await until(lambda: len(there.asked) >= calls)

    async def is_done() -> bool:
        return len(await world.stores[0].command("KEYS", "cws:emotes:turn:*")) == 0

    await until(is_done)


async def ask(server: Server, path: str, headers: dict[str, str] | None = None) -> httpx.Response:
    return await server.http.get(path, headers={"origin": ORIGIN, **(headers or {})})


async def forget(world: World) -> None:
    await world.stores[0].command("DEL", "cws:emotes:7tv:global")


async def test_everybodys_set_is_told_in_a_shape_of_our_own(world: World, there: SevenTv) -> None:
    answer = await world.get(GLOBAL)
    assert answer.json() == {"set": GLOBAL_ID, "emotes": [{"id": ulid(1), "name": "harbourWave", "author": "Mira"}]}
    assert there.headers[0]["x-7tv-missing-emoteset-aware"] == "1"
    assert "origin" not in there.headers[0]


async def test_a_set_and_a_channels_set_are_told(world: World, there: SevenTv) -> None:
    there.put(SET_ID, entry(1, "A"), entry(2, "B"))
    there.said["/users/twitch/700000001"] = channel(SET_ID)
    assert names(await world.get(SET)) == ["A", "B"]
    assert names(await world.get(CHANNEL)) == ["A", "B"]
    assert (await world.get(CHANNEL)).json()["set"] == SET_ID
    assert there.asked == [f"/emote-sets/{SET_ID}", "/users/twitch/700000001", f"/emote-sets/{SET_ID}"]


async def test_a_channel_that_holds_its_set_is_asked_once(world: World, there: SevenTv) -> None:
    there.said["/users/twitch/700000001"] = channel(SET_ID, emote_set(SET_ID, [entry(1, "A")]))
    assert names(await world.get(CHANNEL)) == ["A"]
    assert there.asked == ["/users/twitch/700000001"]


@pytest.mark.parametrize("wrong", ["\ud800", "", "../x", "x" * 10_000, 7])
async def test_a_set_without_an_id_that_can_be_told_has_the_one_it_was_asked_by(
    world: World, there: SevenTv, wrong: object
) -> None:
    for path in ("global", SET_ID):
        there.said[f"/emote-sets/{path}"] = emote_set("", [entry(1, "A")], id=wrong)
    there.said["/users/twitch/700000001"] = channel(SET_ID, emote_set("", [entry(1, "A")], id=wrong))
    for path, set_id in ((GLOBAL, "global"), (SET, SET_ID), (CHANNEL, SET_ID)):
        answer = await world.get(path)
        assert (answer.json()["set"], names(answer)) == (set_id, ["A"])


async def test_all_workers_ask_once_at_whatever_time_pages_come(make: MakeWorld, there: SevenTv) -> None:
    world = await make(workers=2)
    answers = await asyncio.gather(*[ask(server, GLOBAL) for server in world.servers for _ in range(5)])
    assert [names(answer) for answer in answers] == [["harbourWave"]] * 10
    world.moment.go(FRESH_S - 1)
    assert [names(await ask(server, GLOBAL)) for server in world.servers] == [["harbourWave"]] * 2
    assert len(there.asked) == 1


async def test_a_clock_that_is_set_back_keeps_no_set_for_longer(world: World, there: SevenTv) -> None:
    await world.get(GLOBAL)
    world.moment.step(-3600)
    there.said["/emote-sets/global"] = emote_set(GLOBAL_ID, [entry(2, "New")])
    answer = await world.get(GLOBAL)
    assert names(answer) == ["harbourWave"]
    assert int(answer.headers["cache-control"].partition("max-age=")[2].partition(",")[0]) <= FRESH_S
    await renewed(world, there, 2)
    assert names(await world.get(GLOBAL)) == ["New"]


async def test_a_clock_that_is_set_back_hides_no_set_for_longer(world: World, there: SevenTv) -> None:
    there.fault = "429"
    assert (await world.get(GLOBAL)).json() == NOTHING
    world.moment.step(-3600)
    await world.stores[0].command("DEL", "cws:emotes:rest")
    there.fault = ""
    assert names(await world.get(GLOBAL)) == ["harbourWave"]


async def test_a_set_that_is_not_fresh_is_shown_at_once_and_renewed_behind(world: World, there: SevenTv) -> None:
    await world.get(GLOBAL)
    there.said["/emote-sets/global"] = emote_set(GLOBAL_ID, [entry(2, "New")])
    world.moment.go(FRESH_S)
    there.fault = "silence"
    assert names(await world.get(GLOBAL)) == ["harbourWave"]
    assert names(await world.get(GLOBAL)) == ["harbourWave"]
    await until(lambda: len(there.asked) == 2)
    there.fault = ""
    there.goes_on.set()
    await renewed(world, there, 2)
    world.moment.go(REST_S)
    await world.get(GLOBAL)
    await renewed(world, there, 3)
    assert names(await world.get(GLOBAL)) == ["New"]


@pytest.mark.no_cover
@pytest.mark.parametrize("fault", FAULTS)
async def test_whatever_7tv_does_what_is_kept_is_shown_and_7tv_is_left_alone(
    world: World, there: SevenTv, fault: str
) -> None:
    await world.get(GLOBAL)
    for age_s in (FRESH_S, STALE_S):
        world.moment.go(age_s)
        calls = len(there.asked) + 1
        there.fault = fault
        assert names(await world.get(GLOBAL)) == ["harbourWave"]
        await renewed(world, there, calls)
        assert names(await world.get(GLOBAL)) == ["harbourWave"]
        await renewed(world, there, calls)
        assert len(there.asked) == calls
        there.fault = ""
        there_is_rest = await world.stores[0].command("DEL", "cws:emotes:rest")
        assert there_is_rest == (1 if fault == "429" else 0)


@pytest.mark.no_cover
@pytest.mark.parametrize("fault", FAULTS)
async def test_where_nothing_is_kept_a_page_is_told_of_no_emotes_and_of_no_error(
    world: World, there: SevenTv, fault: str
) -> None:
    there.fault = fault
    for path in (GLOBAL, SET, CHANNEL):
        answer = await world.get(path)
        assert (answer.status_code, answer.json()) == (200, NOTHING)
        assert answer.headers["cache-control"] == "no-store"
    before = len(there.asked)
    assert (await world.get(GLOBAL)).json() == NOTHING
    assert len(there.asked) == before
    assert world.log.getvalue().count('"emotes.away"') == 3


async def test_after_a_rest_7tv_is_asked_again(world: World, there: SevenTv) -> None:
    there.fault = "500"
    await world.get(GLOBAL)
    there.fault = ""
    world.moment.go(REST_S)
    assert names(await world.get(GLOBAL)) == ["harbourWave"]


async def test_a_rest_that_7tv_asks_for_is_for_all_sets(world: World, there: SevenTv) -> None:
    there.put(SET_ID, entry(1, "A"))
    there.fault = "429"
    await world.get(GLOBAL)
    there.fault = ""
    assert (await world.get(SET)).json() == NOTHING
    assert len(there.asked) == 1
    assert 100 < int(await world.stores[0].command("TTL", "cws:emotes:rest")) <= 120


@pytest.mark.parametrize("fault", ["silence", "drip"])
async def test_a_page_does_not_wait_for_7tv_when_it_is_slow(make: MakeWorld, there: SevenTv, fault: str) -> None:
    world = await make(seven_tv_wait_s=0.05)
    there.fault = fault
    assert (await world.get(GLOBAL)).json() == NOTHING
    assert (await world.get(GLOBAL)).json() == NOTHING
    assert len(there.asked) == 1


@pytest.mark.parametrize(("fault", "timeout_s"), [("silence", 0.2), ("drip", 1.0)])
async def test_a_call_that_takes_too_long_is_given_up(
    make: MakeWorld, there: SevenTv, fault: str, timeout_s: float
) -> None:
    world = await make(seven_tv_timeout_s=timeout_s)
    there.fault = fault
    assert (await world.get(GLOBAL)).json() == NOTHING
    await until(lambda: '"emotes.away"' in world.log.getvalue())


async def test_an_answer_of_7tv_is_read_up_to_a_bound(make: MakeWorld, there: SevenTv) -> None:
    whole = len(JSONResponse(there.said["/emote-sets/global"]).body)
    for most, expected in ((whole, ["harbourWave"]), (whole - 1, [])):
        world = await make(seven_tv_bytes=most)
        assert names(await world.get(GLOBAL)) == expected
        await forget(world)
    there.fault = "endless"
    assert names(await world.get(GLOBAL)) == []


async def test_what_is_unknown_is_not_asked_for_again_for_a_while(world: World, there: SevenTv) -> None:
    for _ in range(3):
        assert await body(world, await world.get(SET)) == (404, "emotes.unknown")
    assert len(there.asked) == 1
    there.put(SET_ID, entry(1, "A"))
    world.moment.go(MISSING_S - 1)
    assert (await world.get(SET)).status_code == 404
    world.moment.go(1)
    assert names(await world.get(SET)) == ["A"]


async def test_a_channel_without_a_set_and_a_personal_set_are_unknown(world: World, there: SevenTv) -> None:
    there.said["/users/twitch/700000001"] = channel(None)
    there.put(SET_ID, entry(1, "A"), flags=4)
    assert (await world.get(CHANNEL)).status_code == 404
    there.said["/users/twitch/2"] = channel(SET_ID, emote_set(SET_ID, [entry(1, "A")], flags=4))
    assert (await world.get("/emotes/7tv/twitch/2")).status_code == 404
    assert (await world.get(SET)).status_code == 404


@pytest.mark.parametrize("path", [
    "/emotes/7tv/set/x", f"/emotes/7tv/set/{SET_ID}0", "/emotes/7tv/set/..%2Fglobal", "/emotes/7tv/twitch/harbour",
    "/emotes/7tv/twitch/" + "1" * 21, "/emotes/7tv/twitch/-1", "/emotes/7tv/twitch/٣",
])  # fmt: skip
async def test_7tv_is_asked_for_nothing_but_ids(world: World, there: SevenTv, path: str) -> None:
    assert (await world.get(path)).status_code == 404
    assert there.asked == []


async def test_what_was_full_is_not_replaced_by_nothing(world: World, there: SevenTv) -> None:
    there.put(SET_ID, entry(1, "A"))
    await world.get(SET)
    there.put(SET_ID)
    world.moment.go(FRESH_S)
    await world.get(SET)
    await renewed(world, there, 2)
    assert names(await world.get(SET)) == ["A"]
    assert len(there.asked) == 2
    del there.said[f"/emote-sets/{SET_ID}"]
    world.moment.go(FRESH_S + 1)
    await world.get(SET)
    await renewed(world, there, 3)
    assert names(await world.get(SET)) == ["A"]
    world.moment.go(STALE_S)
    assert (await world.get(SET)).status_code == 404


async def test_a_set_that_is_empty_from_the_start_is_a_set(world: World, there: SevenTv) -> None:
    there.put(SET_ID)
    assert (await world.get(SET)).json() == {"set": SET_ID, "emotes": []}


async def test_an_answer_has_a_tag_and_is_asked_for_again_only_when_it_changed(world: World, there: SevenTv) -> None:
    server = world.servers[0]
    first = await world.get(GLOBAL)
    tag = first.headers["etag"]
    assert first.headers["cache-control"] == "public, max-age=300, stale-while-revalidate=86400"
    assert {part.strip() for part in first.headers["vary"].split(",")} == {"Accept-Encoding", "Origin"}
    for given in (tag, tag.removeprefix("W/"), f'"x", {tag}', "*"):
        again = await ask(server, GLOBAL, {"if-none-match": given})
        assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    assert (await ask(server, GLOBAL, {"if-none-match": '"x"'})).status_code == 200
    world.moment.go(FRESH_S - 100)
    assert (await world.get(GLOBAL)).headers["cache-control"].startswith("public, max-age=100,")
    there.said["/emote-sets/global"] = emote_set(GLOBAL_ID, [entry(2, "New")])
    world.moment.go(100)
    await world.get(GLOBAL)
    await renewed(world, there, 2)
    changed = await ask(server, GLOBAL, {"if-none-match": tag})
    assert (changed.status_code, names(changed)) == (200, ["New"])


async def test_a_thousand_emotes_are_small(world: World, there: SevenTv) -> None:
    chance = random.Random(7)
    words = ["peepo", "Happy", "Sad", "Clap", "KEK", "pog", "Cat", "Jam", "monka", "Wow", "Rain", "Dance"]

    def made(number: int) -> dict[str, Any]:
        lead = f"01{chance.choice('FGHJ')}" + "".join(chance.choices("0123456789ABCDEFGHJKMNPQRSTVWXYZ", k=18))
        emote_id = ulid(number, lead)
        data = {
            "id": emote_id, "animated": chance.random() < 0.5, "host": {**entry(1, "x")["data"]["host"]},
            "owner": {"display_name": chance.choice(words) + chance.choice(words).lower() + str(chance.randrange(100))},
        }  # fmt: skip
        return entry(number, "".join(chance.choices(words, k=2)) + str(number), data)

    there.put(SET_ID, *[made(number) for number in range(1000)])
    answer = await ask(world.servers[0], SET, {"accept-encoding": "gzip"})
    assert len(names(answer)) == 1000
    assert int(answer.headers["content-length"]) <= 30_000
    plain = await ask(world.servers[0], SET, {"accept-encoding": "identity"})
    assert "content-encoding" not in plain.headers
    assert (plain.content, plain.headers["etag"]) == (answer.content, answer.headers["etag"])


@pytest.mark.parametrize(("number", "status"), [(1, 200), (2, 200), (3, 429)])
async def test_an_address_asks_so_often_in_a_minute(make: MakeWorld, number: int, status: int) -> None:
    world = await make(emotes_per_ip_min=2)
    for _ in range(number - 1):
        await world.get(GLOBAL)
    assert (await world.get(GLOBAL)).status_code == status


async def test_an_address_has_7tv_asked_for_so_many_new_sets_and_no_more(make: MakeWorld, there: SevenTv) -> None:
    world = await make(new_sets_per_ip_min=2)
    paths = [f"/emotes/7tv/twitch/{number}" for number in range(3)]
    assert [(await world.get(path)).status_code for path in paths] == [404, 404, 429]
    assert [(await world.get(path)).status_code for path in paths] == [404, 404, 429]
    assert len(there.asked) == 2


async def test_all_together_call_7tv_so_often_in_a_minute(make: MakeWorld, there: SevenTv) -> None:
    world = await make(seven_tv_per_min=2)
    for number in range(4):
        await world.get(f"/emotes/7tv/twitch/{number}")
    assert len(there.asked) == 2
    world.moment.go(61)
    await world.get("/emotes/7tv/twitch/9")
    assert len(there.asked) == 3


async def test_redis_keeps_so_many_sets_the_last_asked_for(make: MakeWorld, there: SevenTv) -> None:
    world = await make(emote_sets_kept=2)
    for number in range(3):
        there.put(ulid(number), entry(1, "A"))
        world.moment.go(1)
        assert names(await world.get(f"/emotes/7tv/set/{ulid(number)}")) == ["A"]
    kept = [await world.stores[0].command("EXISTS", f"cws:emotes:7tv:set:{ulid(number)}") for number in range(3)]
    assert kept == [0, 1, 1]
    life_s = int(await world.stores[0].command("TTL", f"cws:emotes:7tv:set:{ulid(2)}"))
    assert 0 < life_s <= 7 * 86_400


async def test_what_redis_notes_of_nothing_goes_by_itself(world: World, there: SevenTv) -> None:
    await world.get(SET)
    assert 0 < int(await world.stores[0].command("TTL", f"cws:emotes:7tv:set:{SET_ID}")) <= MISSING_S
    there.fault = "500"
    await world.get(CHANNEL)
    assert 0 < int(await world.stores[0].command("TTL", "cws:emotes:7tv:twitch:700000001")) <= REST_S + 1


async def test_without_7tv_nobody_is_asked(make: MakeWorld, there: SevenTv) -> None:
    world = await make(seven_tv=False)
    assert [(await world.get(path)).json() for path in (GLOBAL, SET, CHANNEL)] == [NOTHING] * 3
    assert there.asked == []


async def test_unlisted_ones_are_shown_where_the_host_wants_it(make: MakeWorld, there: SevenTv) -> None:
    there.put(SET_ID, entry(1, "New", {"listed": False}))
    assert names(await (await make()).get(SET)) == []
    world = await make(seven_tv_unlisted=True)
    await world.stores[0].command("DEL", f"cws:emotes:7tv:set:{SET_ID}")
    assert names(await world.get(SET)) == ["New"]


async def test_a_set_has_so_many_emotes(make: MakeWorld, there: SevenTv) -> None:
    there.put(SET_ID, *[entry(number, f"e{number}") for number in range(3)])
    assert len(names(await (await make(emotes_per_set=2)).get(SET))) == 2


async def test_only_allowed_pages_are_told(world: World, there: SevenTv) -> None:
    for path in (GLOBAL, SET, CHANNEL, "/emotes/custom"):
        for origin in ("https://evil.test", ""):
            assert await body(world, await world.get(path, origin=origin)) == (403, "origin.refused")
    assert (await world.get(GLOBAL, origin=OTHER_ORIGIN)).status_code == 200


async def test_without_redis_nothing_is_told(world: World, there: SevenTv, monkeypatch: pytest.MonkeyPatch) -> None:
    await world.get(GLOBAL)

    async def away(*_given: object) -> Any:
        raise StoreDown

    monkeypatch.setattr(world.stores[0], "run", away)
    assert await body(world, await world.get(GLOBAL)) == (503, "backend.down")


async def test_the_counters_and_the_log_name_nobody(world: World, there: SevenTv) -> None:
    await world.get(SET)
    await world.get(CHANNEL)
    await world.get("/emotes/custom/x/y/z")
    text = (await world.get("/metrics", origin="")).text
    assert 'signaling_requests_total{route="/emotes/7tv/set/{id}",status="404"} 1.0' in text
    assert 'signaling_requests_total{route="/emotes/7tv/twitch/{id}",status="404"} 1.0' in text
    assert 'signaling_requests_total{route="other",status="404"} 1.0' in text
    for said in (SET_ID, "700000001", "127.0.0.1"):
        assert said not in text
        assert said not in world.log.getvalue()


async def test_a_packed_answer_of_7tv_is_unpacked_within_the_bound(world: World, there: SevenTv) -> None:
    there.packed = gzip.compress(json.dumps(there.said["/emote-sets/global"]).encode())
    assert names(await world.get(GLOBAL)) == ["harbourWave"]
    for packed in (gzip.compress(b" " * 9_000_000), there.packed[:-9], b"no gzip"):
        await forget(world)
        there.packed = packed
        assert len(packed) < 10_000
        assert (await world.get(GLOBAL)).json() == NOTHING


async def test_what_unpacks_to_much_is_not_unpacked_first() -> None:
    packing = zlib.compressobj(1, zlib.DEFLATED, 31)
    bomb = b"".join([packing.compress(b" " * MIB) for _ in range(64)]) + packing.flush()

    async def parts() -> AsyncIterator[bytes]:
        yield bomb

    tracemalloc.start()
    with pytest.raises(Away):
        await read_bounded(parts(), "gzip", 8 * MIB)
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert most < 32 * MIB
