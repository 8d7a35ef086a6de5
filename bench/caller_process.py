"""Callers in a process and on a processor of their own: `python -m bench.caller_process DESCRIPTOR PROCESSOR`.

What comes through the descriptor, a packet each: a pair (two connections, with the frame that each sends), or how many
of the pairs are to send how many messages each, which is answered once they have.
"""

from __future__ import annotations

import asyncio
import os
import socket
import struct
import subprocess
import sys
from collections.abc import Sequence

import uvloop
from websockets.asyncio.client import ClientConnection

from bench.callers import Caller, Pair

PAIR, TALK, DONE = b"P", b"T", b"D"
LENGTHS = struct.Struct("!HH")  # of the frames
COUNTS = struct.Struct("!HL")  # pairs, messages of each
MOST_BYTES = 4096


class CallerProcess:
    """The other end of it."""

    def __init__(self, processor: int) -> None:
        self._channel, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self._channel.setblocking(False)
        with theirs:
            command = [sys.executable, "-m", "bench.caller_process", str(theirs.fileno()), str(processor)]
            self._process = subprocess.Popen(command, pass_fds=(theirs.fileno(),))
        self.pairs = 0

    def take(self, frames: tuple[bytes, bytes], descriptors: tuple[int, int]) -> None:
        """Two connections, which stay open when they are closed here."""
        packet = PAIR + LENGTHS.pack(*map(len, frames)) + b"".join(frames)
        socket.send_fds(self._channel, [packet], descriptors)
        self.pairs += 1

    async def talk(self, pairs: int, messages: int) -> None:
        loop = asyncio.get_running_loop()
        await loop.sock_sendall(self._channel, TALK + COUNTS.pack(pairs, messages))
        assert await loop.sock_recv(self._channel, 1) == DONE

    def close(self) -> None:
        self._channel.close()
        self._process.wait()


def hand_over(callers: CallerProcess, pair: Sequence[ClientConnection], frames: tuple[bytes, bytes]) -> None:
    """Whoever read these connections here hears nothing more."""
    transports = [connection.transport for connection in pair]
    one, other = (transport.get_extra_info("socket").fileno() for transport in transports)
    callers.take(frames, (one, other))
    for transport in transports:
        transport.abort()  # closes the descriptor here, not the connection


async def run(channel: socket.socket) -> None:
    """Until the other end is closed."""
    loop, pairs = asyncio.get_running_loop(), list[Pair]()
    ready = asyncio.Event()
    loop.add_reader(channel.fileno(), ready.set)
    while True:
        await ready.wait()
        ready.clear()
        packet, descriptors, _, _ = socket.recv_fds(channel, MOST_BYTES, 2)
        if packet == b"":
            return
        if packet[:1] == PAIR:
            pairs.append(await _pair(packet[1:], descriptors))
            continue
        count, messages = COUNTS.unpack(packet[1:])
        await asyncio.gather(*(pair.talk(messages) for pair in pairs[:count]))
        channel.send(DONE)


async def _pair(packet: bytes, descriptors: list[int]) -> Pair:
    first, _ = LENGTHS.unpack_from(packet)
    frames = packet[LENGTHS.size :]
    callers = []
    for descriptor, frame in zip(descriptors, (frames[:first], frames[first:]), strict=True):
        connection = socket.socket(fileno=descriptor)
        transport, _ = await asyncio.get_running_loop().connect_accepted_socket(asyncio.Protocol, connection)
        callers.append(Caller(transport, frame))
    return Pair(*callers)


if __name__ == "__main__":
    os.sched_setaffinity(0, {int(sys.argv[2])})
    uvloop.run(run(socket.socket(fileno=int(sys.argv[1]))))
