"""What the operator sees of sockets, in the log and in Redis, without seeing anybody."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from prometheus_client import generate_latest

from tests.fakes.redis_server import RedisServer
from tests.signaling.world import World, until

pytestmark = pytest.mark.no_cover

MakeWorld = Callable[..., Awaitable[World]]
ADDRESS = "203.0.113.9"


def told(world: World, event: str) -> list[dict[str, Any]]:
    lines = [json.loads(line) for line in world.log.getvalue().splitlines()]
    return [line for line in lines if line["event"] == event]


async def test_a_stay_is_two_lines_that_name_nobody(world: World) -> None:
    ada = world.member("Ada Lovelace")
    room = await ada.make("Secret tea")
    line = await ada.join(room)
    line.say("leave")
    await line.closed()
    await until(lambda: len(told(world, "socket.left")) == 1)
    (joined,), (left,) = told(world, "socket.joined"), told(world, "socket.left")
    hashed = world.worker.log.hashed
    expected = {"room": hashed(room), "session": hashed(line.sid), "ip": hashed("127.0.0.1")}
    assert {name: joined[name] for name in expected} == {name: left[name] for name in expected} == expected
    assert (joined["said"], left["code"]) == ("in", 1000)
    for secret in (ada.sub, ada.jkt.hex(), room, line.sid, "Lovelace", "Secret", "127.0.0.1", "site.test"):
        assert secret not in world.log.getvalue()


async def test_each_refusal_is_a_line_with_its_code(world: World) -> None:
    line = await world.member().open()
    line.auth("00" * 16)
    assert (await line.refused())[0] == "room.unknown"
    await world.member().turned_away(origin="https://stranger.test")
    await world.get("/rooms/" + "00" * 16)
    await world.get("/nothing")
    assert [event["said"] for event in told(world, "socket.refused")] == ["room.unknown"]
    assert [event["said"] for event in told(world, "door.refused")] == ["origin.refused"]
    assert [(event["route"], event["said"]) for event in told(world, "request.refused")] == [
        ("/rooms/{id}", "room.unknown"), ("other", "route.unknown")
    ]
    assert "stranger" not in world.log.getvalue()


async def test_who_does_not_read_is_told_as_evicted(make_world: MakeWorld) -> None:
    world = await make_world()
    line = await world.member().join(await world.member().make())
    (connection,) = world.worker.connections
    connection.evict()  # type: ignore[attr-defined]
    await line.closed()
    assert [event["code"] for event in told(world, "socket.evicted")] == [4408]


async def test_a_lost_store_is_a_line(world: World, redis_server: RedisServer) -> None:
    await until(lambda: world.worker.ear.subscription is not None)
    redis_server.cut_subscribers()
    await until(lambda: len(told(world, "store.lost")) == 1)


async def _broken(*_given: object) -> None:
    raise ValueError("a secret in a text")


async def test_a_task_that_breaks_is_a_line(world: World) -> None:
    world.worker.spawn(_broken())
    await until(lambda: len(told(world, "task.broken")) == 1)
    assert told(world, "task.broken")[0]["error"] == "ValueError"
    assert "secret" not in world.log.getvalue()


async def test_a_writer_that_breaks_is_a_line(world: World) -> None:
    line = await world.member().join(await world.member().make())
    (connection,) = world.worker.connections
    connection.outbox._write = lambda data: False  # type: ignore[attr-defined]
    connection._sender._socket.send_text = _broken  # type: ignore[attr-defined]
    line.say("beat")
    await line.closed()
    await until(lambda: len(told(world, "socket.broken")) == 1)
    assert told(world, "socket.broken")[0]["error"] == "ValueError"
    assert "secret" not in world.log.getvalue()


@pytest.mark.parametrize(("failed", "code"), [(2, "token.invalid"), (3, "rate.limited"), (4, "rate.limited")])
async def test_tokens_that_do_not_hold_are_counted_by_address(make_world: MakeWorld, failed: int, code: str) -> None:
    world = await make_world(failed_auths_per_ip_min=3)
    ada = world.member()
    room = await ada.make()
    for number in range(failed):
        line = await world.member().open()
        line.auth(room, token="x.y.z")
        assert (await line.refused())[0] == ("token.invalid" if number < 3 else "rate.limited")
    line = await world.member().open()
    line.auth(room, token="x.y.z")
    assert (await line.refused())[0] == code
    counted = min(failed + 1, 3)
    assert f'signaling_failed_auths_total{{code="token.invalid"}} {counted}.0' in world.worker.metrics.text().decode()
    world.moment.go(60)
    assert await ada.join(await ada.make())


async def test_those_that_come_at_once_are_told_no_more_than_one_after_another(make_world: MakeWorld) -> None:
    world = await make_world(failed_auths_per_ip_min=3)
    room = await world.member().make()
    lines = [await world.member().open() for _ in range(20)]
    for line in lines:
        line.auth(room, token="x.y.z")
    said = [(await line.refused())[0] for line in lines]
    assert sorted(said) == ["rate.limited"] * 17 + ["token.invalid"] * 3


async def test_a_call_whose_proof_does_not_hold_counts_as_well(make_world: MakeWorld) -> None:
    world = await make_world(failed_auths_per_ip_min=1)
    ada = world.member()
    answers = [await ada.post({}, {"dpop": "x"}) for _ in range(2)]
    assert [answer.json()["code"] for answer in answers] == ["proof.invalid", "rate.limited"]


async def test_what_is_no_failed_proof_is_not_counted(make_world: MakeWorld) -> None:
    world = await make_world(failed_auths_per_ip_min=1)
    ada = world.member()
    room = await ada.make()
    line = await ada.open()
    line.auth("11" * 16)
    assert (await line.refused())[0] == "room.unknown"
    assert await ada.join(room)


async def test_addresses_are_kept_under_a_key(make_world: MakeWorld, redis_server: RedisServer) -> None:
    dumps: list[set[bytes]] = []
    for secret in ("a" * 32, "b" * 32, "a" * 32):
        redis_server.clear()
        world = await make_world(secret=secret)
        ada = world.member()
        await ada.join(await ada.make())
        dumps.append({key for key in redis_server.dump().split(b"\n") if b"cws:sockets:address:" in key})
        await world.close()
    assert [len(dump) for dump in dumps] == [1, 1, 1]
    assert dumps[0] == dumps[2] != dumps[1]


@pytest.mark.parametrize("when", ["asked", "ticked", "stopped"])
async def test_what_members_say_is_counted_when_somebody_looks_now_and_then_and_at_the_end(
    make_world: MakeWorld, when: str
) -> None:
    world = await make_world(tick_s=0.01 if when == "ticked" else 1000.0)
    ada, ben = world.member("Ada"), world.member("Ben")
    room = await ada.make()
    one, other = await ada.join(room), await ben.join(room)
    one.relay(other.sid, b"blob")
    other.signal(one.sid)
    assert (await other.blob())[1] == b"blob"
    for _ in range(2):  # who came, and the signal
        await one.read()
    lines = ['{kind="relay",way="here"} 1.0', '{kind="signal",way="here"} 1.0', "signaling_relayed_bytes_total 4.0"]

    def told() -> bool:
        text = generate_latest(world.worker.metrics.registry).decode()
        return all(line in text for line in lines)

    if when == "asked":
        assert not told()
        await world.get("/metrics", origin="")
    elif when == "stopped":
        await world.worker.stop()
    await until(told)
