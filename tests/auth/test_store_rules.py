"""The patience with Redis, from a variable to the connection that has it, in both services."""

from __future__ import annotations

from typing import Any

import pytest
from redis import exceptions as redis_errors

import auth.serve
import signaling.serve
from auth.settings import settings_from
from auth.store.opening import open_store
from auth.store.rules import SHIPPED, Rules
from auth.store.shared import Store, StoreDown
from signaling.settings import settings_from as signaling_settings_from
from tests.auth.test_breaker import Redis, Watch, fail, watch

__all__ = ["watch"]

RULES = Rules(timeout_ms=300, wait_ms=700, connections=3, breaker_errors=2, breaker_rest_ms=400)
VARIABLES = {
    "TIMEOUT_MS": "300", "WAIT_MS": "700", "CONNECTIONS": "3", "BREAKER_ERRORS": "2", "BREAKER_REST_MS": "400",
}  # fmt: skip


def environ(prefix: str) -> dict[str, str]:
    named = {f"{prefix}_STORE_{name}": value for name, value in VARIABLES.items()}
    return {**named, "REDIS_URL": "redis://127.0.0.1:1/0"}


def test_both_services_open_their_store_by_their_settings() -> None:
    ours = auth.serve.store_for(settings_from(environ("AUTH")))
    theirs = signaling.serve.store_for(signaling_settings_from(environ("SIGNALING")))
    assert ours._rules == theirs._rules == RULES
    assert auth.serve.store_for(settings_from({}))._rules == SHIPPED


@pytest.mark.parametrize("url", ["redis://127.0.0.1:1/0", "redis+sentinel://127.0.0.1:1/chat"])
def test_a_pool_has_what_it_is_given(url: str) -> None:
    pool: Any = open_store(url, rules=RULES)._texts.connection_pool
    assert (pool.max_connections, pool.timeout) == (3, 0.7)
    assert pool.connection_kwargs["socket_timeout"] == pool.connection_kwargs["socket_connect_timeout"] == 0.3


def test_a_cluster_has_what_it_is_given() -> None:
    cluster: Any = open_store("redis+cluster://127.0.0.1:1", rules=RULES)._texts
    assert (cluster._gate._value, cluster._wait_s) == (3, 0.7)
    assert cluster._cluster.connection_kwargs["socket_timeout"] == 0.3


@pytest.mark.parametrize(("timeout_ms", "wait_s"), [(699, 0.7), (700, 0.7), (701, 0.701)])
def test_a_command_has_its_time_however_short_the_wait(timeout_ms: int, wait_s: float) -> None:
    assert Rules(timeout_ms=timeout_ms, wait_ms=700).wait_s == wait_s


async def test_the_breaker_goes_by_its_rules(watch: Watch) -> None:
    redis = Redis()
    store = Store(redis, redis, None, embedded=False, rules=RULES)
    redis.fails = redis_errors.ConnectionError("gone")
    await fail(store, 3)
    assert redis.asked == 2
    watch.at_s += 0.399
    with pytest.raises(StoreDown):
        await store.ping()
    assert redis.asked == 2
    watch.at_s += 0.001
    redis.fails = None
    await store.ping()
    assert redis.asked == 3
