"""Hearing what is published: channels that count once they are confirmed, and a connection that is known to live."""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from collections.abc import Iterable
from typing import Any

from redis import exceptions as redis_errors

CONFIRMATION_S = 1.0
QUIET_S = 15.0  # a subscription that has heard nothing for so long asks whether anybody is there


class StoreDown(Exception):
    """The store does not answer; ask again after `retry_after_s`: 1 to 10, to spread those who return."""

    def __init__(self) -> None:
        super().__init__("the store does not answer")
        self.retry_after_s: int = random.randint(1, 10)  # noqa: S311 - spreads load, hides nothing


class Subscription:
    """Messages of some channels, as bytes; `channels` have been asked for already.

    A confirmation that nobody asked for means that the connection was made anew behind our back, with a gap in between.
    """

    def __init__(self, pubsub: Any, channels: Iterable[str] = ()) -> None:
        self._pubsub = pubsub
        self._confirmed: dict[str, asyncio.Event] = {}
        self._asked: Counter[str] = Counter(channels)

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
        self._asked[channel] += 1
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
        """Wait for the next (channel, data). Raises StoreDown when the connection is cut or dead: subscribe again."""
        asked = False
        while True:
            message = await self._next_or_ask(asked)
            asked = message is None
            if message is not None and message["type"] == "subscribe":
                self._confirm(message["channel"].decode())
            if message is not None and message["type"] == "message":
                return message["channel"].decode(), message["data"]

    async def _next_or_ask(self, asked: bool) -> Any:
        """What came; None after a quiet time, in which case the server was asked for a word, once."""
        try:
            message = await self._pubsub.get_message(timeout=QUIET_S)
            if message is None and not asked:
                await self._pubsub.ping()
        except (redis_errors.RedisError, OSError) as error:
            raise StoreDown from error
        if message is None and asked:
            raise StoreDown
        return message

    def _confirm(self, channel: str) -> None:
        if self._asked[channel] == 0:
            raise StoreDown
        self._asked[channel] -= 1
        if channel in self._confirmed:
            self._confirmed[channel].set()

    async def close(self) -> None:
        await self._pubsub.aclose()
