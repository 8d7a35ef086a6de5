"""The first page of each site's list of rooms: pages ask for it every few seconds, so it is read seldom."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from signaling.store import RoomStore
from widget.wire.room import write_room

SITES = 1000  # whose pages are remembered


@dataclass(frozen=True)
class Listing:
    """One page as it is answered. Two with the same `tag` hold the same."""

    rooms: list[dict[str, Any]]
    next: str
    tag: str


class Listings:
    """However many look at a list, a worker reads it from the store once in `fresh_s`."""

    def __init__(self, store: RoomStore, fresh_s: float, now_s: Callable[[], float]) -> None:
        self._store = store
        self._fresh_s = fresh_s
        self._now_s = now_s
        self._read: dict[str, tuple[float, Listing]] = {}

    async def page(self, org: str, cursor: str) -> Listing:
        """Only the first page is remembered; StoreDown when the store does not answer."""
        kept = self._read.get(org) if cursor == "" else None
        if kept is not None and 0 <= self._now_s() - kept[0] < self._fresh_s:
            return kept[1]
        found, after = await self._store.listing(org, cursor)
        rooms = [write_room(sight.room.record(sight.members)) for sight in found]
        page = Listing(rooms, after, hashlib.sha256(json.dumps([rooms, after]).encode()).hexdigest()[:16])
        if cursor == "":
            if len(self._read) >= SITES:
                self._read.clear()
            self._read[org] = (self._now_s(), page)
        return page

    def forget(self, org: str) -> None:
        """There is a new room: who made it here sees it at once."""
        self._read.pop(org, None)
