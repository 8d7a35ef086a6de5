"""One at a time, over all workers: whoever has a turn does the work, and it ends by itself if that worker dies."""

from __future__ import annotations

import secrets

from auth.store.shared import Script, Store

_GIVE_BACK = Script("""
if redis.call('GET', KEYS[1]) == ARGV[1] then redis.call('DEL', KEYS[1]) end
return 0
""")


class Turns:
    """Turns by name."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def take(self, name: str, life_s: float) -> str:
        """What it is given back with; "" when somebody else has it."""
        mark = secrets.token_hex(8)
        taken = await self._store.command("SET", _key(name), mark, "NX", "PX", int(life_s * 1000))
        return mark if taken else ""

    async def give_back(self, name: str, mark: str) -> None:
        await self._store.run(_GIVE_BACK, [_key(name)], [mark])

    async def is_taken(self, name: str) -> bool:
        return int(await self._store.command("EXISTS", _key(name))) == 1


def _key(name: str) -> str:
    return f"cws:emotes:turn:{name}"
