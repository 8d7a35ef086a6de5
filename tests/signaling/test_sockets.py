"""uvicorn's protocol as we changed it: what goes out at once, and when no more is read."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from uvicorn.config import Config
from uvicorn.server import ServerState
from websockets.protocol import State

from signaling.sockets import MOST_WAITING, FirmSocketProtocol
from tests.signaling.world import World, until

MakeWorld = Callable[..., Awaitable[World]]


class Transport(asyncio.Transport):
    """Takes everything and notes it."""

    def __init__(self) -> None:
        super().__init__()
        self.written: list[bytes] = []
        self.reads = True
        self.closing = False

    def write(self, data: Any) -> None:
        self.written.append(bytes(data))

    def is_closing(self) -> bool:
        return self.closing

    def pause_reading(self) -> None:
        self.reads = False

    def resume_reading(self) -> None:
        self.reads = True


class Open(FirmSocketProtocol):
    """Past its handshake."""

    def __init__(self) -> None:
        config = Config(app=lambda: None, ws_per_message_deflate=False, log_config=None)
        config.load()
        super().__init__(config, ServerState(), {})
        self.ends = Transport()
        self.transport = self.ends
        self.conn.state = State.OPEN
        self.handshake_complete = True

    def arrive(self, text: str) -> None:
        self.frames, self.curr_msg_data_type = [text.encode()], "text"
        self.send_receive_event_to_app()


async def test_a_message_goes_out_at_once_as_one_frame() -> None:
    socket = Open()
    assert socket.write("hé")
    assert socket.write(b"\x01\x02")
    assert socket.ends.written == [b"\x81\x03h\xc3\xa9", b"\x82\x02\x01\x02"]


@pytest.mark.parametrize("full", ["buffer", "closing", "closed"])
async def test_nothing_goes_out_at_once_where_it_would_have_to_wait_or_is_too_late(full: str) -> None:
    socket = Open()
    if full == "buffer":
        socket.pause_writing()
    elif full == "closing":
        socket.ends.closing = True
    else:
        socket.conn.state = State.CLOSING
    assert not socket.write("a")
    assert socket.ends.written == []
    if full == "buffer":
        socket.resume_writing()
        assert socket.write("a")


async def test_no_more_is_read_while_four_messages_wait() -> None:
    socket = Open()
    for number in range(1, MOST_WAITING):
        socket.arrive(str(number))
    assert socket.ends.reads
    socket.arrive("4")
    assert not socket.ends.reads
    socket.arrive("what the last read had as well")
    heard = [await socket.receive() for _ in range(MOST_WAITING)]
    assert not socket.ends.reads
    heard.append(await socket.receive())
    assert socket.ends.reads
    assert [event.get("text") for event in heard[:4]] == ["1", "2", "3", "4"]


async def test_members_are_told_in_order_whatever_goes_which_way(make_world: MakeWorld) -> None:
    world = await make_world(signals_burst=10**6, relays_burst=10**6, relay_burst_bytes=10**9, outbox_messages=10**5,
                             room_relay_burst_bytes=10**9, outbox_bytes=10**8, worker_relay_bytes_per_s=10**9)
    ada, ben = world.member("Ada"), world.member("Ben")
    room = await ada.make()
    one, other = await ada.join(room), await ben.join(room)
    other.reading.clear()  # until its buffers are full the rest has to wait in the box
    blobs = [number.to_bytes(4, "big") + bytes(16_000) for number in range(600)]
    for blob in blobs:
        one.relay(other.sid, blob)
    (reader,) = [each for each in world.worker.connections if each.sid == other.sid]  # type: ignore[attr-defined]
    await until(lambda: len(reader.outbox) > 0)  # type: ignore[attr-defined]
    other.reading.set()
    assert [(await other.blob())[1] for _ in blobs] == blobs
