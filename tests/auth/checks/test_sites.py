"""The list of sites."""

from __future__ import annotations

from collections.abc import Callable

from auth import origins
from auth.checks import sites
from auth.store.shared import Store
from tests.auth.checks.findings import client, only
from tests.fakes.redis_server import RedisServer
from tests.fakes.serving import free_port


async def test_the_sites_are_told(redis_server: RedisServer, opened: Callable[[str], Store]) -> None:
    store = opened(redis_server.url)
    assert "origins allow" in only(await sites.findings(store), "FAIL")
    await origins.allow(store, *[f"https://s{number}.example.org" for number in range(6)])
    assert only(await sites.findings(store), "ok").startswith("6 may embed the chat: https://s0.example.org")
    away = opened(f"redis://127.0.0.1:{free_port()}")
    assert "see above" in only(await sites.findings(away), "FAIL")


async def test_a_list_that_our_user_may_not_read_is_told(
    own_redis: RedisServer, opened: Callable[[str], Store]
) -> None:
    client(own_redis).execute_command("ACL", "SETUSER", "chat", "on", ">pass", "~cw*", "&cw*", "+@all", "-smembers")
    found = await sites.findings(opened(own_redis.url.replace("://", "://chat:pass@")))
    assert "does not give us the list (NoPermissionError)" in only(found, "FAIL")
