"""Whether what REDIS_URL names can be our store at all: a master, and a cluster only where the URL says so."""

from __future__ import annotations

from typing import Any

from redis.exceptions import AuthenticationError

from auth.store.shared import OTHER_FORM, Store, StoreDown, StoreRefusal

REPLICA = "Redis is a replica, which takes no writes: name the master in REDIS_URL, or redis+sentinel://host:port/master."


async def info(store: Store, section: str) -> list[dict[str, Any]]:
    """INFO of the server, or of some nodes of a cluster."""
    found = await store.command("INFO", section)
    if isinstance(found, dict) and all(isinstance(value, dict) for value in found.values()) and len(found) > 0:
        return list(found.values())
    return [found]


async def form_trouble(store: Store) -> str:
    """What to change about REDIS_URL, "" when nothing. StoreDown when Redis does not answer."""
    if store.embedded:
        return ""
    await store.ping()
    if store.is_plain:
        return await _plain_trouble(store) or store.trouble
    return store.trouble


async def _plain_trouble(store: Store) -> str:
    try:
        if any(int(node.get("cluster_enabled", 0)) == 1 for node in await info(store, "cluster")):
            return OTHER_FORM
        if any(node.get("role") != "master" for node in await info(store, "replication")):
            return REPLICA
    except StoreRefusal:
        return ""  # our user may not ask
    return ""


def is_locked_out(down: StoreDown) -> bool:
    """Whether there is a Redis that does not know us: user or password are wrong, or missing."""
    cause = down.__cause__
    while cause is not None and not isinstance(cause, AuthenticationError):
        cause = cause.__cause__
    return cause is not None
