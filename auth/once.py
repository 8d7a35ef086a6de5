"""Things that may be used once: request ids, proof ids."""

from __future__ import annotations

from auth.store.shared import Script, Store

# The value is the end of the reservation, so that a hand-moved clock decides and Redis' expiry only cleans up.
_FIRST_USE = Script("""
local ends = redis.call('GET', KEYS[1])
if ends and tonumber(ends) > now then return 0 end
local life = tonumber(ARGV[1])
redis.call('SET', KEYS[1], string.format('%.0f', now + life), 'PX', life)
return 1
""")


async def first_use(store: Store, kind: str, value: str, life_s: int) -> bool:
    """True exactly once per `value` and `life_s`, however many workers ask at the same time."""
    return int(await store.run(_FIRST_USE, [f"cw:once:{kind}:{value}"], [life_s * 1000])) == 1
