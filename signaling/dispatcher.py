"""The one listening socket of several workers: each connection is handed to the worker that has the fewest.

Workers that wait for one socket side by side are woken in the same order each time, so that one of them gets nearly all
of what comes one after another (epoll_ctl(2), EPOLLEXCLUSIVE). SO_REUSEPORT (socket(7)) spreads by a hash, even only on
average, which never heals, and drops what waits for a worker that stops. So the parent accepts and passes each
connection on (SCM_RIGHTS, unix(7)), as the cluster module of Node does.
"""

from __future__ import annotations

import selectors
import socket
import struct
import threading
import time
from dataclasses import dataclass

import uvicorn
from uvicorn.supervisors import Multiprocess

WORKER_LOOP = "signaling.worker_loop:WorkerLoop"
REPORT = struct.Struct("!II")  # connections that a worker has been handed so far, and those that it has open
PAUSE_S = 0.1  # when nothing can be accepted, as when the machine is out of open files


@dataclass(eq=False)
class _Hand:
    """The way to one worker: a message for each connection, one back now and then. It ends when the worker stops."""

    channel: socket.socket
    handed: int = 0
    told: tuple[int, int] = (0, 0)

    @property
    def load(self) -> int:
        """What it has open, with what is on its way."""
        taken, opened = self.told
        return opened + self.handed - taken


class Dispatcher:
    """Each worker sends its own way through `registry`, which uvicorn gives to all of them in place of a listener."""

    def __init__(self, listener: socket.socket) -> None:
        listener.setblocking(False)
        self._listener = listener
        self._mine, self.registry = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self._hands: set[_Hand] = set()
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
        while not self._over:
            self.turn()
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
            said = hand.channel.recv(REPORT.size)
        except OSError:
            said = b""
        if said == b"":
            self._forget(hand)
        else:
            hand.told = REPORT.unpack(said)

    def _forget(self, hand: _Hand) -> None:
        """It stops or has died. While there is none, calls wait in the kernel for the next."""
        self._ready.unregister(hand.channel)
        hand.channel.close()
        self._hands.discard(hand)
        if len(self._hands) == 0:
            self._ready.unregister(self._listener)

    def _accept(self) -> None:
        try:
            connection, _ = self._listener.accept()
        except OSError:
            time.sleep(PAUSE_S)
            return
        with connection:
            for hand in sorted(self._hands, key=lambda one: one.load):
                if _pass(hand, connection):
                    return


def _pass(hand: _Hand, connection: socket.socket) -> bool:
    """False when that worker takes none: it has just ended, or has not looked for a long while."""
    try:
        socket.send_fds(hand.channel, [b"c"], [connection.fileno()])
    except OSError:
        return False
    hand.handed += 1
    return True


class _Supervisor(Multiprocess):
    """uvicorn's, which first stops taking calls."""

    def __init__(self, config: uvicorn.Config, dispatcher: Dispatcher) -> None:
        super().__init__(config, sockets=[dispatcher.registry])
        self._dispatcher = dispatcher

    def terminate_all(self) -> None:
        self._dispatcher.close()
        super().terminate_all()


def run_workers(config: uvicorn.Config) -> None:
    """`config.workers` of them, until stopped; its loop must be WORKER_LOOP."""
    with config.bind_socket() as listener:
        listener.listen(config.backlog)
        dispatcher = Dispatcher(listener)
        threading.Thread(target=dispatcher.run, daemon=True).start()
        _Supervisor(config, dispatcher).run()
