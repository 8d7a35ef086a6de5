"""Half a request on a line and a clock by hand: who is hung up on, when, and who is left alone."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Callable, Coroutine
from typing import Any, cast

import pytest
import uvicorn
from starlette.responses import PlainTextResponse
from uvicorn.server import ServerState

from auth.deadline import REQUEST_DEADLINE_S, DeadlineProtocol

HEAD = b"POST / HTTP/1.1\r\nhost: a.test\r\ncontent-length: 2\r\n\r\n"
WHOLE = HEAD + b"xy"


class Timer:
    """What the loop gives for a later call."""

    def __init__(self, at_s: float, action: Callable[[], None]) -> None:
        self.at_s = at_s
        self.action = action

    def cancel(self) -> None:
        self.action = lambda: None


class Loop:
    """Timers by hand, tasks on the loop of the test."""

    def __init__(self) -> None:
        self.now_s = 0.0
        self.timers: list[Timer] = []

    def call_later(self, delay_s: float, action: Callable[[], None]) -> Timer:
        self.timers.append(Timer(self.now_s + delay_s, action))
        return self.timers[-1]

    def create_task(self, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        return asyncio.get_running_loop().create_task(work)

    def go(self, seconds: float) -> None:
        self.now_s += seconds
        due = [timer for timer in self.timers if timer.at_s <= self.now_s]
        self.timers = [timer for timer in self.timers if timer.at_s > self.now_s]
        for timer in due:
            timer.action()


class Line(asyncio.Transport):
    """A connection to one caller that notes how it ended."""

    def __init__(self, sock: socket.socket | None = None) -> None:
        super().__init__({"socket": sock})
        self.ends: list[str] = []
        self.said = b""
        self.loop = Loop()
        self.server = ServerState()
        config = uvicorn.Config(PlainTextResponse("here"), http=DeadlineProtocol, log_config=None)
        self.protocol = DeadlineProtocol(config, self.server, {}, cast(asyncio.AbstractEventLoop, self.loop))
        self.owner: asyncio.BaseProtocol = self.protocol
        self.protocol.connection_made(self)

    def get_protocol(self) -> asyncio.BaseProtocol:
        return self.owner

    def is_closing(self) -> bool:
        return self.ends != []

    def write(self, data: bytes | bytearray | memoryview[Any]) -> None:
        self.said += bytes(data)

    def close(self) -> None:
        self.ends.append("closed")

    def abort(self) -> None:
        self.ends.append("hung up")


@pytest.mark.parametrize("received", [
    [],
    [b"POST / HTTP/1.1\r\n"],
    [HEAD],
    [HEAD, b"x"],
])
async def test_whoever_has_not_finished_in_ten_seconds_is_hung_up_on(received: list[bytes]) -> None:
    line = Line()
    for data in received:
        line.loop.go(3)
        line.protocol.data_received(data)
    line.loop.go(REQUEST_DEADLINE_S - line.loop.now_s - 0.125)
    assert line.ends == []
    line.loop.go(0.125)
    assert line.ends == ["hung up"]


@pytest.mark.parametrize("received", [[WHOLE], [HEAD, b"x", b"y"], [b"GET / HTTP/1.1\r\nhost: a.test\r\n\r\n"]])
async def test_whoever_has_sent_a_whole_request_may_wait_for_its_answer(received: list[bytes]) -> None:
    line = Line()
    for data in received:
        line.protocol.data_received(data)
    line.loop.go(REQUEST_DEADLINE_S)
    assert line.ends == []


async def test_the_next_request_on_a_line_has_a_deadline_of_its_own() -> None:
    line = Line()
    line.protocol.data_received(WHOLE)
    await asyncio.gather(*line.server.tasks)
    line.loop.go(4)
    line.protocol.data_received(HEAD)
    line.loop.go(REQUEST_DEADLINE_S - 0.125)
    assert line.ends == []
    line.loop.go(0.125)
    assert line.ends == ["hung up"]


async def test_a_line_that_another_protocol_took_over_has_no_deadline() -> None:
    line = Line()
    line.owner = asyncio.Protocol()
    line.protocol.data_received(b"GET / HTTP/1.1\r\n")
    line.loop.go(REQUEST_DEADLINE_S)
    assert line.ends == []


async def test_a_line_that_broke_is_left_alone() -> None:
    line = Line()
    line.protocol.connection_lost(OSError("gone"))
    line.loop.go(REQUEST_DEADLINE_S)
    assert line.ends == []


async def test_a_unix_socket_serves_too() -> None:
    """It knows no Nagle to switch off, and says so with an error."""
    ours, theirs = socket.socketpair(socket.AF_UNIX)
    with ours, theirs:
        assert Line(ours).ends == []


async def test_headers_that_are_too_much_are_answered_and_what_follows_has_a_deadline() -> None:
    line = Line()
    line.protocol.data_received(b"GET / HTTP/1.1\r\nx: " + b"a" * 100_000)
    assert (line.said.split()[1], line.ends) == (b"413", [])
    line.loop.go(REQUEST_DEADLINE_S - 0.125)
    line.protocol.data_received(b"a" * 100_000)
    assert line.said.count(b"HTTP/1.1") == 1
    assert line.ends == []
    line.loop.go(0.125)
    assert line.ends == ["hung up"]
