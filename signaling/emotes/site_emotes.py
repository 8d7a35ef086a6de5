"""The emotes of a site: their list in Redis, their pictures on the shelf."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import asdict, dataclass

from auth.log import Log
from auth.problems import BACKEND_DOWN, Problem
from auth.store.shared import Script, Store
from signaling.emotes.drawn import SIZES, Drawn
from signaling.emotes.emote import Emote
from signaling.emotes.picture_room import PictureRoom, names
from signaling.emotes.refusals import FULL, NAME, TAKEN, TOO_LARGE, UNKNOWN
from signaling.emotes.shelf import Shelf
from signaling.emotes.turns import Turns
from signaling.limits import Limits

_NAME = re.compile(r"[A-Za-z0-9_]{2,32}", re.ASCII)
EMOTE_ID = re.compile(r"[0-9a-f]{32}")
LABEL = b"cw1/emote"
TURN_S = 60  # longer than a picture may take
BUSY_S = 2

# Names are compared in small letters: who types one of two that differ in that alone would get the other.
_ADD = Script("""
if redis.call('HEXISTS', KEYS[1], 'id:' .. ARGV[2]) == 1 then return 'there' end
if redis.call('HEXISTS', KEYS[1], 'name:' .. ARGV[1]) == 1 then return 'taken' end
if redis.call('HLEN', KEYS[1]) >= 2 * tonumber(ARGV[3]) then return 'full' end
redis.call('HSET', KEYS[1], 'name:' .. ARGV[1], ARGV[4], 'id:' .. ARGV[2], ARGV[1])
return ''
""")


@dataclass(frozen=True)
class SiteEmote:
    """`by` is who added it: a token's number, or "command"."""

    id: str
    name: str
    width: int
    height: int
    animated: bool
    added_s: int
    by: str

    def emote(self) -> Emote:
        return Emote(self.id, self.name, self.width, self.height, self.animated, sizes=SIZES)


class SiteEmotes:
    """By origin. What does not fit is a Problem."""

    def __init__(
        self, store: Store, turns: Turns, shelf: Shelf, room: PictureRoom, limits: Limits, now_s: Callable[[], float],
        log: Log,
    ) -> None:  # fmt: skip
        self._store = store
        self._turns = turns
        self._shelf = shelf
        self._room = room
        self._limits = limits
        self._now_s = now_s
        self._log = log

    async def list(self, origin: str) -> list[SiteEmote]:
        """As they were added."""
        fields = dict(await self._store.command("HGETALL", _key(origin)))
        rows = [SiteEmote(**json.loads(row)) for field, row in fields.items() if field.startswith("name:")]
        return sorted(rows, key=lambda row: (row.added_s, row.name))

    async def add(self, origin: str, name: str, data: bytes, by: str) -> SiteEmote:
        """`data` is a picture as it came. Nothing is kept of it when it is refused."""
        if _NAME.fullmatch(name) is None:
            raise Problem(NAME)
        if len(data) > self._limits.emote_upload_bytes:
            raise Problem(TOO_LARGE)
        async with self._turn(origin):
            await self._refuse_taken(origin, name)
            drawn = await self._room.draw(data)
            emote = SiteEmote(
                id_of(origin, drawn), name, drawn.width, drawn.height, drawn.animated, int(self._now_s()), by
            )
            await self._keep(origin, emote, drawn)
        self._log.write("emotes.added", site=origin, emote=emote.id, by=by)
        return emote

    async def remove(self, origin: str, emote_id: str, by: str) -> None:
        async with self._turn(origin):
            found = [row for row in await self.list(origin) if row.id == emote_id]
            if len(found) == 0:
                raise Problem(UNKNOWN)
            # First the pictures: where they cannot be removed now, the owner can try again.
            await self._shelf.remove(emote_id, names(animated=True))
            await self._store.command("HDEL", _key(origin), f"name:{found[0].name.lower()}", f"id:{emote_id}")
        self._log.write("emotes.removed", site=origin, emote=emote_id, by=by)

    async def _keep(self, origin: str, emote: SiteEmote, drawn: Drawn) -> None:
        key, row = _key(origin), json.dumps(asdict(emote))
        if int(await self._store.command("HEXISTS", key, f"id:{emote.id}")) == 1:
            raise Problem(TAKEN)
        # First the pictures: who sees the list may ask for them at once.
        await self._shelf.put(emote.id, drawn.files)
        said = await self._store.run(_ADD, [key], [emote.name.lower(), emote.id, self._limits.site_emotes, row])
        if said != "":
            if said != "there":  # where a shelf is so slow that the turn has ended, the pictures are another's by now
                await self._shelf.remove(emote.id, drawn.files)
            raise Problem(FULL if said == "full" else TAKEN)

    async def _refuse_taken(self, origin: str, name: str) -> None:
        """Before a picture costs anything."""
        if int(await self._store.command("HEXISTS", _key(origin), f"name:{name.lower()}")) == 1:
            raise Problem(TAKEN)
        if int(await self._store.command("HLEN", _key(origin))) >= 2 * self._limits.site_emotes:
            raise Problem(FULL)

    @asynccontextmanager
    async def _turn(self, origin: str) -> AsyncIterator[None]:
        """Of those who change a site's emotes at the same time one goes on; so nobody takes away another's pictures."""
        mark = await self._turns.take(f"site:{origin}", TURN_S)
        if mark == "":
            raise Problem(BACKEND_DOWN, BUSY_S)
        try:
            yield
        finally:
            await self._turns.give_back(f"site:{origin}", mark)


def id_of(origin: str, drawn: Drawn) -> str:
    """The hash of the pictures, for this site: an address shows the same for ever, and no site has another's."""
    digest = hashlib.sha256(LABEL + b"\0" + origin.encode() + b"\0")
    for name in sorted(drawn.files):
        digest.update(hashlib.sha256(drawn.files[name]).digest())
    return digest.hexdigest()[:32]


def _key(origin: str) -> str:
    return f"cws:emotes:site:{origin}"
