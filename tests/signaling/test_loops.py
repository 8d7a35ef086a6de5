"""What a worker does all the time goes on, whatever comes in between; while it does not, /health says so."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from auth.health import KEYS_SOON_S
from auth.loops import Loops
from auth.origins import FRESH_S, allowed, remove
from auth.revocations import RECENT, Revoked, announce
from auth.seen import new_pass
from auth.tokens import KeySet
from signaling.changes import GarbledError, read_change
from signaling.kept_keys import KEY
from signaling.keys import KeysDown
from signaling.store import DUE, REVOCATIONS, channel
from tests.fakes.redis_server import RedisServer, running_redis
from tests.signaling.world import ISSUER, World, until
from widget.wire.socket import PeerJoined, Signal

MakeWorld = Callable[..., Awaitable[World]]

GARBLED = [
    b"", b"\xff\xfe", b"M", b"M{}", b"M[]", b"M5", b"Mnull", b'M{"seq":1e999,"kind":"-","sid":"x"}',
    b'M{"seq":9,"kind":"?","sid":"x"}', b'M{"seq":9,"kind":"+","sid":"x","member":5}', b"M" + b"[" * 5000,
    b'M{"seq":9,"kind":"=","sid":"x"}', b'M{"seq":9,"kind":"!","sid":"x"}',
    b'M{"seq":"soon","kind":"-","sid":"x"}', b"T\xff" * 20, b"B", b"T", b"Q123",
]  # fmt: skip


async def health(world: World) -> tuple[int, Any]:
    answer = await world.get("/health", origin="")
    return answer.status_code, answer.json()["loops"]


def events(world: World) -> list[dict[str, Any]]:
    return [json.loads(line) for line in world.log.getvalue().splitlines()]


@pytest.mark.parametrize("data", [data[1:] for data in GARBLED if data[:1] == b"M"])
def test_what_is_no_change_is_garbled(data: bytes) -> None:
    with pytest.raises(GarbledError):
        read_change(data)


async def test_no_garbled_message_makes_a_worker_deaf(make_world: MakeWorld) -> None:
    world = await make_world(workers=2)
    room = await world.member().make()
    first, second = await world.member().join(room), await world.member().join(room, 1)
    assert isinstance(await first.read(), PeerJoined)
    for data in GARBLED:
        await world.stores[0].publish(channel(room), data)
        await world.stores[0].publish(REVOCATIONS, data)
    second.signal(first.sid)
    assert await first.read() == Signal(second.sid, "offer", "sdp")
    ben = second.member
    world.moment.go(5)
    await announce(world.stores[0], Revoked(ben.sub, ben.jkt.hex(), int(world.moment.now_s())))
    assert await second.refused() == ("token.invalid", 4403)
    assert await health(world) == (200, [])
    told = [event for event in events(world) if event["event"] == "message.garbled"]
    assert len(told) >= len(GARBLED)
    assert set(told[0]) == {"event", "error", "place", "timestamp"}


async def test_a_change_that_was_garbled_is_found_in_the_roster(world: World) -> None:
    room = await world.member().make()
    first = await world.member().join(room)
    heard, world.worker.hub.heard = world.worker.hub.heard, lambda room_id, data: None  # type: ignore[method-assign]
    second = await world.member().join(room)
    assert await world.stores[0].publish(channel(room), b"nothing") == 1
    world.worker.hub.heard = heard  # type: ignore[method-assign]
    await world.stores[0].publish(channel(room), b"M{")
    said = await first.read()
    assert isinstance(said, PeerJoined)
    assert said.member.sid == second.sid


async def test_who_has_to_go_is_looked_for_as_often_as_the_manual_says(
    make_world: MakeWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    """docs/HOSTING.md: a removed site's within seconds, a revoked key's as soon as the worker has the newer keys."""
    pauses: dict[str, float] = {}
    keep = Loops.keep

    async def noted(
        loops: Loops, name: str, turn: Callable[[], Awaitable[None]], pause_s: float, lasting: bool = False
    ) -> None:
        pauses[name] = pause_s
        await keep(loops, name, turn, pause_s, lasting)

    monkeypatch.setattr(Loops, "keep", noted)
    await make_world()
    await until(lambda: {"sites", "keys"} <= pauses.keys())
    assert pauses["sites"] + FRESH_S <= 2
    assert pauses["keys"] <= 1


@pytest.mark.parametrize("name", ["tick", "sweep", "listen"])
async def test_a_loop_that_breaks_is_told_and_begun_again(world: World, name: str) -> None:
    await until(lambda: world.worker.ear.subscription is not None)
    parts: dict[str, tuple[Any, str]] = {
        "tick": (world.worker.hub, "repair"), "sweep": (world.worker.store, "sweep"),
        "listen": (world.worker.ear.subscription, "next"),
    }  # fmt: skip
    place, method = parts[name]
    good = getattr(place, method)

    async def broken(*_: object) -> None:
        raise ValueError("a secret in a text")

    setattr(place, method, broken)
    await world.stores[0].publish(REVOCATIONS, b"")  # the ear is in the middle of a good turn
    await until(lambda: _is_down(world, name))
    setattr(place, method, good)
    await until(lambda: _is_well(world))
    told = [(event["loop"], event["error"]) for event in events(world) if event["event"] == "loop.broken"]
    assert set(told) == {(name, "ValueError")}
    assert "secret" not in world.log.getvalue()
    assert f'signaling_broken_total{{loop="{name}"}}' in world.worker.metrics.text().decode()


async def test_ready_and_live_tell_a_broken_loop_from_a_dead_one(world: World) -> None:
    assert await verdict(world, "live") == await verdict(world, "ready") == (200, [])
    await until(lambda: "tick" in world.worker.loops._moved_s)
    world.worker.loops._failing.add("listen")  # until it gets through a turn, which lasts
    assert await verdict(world, "live") == (200, [])
    assert await verdict(world, "ready") == (503, ["loop.listen"])
    world.worker.loops._over.add("listen")
    assert await verdict(world, "live") == await verdict(world, "ready") == (503, ["loop.listen"])


async def test_ready_tells_of_keys_that_are_gone_or_end_soon(world: World) -> None:
    world.key_set = KeySet(ISSUER, int(world.moment.now_s()) + KEYS_SOON_S, world.key_set.keys)
    assert await verdict(world, "ready") == (503, ["keys.end"])
    world.key_set = KeySet(ISSUER, int(world.moment.now_s()) + KEYS_SOON_S + 1, world.key_set.keys)
    assert await verdict(world, "ready") == (200, [])

    async def unknown(now_s: float) -> int:
        raise KeysDown

    world.worker.sign_ins.keys.end_s = unknown  # type: ignore[method-assign]
    assert await verdict(world, "ready") == (503, ["keys"])


@pytest.mark.parametrize(("unseen_s", "said"), [(599, (200, [])), (600, (503, ["keys.unseen"]))])
async def test_ready_tells_that_the_sign_in_service_was_not_seen_for_long(
    world: World, unseen_s: int, said: tuple[int, list[str]]
) -> None:
    async def unseen(now_s: float) -> float:
        return unseen_s

    world.worker.sign_ins.keys.unseen_s = unseen  # type: ignore[method-assign]
    assert await verdict(world, "ready") == said


@pytest.mark.parametrize("key", [DUE, KEY])
async def test_ready_tells_that_something_else_is_where_our_own_should_be(
    make_world: MakeWorld, key: str
) -> None:
    world = await make_world(sweep_every_s=3600)
    await world.stores[0].command("DEL", key)
    await world.stores[0].command("RPUSH", key, "x")
    assert await verdict(world, "ready") == (503, ["store.type"])


async def test_ready_tells_that_no_site_may_embed_the_chat(world: World) -> None:
    sites = await allowed(world.stores[0]) or frozenset()
    await remove(world.stores[0], *sites)
    assert await verdict(world, "ready") == (503, ["sites"])


async def test_the_doctor_sees_what_arrives(world: World) -> None:
    token = await new_pass(world.stores[0], "signaling")
    answer = await world.get(f"/health/seen?pass={token}", origin="", forwarded_for="203.0.113.9")
    assert answer.json() == {
        "address": "127.0.0.1", "peer": "127.0.0.1", "forwarded": ["203.0.113.9"],
        "host": world.servers[0].host, "scheme": "http",
    }  # fmt: skip
    assert (await world.get("/health/seen", origin="")).status_code == 404


async def verdict(world: World, path: str) -> tuple[int, Any]:
    answer = await world.get(f"/health/{path}", origin="")
    return answer.status_code, answer.json()["troubles"]


async def test_health_is_bad_until_the_worker_hears_redis_again(
    make_world: MakeWorld, redis_server: RedisServer
) -> None:
    world = await make_world()
    room = await world.member().make()
    line = await world.member().join(room)
    subscribe = world.worker.store.subscribe

    async def deaf(*channels: str) -> Any:
        raise ValueError

    world.worker.store.subscribe = deaf  # type: ignore[method-assign]
    redis_server.stop()
    redis_server.start()
    await until(lambda: _is_down(world, "listen"))
    world.worker.store.subscribe = subscribe  # type: ignore[method-assign]
    await until(lambda: _is_well(world))
    assert await line.echo() == []


async def _is_down(world: World, name: str) -> bool:
    status, loops = await health(world)
    return status == 503 and name in loops


async def _is_well(world: World) -> bool:
    return await health(world) == (200, [])


async def test_a_redis_that_takes_nothing_is_told(make_world: MakeWorld) -> None:
    with running_redis() as redis:
        world = await make_world(redis_url=redis.url)
        redis._client().config_set("maxmemory", 1)
        status, troubles = await verdict(world, "ready")
        assert (status, "store.full" in troubles) == (503, True)


@pytest.mark.parametrize("entry", ["nospace", "", "sub 12 34"])
async def test_a_sign_out_that_cannot_be_read_makes_nobody_deaf(
    make_world: MakeWorld, redis_server: RedisServer, entry: str
) -> None:
    world = await make_world()
    ada = world.member()
    line = await ada.join(await ada.make())
    client = redis_server._client()
    client.zadd(RECENT, {entry: world.moment.now_s() + 1, "other too": "+inf"})
    await until(lambda: world.worker.ear.subscription is not None)
    was = world.worker.ear.subscription
    redis_server.cut_subscribers()
    await until(lambda: world.worker.ear.subscription not in (None, was))
    await until(lambda: _is_well(world))
    assert 'signaling_dropped_total{reason="garbled"} 2.0' in world.worker.metrics.text().decode()
    await announce(world.worker.shared, Revoked(ada.sub, ada.jkt.hex(), int(world.moment.now_s()) + 1))
    assert (await line.refused())[0] == "token.invalid"
