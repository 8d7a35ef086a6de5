"""The first page of each site's list of rooms: pages ask for it every few seconds, so it is read seldom.

Who looks for a room among more than one page has them all looked through here.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from signaling.store import RoomStore
from widget.wire.room import write_room

SITES = 1000  # whose pages are remembered
MOST_SEARCHED = 2000  # rooms of a site, the newest
SEARCHED_AGE = 5  # times as old as a page all of them may be


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
        self._all: dict[str, tuple[float, list[dict[str, Any]]]] = {}

    async def page(self, org: str, cursor: str) -> Listing:
        """Only the first page is remembered; StoreDown when the store does not answer."""
        kept = self._read.get(org) if cursor == "" else None
        if kept is not None and 0 <= self._now_s() - kept[0] < self._fresh_s:
            return kept[1]
        page = _listing(*await self._rooms(org, cursor))
        if cursor == "":
            if len(self._read) >= SITES:
                self._read.clear()
            self._read[org] = (self._now_s(), page)
        return page

    async def search(self, org: str, text: str, most: int) -> Listing:
        """Rooms with `text` in their name or their host's, in whatever case: the newest of them."""
        wanted = text.lower()
        found = [
            room for room in await self._whole(org) if wanted in f"{room['name']}\n{room['hostName']}".lower()
        ]
        return _listing(found[:most], "")

    def forget(self, org: str) -> None:
        """There is a new room: who made it here sees it at once."""
        self._read.pop(org, None)
        self._all.pop(org, None)

    async def _whole(self, org: str) -> list[dict[str, Any]]:
        kept = self._all.get(org)
        if kept is not None and 0 <= self._now_s() - kept[0] < self._fresh_s * SEARCHED_AGE:
            return kept[1]
        rooms, after = await self._rooms(org, "")
        while after != "" and len(rooms) < MOST_SEARCHED:
            more, after = await self._rooms(org, after)
            rooms += more
        if len(self._all) >= SITES:
            self._all.clear()
        self._all[org] = (self._now_s(), rooms)
        return rooms

    async def _rooms(self, org: str, cursor: str) -> tuple[list[dict[str, Any]], str]:
        found, after = await self._store.listing(org, cursor)
        return [write_room(sight.room.record(sight.members)) for sight in found], after


def _listing(rooms: list[dict[str, Any]], after: str) -> Listing:
    return Listing(rooms, after, hashlib.sha256(json.dumps([rooms, after]).encode()).hexdigest()[:16])
