"""What a worker hears of the others: one subscription at the store, to the rooms that have somebody here."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable

from auth.log import Log
from auth.store.shared import StoreDown, Subscription
from signaling.hub import Hub
from signaling.store import RoomStore, channel


class Ear:
    """Deaf until it is open, and again when the store goes. Newcomers wait `patience_s` for it after the start.

    `always` are channels beside those of rooms.
    """

    def __init__(self, store: RoomStore, hub: Hub, log: Log, patience_s: float, always: tuple[str, ...] = ()) -> None:
        self.subscription: Subscription | None = None
        self._store = store
        self._always = always
        self._hub = hub
        self._log = log
        self._patience_s = patience_s
        self._ready = asyncio.Event()
        self._lost = False

    async def open(self) -> bool:
        """Hear of all rooms that are here. True when it was lost before, so that something may have been missed."""
        rooms = [channel(room_id) for room_id in self._hub.rooms]
        self.subscription = await self._store.subscribe(*self._always, *rooms)
        self._ready.set()
        was_lost, self._lost = self._lost, False
        return was_lost

    async def hear(self, take: Callable[[str, bytes], None]) -> None:
        """Until the store goes: each message with the name of its channel."""
        while self.subscription is not None:
            take(*await self.subscription.next())

    async def lose(self) -> None:
        subscription, self.subscription, self._lost = self.subscription, None, True
        if subscription is not None:
            self._log.write("store.lost")
            await subscription.close()

    async def add(self, room_id: str) -> None:
        """Hear what other workers say about the room, from now on for sure; else StoreDown."""
        if self.subscription is None and not self._lost:
            # Right after the start; `open` is on its way.
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._ready.wait(), self._patience_s)
        if self.subscription is None:
            raise StoreDown
        await self.subscription.add(channel(room_id))

    async def drop(self, room_id: str) -> None:
        # Between this look and the command nothing else runs, so a room that comes back subscribes after it.
        if self.subscription is not None and room_id not in self._hub.rooms:
            await self.subscription.drop(channel(room_id))

    async def close(self) -> None:
        if self.subscription is not None:
            await self.subscription.close()
            self.subscription = None
