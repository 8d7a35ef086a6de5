"""How many bytes a room, and all rooms of a worker together, may relay in a second."""

from __future__ import annotations

from collections.abc import Callable

from signaling.buckets import Bucket
from signaling.limits import Limits


class RelayBudget:
    """What is above it is dropped, which is nobody's offence."""

    def __init__(self, limits: Limits, now_s: Callable[[], float]) -> None:
        per_s = limits.worker_relay_bytes_per_s
        self._limits = limits
        self._now_s = now_s
        self._worker = Bucket(per_s, per_s, now_s())
        self._rooms: dict[str, Bucket] = {}

    def take(self, room_id: str, size_bytes: int) -> bool:
        now_s = self._now_s()
        room = self._rooms.get(room_id)
        if room is None:
            room = Bucket(self._limits.room_relay_bytes_per_s, self._limits.room_relay_burst_bytes, now_s)
            self._rooms[room_id] = room
        return room.take(size_bytes, now_s) and self._worker.take(size_bytes, now_s)

    def forget(self, room_id: str) -> None:
        """Nobody of it is here any more."""
        self._rooms.pop(room_id, None)
