"""Members of a room come together in one of two real workers, whichever they called; what they do there goes on."""

from __future__ import annotations

import asyncio
import contextlib
import os
import secrets
import signal
from collections import Counter
from pathlib import Path

import pytest
from websockets.asyncio.client import ClientConnection
from websockets.exceptions import InvalidMessage

from tests.fakes.processes import CLOSE_WAIT, ESTABLISHED, connections
from tests.fakes.redis_server import RedisServer
from tests.signaling.member import Line, Member
from tests.signaling.service import PATIENCE_S, Service, serving, until
from widget.wire.client_text import auth_bytes, proof_fields, write_auth, write_beat
from widget.wire.server_text import read_server
from widget.wire.socket import Beat, Joined, PeerJoined, Signal

pytestmark = pytest.mark.no_cover

ROOMS, PEOPLE = 30, 5
WITHIN = 0.2
RESTARTS = 1012
CAPACITY = 16


async def test_members_of_a_room_are_with_one_worker_and_rooms_are_spread(
    tmp_path: Path, redis_server: RedisServer
) -> None:
    quotas = {"SIGNALING_CREATES_PER_IP_HOUR": "1000", "SIGNALING_SOCKETS_PER_IP": "1000"}
    async with serving(tmp_path, redis_server, **quotas) as service:
        hosts = [service.member("Host") for _ in range(ROOMS)]
        rooms = {await host.make(): [host, *(service.member() for _ in range(PEOPLE - 1))] for host in hosts}
        # A worker that has not seen yet that a call is over counts it, and is given fewer rooms.
        await until(lambda: connections(service.port, (ESTABLISHED, CLOSE_WAIT)) == {})
        lines: dict[str, list[Line]] = {room: [] for room in rooms}
        for number in range(PEOPLE):  # so that those of one room do not come one after another
            for room, members in rooms.items():
                lines[room].append(await members[number].join(room))
        places = {room: {service.worker_of(line.socket) for line in lines[room]} for room in rooms}
        assert all(len(workers) == 1 for workers in places.values())
        shares = Counter(worker for (worker,) in places.values())
        assert all(abs(share - ROOMS / 2) <= WITHIN * ROOMS / 2 for share in shares.values()), shares
        for room in rooms:
            await _talk(lines[room])
            await _renew(lines[room])


async def _talk(lines: list[Line]) -> None:
    """The last, who was surely handed on half of the time, hears the first and is heard."""
    first, last = lines[0], lines[-1]
    for sender, receiver in ((first, last), (last, first)):
        sender.signal(receiver.sid)
        sender.relay(receiver.sid, b"blob")
    for receiver, sender in ((first, last), (last, first)):
        heard: list[object] = []
        while not isinstance(said := await receiver.raw(), bytes):
            heard.append(read_server(said))
        assert [one.sid for one in heard if isinstance(one, Signal)] == [sender.sid]


async def _renew(lines: list[Line]) -> None:
    """The nonce that they signed is still the one that counts."""
    for line in lines:
        line.renew()
        assert all(isinstance(said, PeerJoined) for said in await line.echo())


async def test_nobody_is_handed_on_in_the_middle_of_a_word_and_a_room_outlives_its_home(
    tmp_path: Path, redis_server: RedisServer
) -> None:
    async with serving(tmp_path, redis_server, SIGNALING_UNAUTHENTICATED_PER_WORKER="1") as service:
        room, lines = await _room(service)
        (home,) = {service.worker_of(line.socket) for line in lines}
        await _past_a_full_door(service, room, home)
        await _hasty(service, room, lines)
        os.kill(home, signal.SIGKILL)
        again = [await _come_back(room, line) for line in lines]
        assert len({service.worker_of(line.socket) for line in again}) == 1
        await _talk(again)


async def test_workers_are_replaced_one_by_one_and_rooms_go_on(tmp_path: Path, redis_server: RedisServer) -> None:
    async with serving(tmp_path, redis_server) as service:
        before = set(service.workers())
        room, lines = await _room(service)
        service.process.send_signal(signal.SIGHUP)
        again = [await _come_back(room, line, RESTARTS) for line in lines]
        await until(lambda: before.isdisjoint(service.workers()) and len(service.workers()) == 2)
        # The second worker went after the first, so some have moved twice.
        again = [line if line.socket.close_code is None else await _come_back(room, line) for line in again]
        assert len({service.worker_of(line.socket) for line in again}) == 1
        await _talk(again)


async def _past_a_full_door(service: Service, room: str, home: int) -> None:
    """Where the home has no place for those who have not said who they are, who said it elsewhere still comes in."""
    silent: dict[int, ClientConnection] = {}
    while len(silent) < 2:
        guest = await service.enter()
        with contextlib.suppress(ValueError):  # refused, and gone
            silent.setdefault(service.worker_of(guest), guest)
    for worker, guest in silent.items():
        if worker != home:
            await guest.close()

    async def is_let_in() -> bool:
        try:
            line = await service.member().join(room)
        except AssertionError:  # it came to the full one itself
            return False
        await line.close()
        return True

    await until(is_let_in)
    await silent[home].close()


async def _hasty(service: Service, room: str, lines: list[Line]) -> None:
    """Who goes on speaking after the proof is answered, stays where it called, and is reached by way of Redis."""
    there = list(lines)
    while len({service.worker_of(line.socket) for line in there}) == 1 and len(there) < CAPACITY:
        line = await service.member().open()
        _say_at_once(line, room)
        assert isinstance(await line.read(), Joined)
        assert isinstance(await line.read(), Beat)
        while not (isinstance(heard := await lines[0].read(), PeerJoined) and heard.member.sid == line.sid):
            pass
        lines[0].signal(line.sid)
        assert isinstance(await line.read(), Signal)
        there.append(line)
    assert len({service.worker_of(line.socket) for line in there}) == 2
    for line in there[len(lines):]:
        await line.close()


async def _room(service: Service) -> tuple[str, list[Line]]:
    host = service.member("Host")
    room = await host.make()
    return room, [await member.join(room) for member in (host, service.member(), service.member())]


async def _come_back(room: str, line: Line, code: int = 0) -> Line:
    """The same session on another socket, as soon as the first is cut."""
    closed = await asyncio.wait_for(line.closed(), PATIENCE_S)
    assert code in (0, closed)
    member: Member = line.member
    found: list[Line] = []

    async def is_back() -> bool:
        try:
            found.append(await member.join(room, sid=line.sid, resume=line.joined.resume))
        except (OSError, InvalidMessage, AssertionError):  # refused while a worker stops, or cut when it is killed
            return False
        return True

    await until(is_back)
    return found[0]


def _say_at_once(line: Line, room: str) -> None:
    """Proof and beat in one segment."""
    member, sid = line.member, secrets.token_hex(16)
    line.sid = sid
    signature = member.sign(auth_bytes(line.nonce, line.host, room, sid))
    protocol = line.socket.protocol
    for text in (write_auth(proof_fields(member.token(), member.public, signature), room, sid, ""), write_beat()):
        protocol.send_text(text.encode())
    line.socket.transport.write(b"".join(protocol.data_to_send()))
