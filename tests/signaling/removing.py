"""What the tests of removals have in common: three in a room, and who is kept out of it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from tests.signaling.member import Line, Member
from tests.signaling.world import World, until
from widget.wire.socket import PeerJoined

MakeWorld = Callable[..., Awaitable[World]]

DONE = (204, "")
OUT = ("room.removed", 4411)


async def three(world: World, worker: int = 0) -> tuple[Member, Line, Member, Line, Line]:
    """Ada, the host, and Cyd on the first worker, Ben between them on `worker`."""
    ada, ben = world.member("Ada"), world.member("Ben")
    room = await ada.make()
    first = await ada.join(room)
    second = await ben.join(room, worker)
    third = await world.member("Cyd").join(room)
    assert [type(await first.read()) for _ in range(2)] == [PeerJoined, PeerJoined]
    assert isinstance(await second.read(), PeerJoined)
    return ada, first, ben, second, third


async def kept_out(member: Member, room: str, worker: int = 0, sid: str | None = None, resume: str = "") -> bool:
    line = await member.open(worker)
    line.auth(room, sid=sid, resume=resume)
    return await line.refused() == OUT


async def are_connected(world: World, count: int) -> None:
    await until(lambda: sum(len(server.worker.connections) for server in world.servers) == count)


def key(name: str, room: str) -> str:
    return f"cws:{name}:{{{room}}}"
