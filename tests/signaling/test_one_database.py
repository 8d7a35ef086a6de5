"""Both services need one Redis database; whoever comes up late is asked all the same."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from starlette.responses import JSONResponse, PlainTextResponse
from starlette.types import Receive, Scope, Send

from auth.app import create_app
from auth.checks.finding import Finding
from auth.key_folder import new_folder
from auth.mail.mailers import Mailbox
from auth.settings import Settings as AuthSettings
from auth.store.opening import open_store
from signaling.checks import database
from signaling.settings import Settings
from tests.fakes.moment import START_S
from tests.fakes.redis_server import RedisServer
from tests.signaling.test_production import serving
from tests.signaling.world import World, until

MakeWorld = Callable[..., Awaitable[World]]


class Place:
    """Where the sign-in service is to be: away, with one database or the other, or something else altogether."""

    def __init__(self, apps: dict[str, Any]) -> None:
        self._apps = apps
        self.now = "away"
        self.asked = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self.asked += 1
        await self._apps[self.now](scope, receive, send)


@pytest.fixture
async def place(tmp_path: Path, redis_server: RedisServer) -> AsyncIterator[Place]:
    new_folder(tmp_path, "https://auth.test", int(START_S))
    urls = {"same": redis_server.url, "other": redis_server.url.replace("db=0", "db=1")}
    stores = {name: open_store(url) for name, url in urls.items()}
    settings = AuthSettings(key_folder=tmp_path)
    apps: dict[str, Any] = {"away": PlainTextResponse("no", 502), "strange": JSONResponse({"status": "ok"})}
    for name, store in stores.items():
        apps[name] = create_app(settings, store, Mailbox(), lambda: START_S)
    yield Place(apps)
    await stores["other"].command("FLUSHDB")
    for store in stores.values():
        await store.close()


async def troubles(world: World) -> list[str]:
    found: list[str] = (await world.get("/health/ready", origin="")).json()["troubles"]
    return found


@pytest.mark.parametrize(("now", "word"), [("other", "store.other"), ("strange", "auth.other")])
async def test_another_database_is_told_until_it_is_the_same(
    make_world: MakeWorld, place: Place, monkeypatch: pytest.MonkeyPatch, now: str, word: str
) -> None:
    monkeypatch.setattr("signaling.worker.COMPARE_EVERY_S", 0.01)
    async with serving(place) as url:
        world = await make_world(auth_url=url)
        await until(lambda: place.asked > 0)
        assert await troubles(world) == []
        place.now = now

        async def is_told() -> bool:
            return await troubles(world) == [word]

        await until(is_told)
        place.now = "away"
        asked = place.asked
        await until(lambda: place.asked >= asked + 2)
        assert await is_told()
        place.now = "same"

        async def is_well() -> bool:
            return await troubles(world) == []

        await until(is_well)
        asked = place.asked
        await world.worker.database.compare()
        assert place.asked == asked


@pytest.mark.parametrize(("now", "mark", "told"), [
    ("same", "ok", "the same"), ("other", "FAIL", "give AUTH_REDIS_URL and SIGNALING_REDIS_URL the same value"),
    ("strange", "FAIL", "set AUTH_URL"), ("away", "WARN", "run this again"),
])
async def test_the_doctor_compares(
    place: Place, redis_server: RedisServer, now: str, mark: str, told: str
) -> None:
    place.now = now
    store = open_store(redis_server.url)
    async with serving(place) as url:
        (found,) = await database.findings(Settings(auth_url=url), store)
    await store.close()
    assert (found.mark, told in found.sentence) == (mark, True), found


async def test_without_redis_there_is_nothing_to_compare() -> None:
    store = open_store(None)
    found: list[Finding] = await database.findings(Settings(), store)
    await store.close()
    assert found == []
