"""Whether Redis takes what we write, keeps it, and holds under our names what is ours: it says so when it is tried."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

from auth import database, guests, issuers, origins, revocations
from auth.mail import store as mails
from auth.probe import probe
from auth.store.form import info
from auth.store.shared import Store, StoreDown, StoreRefusal
from auth.unreached import causes

KEY = "cw:trial"
LIFE_S = 60
EVERY_S = 5.0  # readiness may be asked by several, each second
RIGHTS = "~cw* &cw* +@all -@admin -@dangerous +info"
KINDS = {
    origins.KEY: "set", revocations.RECENT: "zset", database.KEY: "string", issuers.KEY: "hash", guests.KEY: "hash",
    mails.DUE: "zset", mails.CLOSED: "hash", mails.TRIES: "hash", mails.FAILING: "string",
    "cws:due": "zset", "cws:keys": "string",  # of signaling, which is not known here
}  # fmt: skip


@dataclass(frozen=True)
class Trouble:
    """`word` is for readiness, `sentence` for whoever mends it."""

    word: str
    sentence: str


FORM = "store.form"
OTHER_TYPE = "WRONGTYPE"
NO_RIGHTS = Trouble("store.rights", f"our user may not do what is needed (NOPERM): give it {RIGHTS}.")
# By the code that the error begins with, and the class that redis-py may have in its place.
SAID = {
    ("OOM", "OutOfMemoryError"): Trouble(
        "store.full", "it is full and takes nothing more (OOM): raise maxmemory, "
        "or see with `redis-cli --bigkeys` what fills it."
    ),
    ("MISCONF", ""): Trouble(
        "store.disk", "it cannot save to its disk, so it takes nothing (MISCONF): make room there, and look at its log."
    ),
    ("NOREPLICAS", ""): Trouble(
        "store.replicas", "too few replicas follow it, so it takes nothing (NOREPLICAS): start them, "
        "or lower min-replicas-to-write."
    ),
    ("READONLY", "ReadOnlyError"): Trouble(
        "store.readonly", "it has become a replica, which takes nothing (READONLY): name the master in REDIS_URL."
    ),
    ("NOPERM", "NoPermissionError"): NO_RIGHTS,
    (OTHER_TYPE, ""): Trouble(
        "store.type", "under one of our names is something of another type (WRONGTYPE), so somebody else writes here: "
        "give the services a database of their own."
    ),
    ("max number of clients", "MaxConnectionsError"): Trouble(
        "store.clients", "it takes no more connections: raise its maxclients, "
        "or see with `redis-cli client list` who holds them."
    ),
    ("DENIED", ""): Trouble(
        FORM, "it lets in nobody from another machine (protected-mode): give it a user with a password (ACL SETUSER), "
        "and name both in REDIS_URL."
    ),
    ("DB index is out of range", ""): Trouble(
        FORM, "it has no database of that number: end REDIS_URL with a smaller one (`databases` in its settings)."
    ),
    ("This instance has cluster support disabled", ""): Trouble(
        FORM, "it is no cluster: begin REDIS_URL with redis:// in place of redis+cluster://."
    ),
    ("unknown command 'SENTINEL'", ""): Trouble(
        FORM, "what answers is no sentinel: name sentinels, or begin REDIS_URL with redis:// for the Redis itself."
    ),
    ("Protocol Error", "InvalidResponse"): Trouble(
        FORM, "what answers is no Redis: look at host and port in REDIS_URL."
    ),
}  # fmt: skip


class Trial:
    """Tries again after EVERY_S at the soonest; until then what it found counts."""

    def __init__(self, store: Store, clock_s: Callable[[], float] = time.monotonic) -> None:
        self._store = store
        self._clock_s = clock_s
        self._found: Trouble | None = None
        self._at_s: float | None = None

    async def trouble(self) -> Trouble | None:
        """StoreDown when Redis does not answer, for whatever reason."""
        if self._at_s is None or self._clock_s() - self._at_s >= EVERY_S:
            self._found = await tried(self._store)
            self._at_s = self._clock_s()
        return self._found


async def tried(store: Store) -> Trouble | None:
    """What is wrong, None when nothing."""
    if store.embedded:
        return None
    try:
        await store.command("SET", KEY, 1, "EX", LIFE_S)
        return await _eviction(store) or await _kinds(store) or await _rights(store)
    except (StoreDown, StoreRefusal) as error:
        found = said(error)
        if found is None:
            raise
        return found


async def _rights(store: Store) -> Trouble | None:
    """They may be taken away while we run."""
    try:
        await probe(store)
    except StoreRefusal as error:
        return said(error) or NO_RIGHTS
    return None


def said(error: BaseException) -> Trouble | None:
    """What Redis gives as its reason; None when it gives none that we know."""
    for reason in causes(error):
        for (code, kind), trouble in SAID.items():
            if type(reason).__name__ == kind or _is_code(code, str(reason)):
                return trouble
    return None


def _is_code(code: str, text: str) -> bool:
    """Redis 6.2 puts what is wrong within a script behind the script's name."""
    return text.startswith(code) or (code == OTHER_TYPE and f": {code} " in text)


async def _eviction(store: Store) -> Trouble | None:
    try:
        nodes = await info(store, "memory")
    except StoreRefusal:
        return None  # our user may not ask
    policies = {str(node.get("maxmemory_policy", "noeviction")) for node in nodes} - {"noeviction"}
    if len(policies) == 0:
        return None
    return Trouble("store.evicts", f"it throws away what it has no room for ({min(policies)}), limits and rooms too: "
                                   "set maxmemory-policy noeviction.")


async def _kinds(store: Store) -> Trouble | None:
    for key, kind in KINDS.items():
        found = str(await store.command("TYPE", key))
        if found not in (kind, "none"):
            return Trouble("store.type", f"{key} is a {found} instead of a {kind}, so somebody else writes here: "
                                         f"delete it (`redis-cli del {key}`) and let only the services write here.")
    return None
