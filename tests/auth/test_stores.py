"""How the store is opened: each for itself, by hash after the first time, without tries that nobody counts."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from auth.store.opening import open_store
from auth.store.pool import HealingPool
from auth.store.rules import Rules
from auth.store.shared import Script, Store, StoreDown
from tests.fakes.redis_server import RedisServer


async def test_two_stores_in_one_process_know_nothing_of_each_other() -> None:
    one, other = open_store(None), open_store(None)
    await one.command("SET", "key", "value")
    assert await one.command("GET", "key") == "value"
    assert await other.command("GET", "key") is None
    assert (one.embedded, other.embedded) == (True, True)
    await one.close()
    await other.close()


async def test_a_store_in_the_process_hears_only_itself() -> None:
    one, other = open_store(None), open_store(None)
    heard = await one.subscribe("a")
    assert await other.publish("a", b"from elsewhere") == 0
    assert await one.publish("a", b"\xff") == 1
    assert await heard.next() == ("a", b"\xff")
    await heard.close()
    await one.close()
    await other.close()


async def test_a_script_is_sent_once_and_then_asked_for_by_its_hash(redis_server: RedisServer) -> None:
    script = Script("return {KEYS[1], ARGV[1], 'sent once'}")
    store = open_store(redis_server.url)
    assert await store.run(script, ["k"], ["a"]) == ["k", "a", "sent once"]
    assert await store.command("SCRIPT", "EXISTS", script.sha) == [True]
    await store.command("CONFIG", "RESETSTAT")
    assert await store.run(script, ["k"], ["b"]) == ["k", "b", "sent once"]
    asked = await store.command("INFO", "commandstats")
    assert ("cmdstat_evalsha" in asked, "cmdstat_eval" in asked) == (True, False)
    await store.close()


async def test_a_script_goes_by_the_servers_own_time(redis_server: RedisServer) -> None:
    store = open_store(redis_server.url)

    async def server_ms() -> int:
        seconds, micros = await store.command("TIME")
        return int(seconds) * 1000 + int(micros) // 1000

    before_ms = await server_ms()
    now_ms = int(await store.run(Script("return string.format('%.0f', now)"), ["k"]))
    assert before_ms <= now_ms <= await server_ms()
    await store.close()


class Door:
    """A server that hangs up at once, lets everybody in and says nothing, or greets and then says nothing."""

    def __init__(self, manner: str) -> None:
        self.manner = manner
        self.calls = 0

    async def call(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.calls += 1
        while self.manner != "hangs up" and (data := await reader.read(1000)) != b"":
            if self.manner == "greets":
                writer.write(b"+OK\r\n" * data.count(b"SETINFO"))
        writer.close()


@asynccontextmanager
async def opened(door: Door) -> AsyncIterator[str]:
    server = await asyncio.start_server(door.call, "127.0.0.1", 0)
    async with server:
        yield f"redis://127.0.0.1:{server.sockets[0].getsockname()[1]}"


@pytest.mark.parametrize("manner", ["hangs up", "is silent", "greets"])
async def test_a_call_that_fails_is_given_up_and_tried_no_second_time(manner: str) -> None:
    door = Door(manner)
    async with opened(door) as url:
        store = open_store(url, rules=Rules(timeout_ms=20))
        with pytest.raises(StoreDown):
            await asyncio.wait_for(store.ping(), 5)
        assert door.calls == 1
        await store.close()


async def test_a_subscription_that_fails_is_tried_no_second_time() -> None:
    door = Door("hangs up")
    async with opened(door) as url:
        store = open_store(url)
        with pytest.raises(StoreDown):
            await (await store.subscribe("a")).next()
        assert door.calls == 1
        await store.close()


async def test_a_failure_puts_idle_connections_in_doubt(
    redis_server: RedisServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = open_store(redis_server.url)
    await store.ping()
    (idle,) = store._texts.connection_pool._available_connections
    assert not idle.should_reconnect()

    async def cut(*_: object) -> None:
        raise ConnectionResetError

    monkeypatch.setattr(store._texts, "execute_command", cut)
    with pytest.raises(StoreDown):
        await store.command("GET", "key")
    assert idle.should_reconnect()
    await store.close()


class Connection:
    """One of a pool; notes what is done to it."""

    def __init__(self, doubted: bool) -> None:
        self.doubted = doubted
        self.done: list[str] = []

    def should_reconnect(self) -> bool:
        return self.doubted

    async def disconnect(self, nowait: bool = False) -> None:
        self.done.append("cut at once" if nowait else "closed in peace")

    async def connect(self) -> None:
        self.done.append("connected")

    async def can_read(self) -> bool:
        return False


@pytest.mark.parametrize(("doubted", "done"), [(False, ["connected"]), (True, ["cut at once", "connected"])])
async def test_a_doubted_connection_is_cut_before_it_is_used(doubted: bool, done: list[str]) -> None:
    """It is not waited for: what it leads to may be gone."""
    connection = Connection(doubted)
    await HealingPool.at("redis://127.0.0.1").ensure_connection(connection)
    assert connection.done == done


class Client:
    """Notes whether its connections were closed with it."""

    def __init__(self) -> None:
        self.closed: list[bool] = []

    async def aclose(self, close_connection_pool: bool) -> None:
        self.closed.append(close_connection_pool)


async def test_closing_a_store_closes_all_its_connections() -> None:
    texts, raw = Client(), Client()
    await Store(texts, raw, None, embedded=False).close()
    assert (texts.closed, raw.closed) == ([True], [True])


@pytest.mark.parametrize(("url", "is_plain"), [
    ("redis://127.0.0.1:1", True), ("redis+cluster://127.0.0.1:1", False), ("redis+sentinel://127.0.0.1:1/chat", False),
])
def test_only_one_server_by_its_name_may_turn_out_to_be_something_else(url: str, is_plain: bool) -> None:
    store = open_store(url, rules=Rules(breaker_errors=2))
    assert (store.is_plain, store.embedded, store._rules.breaker_errors) == (is_plain, False, 2)


@pytest.mark.parametrize("embedded", [True, False])
def test_a_store_in_this_process_is_surely_what_it_is(embedded: bool) -> None:
    assert Store(Client(), Client(), None, embedded).is_plain == (not embedded)


def _listening(url: str) -> dict[str, object]:
    """What a connection that hears channels is made with."""
    raw = open_store(url, rules=Rules(timeout_ms=300))._raw
    client = raw.pubsub() if "cluster" in url else raw
    options: dict[str, object] = client.connection_pool.connection_kwargs
    return options


@pytest.mark.parametrize("form", ["redis://ann:s@127.0.0.1:1", "redis+cluster://ann:s@127.0.0.1:1",
                                  "redis+sentinel://ann:s@127.0.0.1:1/chat"])
def test_who_hears_channels_connects_in_time_and_waits_for_longer_than_a_command(form: str) -> None:
    options = _listening(form)
    assert (options["username"], options["socket_connect_timeout"], options["protocol"]) == ("ann", 0.3, 2)
    assert options.get("socket_timeout") != 0.3
    assert not options.get("decode_responses")


async def test_hearing_through_sentinels_has_a_bound_and_ends_when_the_master_moves() -> None:
    store = open_store("redis+sentinel://127.0.0.1:1/chat", rules=Rules(connections=7))
    ears = store._raw.connection_pool
    assert ears.max_connections == 7
    assert store._texts.connection_pool.moved == ears.disconnect
    await store.close()


def test_an_embedded_store_without_its_library_says_what_to_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "fakeredis", None)
    with pytest.raises(RuntimeError, match="set REDIS_URL=redis://host:6379/0"):
        open_store(None)
