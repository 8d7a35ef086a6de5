"""Rooms bound to a page or a name of a site: who comes first makes the room, all others are led to it while it lives.

The store holds neither address nor name: a client sends a hash, and that is hashed once more, with the site's origin
and under this deployment's key. Which room it is, is this service's word.
"""

from __future__ import annotations

from auth.secret import keyed
from auth.store.shared import Script
from auth.store.shared import Store as Shared
from signaling.limits import Limits
from signaling.scripts import HOLD
from signaling.store import RoomStore, Sight, StoreDown

TRIES = 3

# ARGV 1 room 2 the one that is over, "" if none 3 life_ms: the room that has the place now.
CLAIM = Script(
    """
local held = redis.call('GET', KEYS[1])
if held and held ~= ARGV[2] then return held end
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[3])
return ARGV[1]
"""
)


class Places:
    """Each step is atomic; one key a place. Every call raises StoreDown when the store does not answer."""

    def __init__(self, store: RoomStore, shared: Shared, limits: Limits, secret: bytes) -> None:
        self._store = store
        self._shared = shared
        self._limits = limits
        self._secret = secret

    def place(self, org: str, name: str) -> str:
        """What the store calls a place: `name` is the client's hash."""
        return keyed(self._secret, f"place\0{org}\0{name}".encode()).hex()[:32]

    async def room(self, place: str) -> Sight | None:
        """The living room that has it."""
        held = await self._shared.command("GET", _key(place))
        return None if held is None else await self._store.look(held)

    async def has_space(self, org: str, place: str) -> bool:
        """Whether this one may be among the places of its site."""
        limits = self._limits
        site = keyed(self._secret, f"places\0{org}".encode()).hex()[:32]
        hold_ms = (limits.room_life_s + limits.room_ahead_s) * 1000
        return int(await self._shared.run(HOLD, [f"cws:places:{site}"], [place, limits.places_per_site, hold_ms])) == 1

    async def claim(self, place: str, room_id: str) -> Sight | None:
        """The room that has the place from now on, if it is another than `room_id`."""
        over = ""
        life_ms = (self._limits.room_life_s + self._limits.room_ahead_s) * 1000
        for _ in range(TRIES):
            held = await self._shared.run(CLAIM, [_key(place)], [room_id, over, life_ms])
            if held == room_id:
                return None
            sight = await self._store.look(held)
            if sight is not None:
                return sight
            over = held
        raise StoreDown


def _key(place: str) -> str:
    return f"cws:place:{place}"
