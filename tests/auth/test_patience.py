"""A worker that stands still longer than a call to Redis may take has its answer all the same."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterator

import pytest
import uvloop

from auth.store.opening import open_store
from auth.store.rules import Rules
from auth.store.shared import StoreDown
from tests.fakes.redis_groups import lone_node
from tests.fakes.redis_server import RedisServer

pytestmark = pytest.mark.no_cover

RULES = Rules(timeout_ms=100)
STALL_S = 0.3
TURNS = 20
ATTEMPTS = 4
LOOPS = [asyncio.new_event_loop, uvloop.new_event_loop]


@pytest.fixture(params=["plain", "cluster"])
def url(request: pytest.FixtureRequest, redis_server: RedisServer) -> Iterator[str]:
    if request.param == "plain":
        yield redis_server.url
        return
    with lone_node() as node:
        yield f"redis+cluster://127.0.0.1:{node.port}"


async def _stand_still(url: str) -> object:
    """The answer comes while the worker stands still, and the time of the call ends meanwhile too."""
    store = open_store(url, rules=RULES)
    try:
        await store.command("SET", "key", "there")
        asked = asyncio.ensure_future(store.command("BLPOP", "nothing", "0.05"))
        for _ in range(TURNS):  # until it is sent and waited for
            await asyncio.sleep(0)
        time.sleep(STALL_S)  # noqa: ASYNC251 - the fault itself
        return await asked
    except StoreDown:
        return "late"
    finally:
        await store.close()


@pytest.mark.parametrize("new_loop", LOOPS)
def test_who_stood_still_takes_the_answer_that_is_there(
    url: str, new_loop: Callable[[], asyncio.AbstractEventLoop]
) -> None:
    """Of several times: where others take the cores, Redis itself may be late. Who throws it away never has it."""
    with asyncio.Runner(loop_factory=new_loop) as runner:
        found = next((None for _ in range(ATTEMPTS) if runner.run(_stand_still(url)) is None), "late")
    assert found is None


async def test_a_server_that_stands_still_is_given_up(redis_server: RedisServer) -> None:
    store = open_store(redis_server.url, rules=RULES)
    await store.ping()
    redis_server.freeze()
    try:
        with pytest.raises(StoreDown):
            await asyncio.wait_for(store.command("GET", "key"), 10)
    finally:
        redis_server.thaw()
        await store.close()
