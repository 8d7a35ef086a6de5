"""The name of a Redis database: the same for whoever asks, in no other database, and nothing that one could know."""

from __future__ import annotations

import re

from auth.database import database_name
from auth.store.opening import open_store
from tests.fakes.redis_server import PATIENT, RedisServer


async def test_a_database_has_one_name_and_another_has_another(redis_server: RedisServer) -> None:
    urls = [redis_server.url.replace("db=0", f"db={number}") for number in (0, 0, 1)]
    stores = [open_store(url, rules=PATIENT) for url in urls]
    try:
        names = [await database_name(store) for store in stores]
        assert [await database_name(store) for store in stores] == names
    finally:
        for store in stores:
            await store.close()
    assert names[0] == names[1] != names[2]
    assert all(re.fullmatch("[0-9a-f]{16}", name) for name in names)
