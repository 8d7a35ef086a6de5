"""What all workers share: one Redis, or fakeredis inside this process, behind seven calls that fail closed."""

from __future__ import annotations

import asyncio
import hashlib
import random
import time
from collections.abc import Callable, Sequence
from typing import Any

import fakeredis
from redis import exceptions as redis_errors
from redis.asyncio import BlockingConnectionPool, Redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff

Argument = str | int | bytes

BREAKER_ERRORS = 5
BREAKER_REST_S = 1.0
POOL_CONNECTIONS = 64
COMMAND_TIMEOUT_S = 0.25
CONFIRMATION_S = 1.0
STATE_ERRORS = ("ReadOnlyError", "OutOfMemoryError", "MasterDownError", "ClusterDownError", "TryAgainError")
STATE_CODES = ("OOM", "READONLY", "MASTERDOWN", "BUSY", "MISCONF", "NOREPLICAS")

# The last argument of every script is the test clock in ms, or 0 for the server's own time.
_NOW_LUA = """
local now = tonumber(ARGV[#ARGV])
if now == 0 then
  local time = redis.call('TIME')
  now = time[1] * 1000 + math.floor(time[2] / 1000)
end
"""


class StoreDown(Exception):
    """The store does not answer; ask again after `retry_after_s`: 1 to 10, to spread those who return."""

    def __init__(self) -> None:
        super().__init__("the store does not answer")
        self.retry_after_s: int = random.randint(1, 10)  # noqa: S311 - spreads load, hides nothing


class Script:
    """One atomic piece of Lua. It sees KEYS, ARGV without surprises, and `now`: the server's time in ms."""

    def __init__(self, lua: str) -> None:
        self.text: str = _NOW_LUA + lua
        self.sha: str = hashlib.sha1(self.text.encode(), usedforsecurity=False).hexdigest()


class Subscription:
    """Messages of some channels, as bytes."""

    def __init__(self, pubsub: Any) -> None:
        self._pubsub = pubsub
        self._confirmed: dict[str, asyncio.Event] = {}

    async def add(self, channel: str) -> None:
        """Hear `channel` too, for sure once this returns; meanwhile another task waits in `next`."""
        if channel not in self._confirmed:
            self._confirmed[channel] = asyncio.Event()
            await self._ask_for(channel)
        try:
            await asyncio.wait_for(self._confirmed[channel].wait(), CONFIRMATION_S)
        except (TimeoutError, KeyError) as error:
            self._confirmed.pop(channel, None)
            raise StoreDown from error

    async def _ask_for(self, channel: str) -> None:
        try:
            await self._pubsub.subscribe(channel)
        except (redis_errors.RedisError, OSError) as error:
            self._confirmed.pop(channel, None)
            raise StoreDown from error

    async def drop(self, channel: str) -> None:
        self._confirmed.pop(channel, None)
        try:
            await self._pubsub.unsubscribe(channel)
        except (redis_errors.RedisError, OSError) as error:
            raise StoreDown from error

    async def next(self) -> tuple[str, bytes]:
        """Wait for the next (channel, data). Raises StoreDown when the connection is cut: subscribe again."""
        while True:
            try:
                message = await self._pubsub.get_message(timeout=None)
            except (redis_errors.RedisError, OSError) as error:
                raise StoreDown from error
            if message is not None and message["type"] == "subscribe":
                self._confirm(message["channel"].decode())
            if message is not None and message["type"] == "message":
                return message["channel"].decode(), message["data"]

    def _confirm(self, channel: str) -> None:
        if channel in self._confirmed:
            self._confirmed[channel].set()

    async def close(self) -> None:
        await self._pubsub.aclose()


class Store:
    """Runs scripts and commands; replies are text, integers and lists of these. Every failure is StoreDown."""

    def __init__(self, texts: Any, raw: Any, now_s: Callable[[], float] | None, embedded: bool) -> None:
        self.embedded: bool = embedded
        self._texts = texts
        self._raw = raw
        self._now_s = now_s
        self._failures = 0
        self._rests_until_s = 0.0

    async def run(self, script: Script, keys: Sequence[str], args: Sequence[Argument] = ()) -> Any:
        """The script's result. In a cluster all keys must share one {tag}."""
        now_ms = 0 if self._now_s is None else int(self._now_s() * 1000)
        tail = (len(keys), *keys, *args, now_ms)
        return await self._guarded(lambda: self._evaluate(script, tail))

    async def command(self, *parts: Argument) -> Any:
        """One plain command: `await store.command("HGET", key, "name")`."""
        return await self._guarded(lambda: self._texts.execute_command(*parts))

    async def publish(self, channel: str, data: bytes) -> int:
        """How many subscribers got it."""
        return int(await self._guarded(lambda: self._texts.publish(channel, data)))

    async def subscribe(self, *channels: str) -> Subscription:
        pubsub = self._raw.pubsub()
        await self._guarded(lambda: pubsub.subscribe(*channels))
        return Subscription(pubsub)

    async def ping(self) -> None:
        await self._guarded(lambda: self._texts.ping())

    async def close(self) -> None:
        await self._texts.aclose(close_connection_pool=True)
        await self._raw.aclose(close_connection_pool=True)

    async def _evaluate(self, script: Script, tail: tuple[Argument, ...]) -> Any:
        try:
            return await self._texts.execute_command("EVALSHA", script.sha, *tail)
        except redis_errors.NoScriptError:
            return await self._texts.execute_command("EVAL", script.text, *tail)

    async def _guarded(self, call: Callable[[], Any]) -> Any:
        """Run `call`; after BREAKER_ERRORS failures in a row refuse at once for a while, so that nothing piles up."""
        if time.monotonic() < self._rests_until_s:
            raise StoreDown
        try:
            result = await call()
        except (redis_errors.ConnectionError, redis_errors.TimeoutError, OSError, TimeoutError) as error:
            self._failed()
            raise StoreDown from error
        except redis_errors.ResponseError as error:
            if not _is_servers_state(error):
                raise
            self._failed()
            raise StoreDown from error
        self._failures = 0
        return result

    def _failed(self) -> None:
        self._failures += 1
        if self._failures >= BREAKER_ERRORS:
            self._failures = 0
            self._rests_until_s = time.monotonic() + BREAKER_REST_S


def _is_servers_state(error: redis_errors.ResponseError) -> bool:
    """Whether the server is to blame, not our command. redis-py drops the code of errors it has a class for."""
    return type(error).__name__ in STATE_ERRORS or str(error).startswith(STATE_CODES)


def open_store(
    redis_url: str | None,
    now_s: Callable[[], float] | None = None,
    command_timeout_s: float = COMMAND_TIMEOUT_S,
) -> Store:
    """The store at `redis_url` (redis://, rediss://, unix://), or one inside this process, for a single worker.

    `now_s` replaces the server's clock in scripts; only tests give it.
    """
    if redis_url is None:
        server = fakeredis.FakeServer()
        texts: Any = fakeredis.FakeAsyncRedis(server=server, decode_responses=True)
        return Store(texts, fakeredis.FakeAsyncRedis(server=server), now_s, embedded=True)
    options: dict[str, Any] = {"socket_connect_timeout": command_timeout_s, "retry": Retry(NoBackoff(), 0)}
    pool: Any = BlockingConnectionPool.from_url(
        redis_url,
        max_connections=POOL_CONNECTIONS,
        timeout=command_timeout_s * 4,
        decode_responses=True,
        socket_timeout=command_timeout_s,
        **options,
    )
    # A subscription waits for hours, so its connection has no read timeout.
    raw: Any = Redis.from_url(redis_url, decode_responses=False, health_check_interval=15, **options)
    return Store(Redis(connection_pool=pool), raw, now_s, embedded=False)
