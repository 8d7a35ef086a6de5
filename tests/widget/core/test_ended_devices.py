"""A device was signed out from elsewhere: members have it out within a minute, whatever the signaling service does."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.fakes.memory_storage import MemoryStorage
from tests.fakes.realm import jws
from tests.fakes.thief import with_thief
from tests.fakes.world import Someone, World
from widget.core.limits import LOOK_MS, TRUST_AGAIN_MS
from widget.crypto.limits import CLOCK_SKEW_MS, SESSION_LIFE_MS
from widget.crypto.reasons import DEVICE_ENDED
from widget.native.drops import drops_of
from widget.wire.socket import CLOSE_REVOKED

pytestmark = pytest.mark.no_cover

ENDED = "/.well-known/cw-ended"


def end(world: World, someone: Someone) -> None:
    """From another device; no service cuts it off here."""
    world.realm.ended[someone.stay.me.jkt] = world.clock.now_ms() // 1000 + 1


def room_of(someone: Someone) -> str:
    room = someone.chat.get_state().room
    assert room is not None
    return room.room_id


def ids(someone: Someone) -> set[str]:
    return {entry.id for entry in someone.stay.peers.replica.log.entries()}


async def talking(world: World) -> list[Someone]:
    """Three in a room with a history, in which each has said something."""
    people = [await world.person(name) for name in ("Ann", "Bob", "Eve")]
    room = await world.run(people[0].chat.create_room("Room", True, "session"))
    for someone in people[1:]:
        await world.run(someone.chat.join_room(room.room_id))
    await world.clock.advance(4_000)
    for someone in people:
        await someone.chat.send_message(f"by {someone.name}")
    await world.clock.advance(4_000)
    return people


def is_in(someone: Someone, other: Someone) -> bool:
    return other.stay.me.sid in someone.stay.peers.group.roster


@pytest.mark.parametrize("blocked", [False, True])
async def test_an_ended_device_is_out_within_a_minute_and_what_it_said_stays(world: World, blocked: bool) -> None:
    world.net.blocked = blocked
    ann, bob, eve = await talking(world)
    end(world, eve)
    await world.clock.advance(60_000)
    assert [is_in(someone, eve) for someone in (ann, bob)] == [False, False]
    await ann.chat.send_message("without Eve")
    await eve.chat.send_message("too late")
    await world.clock.advance(10_000)
    assert ann.texts == bob.texts
    assert (sorted(ann.texts[:3]), ann.texts[3:]) == (["by Ann", "by Bob", "by Eve"], ["without Eve"])
    assert "without Eve" not in eve.texts
    assert (ann.errors, bob.errors, ann.deliveries) == ([], [], ["delivered", "delivered"])


async def test_who_was_signed_out_from_elsewhere_reads_that(world: World) -> None:
    ann = await world.person("Ann")
    await world.run(ann.chat.create_room("Room"))
    world.auth.refuse["/token"] = "token.invalid"
    (place,) = world.signaling.rooms.values()
    socket = place.seats[ann.stay.me.sid].socket
    assert socket is not None
    socket.end(CLOSE_REVOKED)
    await world.clock.advance(1_000)
    assert ann.errors == ["session.revoked", "token.invalid"]
    assert {str(error) for error in ann.heard("error")} == {"You are signed out. Sign in again."}
    assert ann.chat.get_state().error == "You are signed out. Sign in again."


async def test_who_comes_later_holds_the_same_log(world: World) -> None:
    ann, bob, eve = await talking(world)
    sid = eve.stay.me.sid
    end(world, eve)
    await world.clock.advance(60_000)
    cid = await world.person("Cid")
    await world.run(cid.chat.create_room("Another"))
    await world.clock.advance(2 * LOOK_MS)  # he knows the list before he comes
    await world.run(cid.chat.leave_room())
    await world.run(cid.chat.join_room(room_of(ann)))
    await world.clock.advance(10_000)
    assert ids(cid) == ids(ann) == ids(bob)
    assert cid.stay.peers.group.member(sid) is not None
    assert "by Eve" in cid.texts
    assert not is_in(cid, eve)


async def test_who_comes_asks_at_once(world: World) -> None:
    """Eve is still at the service, which says nothing of it, and the room is empty but for her."""
    ann, bob, eve = await talking(world)
    room_id = room_of(ann)
    end(world, eve)
    for someone in (ann, bob):
        await world.run(someone.chat.leave_room())
    cid = await world.person("Cid")
    await world.run(cid.chat.join_room(room_id))
    await world.clock.advance(2 * LOOK_MS)
    assert not is_in(cid, eve)
    assert cid.links == {}


@pytest.mark.parametrize(("later", "reached"), [(False, False), (True, True)])
async def test_it_comes_back_by_signing_in_anew_alone(world: World, later: bool, reached: bool) -> None:
    ann, bob, storage = await world.person("Ann"), await world.person("Bob"), MemoryStorage()
    eve = await world.person("Eve", storage=storage)
    room = await world.run(ann.chat.create_room("Room"))
    for someone in (bob, eve):
        await world.run(someone.chat.join_room(room.room_id))
    await world.clock.advance(4_000)
    end(world, eve)
    await world.clock.advance(60_000)
    await world.run(eve.chat.leave_room())
    if later:
        eve = await world.person("Eve", storage=storage)
    refused = drops_of(ann.chat).get(f"cw.{DEVICE_ENDED}", 0)
    await world.run(eve.chat.join_room(room.room_id))
    await world.clock.advance(20_000)
    assert [is_in(someone, eve) for someone in (ann, bob)] == [reached, reached]
    assert (drops_of(ann.chat).get(f"cw.{DEVICE_ENDED}", 0) > refused) is not reached


@pytest.mark.parametrize("between", ["nothing", "keys", "room"])
async def test_a_list_once_seen_is_not_forgotten(world: World, between: str) -> None:
    """The service shows one without Eve, who tries again; meanwhile the keys change, or the others were out."""
    ann, bob, eve = await talking(world)
    room_id, sid = room_of(ann), eve.stay.me.sid
    end(world, eve)
    await world.clock.advance(60_000)
    world.realm.ended.clear()
    if between == "keys":
        world.realm.withdraw("00" * 8)
        await world.clock.advance(60_000)
    if between == "room":
        for someone in (ann, bob):
            await world.run(someone.chat.leave_room())
            await world.run(someone.chat.join_room(room_id))
    await world.run(eve.chat.leave_room())
    await world.run(eve.chat.join_room(room_id))
    await world.clock.advance(20_000)
    assert eve.stay.me.sid != sid
    assert [is_in(someone, eve) for someone in (ann, bob)] == [False, False]


def away(world: World) -> None:
    world.auth.is_down = True


def silent(world: World) -> None:
    world.auth.hangs = True


def unknown(world: World) -> None:
    world.auth.refuse[ENDED] = "route.unknown"


def garbled(world: World) -> None:
    world.realm.cw_ended = lambda: "<html>"  # type: ignore[method-assign]


def saying(**changes: Any) -> Callable[[World], None]:
    def lie(world: World) -> None:
        realm = world.realm
        claims = {**realm.ended_payload(), **changes}
        realm.cw_ended = lambda: jws(realm.signing, realm.header("cw-ended+jwt"), claims)  # type: ignore[method-assign]

    return lie


@pytest.mark.parametrize("lie", [away, silent, unknown, garbled, saying(org="https://other.test"), saying(exp=0)])
async def test_a_service_that_is_away_or_lies_changes_nothing(world: World, lie: Callable[[World], None]) -> None:
    ann, bob, eve = await talking(world)
    end(world, eve)
    lie(world)
    await world.clock.advance(2 * TRUST_AGAIN_MS)
    assert [is_in(someone, eve) for someone in (ann, bob)] == [True, True]
    assert [someone.errors for someone in (ann, bob, eve)] == [[], [], []]
    await ann.chat.send_message("still here")
    await world.clock.advance(1_000)
    assert "still here" in eve.texts
    world.auth.go_on()


async def test_a_silent_list_keeps_no_withdrawn_key(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    ann, bob, eve, kid = await with_thief(world)
    request, stuck = world.auth.request, world.clock.deferred()

    async def slow(method: str, path: str, body: bytes) -> Any:
        if path == ENDED:
            await stuck.wait()
        return await request(method, path, body)

    monkeypatch.setattr(world.auth, "request", slow)
    world.realm.withdraw(kid)
    await world.clock.advance(TRUST_AGAIN_MS + LOOK_MS + 1_000)
    assert [is_in(someone, eve) for someone in (ann, bob)] == [False, False]
    stuck.settle(None)


async def test_the_list_is_asked_for_with_the_keys_and_costs_nothing_where_it_is_the_same(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    ann, _, eve = await talking(world)
    end(world, eve)
    await world.clock.advance(60_000)
    asked, known = world.auth.calls.count(ENDED), ann.stay.peers.seat._credentials._known
    await world.clock.advance(10 * TRUST_AGAIN_MS)
    assert world.auth.calls.count(ENDED) == asked + 3 * 10  # Eve too
    assert ann.stay.peers.seat._credentials._known is known


async def test_who_was_away_when_the_list_came_is_in_nobodys_epoch(world: World) -> None:
    world.net.blocked = True
    ann, bob, eve = await talking(world)
    sid = eve.stay.me.sid
    end(world, eve)
    world.signaling.is_down = True
    world.signaling.cut(eve.stay.me.sub)
    await world.clock.advance(20_000)
    assert sid not in [peer.sid for peer in ann.stay.peers.group.members()]
    await world.clock.advance(40_000)
    assert [someone.stay.peers.group.is_expelled(sid) for someone in (ann, bob)] == [True, True]


async def test_whose_session_ran_out_is_not_put_out_by_a_list(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """What they said and may read is theirs: they left like anybody else."""
    ann, bob, _ = await talking(world)
    now_s = world.clock.now_ms() // 1000
    later_ms = SESSION_LIFE_MS + 2 * CLOCK_SKEW_MS
    monkeypatch.setattr(ann.stay.peers.clock, "now_ms", lambda: world.clock.now_ms() + later_ms)
    saying(exp=now_s + 2 * SESSION_LIFE_MS, ended=[{"jkt": "another", "at": now_s}])(world)
    watch = ann.stay.peers.ends._trust
    assert await world.run(watch.hear_ended()) == []
    assert list(watch._credentials._trust.ended) == ["another"]
    assert bob.stay.me in watch._group.verified()
