"""The end of a service: mails on their way leave, those that cannot are let go, and connections are closed."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import pytest
from starlette.types import Message

from auth.mail.mails import Mail
from auth.origins import FRESH_S, KEY, allow, allowed
from tests.auth.device import ORIGIN
from tests.auth.mails import MAILS
from tests.auth.world import World
from tests.browser.waiting import eventually_async


class Slow:
    """A mail server that answers when it is told to, or never."""

    def __init__(self) -> None:
        self.gate = asyncio.Event()
        self.sent: list[Mail] = []
        self.let_go = 0
        self.begun: asyncio.Queue[Mail] = asyncio.Queue()

    async def busy(self, mails: int) -> None:
        """Until so many are being sent."""
        for _ in range(mails):
            await asyncio.wait_for(self.begun.get(), 30)

    async def send(self, mail: Mail) -> None:
        self.begun.put_nowait(mail)
        try:
            await self.gate.wait()
        except asyncio.CancelledError:
            self.let_go += 1
            raise
        self.sent.append(mail)


class Lifespan:
    """What a server says to an app when it starts and stops, and what it hears back."""

    def __init__(self, world: World) -> None:
        self.orders: asyncio.Queue[Message] = asyncio.Queue()
        self.heard: asyncio.Queue[str] = asyncio.Queue()
        self.running = asyncio.create_task(world.app({"type": "lifespan"}, self.orders.get, self.send))

    async def order(self, event: str) -> None:
        await self.orders.put({"type": f"lifespan.{event}"})

    async def send(self, message: Message) -> None:
        await self.heard.put(message["type"].removeprefix("lifespan."))


async def test_a_service_that_stops_sends_what_is_on_its_way_first(make_world: Callable[..., World]) -> None:
    mailer = Slow()
    world = make_world(mailer=mailer)
    lifespan = Lifespan(world)
    await lifespan.order("startup")
    assert await lifespan.heard.get() == "startup.complete"
    await world.service.mails.put(MAILS[0])
    await mailer.busy(1)
    await lifespan.order("shutdown")
    for _ in range(5):
        await asyncio.sleep(0)
    assert lifespan.heard.empty()
    mailer.gate.set()
    assert await lifespan.heard.get() == "shutdown.complete"
    await lifespan.running
    assert mailer.sent == [MAILS[0]]


async def test_what_does_not_leave_in_time_is_let_go(
    make_world: Callable[..., World], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("auth.app.DRAIN_S", 0)
    mailer = Slow()
    world = make_world(mailer=mailer)
    lifespan = Lifespan(world)
    await lifespan.order("startup")
    await lifespan.heard.get()
    for _ in range(2):
        await world.service.mails.put(MAILS[0])
    await mailer.busy(2)
    await lifespan.order("shutdown")
    assert await lifespan.heard.get() == "shutdown.complete"
    await lifespan.running
    assert (mailer.let_go, mailer.sent) == (2, [])
    assert await world.service.mails.store.count() == 2


async def test_it_looks_at_the_sites_though_nobody_calls_until_it_stops(
    make_world: Callable[..., World], monkeypatch: pytest.MonkeyPatch
) -> None:
    """So it knows no sites that were removed long ago, and puts the list back that Redis has lost."""
    monkeypatch.setattr("auth.app.SITES_EVERY_S", 0.01)
    world = make_world()
    await allow(world.store, ORIGIN)
    lifespan = Lifespan(world)
    await lifespan.order("startup")
    assert await lifespan.heard.get() == "startup.complete"
    await world.store.command("DEL", KEY)
    world.moment.go(FRESH_S)
    await eventually_async(lambda: listed(world))
    await lifespan.order("shutdown")
    await lifespan.running
    assert world.service.mails.loops.dead == {"mail", "sites"}


async def listed(world: World) -> bool:
    return await allowed(world.store) is not None
