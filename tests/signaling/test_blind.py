"""The server and its Redis see nothing of what members say to each other, and half-made requests end."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Awaitable, Callable

import pytest

from tests.fakes.redis_server import RedisServer
from tests.fakes.tap import RedisTap
from tests.signaling.world import World
from widget.wire.socket import PeerJoined

pytestmark = pytest.mark.no_cover

MakeWorld = Callable[..., Awaitable[World]]


async def test_what_is_relayed_is_stored_nowhere(make_world: MakeWorld, redis_server: RedisServer) -> None:
    world = await make_world(workers=2)
    tap = RedisTap(redis_server.url.removeprefix("unix://").partition("?")[0])
    ada, ben = world.member(), world.member()
    room = await ada.make()
    first, second = await ada.join(room), await ben.join(room, 1)
    assert isinstance(await first.read(), PeerJoined)
    blob = secrets.token_bytes(64)
    second.relay(first.sid, blob)
    assert (await first.blob())[1] == blob
    passed = tap.close()
    # The tap works: the blob crossed from worker to worker, as it was, and is in no key.
    assert blob in passed
    assert blob in bytes(world.servers[0].tap.seen)
    assert blob not in redis_server.dump()
    for secret in (first.joined.resume, second.joined.resume, ada.token()):
        assert secret.encode() not in redis_server.dump()
        assert secret.encode() not in passed


async def test_tokens_and_tickets_are_in_no_log(world: World) -> None:
    ada = world.member()
    line = await ada.join(await ada.make("Secret tea"))
    line.send("nonsense")
    await line.read()
    log = world.log.getvalue()
    for secret in (ada.sub, line.sid, line.room, line.joined.resume, "Secret", "nonsense"):
        assert secret not in log


async def ended(reader: asyncio.StreamReader) -> None:
    """However it comes: the server hangs up without an answer or after a refusal."""
    async with asyncio.timeout(10):
        try:
            while await reader.read(1000) != b"":
                pass
        except ConnectionResetError:
            pass


async def test_half_a_request_ends_after_its_deadline(make_world: MakeWorld) -> None:
    world = await make_world(header_deadline_s=0.05)
    host, _, port = world.servers[0].host.partition(":")
    half_a_body = b"POST /rooms HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nab"
    for start in (b"", b"GET /rooms HTTP/1.1\r\nHost:", half_a_body):
        reader, writer = await asyncio.open_connection(host, int(port))
        writer.write(start)
        await ended(reader)
        writer.close()


async def test_half_a_second_request_ends_too(make_world: MakeWorld) -> None:
    world = await make_world(header_deadline_s=0.05)
    host, _, port = world.servers[0].host.partition(":")
    reader, writer = await asyncio.open_connection(host, int(port))
    writer.write(b"GET /health HTTP/1.1\r\nHost: x\r\n\r\n")
    assert (await reader.readline()).startswith(b"HTTP/1.1 200")
    writer.write(b"GET /hea")
    await ended(reader)
    writer.close()


async def test_a_socket_outlives_the_deadline_of_requests(make_world: MakeWorld) -> None:
    world = await make_world(header_deadline_s=0.05)
    ada = world.member()
    line = await ada.join(await ada.make())
    reader, writer = await asyncio.open_connection(*world.servers[0].host.split(":"))
    assert await reader.read(1) == b""  # that took the deadline
    writer.close()
    assert await line.echo() == []
