"""Who is connected through a site that is taken off the list has to go, on whichever worker."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import pytest

from auth import origins
from auth.origins import refusal
from signaling.connection import Connection
from signaling.states import State
from tests.browser.waiting import eventually, eventually_async
from tests.signaling.member import ORIGIN
from tests.signaling.world import OTHER_ORIGIN, World

MakeWorld = Callable[..., Awaitable[World]]


async def test_sockets_of_a_site_that_is_removed_end_though_they_are_quiet(
    make_world: MakeWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("signaling.worker.SITES_EVERY_S", 0.01)
    world = await make_world(workers=2)
    room = await world.member().make()
    lines = [await world.member().join(room, server) for server in (0, 1)]
    newcomer = await world.member().open()
    cleo = world.member("Cleo", origin=OTHER_ORIGIN)
    other = await cleo.join(await cleo.make())
    await origins.remove(world.stores[0], ORIGIN)
    world.moment.go(origins.FRESH_S)
    for line in (*lines, newcomer):
        assert (await line.refused())[0] == "origin.refused"
    assert await other.echo() == []


@pytest.mark.parametrize("state", ["opened", "closed"])
async def test_who_is_not_greeted_yet_or_goes_already_is_left_alone(world: World, state: State) -> None:
    line = await world.member().join(await world.member().make())
    (connection,) = world.worker.connections
    assert isinstance(connection, Connection)
    connection.state = state
    connection.send_away(refusal(ORIGIN))
    assert connection.outbox.code is None
    connection.state = "joined"
    connection.send_away(refusal(ORIGIN))
    assert (await line.refused())[0] == "origin.refused"


async def test_a_worker_looks_at_the_sites_though_nobody_is_connected(
    make_world: MakeWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("signaling.worker.SITES_EVERY_S", 0.01)
    world = await make_world()
    await eventually(lambda: world.worker.origins._listed is not None)
    await world.stores[0].command("DEL", origins.KEY)
    world.moment.go(origins.FRESH_S)
    await eventually_async(lambda: is_listed(world))


async def is_listed(world: World) -> bool:
    return ORIGIN in (await origins.allowed(world.stores[0]) or ())
