"""The one listening socket of several workers: each connection is handed to the worker that has the fewest.

Workers that wait for one socket side by side are woken in the same order each time, so that one of them gets nearly all
of what comes one after another (epoll_ctl(2), EPOLLEXCLUSIVE). SO_REUSEPORT (socket(7)) spreads by a hash, even only on
average, which never heals, and drops what waits for a worker that stops. So the parent accepts and passes each
connection on (SCM_RIGHTS, unix(7)), as the cluster module of Node does.

A room is at home with one worker: the first that somebody entered it with, for as long as anybody is in it there. Whose
room is at home elsewhere is handed on there as soon as they have proved who they are and named it (homing.py).
"""

from __future__ import annotations

import contextlib
import secrets
import selectors
import socket
import sys
import threading
import time
from dataclasses import dataclass

import uvicorn
from uvicorn.supervisors import Multiprocess

from auth.log import Log
from signaling.packets import (
    CALL,
    EMPTY,
    FULL,
    HOME,
    LOAD,
    LOADED,
    MOST_BYTES,
    MOVE,
    MOVED,
    OURS,
    ROOM_BYTES,
    THEIRS,
    WHERE,
)

WORKER_LOOP = "signaling.worker_loop:WorkerLoop"
PAUSE_S = 0.1  # when nothing can be accepted, as when the machine is out of open files


@dataclass(eq=False)
class _Hand:
    """The way to one worker and back, for packets. It ends when the worker stops."""

    channel: socket.socket
    handed: int = 0
    taken: int = 0
    opened: int = 0

    @property
    def load(self) -> int:
        """What it has open, with what is on its way."""
        return self.opened + self.handed - self.taken


class Dispatcher:
    """Each worker sends its own way through `registry`, which uvicorn gives to all of them in place of a listener.

    A worker with `most` connections is handed no more for the sake of their room.
    """

    def __init__(self, listener: socket.socket, most: int) -> None:
        listener.setblocking(False)
        self._most = most
        self._listener = listener
        self._mine, self.registry = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self._hands: set[_Hand] = set()
        self._homes: dict[bytes, _Hand] = {}  # by room
        self._ready = selectors.DefaultSelector()
        self._ready.register(self._mine, selectors.EVENT_READ)
        self._over = False

    def close(self) -> None:
        """Whoever calls from now on is refused at once and goes elsewhere, while members move."""
        self._over = True
        self._listener.shutdown(socket.SHUT_RDWR)
        self._mine.shutdown(socket.SHUT_RDWR)

    def run(self) -> None:
        """Until it is closed."""
        try:
            while not self._over:
                self.turn()
        finally:
            for hand in self._hands:
                hand.channel.close()
            self._ready.close()
            self._mine.close()
            self.registry.close()

    def turn(self) -> None:
        """Wait until something happens, and do what is to be done."""
        for key, _ in self._ready.select():
            if key.fileobj is self._mine:
                self._meet()
            elif key.data is None:
                self._accept()
            else:
                self._read(key.data)

    def _meet(self) -> None:
        """A new worker; with the first of them calls are taken."""
        _, descriptors, _, _ = socket.recv_fds(self._mine, 1, 1)
        if len(descriptors) == 0:  # closed
            return
        hand = _Hand(socket.socket(fileno=descriptors[0]))
        hand.channel.setblocking(False)
        self._ready.register(hand.channel, selectors.EVENT_READ, hand)
        if len(self._hands) == 0:
            self._ready.register(self._listener, selectors.EVENT_READ)
        self._hands.add(hand)

    def _read(self, hand: _Hand) -> None:
        try:
            packet, descriptors, _, _ = socket.recv_fds(hand.channel, MOST_BYTES, 1)
        except OSError:
            packet, descriptors = b"", []
        kind, rest = packet[:1], packet[1:]
        if packet == b"":
            self._forget(hand)
        elif kind == LOADED:
            _, hand.taken, hand.opened = LOAD.unpack(packet)
        elif kind == WHERE:
            self._answer(hand, rest)
        elif kind == EMPTY:
            self._empty(hand, rest)
        elif kind == MOVE and len(descriptors) > 0:
            self._move(hand, rest[:ROOM_BYTES], rest[ROOM_BYTES:], descriptors[0])

    def _forget(self, hand: _Hand) -> None:
        """It stops or has died. While there is none, calls wait in the kernel for the next."""
        self._ready.unregister(hand.channel)
        hand.channel.close()
        self._hands.discard(hand)
        self._homes = {room: home for room, home in self._homes.items() if home is not hand}
        if len(self._hands) == 0:
            self._ready.unregister(self._listener)

    def _accept(self) -> None:
        try:
            connection, _ = self._listener.accept()
        except OSError:
            time.sleep(PAUSE_S)
            return
        with connection:
            self._hand_over(connection, CALL)

    def _hand_over(self, connection: socket.socket, packet: bytes, first: _Hand | None = None) -> None:
        """To the first that takes it, else to nobody: then it is closed, and whose it is calls again."""
        for hand in sorted(self._hands, key=lambda one: (one is not first, one.load)):
            if _pass(hand, connection, packet):
                return

    def _answer(self, hand: _Hand, room: bytes) -> None:
        home = self._homes.setdefault(room, hand)
        verdict = OURS if home is hand else FULL if home.load >= self._most else THEIRS
        with contextlib.suppress(OSError):  # it does not look, and goes on without
            hand.channel.send(HOME + verdict + room)

    def _empty(self, hand: _Hand, rooms: bytes) -> None:
        for start in range(0, len(rooms), ROOM_BYTES):
            room = rooms[start : start + ROOM_BYTES]
            if self._homes.get(room) is hand:
                del self._homes[room]

    def _move(self, hand: _Hand, room: bytes, moved: bytes, descriptor: int) -> None:
        """To the room's home, or back where that has just ended."""
        hand.opened -= 1
        with socket.socket(fileno=descriptor) as connection:
            self._hand_over(connection, MOVED + moved, self._homes.setdefault(room, hand))


def _pass(hand: _Hand, connection: socket.socket, packet: bytes) -> bool:
    """False when that worker takes none: it has just ended, or has not looked for a long while."""
    try:
        socket.send_fds(hand.channel, [packet], [connection.fileno()])
    except OSError:
        return False
    hand.handed += 1
    return True


class _Supervisor(Multiprocess):
    """uvicorn's, which first stops taking calls, and ends with its dispatcher: nobody new would be taken."""

    def __init__(self, config: uvicorn.Config, dispatcher: Dispatcher) -> None:
        super().__init__(config, sockets=[dispatcher.registry])
        self._dispatcher = dispatcher
        self._log = Log(secrets.token_bytes(32))
        self.is_broken = False

    def dispatch(self) -> None:
        try:
            self._dispatcher.run()
        except Exception as error:
            self._log.broken("dispatcher.broken", error)
            self.is_broken = True
            self.should_exit.set()

    def keep_subprocess_alive(self) -> None:
        before = list(self.processes)
        super().keep_subprocess_alive()
        for worker in before:
            if worker not in self.processes:  # it has died, or hung and was ended; uvicorn says so to nobody
                self._log.write("worker.replaced", code=worker.exitcode or 0)

    def terminate_all(self) -> None:
        if not self.is_broken:
            self._dispatcher.close()
        super().terminate_all()


def run_workers(config: uvicorn.Config, most: int) -> None:
    """`config.workers` of them, until stopped, of `most` connections each; its loop must be WORKER_LOOP.

    Exit status 1 when calls can be taken no more: whoever watches the process starts it again.
    """
    with config.bind_socket() as listener:
        listener.listen(config.backlog)
        dispatcher = Dispatcher(listener, most)
        supervisor = _Supervisor(config, dispatcher)
        threading.Thread(target=supervisor.dispatch, daemon=True).start()
        supervisor.run()
        if supervisor.is_broken:
            sys.exit(1)
