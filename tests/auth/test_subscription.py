"""Hearing a channel: confirmed before it counts, forgotten when dropped, refused when the store is away."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from redis import exceptions as redis_errors

from auth.store.opening import open_store
from auth.store.shared import StoreDown, Subscription
from tests.fakes.redis_server import RedisServer, running_redis


class Pubsub:
    """The client's side of a subscription, by hand: messages are what `get_message` gives, errors are raised."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, str]] = []
        self.messages: asyncio.Queue[Any] = asyncio.Queue()
        self.fails: Exception | None = None

    async def subscribe(self, channel: str) -> None:
        self._note("subscribe", channel)

    async def unsubscribe(self, channel: str) -> None:
        self._note("unsubscribe", channel)

    async def ping(self) -> None:
        self._note("ping", "")

    async def get_message(self, timeout: float | None) -> Any:  # noqa: ASYNC109 - redis-py's name for it
        if self.fails is not None:
            raise self.fails
        return await self.messages.get()

    async def aclose(self) -> None:
        self._note("close", "")

    def _note(self, what: str, channel: str) -> None:
        self.asked.append((what, channel))
        if self.fails is not None:
            raise self.fails


def confirmed(channel: str) -> dict[str, object]:
    return {"type": "subscribe", "channel": channel.encode(), "data": 1}


def said(channel: str, data: bytes) -> dict[str, object]:
    return {"type": "message", "channel": channel.encode(), "data": data}


async def test_a_channel_is_heard_once_the_server_confirmed_it(redis_server: RedisServer) -> None:
    store = open_store(redis_server.url)
    heard = await store.subscribe("one")
    waiting = asyncio.create_task(heard.next())
    await heard.add("two")
    assert await store.publish("two", b"hello") == 1
    assert await waiting == ("two", b"hello")
    await heard.drop("two")
    assert await store.publish("two", b"nobody") == 0
    await heard.close()
    await store.close()


async def test_a_channel_is_asked_for_once_and_waited_for_by_all() -> None:
    pubsub = Pubsub()
    subscription = Subscription(pubsub, ("other",))
    adding = [asyncio.create_task(subscription.add("a")) for _ in range(2)]
    await asyncio.sleep(0)
    assert not any(task.done() for task in adding)
    pubsub.messages.put_nowait(None)
    pubsub.messages.put_nowait(confirmed("other"))
    pubsub.messages.put_nowait(said("a", b"early"))
    assert await subscription.next() == ("a", b"early")
    assert not any(task.done() for task in adding)
    pubsub.messages.put_nowait(confirmed("a"))
    pubsub.messages.put_nowait(said("a", b"x"))
    assert await subscription.next() == ("a", b"x")
    await asyncio.gather(*adding)
    await subscription.add("a")
    assert pubsub.asked == [("subscribe", "a"), ("ping", "")]


async def test_a_dropped_channel_is_asked_for_again() -> None:
    pubsub = Pubsub()
    subscription = Subscription(pubsub)
    for _ in range(2):
        adding = asyncio.create_task(subscription.add("a"))
        await asyncio.sleep(0)
        pubsub.messages.put_nowait(confirmed("a"))
        pubsub.messages.put_nowait(said("a", b"x"))
        await subscription.next()
        await adding
        await subscription.drop("a")
    assert pubsub.asked == [("subscribe", "a"), ("unsubscribe", "a")] * 2


async def test_what_is_asked_for_twice_is_confirmed_twice_and_no_third_time() -> None:
    """Dropped and wanted again before the first answer has come."""
    pubsub = Pubsub()
    subscription = Subscription(pubsub)
    given_up = asyncio.create_task(subscription.add("a"))
    await asyncio.sleep(0)
    await subscription.drop("a")
    adding = asyncio.create_task(subscription.add("a"))
    await asyncio.sleep(0)
    for message in (confirmed("a"), confirmed("a"), said("a", b"x"), confirmed("a"), said("a", b"y")):
        pubsub.messages.put_nowait(message)
    assert await subscription.next() == ("a", b"x")
    await adding
    with pytest.raises(StoreDown):
        await subscription.next()
    given_up.cancel()


async def test_a_connection_that_was_made_anew_in_silence_is_a_gap() -> None:
    pubsub = Pubsub()
    subscription = Subscription(pubsub, ("first",))
    for message in (confirmed("first"), said("first", b"x"), confirmed("first")):
        pubsub.messages.put_nowait(message)
    assert await subscription.next() == ("first", b"x")
    with pytest.raises(StoreDown):
        await asyncio.wait_for(subscription.next(), 10)


async def test_a_subscription_that_reconnects_by_itself_is_down(redis_server: RedisServer) -> None:
    store = open_store(redis_server.url)
    heard = await store.subscribe("one")
    assert await store.publish("one", b"x") == 1
    assert await heard.next() == ("one", b"x")
    await heard._pubsub.connection.disconnect()
    with pytest.raises(StoreDown):
        await asyncio.wait_for(heard.next(), 10)
    await heard.close()
    await store.close()


async def test_what_is_not_confirmed_in_time_counts_as_down(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("auth.store.subscription.CONFIRMATION_S", 0)
    pubsub = Pubsub()
    subscription = Subscription(pubsub)
    for _ in range(2):
        with pytest.raises(StoreDown):
            await subscription.add("a")
    assert pubsub.asked == [("subscribe", "a")] * 2


@pytest.mark.parametrize("error", [redis_errors.ConnectionError("gone"), OSError("gone")])
async def test_a_cut_connection_is_the_store_being_down(monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    monkeypatch.setattr("auth.store.subscription.CONFIRMATION_S", 3600)
    pubsub = Pubsub()
    subscription = Subscription(pubsub)
    pubsub.fails = error
    for call in (lambda: subscription.add("a"), lambda: subscription.drop("a"), subscription.next):
        with pytest.raises(StoreDown):
            await call()
    with pytest.raises(StoreDown):
        await subscription.add("a")
    assert [what for what, _ in pubsub.asked] == ["subscribe", "unsubscribe", "subscribe"]


async def test_what_was_refused_once_is_asked_for_again() -> None:
    pubsub = Pubsub()
    subscription = Subscription(pubsub)
    pubsub.fails = OSError("gone")
    with pytest.raises(StoreDown):
        await subscription.add("a")
    pubsub.fails = None
    adding = asyncio.create_task(subscription.add("a"))
    await asyncio.sleep(0)
    assert pubsub.asked == [("subscribe", "a")] * 2
    pubsub.messages.put_nowait(confirmed("a"))
    pubsub.messages.put_nowait(said("a", b"x"))
    await subscription.next()
    await adding


async def test_what_is_dropped_while_it_is_asked_for_counts_as_down() -> None:
    class Dropping(Pubsub):
        async def subscribe(self, channel: str) -> None:
            await subscription.drop(channel)

    subscription = Subscription(Dropping())
    with pytest.raises(StoreDown):
        await subscription.add("a")


async def test_what_is_dropped_while_the_connection_is_lost_counts_as_down() -> None:
    class Lost(Pubsub):
        async def subscribe(self, channel: str) -> None:
            await subscription.drop(channel)
            raise OSError("gone")

    subscription = Subscription(Lost())
    with pytest.raises(StoreDown):
        await subscription.add("a")


async def test_closing_a_subscription_closes_its_connection() -> None:
    pubsub = Pubsub()
    await Subscription(pubsub).close()
    assert pubsub.asked == [("close", "")]


def test_those_whom_the_store_failed_come_back_after_1_to_10_s() -> None:
    assert {StoreDown().retry_after_s for _ in range(500)} == set(range(1, 11))


async def test_a_subscription_that_hears_nothing_asks_once_and_gives_up() -> None:
    pubsub = Pubsub()
    subscription = Subscription(pubsub)
    for message in (None, said("a", b"x"), None, {"type": "pong", "channel": None, "data": b""}, None, None):
        pubsub.messages.put_nowait(message)
    assert await subscription.next() == ("a", b"x")
    with pytest.raises(StoreDown):
        await subscription.next()
    assert pubsub.asked == [("ping", "")] * 3


async def test_a_quiet_redis_is_no_dead_one_and_a_frozen_one_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("auth.store.subscription.QUIET_S", 0.05)
    with running_redis() as redis:
        store = open_store(redis.url)
        heard = await store.subscribe("a")
        waiting = asyncio.create_task(heard.next())
        await asyncio.sleep(0.3)
        assert not waiting.done()
        redis.freeze()
        with pytest.raises(StoreDown):
            await asyncio.wait_for(waiting, 10)
        redis.thaw()
        await store.close()


async def test_the_store_of_a_demo_is_quiet_and_not_dead(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("auth.store.subscription.QUIET_S", 0.05)
    store = open_store(None)
    heard = await store.subscribe("a")
    waiting = asyncio.create_task(heard.next())
    await asyncio.sleep(0.3)
    await store.publish("a", b"x")
    assert await asyncio.wait_for(waiting, 10) == ("a", b"x")
    await store.close()
