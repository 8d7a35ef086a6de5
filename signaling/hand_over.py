"""How one socket goes on in the worker where its room is at home."""

from __future__ import annotations

from starlette.websockets import WebSocket

from signaling.moved import Moved, Proved, write_moved
from signaling.sockets import ADOPTED, MOVE
from signaling.worker import Worker


class HandOver:
    """Nobody is handed on twice: who comes from another worker (`adopted`) stays."""

    __slots__ = ("_move", "_room", "_worker", "adopted")

    def __init__(self, worker: Worker, socket: WebSocket) -> None:
        extensions = socket.scope.get("extensions", {})
        self.adopted: Moved | None = extensions.get(ADOPTED)
        self._worker = worker
        self._move = extensions.get(MOVE)
        self._room = ""  # that it has entered, or tried to

    async def stays(self, proved: Proved, nonce: str, may_go: bool) -> bool:
        """False when it is with another worker from now on. Until `leave` it counts among those of its room."""
        self._room = proved.room
        at_home = await self._worker.homing.enter(proved.room)
        return at_home or self.adopted is not None or not may_go or not self._hand_on(proved, nonce)

    def leave(self) -> None:
        if self._room != "":
            self._worker.homing.leave(self._room)

    def _hand_on(self, proved: Proved, nonce: str) -> bool:
        if self._move is None:
            return False

        def give(head: bytes, descriptor: int) -> bool:
            return self._worker.homing.give(proved.room, write_moved(Moved(proved, nonce, head)), descriptor)

        return bool(self._move(give))
