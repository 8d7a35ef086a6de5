"""Tokens by which a site's owner changes its emotes. Of each only a hash is kept; it is shown once, when it is made."""

from __future__ import annotations

import hashlib
import json
import re
import secrets
from dataclasses import asdict, dataclass

from auth.limits import DAY_S
from auth.store.shared import Store

KEY = "cws:emotes:tokens"
PREFIX = "cwe1."
NUMBER_CHARS = 8
_TOKEN = re.compile(r"cwe1\.[A-Za-z0-9_-]{43}")


@dataclass(frozen=True)
class OwnerToken:
    """`number` names it, in lists and in the log; it is the beginning of its hash."""

    number: str
    origin: str
    made_s: int
    ends_s: int


class OwnerTokens:
    """256 random bits each, so that their hash needs no key."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def mint(self, origin: str, days: int, now_s: int) -> str:
        text = PREFIX + secrets.token_urlsafe(32)
        digest = _digest(text)
        token = OwnerToken(digest[:NUMBER_CHARS], origin, now_s, now_s + days * DAY_S)
        await self._store.command("HSET", KEY, digest, json.dumps(asdict(token)))
        return text

    async def find(self, text: str, origin: str, now_s: int) -> OwnerToken | None:
        """The living token `text`, if it is one of this site."""
        if _TOKEN.fullmatch(text) is None:
            return None
        row = await self._store.command("HGET", KEY, _digest(text))
        token = None if row is None else OwnerToken(**json.loads(row))
        return token if token is not None and token.origin == origin and now_s < token.ends_s else None

    async def list(self, now_s: int) -> list[OwnerToken]:
        """The living ones; those that have ended are forgotten on the way."""
        living = []
        for digest, row in dict(await self._store.command("HGETALL", KEY)).items():
            token = OwnerToken(**json.loads(row))
            if token.ends_s <= now_s:
                await self._store.command("HDEL", KEY, digest)
            else:
                living.append(token)
        return sorted(living, key=lambda token: (token.origin, token.made_s, token.number))

    async def end(self, number: str) -> bool:
        """False when there is none of that number."""
        ended = [digest for digest in await self._store.command("HKEYS", KEY) if digest[:NUMBER_CHARS] == number]
        for digest in ended:
            await self._store.command("HDEL", KEY, digest)
        return len(ended) > 0


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
