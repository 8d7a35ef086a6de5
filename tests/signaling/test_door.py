"""Who is refused at the door is told why inside the socket, and a flood of refusals costs next to nothing."""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from websockets.exceptions import InvalidStatus

from auth.origins import FRESH_S, remove
from auth.problems import INTERNAL, RATE_LIMITED, ROUTE_UNKNOWN
from signaling.door import Door
from signaling.limits import Limits
from signaling.refusals import ORIGIN_REFUSED, VERSION, close_code
from signaling.sockets import CLOSE_PATIENCE_S
from tests.signaling.member import ORIGIN
from tests.signaling.world import World, until
from widget.wire.socket import Joined

MakeWorld = Callable[..., Awaitable[World]]

FOREIGN = [None, "null", "https://evil.test", "http://site.test", "https://site.test.evil.test"]
UPGRADE = [
    "GET /ws HTTP/1.1", "Host: x", f"Origin: {ORIGIN}", "Connection: Upgrade", "Upgrade: websocket",
    "Sec-WebSocket-Version: 13", "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==", "Sec-WebSocket-Protocol: cw1", "", "",
]  # fmt: skip


def test_refusals_at_the_door_have_close_codes() -> None:
    kinds = (ORIGIN_REFUSED, ROUTE_UNKNOWN, VERSION, RATE_LIMITED, INTERNAL)
    assert [close_code(kind) for kind in kinds] == [4400, 4400, 4426, 4429, 4503]


@pytest.mark.parametrize("origin", FOREIGN)
async def test_a_foreign_page_is_told_that_it_is_not_allowed(world: World, origin: str | None) -> None:
    assert await world.member().turned_away(origin=origin) == ("origin.refused", 4400)


async def test_who_is_in_when_the_site_is_taken_off_the_list_is_told_and_put_out(world: World) -> None:
    ada, ben = world.member(origin="https://other.test"), world.member()
    line, other = await ada.join(await ada.make()), await ben.join(await ben.make())
    assert await line.echo() == []
    await remove(world.stores[0], "https://other.test")
    world.moment.go(FRESH_S)
    line.say("beat")
    assert await line.refused() == ("origin.refused", 4400)
    assert await other.echo() == []


@pytest.mark.parametrize("wrong", [{"path": "/ws?x=1"}, {"path": "/elsewhere"}, {"subprotocols": ["cw2"]}, {}])
async def test_a_foreign_page_is_told_nothing_else(make_world: MakeWorld, wrong: dict[str, Any]) -> None:
    world = await make_world(sockets_per_worker=0)
    line = await world.member().knock(origin="https://evil.test", **wrong)
    said = json.loads(await line.raw())
    assert said.keys() == {"t", "code", "detail", "retry"}
    assert "origins allow https://evil.test" in said["detail"]
    assert await line.refused() == ("", 4400)


async def test_a_second_origin_header_is_refused(world: World) -> None:
    with pytest.raises(InvalidStatus) as refusal:
        await world.member().knock(headers={"Origin": "https://evil.test"})
    assert refusal.value.response.status_code == 400


async def test_a_token_in_the_address_is_refused(world: World) -> None:
    ada = world.member()
    assert await ada.turned_away(path=f"/ws?token={ada.token()}") == ("message.malformed", 4400)


@pytest.mark.parametrize("path", ["/", "/socket", "/ws/", "/rooms"])
async def test_a_wrong_address_is_told(world: World, path: str) -> None:
    assert await world.member().turned_away(path=path) == ("route.unknown", 4400)


async def test_another_protocol_is_told_in_terms_of_its_own(world: World) -> None:
    line = await world.member().knock(subprotocols=["cw9", "cw2"])
    assert line.socket.subprotocol == "cw9"
    assert await line.refused() == ("message.malformed", 4426)
    assert await world.member().turned_away(subprotocols=[]) == ("message.malformed", 4426)
    await world.member().open(subprotocols=["cw2", "cw1"])


@pytest.mark.no_cover
@pytest.mark.parametrize("number", [63, 64, 65])
async def test_so_many_sockets_of_an_address_may_be_nameless(make_world: MakeWorld, number: int) -> None:
    world = await make_world(unauthenticated_per_ip=Limits().unauthenticated_per_ip)
    for _ in range(min(number, 64)):
        await world.member().open()
    if number > 64:
        line = await world.member().knock()
        said = await line.problem()
        assert (said.code, said.retry_after_s, await line.closed()) == ("rate.limited", 1, 4429)
    assert len(world.worker.connections) == min(number, 64)


def test_once_half_of_the_places_are_taken_an_address_has_few() -> None:
    door = Door(Limits(unauthenticated_per_worker=20, unauthenticated_per_ip=9, unauthenticated_per_ip_busy=2))
    for number in range(9):
        assert door.refusal("a") is None
        door.enter(number, "a")
    refused = door.refusal("a")
    assert refused is not None
    assert refused.kind is RATE_LIMITED
    door.enter(9, "b")
    assert door.refusal("b") is None
    door.enter(10, "b")
    assert [door.refusal(address) is None for address in ("a", "b", "c")] == [False, False, True]
    for number in range(9):
        door.known(number)
    assert [door.refusal(address) is None for address in ("a", "b", "c")] == [True, True, True]


def test_forty_addresses_cannot_keep_a_class_out() -> None:
    door, limits = Door(Limits()), Limits()
    socket = 0
    for number in range(40):
        while door.refusal(f"flood {number}") is None:
            door.enter(socket := socket + 1, f"flood {number}")
    assert socket < limits.unauthenticated_per_worker
    assert door.refusal("class") is None


@pytest.mark.parametrize("number", [1, 2, 3])
async def test_a_full_worker_takes_no_more(make_world: MakeWorld, number: int) -> None:
    world = await make_world(sockets_per_worker=2)
    for _ in range(min(number, 2)):
        await world.member().open()
    if number > 2:
        line = await world.member().knock()
        said = await line.problem()
        assert (said.code, await line.closed()) == ("backend.down", 4503)
        assert 1 <= said.retry_after_s <= world.settings.limits.retry_max_s


@pytest.mark.parametrize(("per_ip", "per_worker"), [(2, 10), (10, 2)])
async def test_of_a_flood_only_so_many_are_told_and_no_socket_opens_for_the_rest(
    make_world: MakeWorld, per_ip: int, per_worker: int
) -> None:
    world = await make_world(sockets_per_worker=0, refusals_per_ip=per_ip, refusals_per_worker=per_worker)
    for _ in range(2):
        assert (await world.member().turned_away())[0] == "backend.down"
    with pytest.raises(InvalidStatus) as refusal:
        await world.member().knock()
    assert refusal.value.response.status_code == 503
    assert json.loads(refusal.value.response.body)["code"] == "backend.down"
    with pytest.raises(InvalidStatus) as refusal:
        await world.member().knock(origin="https://evil.test")
    assert refusal.value.response.status_code == 403
    world.moment.go(CLOSE_PATIENCE_S)
    assert (await world.member().turned_away())[0] == "backend.down"
    text = world.worker.metrics.text().decode()
    assert 'signaling_refusals_total{code="backend.down",way="told"} 3.0' in text
    assert 'signaling_refusals_total{code="origin.refused",way="mute"} 1.0' in text


def test_one_address_cannot_use_up_what_others_are_told() -> None:
    door, limits = Door(Limits()), Limits()
    assert [door.may_tell("flood", 0) for _ in range(100)].count(True) == limits.refusals_per_ip
    assert door.may_tell("class", 0)
    assert not door.may_tell("flood", CLOSE_PATIENCE_S - 0.1)
    assert door.may_tell("flood", CLOSE_PATIENCE_S)


@pytest.mark.parametrize("origin", [ORIGIN, "https://evil.test"])
async def test_refusing_asks_nothing_of_the_store_but_once_a_second_for_the_sites(
    make_world: MakeWorld, monkeypatch: pytest.MonkeyPatch, origin: str
) -> None:
    world = await make_world(sockets_per_worker=0)
    await world.member().turned_away()
    for store in (world.worker.shared, world.worker.store, world.worker.quotas):
        for name in ("run", "command", "publish", "_run", "_windows"):
            monkeypatch.setattr(store, name, None, raising=False)
    code = "backend.down" if origin == ORIGIN else "origin.refused"
    assert (await world.member().turned_away(origin=origin))[0] == code


async def test_a_refused_socket_leaves_no_task_and_is_cut_off_when_it_stays(make_world: MakeWorld) -> None:
    world = await make_world(sockets_per_worker=0)
    before = len(asyncio.all_tasks())
    reader, writer = await asyncio.open_connection("127.0.0.1", int(world.servers[0].host.split(":")[1]))
    writer.write("\r\n".join(UPGRADE).encode())
    heard = b""
    # Whoever does not answer the close is cut off: this reads to the very end.
    async with asyncio.timeout(CLOSE_PATIENCE_S * 3):
        with contextlib.suppress(ConnectionResetError):
            while (data := await reader.read(1000)) != b"":
                heard += data
                await until(lambda: len(asyncio.all_tasks()) <= before)
    writer.close()
    assert b" 101 " in heard
    assert b'"code":"backend.down"' in heard


async def test_a_bug_of_ours_is_told_and_the_session_may_come_back(make_world: MakeWorld) -> None:
    world = await make_world(joins_per_user_hour=1)
    ada = world.member()
    line = await ada.join(await ada.make())
    world.worker.hub.knows = _broken  # type: ignore[method-assign, assignment]
    line.signal("11" * 16)
    assert await line.refused() == ("internal", 4503)
    assert "socket.broken" in world.log.getvalue()
    back = await ada.open()
    back.auth(line.room, sid=line.sid, resume=line.joined.resume)
    assert isinstance(await back.read(), Joined)


async def test_who_is_handed_on_takes_no_place_any_more(
    make_world: MakeWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Before the worker that has it now can say so: the next one may call here at that word."""
    world = await make_world(unauthenticated_per_worker=1)
    ada = world.member()
    refusals: list[object] = []

    async def elsewhere(_room: str) -> bool:
        return False

    def give(*_: object) -> bool:
        asyncio.get_running_loop().call_soon(lambda: refusals.append(world.worker.door.refusal("next")))
        return True

    monkeypatch.setattr(world.worker.homing, "enter", elsewhere)
    monkeypatch.setattr(world.worker.homing, "give", give)
    line = await ada.open()
    assert world.worker.door.refusal("next") is not None
    line.auth(await ada.make())
    await until(lambda: len(refusals) > 0)
    assert refusals == [None]


def _broken(*_: object) -> bool:
    raise ZeroDivisionError
