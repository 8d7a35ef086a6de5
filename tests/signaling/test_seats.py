"""Whose a seat is, when sockets and people follow one another on it; and what is asked for in vain too often."""

from __future__ import annotations

import pytest

from signaling.outbox import Rank
from signaling.store import Entry
from tests.signaling.world import World
from widget.wire.socket import PeerJoined

SID = "5d" * 16


def entry(conn: str) -> Entry:
    return Entry(SID, "ab" * 16, "cd" * 32, "Ada", conn, "ef" * 16)


async def test_a_socket_that_was_replaced_has_no_say_about_the_seat(world: World) -> None:
    store, room = world.worker.store, await world.member().make()
    for conn in ("first", "second"):
        assert (await store.join(room, entry(conn))).status == "in"
    assert await store.beat(room, SID, "first") == ("replaced", 0)
    assert not await store.cut(room, SID, "first")
    assert not await store.leave(room, SID, "first")
    world.moment.go(11)
    await store.sweep()
    roster = await store.roster(room)
    assert roster is not None
    assert list(roster.members) == [SID]
    assert (await store.beat(room, SID, "second"))[0] == "in"
    assert await store.leave(room, SID, "second")


async def test_a_session_id_is_not_for_another_person_on_the_same_device(world: World) -> None:
    ada, bea = world.member("Ada"), world.member("Bea")
    bea.private, bea.public, bea.jkt = ada.private, ada.public, ada.jkt
    room = await ada.make()
    first = await ada.join(room)
    line = await bea.open()
    line.auth(room, sid=first.sid)
    assert await line.refused() == ("proof.invalid", 4401)


async def test_after_ten_wrong_ids_not_even_a_right_one_is_found(world: World) -> None:
    room = await world.member().make()
    for number in range(10):
        assert (await world.get(f"/rooms/{number:032x}")).status_code == 404
    assert (await world.get(f"/rooms/{room}")).status_code == 429
    world.moment.go(61)
    assert (await world.get(f"/rooms/{await world.member().make()}")).status_code == 200


async def test_who_types_gives_way_to_who_has_written(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    ada, ben = world.member(), world.member()
    room = await ada.make()
    first, second = await ada.join(room), await ben.join(room)
    assert isinstance(await first.read(), PeerJoined)
    ranks: list[Rank] = []

    def route(room_id: str, to: str, data: str | bytes, rank: Rank) -> None:
        ranks.append(rank)

    monkeypatch.setattr(world.worker, "route", route)
    for start in (b"\xc1\x03", b"\xc1\x01", b"\xc2\x03"):
        second.relay(first.sid, start + bytes(100))
    assert await second.echo() == []
    assert ranks == ["idle", "normal", "normal"]
