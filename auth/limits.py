"""How often somebody may do something: exact sliding windows in the store, on its clock."""

from __future__ import annotations

import hashlib
import hmac
import math
import secrets
from collections.abc import Iterable
from dataclasses import dataclass

from auth.store.shared import Script, Store

MINUTE_S = 60
HOUR_S = 3600
DAY_S = 86400


@dataclass(frozen=True)
class Rate:
    """At most `count` in any `window_s` seconds."""

    count: int
    window_s: int


# A sorted set of the moments that were granted. Refusals leave no trace, so asking too often does not prolong the wait.
# What was granted later than now was so before the clock was set back: it counts as of now, or it would for that long.
_TAKE = Script("""
local function text(number) return string.format('%.0f', number) end
local longest, wait = 0, 0
for i = 2, #ARGV - 1, 2 do longest = math.max(longest, tonumber(ARGV[i + 1])) end
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', text(now - longest))
for _, mark in ipairs(redis.call('ZRANGEBYSCORE', KEYS[1], '(' .. text(now), '+inf')) do
  redis.call('ZADD', KEYS[1], text(now), mark)
end
for i = 2, #ARGV - 1, 2 do
  local count, window = tonumber(ARGV[i]), tonumber(ARGV[i + 1])
  local used = redis.call('ZCOUNT', KEYS[1], '(' .. text(now - window), '+inf')
  if used >= count then
    local blocking = redis.call('ZREVRANGE', KEYS[1], count - 1, count - 1, 'WITHSCORES')
    local free_at = blocking[2] and tonumber(blocking[2]) + window or now + window
    wait = math.max(wait, free_at - now)
  end
end
if wait > 0 or ARGV[1] == '' then return wait end
redis.call('ZADD', KEYS[1], text(now), ARGV[1])
redis.call('PEXPIRE', KEYS[1], longest)
return 0
""")


_USED = Script("""
local after = string.format('%.0f', now - tonumber(ARGV[1]))
return redis.call('ZCOUNT', KEYS[1], '(' .. after, '+inf')
""")


class Limits:
    """Grants or refuses by rate. `secret` keys the hash under which a subject (address, e-mail) is stored."""

    def __init__(self, store: Store, secret: bytes) -> None:
        self._store = store
        self._secret = secret

    async def take(self, name: str, subject: str, *rates: Rate) -> int:
        """0 when granted under all rates together, else seconds to wait; a refusal costs nothing."""
        return await self._ask(secrets.token_hex(8), name, subject, rates)

    async def wait(self, name: str, subject: str, *rates: Rate) -> int:
        """What `take` would answer, without taking: for quotas of failures, which are asked before and taken after."""
        return await self._ask("", name, subject, rates)

    async def used(self, name: str, subject: str, window_s: int) -> int:
        """How many were granted in the last `window_s`."""
        return int(await self._store.run(_USED, [self._key(name, subject)], [window_s * 1000]))

    async def _ask(self, mark: str, name: str, subject: str, rates: Iterable[Rate]) -> int:
        args: list[str | int | bytes] = [mark]
        for rate in rates:
            args += [rate.count, rate.window_s * 1000]
        wait_ms = int(await self._store.run(_TAKE, [self._key(name, subject)], args))
        return math.ceil(wait_ms / 1000)

    def _key(self, name: str, subject: str) -> str:
        digest = hmac.new(self._secret, f"{name}\0{subject}".encode(), hashlib.sha256).hexdigest()[:32]
        return f"cw:limit:{name}:{digest}"
