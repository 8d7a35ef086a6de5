"""What Redis keeps of 7TV: each set as it is answered, that there is none, and until when nobody needs to ask."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from auth.store.shared import Store, StoreDown
from signaling.limits import Limits

REST = "cws:emotes:rest"
NAMES = "cws:emotes:kept"
_FIELDS = ("at", "tag", "missing_at", "rests_until")


@dataclass(frozen=True)
class Kept:
    """Of one set. `at_s`: when 7TV said it, -1 never; `tag` names the body; `missing_at_s`: when 7TV had none."""

    at_s: float = -1
    tag: str = ""
    missing_at_s: float = -1
    rests_until_s: float = -1


class KeptSets:
    """Sets by name: "global", "set:ID", "twitch:ID". At most `emote_sets_kept` of them, the last used ones."""

    def __init__(self, store: Store, limits: Limits) -> None:
        self._store = store
        self._limits = limits

    async def look(self, name: str) -> Kept:
        at, tag, missing_at, rests_until = await self._store.command("HMGET", _key(name), *_FIELDS)
        return Kept(_moment(at), tag or "", _moment(missing_at), _moment(rests_until))

    async def body(self, name: str) -> str:
        """Raises StoreDown when it has gone meanwhile."""
        body = await self._store.command("HGET", _key(name), "body")
        if body is None:
            raise StoreDown
        return str(body)

    async def keep(self, name: str, body: str, now_s: float) -> None:
        """A full answer, for as long as sets are kept."""
        await self._store.command("HSET", _key(name), "at", f"{now_s:.3f}", "tag", tag_of(body), "body", body)
        await self._store.command("HDEL", _key(name), "missing_at", "rests_until")
        await self._store.command("EXPIRE", _key(name), self._limits.emotes_life_s)
        await self._bound(name, now_s)

    async def note_missing(self, name: str, now_s: float) -> None:
        await self._note(name, "missing_at", now_s, self._limits.emotes_missing_s)

    async def note_rest(self, name: str, until_s: float, rest_s: float) -> None:
        """Nobody asks for it again until then."""
        await self._note(name, "rests_until", until_s, int(rest_s) + 1)

    async def rest(self, rest_s: int) -> None:
        """Nobody asks 7TV for anything for so long."""
        await self._store.command("SET", REST, "1", "EX", rest_s)

    async def rests(self) -> bool:
        return int(await self._store.command("EXISTS", REST)) == 1

    async def _note(self, name: str, field: str, moment_s: float, life_s: int) -> None:
        await self._store.command("HSET", _key(name), field, f"{moment_s:.3f}")
        # What has a body lives on as it was; a note alone goes when it means nothing any more.
        if int(await self._store.command("HEXISTS", _key(name), "body")) == 0:
            await self._store.command("EXPIRE", _key(name), life_s)

    async def _bound(self, name: str, now_s: float) -> None:
        await self._store.command("ZADD", NAMES, int(now_s), name)
        await self._store.command("EXPIRE", NAMES, self._limits.emotes_life_s)
        excess = int(await self._store.command("ZCARD", NAMES)) - self._limits.emote_sets_kept
        if excess > 0:
            for old in await self._store.command("ZRANGE", NAMES, 0, excess - 1):
                await self._store.command("DEL", _key(old))
                await self._store.command("ZREM", NAMES, old)


def tag_of(body: str) -> str:
    """Two bodies with the same one are the same."""
    return hashlib.sha256(body.encode()).hexdigest()[:16]


def _key(name: str) -> str:
    return f"cws:emotes:7tv:{name}"


def _moment(text: str | None) -> float:
    return float(text) if text else -1
