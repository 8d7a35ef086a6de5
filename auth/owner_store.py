"""The Redis of both services, for a command of its owner."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from auth.settings import Settings, SettingsError
from auth.store.opening import open_store
from auth.store.shared import Store, StoreDown, StoreRefusal
from auth.troubles import redis_refuses, undone


@asynccontextmanager
async def owners(settings: Settings, what: str) -> AsyncIterator[Store]:
    """Closed at the end. `what` begins a sentence: "The list of sites is". SettingsError when there is none."""
    if settings.redis_url is None:
        raise SettingsError(f"{what} kept in Redis: set AUTH_REDIS_URL to the one that both services use.")
    store = open_store(settings.redis_url, rules=settings.store_rules())
    try:
        yield store
    except StoreDown as error:
        raise SettingsError(undone(error)) from error
    except StoreRefusal as error:
        raise SettingsError(redis_refuses(error)) from error
    finally:
        await store.close()
