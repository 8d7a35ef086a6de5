"""The keys of sites, as they are published: asked for when they are old, or when a token names one that is not there.

What was fetched last is kept in Redis for all workers, and serves for a day while the site's own server is away.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from auth.issuers import Issuer, issuer_of
from auth.key_fetch import FetchError
from auth.log import Log
from auth.once import first_use
from auth.problems import BACKEND_DOWN, SITE_UNKNOWN, Problem
from auth.site_keys import SiteKey, read_key_list
from auth.store.shared import Store

KEPT = "cw:issuer-keys"
FRESH_S = 600
HOLD_S = 86_400
PAUSE_S = 60  # so often a site is asked at most, be it for newer keys or because it did not answer
RETRY_S = 5  # so often while nobody of that site can sign in at all

Fetch = Callable[[str], Awaitable[tuple[SiteKey, ...]]]


@dataclass(frozen=True)
class _Kept:
    """What was fetched from `url` at `at_s`."""

    url: str
    at_s: float
    keys: tuple[SiteKey, ...]


class SiteKeyBook:
    """One for each worker. `fetch` gives the keys at an address or raises FetchError."""

    def __init__(self, store: Store, fetch: Fetch, log: Log, now_s: Callable[[], float]) -> None:
        self._store = store
        self._fetch = fetch
        self._log = log
        self._now_s = now_s
        self._locks: dict[str, asyncio.Lock] = {}

    async def keys(self, origin: str) -> tuple[SiteKey, ...]:
        """The keys of a site; Problem where none are registered, or none can be had now."""
        issuer = await self._issuer(origin)
        if issuer.jwks_url == "":
            return issuer.keys
        kept = await self._kept(origin, issuer)
        if kept is not None and self._age_s(kept) < FRESH_S:
            return kept.keys
        return await self._renewed(origin, issuer)

    async def newer(self, origin: str) -> tuple[SiteKey, ...]:
        """The keys as the site has them now, or those at hand where it has been asked within a minute."""
        issuer = await self._issuer(origin)
        if issuer.jwks_url == "":
            return issuer.keys
        return await self._renewed(origin, issuer, is_old=True)

    async def _issuer(self, origin: str) -> Issuer:
        issuer = await issuer_of(self._store, origin)
        if issuer is None:
            raise Problem(SITE_UNKNOWN)
        return issuer

    async def _renewed(self, origin: str, issuer: Issuer, is_old: bool = False) -> tuple[SiteKey, ...]:
        """One caller asks, the others of this worker wait for it; those of other workers take what is at hand."""
        async with self._locks.setdefault(origin, asyncio.Lock()):
            kept = await self._kept(origin, issuer)
            if kept is not None and self._age_s(kept) < FRESH_S and not is_old:
                return kept.keys
            pause_s = RETRY_S if kept is None else PAUSE_S
            if await first_use(self._store, "jwks", f"{origin} {issuer.jwks_url}", pause_s):
                kept = await self._asked(origin, issuer) or kept
        if kept is None or self._age_s(kept) >= HOLD_S:
            raise Problem(BACKEND_DOWN, RETRY_S)
        return kept.keys

    async def _asked(self, origin: str, issuer: Issuer) -> _Kept | None:
        try:
            keys = await self._fetch(issuer.jwks_url)
        except FetchError as error:
            self._log.write("site.keys", origin=origin, reason=str(error))
            return None
        kept = _Kept(issuer.jwks_url, self._now_s(), keys)
        written = {"url": kept.url, "at": kept.at_s, "keys": [key.jwk() for key in keys]}
        await self._store.command("HSET", KEPT, origin, json.dumps(written, separators=(",", ":")))
        return kept

    async def _kept(self, origin: str, issuer: Issuer) -> _Kept | None:
        """What was fetched last; None when that was from another address."""
        text = await self._store.command("HGET", KEPT, origin)
        if text is None or (kept := json.loads(text))["url"] != issuer.jwks_url:
            return None
        return _Kept(kept["url"], float(kept["at"]), read_key_list(text))

    def _age_s(self, kept: _Kept) -> float:
        """A clock that was set back makes old what it fetched before."""
        age_s = self._now_s() - kept.at_s
        return age_s if age_s >= 0 else FRESH_S
