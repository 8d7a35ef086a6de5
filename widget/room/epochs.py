"""Keeps a room's group going: feeds it members and blobs, carries out what it asks for, wakes it in time."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from widget.crypto.group import Group
from widget.crypto.group_step import GroupStep
from widget.crypto.session import PeerSession
from widget.ports import Clock


class EpochsOwner(Protocol):
    """The members of the room."""

    is_closed: bool

    async def send_blob(self, sid: str, blob: bytes) -> None: ...
    def epoch_changed(self) -> None: ...
    def forked(self, author: PeerSession) -> None: ...


class Epochs:
    """While it is held nothing is decided by time: a newcomer must hear the others before it speaks of an epoch."""

    def __init__(self, clock: Clock, group: Group, owner: EpochsOwner) -> None:
        self._clock: Clock = clock
        self._group: Group = group
        self._owner: EpochsOwner = owner
        self._cancel: Callable[[], None] = lambda: None
        self._is_held: bool = True

    def release(self) -> None:
        """The first handshakes are over, well or badly."""
        self._is_held = False
        self._plan()

    async def admit(self, peer: PeerSession, told: bytes = b"") -> None:
        self._carry_out(await self._group.admit(peer, self._clock.now_ms(), told))

    async def drop(self, sid: str) -> None:
        self._carry_out(await self._group.drop(sid, self._clock.now_ms()))

    async def decided(self) -> None:
        self._carry_out(await self._group.decided(self._clock.now_ms()))

    async def receive(self, sid: str, blob: bytes) -> None:
        self._carry_out(await self._group.receive(sid, blob, self._clock.now_ms()))

    def _carry_out(self, step: GroupStep) -> None:
        if self._owner.is_closed:
            return
        for blob in step.blobs:
            self._clock.spawn(self._owner.send_blob(blob.to_sid, blob.blob))
        if step.new_epoch:
            self._owner.epoch_changed()
        for liar in step.liars:
            self._owner.forked(liar)
        self._plan()

    def _plan(self) -> None:
        self._cancel()
        if self._is_held:
            return
        now_ms = self._clock.now_ms()
        wait_ms = self._group.wake_at_ms(now_ms) - now_ms
        if wait_ms > 0:
            self._cancel = self._clock.after(wait_ms, self._wake)
        else:
            self._wake()  # a timer of a hidden page may be late by a second

    def _wake(self) -> None:
        self._clock.spawn(self._tick())

    async def _tick(self) -> None:
        self._carry_out(await self._group.tick(self._clock.now_ms()))
