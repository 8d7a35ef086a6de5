"""`python -m signaling check`: looks at everything around the service. Exit status 1 when something is at fault."""

from __future__ import annotations

import sys
import time
from collections.abc import AsyncIterator

from auth import origins
from auth.checks import machine, proxies, public, redis, sites
from auth.checks.finding import Finding, fault, is_well, report
from auth.store.shared import Store, StoreDown, StoreRefusal
from signaling.checks import database, emotes, sign_in, socket, stun, turn
from signaling.health import SERVICE
from signaling.production import unsafe
from signaling.serve import files_wanted, store_for
from signaling.settings import Settings

PUBLIC = "public address"


async def run(settings: Settings) -> None:
    store = store_for(settings)
    try:
        found = [finding async for finding in examine(settings, store)]
    finally:
        await store.close()
    print(report(found))
    if not is_well(found):
        sys.exit(1)


async def examine(settings: Settings, store: Store) -> AsyncIterator[Finding]:
    """In the order in which faults follow from one another."""
    for sentence in unsafe(settings):
        yield fault("settings", sentence)
    for found in await redis.findings(store, settings.store_timeout_ms):
        yield found
    for found in await sign_in.findings(settings, int(time.time())):
        yield found
    for found in await database.findings(settings, store):
        yield found
    for found in await sites.findings(store):
        yield found
    for found in await _public(settings, store):
        yield found
    for found in proxies.findings(settings.trusted_proxies):
        yield found
    for found in await stun.findings(settings):
        yield found
    for found in await turn.findings(settings):
        yield found
    for found in await emotes.findings(settings):
        yield found
    yield machine.files(files_wanted(settings))
    for found in await machine.clock(store):
        yield found


async def _public(settings: Settings, store: Store) -> list[Finding]:
    if settings.public_url == "":
        return [fault(PUBLIC, "it is not known: set SIGNALING_PUBLIC_URL to what the sites call signalingUrl.")]
    found = public.reach(PUBLIC, settings.public_url, settings.own_network)
    found += await public.findings(store, PUBLIC, settings.public_url, settings.trusted_proxies, SERVICE)
    try:
        listed = await origins.allowed(store)
    except (StoreDown, StoreRefusal):
        return found
    return found + await socket.findings(settings.public_url, listed or ())
