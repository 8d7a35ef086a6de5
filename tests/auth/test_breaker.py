"""When the store fails: which errors are the server's, and when calls are refused at once."""

from __future__ import annotations

from typing import Any

import pytest
from redis import exceptions as redis_errors

from auth.limits import MINUTE_S, Limits, Rate
from auth.revocations import Revoked, announce, is_revoked
from auth.store.rules import SHIPPED
from auth.store.shared import OTHER_FORM, Store, StoreDown
from tests.auth.world import World

ERRORS = SHIPPED.breaker_errors
CODES = ("OOM", "READONLY", "MASTERDOWN", "BUSY", "MISCONF", "NOREPLICAS")


class Redis:
    """Answers, or raises what it is given."""

    def __init__(self) -> None:
        self.fails: Exception | None = None
        self.asked = 0

    async def ping(self) -> bool:
        self.asked += 1
        if self.fails is not None:
            raise self.fails
        return True


class Watch:
    """A monotonic clock moved by hand."""

    def __init__(self) -> None:
        self.at_s = 100.0

    def monotonic(self) -> float:
        return self.at_s


@pytest.fixture
def watch(monkeypatch: pytest.MonkeyPatch) -> Watch:
    made = Watch()
    monkeypatch.setattr("auth.store.shared.time.monotonic", made.monotonic)
    return made


async def fail(store: Store, times: int) -> None:
    for _ in range(times):
        with pytest.raises(StoreDown) as caught:
            await store.ping()
        assert 1 <= caught.value.retry_after_s <= 10


async def test_after_five_failures_in_a_row_the_store_is_left_alone_for_a_second(watch: Watch) -> None:
    redis = Redis()
    store = Store(redis, redis, None, embedded=False)
    redis.fails = redis_errors.ConnectionError("gone")
    await fail(store, ERRORS - 1)
    redis.fails = None
    await store.ping()
    redis.fails = redis_errors.ConnectionError("gone")
    await fail(store, ERRORS)
    asked = redis.asked
    assert asked == 2 * ERRORS
    watch.at_s += SHIPPED.breaker_rest_s - 0.001
    await fail(store, 3)
    assert redis.asked == asked
    watch.at_s += 0.001
    await fail(store, ERRORS)
    assert redis.asked == asked + ERRORS
    await fail(store, 1)
    assert redis.asked == asked + ERRORS


@pytest.mark.parametrize("error", [
    redis_errors.ConnectionError("gone"),
    redis_errors.TimeoutError("slow"),
    OSError("gone"),
    TimeoutError(),
    redis_errors.ReadOnlyError("You can't write against a read only replica."),
    redis_errors.OutOfMemoryError("command not allowed"),
    *(redis_errors.ResponseError(f"{code} because") for code in CODES),
])
async def test_what_is_the_servers_fault_is_the_store_being_down(watch: Watch, error: Exception) -> None:
    redis = Redis()
    redis.fails = error
    store = Store(redis, redis, None, embedded=False)
    await fail(store, ERRORS)
    asked = redis.asked
    await fail(store, 1)
    assert redis.asked == asked == ERRORS


@pytest.mark.parametrize("error", [
    redis_errors.MovedError("1 127.0.0.1:7000"), redis_errors.ClusterCrossSlotError("in request")
])
async def test_one_node_of_a_cluster_is_down_and_says_what_to_write(watch: Watch, error: Exception) -> None:
    """It will not come back by itself, and so nothing is gained by leaving it alone."""
    redis = Redis()
    redis.fails = error
    store = Store(redis, redis, None, embedded=False)
    assert store.trouble == ""
    await fail(store, ERRORS + 1)
    assert (redis.asked, store.trouble) == (ERRORS + 1, OTHER_FORM)


async def test_a_machine_that_has_just_started_asks_at_once(watch: Watch) -> None:
    watch.at_s = 0.0
    redis = Redis()
    await Store(redis, redis, None, embedded=False).ping()
    assert redis.asked == 1


async def test_what_is_our_fault_is_raised_as_it_is(watch: Watch) -> None:
    redis = Redis()
    redis.fails = redis_errors.ResponseError("ERR unknown command")
    store = Store(redis, redis, None, embedded=False)
    for _ in range(ERRORS + 1):
        with pytest.raises(redis_errors.ResponseError):
            await store.ping()
    assert redis.asked == ERRORS + 1


async def test_a_wait_is_told_without_being_taken(world: World) -> None:
    limits, rate = Limits(world.store, b"k" * 32), Rate(2, MINUTE_S)
    for _ in range(3):
        assert await limits.wait("n", "s", rate) == 0
    assert [await limits.take("n", "s", rate) for _ in range(2)] == [0, 0]
    assert await limits.wait("n", "s", rate) == MINUTE_S
    for name, subject in (("m", "s"), ("n", "t")):
        assert await limits.wait(name, subject, rate) == 0
    world.moment.go(MINUTE_S)
    assert await limits.wait("n", "s", rate) == 0


async def test_only_tokens_of_before_are_taken_back(world: World) -> None:
    jkt: Any = b"\x0a" * 32
    assert not await is_revoked(world.store, jkt, 5)
    await announce(world.store, Revoked("a" * 32, jkt.hex(), 100))
    assert await is_revoked(world.store, jkt, 99)
    assert not await is_revoked(world.store, jkt, 100)
    assert not await is_revoked(world.store, b"\x0b" * 32, 99)
    assert 0 < int(await world.store.command("TTL", f"cw:revoked:{jkt.hex()}")) <= 900
