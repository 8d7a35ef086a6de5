"""One connection to Redis, whose other end is a socket of the test, in a loop whose clock is moved by hand."""

from __future__ import annotations

import asyncio
import select
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from redis.exceptions import ConnectionError as RedisConnectionError
from redis.exceptions import TimeoutError as RedisTimeoutError

from auth.store.pool import HealingConnection

TURNS = 20


class Line:
    """`connection` to `server`, which says what the test sends."""

    def __init__(self, connection: Any, server: socket.socket) -> None:
        self.connection = connection
        self.server = server
        self.at_s = asyncio.get_running_loop().time()

    def time(self) -> float:
        return self.at_s

    def say(self, data: bytes) -> None:
        """It has arrived, but the loop has not read it yet."""
        self.server.sendall(data)
        own = self.connection._writer.get_extra_info("socket")
        assert select.select([own], [], [], 10)[0] == [own]

    async def reading(self, **options: Any) -> asyncio.Task[Any]:
        task = asyncio.create_task(self.connection.read_response(**options))
        await turns()
        return task


async def turns() -> None:
    for _ in range(TURNS):
        await asyncio.sleep(0)


@asynccontextmanager
async def connected(**options: Any) -> AsyncIterator[Line]:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        place = {"host": "127.0.0.1", "port": listener.getsockname()[1], "protocol": 2, "driver_info": None}
        connection: Any = HealingConnection(**place, **options)
        await connection.connect()
        server, _ = listener.accept()
        with server:
            yield Line(connection, server)
            await connection.disconnect(nowait=True)


async def test_an_answer_that_came_while_the_loop_stood_still_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    async with connected(socket_timeout=1, decode_responses=True) as line:
        monkeypatch.setattr(asyncio.get_running_loop(), "time", line.time)
        reading = await line.reading()
        line.say(b"+late\r\n")
        line.at_s += 2
        assert await reading == "late"


async def test_an_answer_that_does_not_come_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    async with connected(socket_timeout=1) as line:
        monkeypatch.setattr(asyncio.get_running_loop(), "time", line.time)
        reading = await line.reading()
        line.at_s += 0.5
        await turns()
        assert not reading.done()
        line.at_s += 0.5
        await turns()
        assert isinstance(reading.exception(), RedisTimeoutError)


@pytest.mark.parametrize("socket_timeout", [1, None])
async def test_who_names_a_time_waits_for_so_long_and_no_failure_comes_of_it(
    monkeypatch: pytest.MonkeyPatch, socket_timeout: float | None
) -> None:
    async with connected(socket_timeout=socket_timeout) as line:
        monkeypatch.setattr(asyncio.get_running_loop(), "time", line.time)
        reading = await line.reading(timeout=5)
        line.at_s += 4
        await turns()
        assert not reading.done()
        line.at_s += 1
        await turns()
        assert reading.result() is None


async def test_who_has_no_time_at_all_waits_and_gets_text() -> None:
    async with connected(socket_timeout=None, decode_responses=True) as line:
        reading = await line.reading()
        line.say(b"+text\r\n")
        assert await reading == "text"


@pytest.mark.parametrize("socket_timeout", [1, None])
@pytest.mark.parametrize("keeps", [True, False])
async def test_a_broken_answer_ends_a_connection_unless_it_is_to_be_kept(
    socket_timeout: float | None, keeps: bool
) -> None:
    async with connected(socket_timeout=socket_timeout) as line:
        reading = await line.reading(disconnect_on_error=not keeps)
        line.server.close()
        with pytest.raises(RedisConnectionError):
            await reading
        assert line.connection.is_connected == keeps


async def test_a_connection_is_made_anew_when_it_is_doubted_or_closed_by_the_other_side() -> None:
    async with connected() as line:
        connection = line.connection
        assert not connection.should_reconnect()
        connection.mark_for_reconnect()
        assert connection.should_reconnect()
        connection.reset_should_reconnect()
        line.server.close()
        assert await connection._reader.read() == b""
        assert connection.should_reconnect()
        await connection.disconnect()
        assert not connection.should_reconnect()
