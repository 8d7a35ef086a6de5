"""HTTP/1.1 that hangs up on callers who do not finish sending a request in time (slowloris)."""

from __future__ import annotations

import asyncio
import socket
import sys
from typing import Any

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

from auth.problems import BODY_TOO_LARGE, Problem, problem_response

REQUEST_DEADLINE_S = 10.0
TOO_LARGE = 431  # RFC 6585


class DeadlineProtocol(H11Protocol):
    """uvicorn's own protocol waits for ever for the rest of a head or body; its timeout is for silence in between."""

    deadline_s: float = REQUEST_DEADLINE_S

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._deadline: asyncio.TimerHandle | None = None
        self._refused = False

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        _send_at_once(transport)
        self._arm()

    def connection_lost(self, exc: Exception | None) -> None:
        self._disarm()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        if not self._refused:
            super().data_received(data)
        unfinished = self._refused or self.conn.their_state in (h11.IDLE, h11.SEND_BODY)
        if self.transport.get_protocol() is self and unfinished:
            self._arm()
        else:
            self._disarm()

    def send_400_response(self, msg: str) -> None:
        """A page whose headers are too much is told so in a way that it can read; others are no browsers.

        What it goes on to send is let pass until the deadline: a connection that is closed over it would be reset, and
        the answer be lost.
        """
        if getattr(sys.exc_info()[1], "error_status_hint", 400) != TOO_LARGE:
            super().send_400_response(msg)
            return
        answer = problem_response(Problem(BODY_TOO_LARGE))
        more = [(b"access-control-allow-origin", b"*"), (b"connection", b"close")]
        for event in (
            h11.Response(status_code=answer.status_code, headers=[*answer.raw_headers, *more]),
            h11.Data(data=bytes(answer.body)),
            h11.EndOfMessage(),
        ):
            self.transport.write(self.conn.send(event) or b"")
        self._refused = True

    def _arm(self) -> None:
        if self._deadline is None:
            self._deadline = self.loop.call_later(self.deadline_s, self._hang_up)

    def _disarm(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None

    def _hang_up(self) -> None:
        if not self.transport.is_closing():
            self.transport.abort()


def _send_at_once(transport: asyncio.Transport) -> None:
    """No waiting for more to send (Nagle), which with a late acknowledgement holds a message back for 40 ms.

    asyncio sees to it only for sockets that were made with the protocol's number, and uvicorn's for several workers
    are not.
    """
    sock = transport.get_extra_info("socket")
    if sock is not None and sock.family in (socket.AF_INET, socket.AF_INET6):
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)


def with_deadline(seconds: float) -> type[DeadlineProtocol]:
    """The protocol with another deadline, for uvicorn's `http` setting in one process (it cannot be pickled)."""
    return type("ChosenDeadline", (DeadlineProtocol,), {"deadline_s": seconds})
