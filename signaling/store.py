"""Rooms and their members. How they are kept is known here, in the scripts and in removals.py."""

from __future__ import annotations

import asyncio
import hashlib
import json
from dataclasses import dataclass
from typing import Any

from auth.store.shared import Argument, Script, StoreDown, Subscription
from auth.store.shared import Store as Shared
from signaling import scripts
from signaling.limits import Limits
from signaling.quotas import hold
from signaling.rooms import Room, cursor_of, known_room
from widget.wire.socket import Member

REVOCATIONS = "cw:revoked"  # the sign-in service tells here who was signed out
DUE = "cws:due"
SWEEP_LEASE_MS = 5000
# Of each room, in the order that the scripts have them in.
KEPT = ("room", "members", "beats", "tickets", "bans", "ended", "moderators")


@dataclass(frozen=True)
class Entry:
    """Who wants to be in a room: `conn` names the socket, `ticket` is the new resume ticket's hash."""

    sid: str
    sub: str
    jkt: str
    name: str
    conn: str
    ticket: str


@dataclass(frozen=True)
class Roster:
    """The members of a room as of its change number `seq`."""

    seq: int
    members: dict[str, Member]


@dataclass(frozen=True)
class Outcome:
    """`status`: in, full, missing, removed, taken. `joined_ms` survives a resume."""

    status: str
    roster: Roster
    joined_ms: int


@dataclass(frozen=True)
class Sight:
    """A living room, how many are in, and whether the ticket asked about is good."""

    room: Room
    members: int
    ticket: bool


class RoomStore:
    """All of signaling's state. Every call raises StoreDown when the store does not answer."""

    def __init__(self, shared: Shared, limits: Limits) -> None:
        self._shared = shared
        self._limits = limits

    # Rooms

    async def create(self, room: Room) -> bool:
        """False when the id is in use. It is on no list yet."""
        fields: list[Argument] = [
            "genesis", room.genesis_bytes.hex(), "name", room.name, "host_name", room.host_name, "org", room.org,
            "place", room.place, "created", room.genesis.created_ms, "capacity", room.genesis.capacity,
        ]  # fmt: skip
        return int(await self.in_room(scripts.CREATE, room.room_id, *fields)) == 1

    async def enlist(self, room: Room) -> None:
        """Put a public room on its site's list."""
        if not room.genesis.private:
            await self._shared.command("ZADD", _list(room.org), 0, cursor_of(room))
            # No room outlives this, so a list that gets no new room may go as a whole.
            await self._shared.command("EXPIRE", _list(room.org), self._limits.room_life_s + self._limits.room_ahead_s)

    async def drop(self, room: Room) -> None:
        """Take back a room that was just made and that nobody has heard of."""
        await self.in_room(scripts.DROP, room.room_id)
        await self.unclaim(room.org, room.genesis.host_sub, room.room_id)

    async def restore(self, room: Room) -> bool:
        """Make the room again if the store has lost it: True when it had."""
        is_lost = await self.create(room)
        if is_lost:
            await self.enlist(room)
            await self._look_again(room.room_id, self._limits.room_empty_s)
        return is_lost

    async def look(self, room_id: str, sid: str = "", ticket: str = "") -> Sight | None:
        """The living room of this id, and whether `ticket` (a hash) lets `sid` return to it."""
        reply = await self.in_room(scripts.LOOK, room_id, sid, ticket)
        if len(reply) == 0:
            return None
        fields = _pairs(reply[2:])
        genesis = bytes.fromhex(fields["genesis"])
        room = known_room(genesis, fields["name"], fields["host_name"], fields["org"], fields.get("place", ""))
        return Sight(room, int(reply[0]), int(reply[1]) == 1)

    async def listing(self, org: str, cursor: str) -> tuple[list[Sight], str]:
        """One page of an origin's public rooms, newest first, and where the next begins ("" at the end)."""
        low = f"({cursor}" if cursor != "" else "-"
        page = self._limits.listing_page
        marks = await self._shared.command("ZRANGE", _list(org), low, "+", "BYLEX", "LIMIT", 0, page)
        found: list[Sight] = []
        for mark, sight in zip(marks, await asyncio.gather(*[self.look(mark[14:]) for mark in marks]), strict=True):
            if sight is None:
                await self._shared.command("ZREM", _list(org), mark)
            else:
                found.append(sight)
        return found, marks[-1] if len(marks) == page else ""

    async def claim_slot(self, room_id: str) -> bool:
        """A place among all rooms of this deployment; False when there is none."""
        args: list[Argument] = [room_id, self._limits.room_empty_s * 1000, self._limits.rooms_live]
        return int(await self._shared.run(scripts.DUE, [DUE], args)) == 1

    async def claim_owner(self, org: str, sub: str, room_id: str) -> bool:
        """A place among the living rooms of one owner."""
        key = f"cws:owned:{_short(org)}:{sub}"
        if await hold(self._shared, key, room_id, self._limits.rooms_per_owner, self._limits.room_life_s):
            return True
        for held in await self._shared.command("ZRANGE", key, 0, -1):
            if await self.look(held) is None:
                await self._shared.command("ZREM", key, held)
        return await hold(self._shared, key, room_id, self._limits.rooms_per_owner, self._limits.room_life_s)

    async def unclaim(self, org: str, sub: str, room_id: str) -> None:
        await self._shared.command("ZREM", f"cws:owned:{_short(org)}:{sub}", room_id)
        await self._shared.command("ZREM", DUE, room_id)

    # Members

    async def join(self, room_id: str, entry: Entry) -> Outcome:
        reply = await self.in_room(
            scripts.JOIN, room_id, entry.sid, entry.sub, entry.jkt, entry.name, entry.conn, entry.ticket
        )  # fmt: skip
        if reply[0] != "in":
            return Outcome(reply[0], Roster(0, {}), 0)
        await self._look_again(room_id, self._limits.presence_s)
        return Outcome("in", Roster(int(reply[1]), _members(reply[3:])), int(reply[2]))

    async def beat(self, room_id: str, sid: str, conn: str) -> tuple[str, int]:
        """(in, change number), or what happened instead: missing, gone, replaced."""
        reply = await self.in_room(scripts.BEAT, room_id, sid, conn)
        return reply[0], int(reply[1]) if reply[0] == "in" else 0

    async def cut(self, room_id: str, sid: str, conn: str) -> bool:
        """The socket is gone; the session may come back. False when another socket has the session already."""
        grace_s = self._limits.presence_grace_s
        reply = await self.in_room(scripts.CUT, room_id, sid, conn, grace_s * 1000)
        if int(reply) == 1:
            await self._look_again(room_id, grace_s)
        return int(reply) == 1

    async def leave(self, room_id: str, sid: str, conn: str) -> bool:
        """The session ends for good."""
        return int(await self.in_room(scripts.LEAVE, room_id, sid, conn)) == 1

    async def roster(self, room_id: str) -> Roster | None:
        reply = await self.in_room(scripts.SNAPSHOT, room_id)
        return None if len(reply) == 0 else Roster(int(reply[0]), _members(reply[1:]))

    async def sweep(self) -> int:
        """Look after the rooms that are due: silent members go, ended rooms are erased. How many were looked at."""
        limits = self._limits
        most_ms = max(limits.presence_s, limits.room_empty_s) * 1000  # see SWEEP
        ids = await self._shared.run(scripts.TAKE_DUE, [DUE], [limits.sweep_batch, SWEEP_LEASE_MS, most_ms])
        for room_id in ids:
            ends_ms = int(await self.in_room(scripts.SWEEP, room_id))
            if ends_ms == 0:
                await self._shared.command("ZREM", DUE, room_id)
            else:
                await self._shared.command("ZADD", DUE, ends_ms, room_id)
        return len(ids)

    async def _look_again(self, room_id: str, after_s: int) -> None:
        await self._shared.run(scripts.DUE, [DUE], [room_id, after_s * 1000, 0])

    # Between workers

    async def publish(self, room_id: str, data: bytes) -> None:
        await self.tell(channel(room_id), data)

    async def tell(self, name: str, data: bytes) -> None:
        await self._shared.publish(name, data)

    async def subscribe(self, *channels: str) -> Subscription:
        return await self._shared.subscribe(REVOCATIONS, *channels)

    async def ping(self) -> None:
        await self._shared.ping()

    async def in_room(self, script: Script, room_id: str, *args: Argument) -> Any:
        """One step on the keys of a room (see scripts.py)."""
        limits = self._limits
        tag = f"{{{room_id}}}"
        keys = [f"cws:{name}:{tag}" for name in KEPT]
        rooms_s = limits.room_idle_s, limits.room_life_s, limits.room_empty_s
        lives_ms = [life_s * 1000 for life_s in (*rooms_s, limits.presence_s, limits.resume_s)]
        return await self._shared.run(script, keys, [channel(room_id), *lives_ms, *args])


def channel(room_id: str) -> str:
    """Where changes and messages of a room are published; the id follows the last colon."""
    return f"cws:events:{room_id}"


def read_member(sid: str, data: dict[str, Any]) -> Member:
    return Member(sid, str(data["sub"]), str(data["name"]), int(data["joined"]))


def _members(parts: list[str]) -> dict[str, Member]:
    return {sid: read_member(sid, json.loads(raw)) for sid, raw in _pairs(parts).items()}


def _pairs(parts: list[str]) -> dict[str, str]:
    return dict(zip(parts[::2], parts[1::2], strict=True))


def _list(org: str) -> str:
    return f"cws:rooms:{_short(org)}"


def _short(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:32]


__all__ = ["Entry", "Outcome", "RoomStore", "Roster", "Sight", "StoreDown", "Subscription", "channel", "read_member"]
