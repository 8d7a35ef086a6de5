"""A name for the Redis database that both services share, so that they notice when it is not the same."""

from __future__ import annotations

import secrets

from auth.store.shared import Store

KEY = "cw:database"


async def database_name(store: Store) -> str:
    """16 hex digits that mean nothing but this database; whoever asks first makes them."""
    await store.command("SET", KEY, secrets.token_hex(8), "NX")
    return str(await store.command("GET", KEY))
