"""The store that REDIS_URL names, of whichever form, or one inside this process."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from redis.asyncio import Redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff

from auth.store.cluster import Cluster, ClusterEar
from auth.store.pool import HealingPool
from auth.store.rules import SHIPPED, Rules
from auth.store.sentinel import SentinelPool
from auth.store.shared import Store
from auth.store.urls import read_url


def _embedded_store(now_s: Callable[[], float] | None) -> Store:
    try:
        import fakeredis  # a server has Redis, and so requirements-services.lock has no fakeredis
    except ImportError as error:
        raise RuntimeError("There is no fakeredis here: set REDIS_URL=redis://host:6379/0.") from error
    server = fakeredis.FakeServer()
    texts: Any = fakeredis.FakeAsyncRedis(server=server, decode_responses=True)
    return Store(texts, fakeredis.FakeAsyncRedis(server=server), now_s, embedded=True)


def open_store(
    redis_url: str | None,
    now_s: Callable[[], float] | None = None,
    rules: Rules = SHIPPED,
) -> Store:
    """The store at `redis_url` (urls.py has its forms), or one inside this process, for a single worker.

    `now_s` replaces the server's clock in scripts; only tests give it.
    """
    if redis_url is None:
        return _embedded_store(now_s)
    place = read_url(redis_url)
    # With RESP3 come maintenance notices, for whose sake redis-py hands out connections that the server has closed.
    # A subscription waits for hours, and each wait has a time of its own: the time of a command is not for it.
    ear: dict[str, Any] = {"protocol": 2, "socket_connect_timeout": rules.timeout_s, "retry": Retry(NoBackoff(), 0)}
    options = {**ear, "socket_timeout": rules.timeout_s}
    if place.kind == "cluster":
        cluster = Cluster(place, rules.connections, rules.wait_s, **options)
        store = Store(cluster, ClusterEar(cluster, {**place.options, **ear}), now_s, embedded=False, rules=rules)
        store.is_plain = False
        return store
    pooled = {"max_connections": rules.connections, "timeout": rules.wait_s, "decode_responses": True, **options}
    if place.kind == "plain":
        pool = HealingPool.at(redis_url, **pooled)
        raw: Any = Redis.from_url(redis_url, **ear)
    else:
        pool = SentinelPool(place, options, **pooled)
        ears = SentinelPool(place, options, max_connections=rules.connections, **ear)
        # Whoever hears an old master that is cut off from the others hears nothing, and does not notice.
        pool.moved = ears.disconnect
        raw = Redis(connection_pool=ears)
    store = Store(Redis(connection_pool=pool), raw, now_s, embedded=False, doubt=pool.doubt, rules=rules)
    store.is_plain = place.kind == "plain"
    return store
