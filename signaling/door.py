"""Where sockets are let in or told why not: a page can read a refusal only inside an open socket.

A refused socket is accepted, told and closed in one go, without the store and without a task that stays. What is left
of it is a connection that is cut off after CLOSE_PATIENCE_S, and of these only so many may be told at a time.
"""

from __future__ import annotations

import contextlib
import random
from collections import deque

from starlette.websockets import WebSocket, WebSocketDisconnect

from auth.problems import problem_response
from signaling.limits import Limits
from signaling.refusals import BACKEND_DOWN, RATE_LIMITED, Problem, close_code
from signaling.sockets import CLOSE_PATIENCE_S
from widget.wire.server_text import write_server
from widget.wire.socket import SUBPROTOCOL
from widget.wire.socket import Problem as Said

SOON_S = 1


class Door:
    """Counts this worker's sockets: all, those that have not said who they are, and those that are being refused."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._inside: set[object] = set()
        self._nameless: dict[object, str] = {}
        self._told: deque[tuple[float, str]] = deque()

    def refusal(self, address: str) -> Problem | None:
        """None when one more socket may come in from there, else why not."""
        limits = self._limits
        if len(self._inside) >= limits.sockets_per_worker or len(self._nameless) >= limits.unauthenticated_per_worker:
            return Problem(BACKEND_DOWN, random.randint(1, limits.retry_max_s))  # noqa: S311 - spreads those who return
        from_there = sum(1 for other in self._nameless.values() if other == address)
        return None if from_there < self._nameless_per_ip() else Problem(RATE_LIMITED, SOON_S)

    def _nameless_per_ip(self) -> int:
        """Many, for a class that comes at once; few once half of all places are taken, so that few cannot fill them."""
        limits = self._limits
        busy = len(self._nameless) * 2 >= limits.unauthenticated_per_worker
        return limits.unauthenticated_per_ip_busy if busy else limits.unauthenticated_per_ip

    def enter(self, socket: object, address: str) -> None:
        self._inside.add(socket)
        self._nameless[socket] = address

    def known(self, socket: object) -> None:
        """It has a seat, so it counts among its user's sockets."""
        self._nameless.pop(socket, None)

    def leave(self, socket: object) -> None:
        self._inside.discard(socket)
        self._nameless.pop(socket, None)

    def may_tell(self, address: str, now_s: float) -> bool:
        """Whether one more refused socket may be opened for the sake of its reason; counts it if so."""
        limits = self._limits
        while len(self._told) > 0 and self._told[0][0] <= now_s - CLOSE_PATIENCE_S:
            self._told.popleft()
        from_there = sum(1 for _, other in self._told if other == address)
        if len(self._told) >= limits.refusals_per_worker or from_there >= limits.refusals_per_ip:
            return False
        self._told.append((now_s, address))
        return True


async def refuse(socket: WebSocket, problem: Problem, tell: bool) -> None:
    """Inside the socket when there is a place for it (`tell`), else by refusing to open one."""
    if not tell:
        await socket.send_denial_response(problem_response(problem))
        return
    kind = problem.kind
    with contextlib.suppress(WebSocketDisconnect):
        await socket.accept(_understood(socket))
        await socket.send_text(write_server(Said(kind.code, kind.detail, problem.retry_after_s)))
        await socket.close(close_code(kind))


def _understood(socket: WebSocket) -> str | None:
    """A browser opens a socket only when the answer names one of the protocols that it offers, if it does."""
    offered: list[str] = socket.scope["subprotocols"]
    if SUBPROTOCOL in offered:
        return SUBPROTOCOL
    return offered[0] if len(offered) > 0 else None
