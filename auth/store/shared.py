"""What all workers share, behind seven calls that fail closed: a Redis server, a cluster, a master that sentinels name,
or fakeredis inside this process.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Sequence
from typing import Any

from redis import exceptions as redis_errors

from auth.store.rules import SHIPPED, Rules
from auth.store.subscription import StoreDown, Subscription

Argument = str | int | bytes
# A command that the server will not do for us, such as one that our user has no right to.
StoreRefusal = redis_errors.ResponseError

LOST = (
    redis_errors.ConnectionError,
    redis_errors.TimeoutError,
    redis_errors.RedisClusterException,
    redis_errors.ClusterDownError,
    redis_errors.InvalidResponse,  # what answers is no Redis
    OSError,
    TimeoutError,
)
STATE_ERRORS = ("ReadOnlyError", "OutOfMemoryError", "MasterDownError", "ClusterDownError", "TryAgainError")
# Only a client that knows nothing of clusters is sent elsewhere.
OTHER_FORM = "Redis is one node of a cluster: write redis+cluster://host:port in REDIS_URL."
STATE_CODES = ("OOM", "READONLY", "MASTERDOWN", "BUSY", "MISCONF", "NOREPLICAS")

# The last argument of every script is the test clock in ms, or 0 for the server's own time.
_NOW_LUA = """
local now = tonumber(ARGV[#ARGV])
if now == 0 then
  local time = redis.call('TIME')
  now = time[1] * 1000 + math.floor(time[2] / 1000)
end
"""


class Script:
    """One atomic piece of Lua. It sees KEYS, ARGV without surprises, and `now`: the server's time in ms."""

    def __init__(self, lua: str) -> None:
        self.text: str = _NOW_LUA + lua
        self.sha: str = hashlib.sha1(self.text.encode(), usedforsecurity=False).hexdigest()


class Store:
    """Runs scripts and commands; replies are text, integers and lists of these. Every failure is StoreDown."""

    def __init__(
        self,
        texts: Any,
        raw: Any,
        now_s: Callable[[], float] | None,
        embedded: bool,
        doubt: Callable[[], None] = lambda: None,
        rules: Rules = SHIPPED,
    ) -> None:
        """`doubt` is told of each failure: connections of before it may be dead.

        `trouble` says what has to be changed before this store can work, "" when nothing is known.
        """
        self.embedded: bool = embedded
        self.trouble: str = ""
        # One server by name, which may turn out to be something else.
        self.is_plain: bool = not embedded
        self._doubt = doubt
        self._rules = rules
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
        return Subscription(pubsub, channels)

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
        """Run `call`; after a few failures in a row refuse at once for a while, so that nothing piles up."""
        if time.monotonic() < self._rests_until_s:
            raise StoreDown
        try:
            result = await call()
        except LOST as error:
            self._failed()
            raise StoreDown from error
        except redis_errors.ResponseError as error:
            if isinstance(error, redis_errors.MovedError | redis_errors.ClusterCrossSlotError):
                self.trouble = OTHER_FORM
                raise StoreDown from error
            if not _is_servers_state(error):
                raise
            self._failed()
            raise StoreDown from error
        self._failures = 0
        return result

    def _failed(self) -> None:
        self._doubt()
        self._failures += 1
        if self._failures >= self._rules.breaker_errors:
            self._failures = 0
            self._rests_until_s = time.monotonic() + self._rules.breaker_rest_s


def _is_servers_state(error: redis_errors.ResponseError) -> bool:
    """Whether the server is to blame, not our command. redis-py drops the code of errors it has a class for."""
    return type(error).__name__ in STATE_ERRORS or str(error).startswith(STATE_CODES)


__all__ = ["Argument", "Script", "Store", "StoreDown", "StoreRefusal", "Subscription"]
