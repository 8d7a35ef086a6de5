"""Where a room is at home, as one worker knows it: it asks its parent, and hands on whose room is at home elsewhere.

Two members who are with one worker speak inside it; between two workers each message goes through Redis, which costs
some six times as much (bench/RESULTS.md, "A message passed on").
"""

from __future__ import annotations

import asyncio
import contextlib
import socket
from collections import Counter

from signaling.packets import EMPTY, MOST_BYTES, MOVE, OURS, THEIRS, WHERE

PATIENCE_S = 0.25  # who enters waits no longer for a parent that is busy
ROOMS_AT_ONCE = 1000


class Homing:
    """Without a parent, or without its answer, everybody stays: all that is lost is that Redis has to carry more."""

    def __init__(self) -> None:
        self._channel: socket.socket | None = None
        self._held: Counter[str] = Counter()  # those who are in or about to be, of each room
        self._ours: set[str] = set()
        self._empty: set[str] = set()
        self._asked: dict[str, asyncio.Future[bool]] = {}
        self._turned_away = 0

    def open(self, channel: socket.socket) -> None:
        self._channel = channel

    def close(self) -> None:
        self._channel = None

    @property
    def turned_away(self) -> int:
        """Calls for which there was no place since `tidy`. They count as if they were here: who has no places would
        else seem to have the fewest, and be given all who call."""
        return self._turned_away

    def turn_away(self) -> None:
        self._turned_away += 1

    async def enter(self, room: str) -> bool:
        """Somebody is about to enter, until `leave`. False when the room is at home elsewhere."""
        self._held[room] += 1
        if self._channel is None or room in self._ours:
            return True
        answer = self._ask(room)
        await asyncio.wait([answer], timeout=PATIENCE_S)
        if not answer.done():
            self._asked.pop(room, None)
            return True
        return answer.result()

    def leave(self, room: str) -> None:
        self._held[room] -= 1
        if self._held[room] == 0:
            del self._held[room]
            if room in self._ours:
                self._empty.add(room)

    def give(self, room: str, moved: bytes, descriptor: int) -> bool:
        """Hand a connection to the worker where the room is at home; False when it stays here."""
        packet = MOVE + bytes.fromhex(room) + moved
        if self._channel is None or len(packet) > MOST_BYTES:
            return False
        with contextlib.suppress(OSError):
            return socket.send_fds(self._channel, [packet], [descriptor]) > 0
        return False

    def hear(self, verdict: bytes, room: str) -> None:
        """What the parent answers."""
        if verdict == OURS:
            self._ours.add(room)
            if room not in self._held:
                self._empty.add(room)
        asked = self._asked.pop(room, None)
        if asked is not None:
            asked.set_result(verdict != THEIRS)

    def tidy(self) -> None:
        """Give up rooms that nobody is in; now and then, so that who comes right back finds them here."""
        self._turned_away = 0
        over = [room for room in self._empty if room not in self._held]
        self._empty.clear()
        for start in range(0, len(over), ROOMS_AT_ONCE):
            rooms = over[start : start + ROOMS_AT_ONCE]
            if self._send(EMPTY + b"".join(bytes.fromhex(room) for room in rooms)):
                self._ours.difference_update(rooms)
            else:
                self._empty.update(rooms)

    def _ask(self, room: str) -> asyncio.Future[bool]:
        asked = self._asked.get(room)
        if asked is None:
            asked = asyncio.get_running_loop().create_future()
            if self._send(WHERE + bytes.fromhex(room)):
                self._asked[room] = asked
            else:
                asked.set_result(True)
        return asked

    def _send(self, packet: bytes) -> bool:
        with contextlib.suppress(OSError):
            return self._channel is not None and self._channel.send(packet) > 0
        return False
