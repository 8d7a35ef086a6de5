"""Guests at signaling: which rooms they make and enter, how many, and how much of theirs is relayed."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from auth.guests import set_guests
from signaling.guest_pace import GuestPace
from signaling.limits import Limits
from tests.signaling.member import ORIGIN, Line, Member
from tests.signaling.world import OTHER_ORIGIN, World
from widget.wire.genesis import PRIVATE, RELAY
from widget.wire.packet import TAG_FRAME, TAG_PAIR
from widget.wire.relayed import write_relay
from widget.wire.socket import PeerJoined

MakeWorld = Callable[..., Awaitable[World]]
FRAME = bytes([TAG_FRAME, 1])


def guest(world: World) -> Member:
    found = world.member("Guest")
    found.via = "guest"
    return found


async def asked(member: Member, place: str = "", **changes: Any) -> tuple[int, str]:
    """The status of POST /rooms, and why not."""
    answer = await member.post({"genesis": member.genesis(**changes).hex(), "name": "Tea", "place": place})
    return answer.status_code, str(answer.json().get("code", ""))


async def test_guests_make_rooms_only_where_the_sites_host_lets_them(world: World) -> None:
    for given in ("", "talk"):
        await set_guests(world.stores[0], given, ORIGIN)
        assert await asked(guest(world)) == (403, "guest.room")
    await set_guests(world.stores[0], "rooms", OTHER_ORIGIN)
    assert await asked(guest(world)) == (403, "guest.room")
    await set_guests(world.stores[0], "rooms", ORIGIN)
    assert await asked(guest(world)) == (201, "")


async def test_guests_make_and_enter_no_private_room(world: World) -> None:
    await set_guests(world.stores[0], "rooms", ORIGIN)
    assert await asked(guest(world), flags=PRIVATE + RELAY) == (403, "guest.room")
    room = await world.member().make(flags=PRIVATE + RELAY)
    line = await guest(world).open()
    line.auth(room)
    assert await line.refused() == ("guest.room", 4404)
    assert (await world.member().join(room)).joined.room.room_id == room


async def test_guests_enter_the_room_of_a_page_and_do_not_make_it(world: World) -> None:
    place = "ab" * 32
    assert await asked(guest(world), place) == (403, "guest.room")
    assert await asked(world.member(), place) == (201, "")
    assert await asked(guest(world), place) == (200, "")


@pytest.mark.parametrize(("number", "status"), [(1, 201), (2, 429)])
async def test_a_guest_makes_one_room_an_hour(world: World, number: int, status: int) -> None:
    await set_guests(world.stores[0], "rooms", ORIGIN)
    member = guest(world)
    said = [await asked(member) for _ in range(number)]
    assert said[-1][0] == status
    world.moment.go(3600)
    assert (await asked(member))[0] == 201


def test_of_a_guest_20_messages_a_minute_are_relayed_to_each_member() -> None:
    pace = GuestPace(Limits())
    assert [pace.relay("gus", "a", FRAME, 0) for _ in range(21)].count(True) == 20
    assert not pace.relay("gus", "a", FRAME, 2.9)
    assert pace.relay("gus", "a", FRAME, 3.1)
    assert pace.relay("gus", "b", FRAME, 3.1)
    assert all(pace.relay("gus", "a", bytes([TAG_PAIR]), 3.1) for _ in range(100))
    assert not pace.relay("gus", "a", FRAME, 3.1)
    assert pace.relay("another", "a", FRAME, 3.1)


def test_who_says_nothing_for_a_minute_is_forgotten_and_nobody_else() -> None:
    pace = GuestPace(Limits())
    assert [pace.relay("gus", "a", FRAME, 0) for _ in range(21)].count(True) == 20
    for second in range(1, 60):
        assert pace.relay("another", str(second), FRAME, second)
    assert len(pace._used) == 60
    assert [pace.relay("gus", "a", FRAME, 59) for _ in range(20)].count(True) == 19
    assert pace.relay("another", "later", FRAME, 119)
    assert len(pace._used) == 1
    assert [pace.relay("gus", "a", FRAME, 119) for _ in range(21)].count(True) == 20


async def test_all_tabs_of_a_guest_have_one_pace_and_who_comes_again_too(make_world: MakeWorld) -> None:
    world = await make_world(guest_messages_min=4, relays_burst=100)
    room = await world.member().make()
    ada = await world.member().join(room)
    gus = guest(world)
    for session, heard in ((0, 2), (1, 2), (2, 0)):
        line = await gus.join(room)
        assert len(await said_by(line, ada, 2)) == heard, session
    await line.close()
    assert await said_by(await gus.join(room), ada, 2) == []


async def said_by(line: Line, ada: Line, count: int) -> list[bytes]:
    """What she hears of so many frames."""
    for number in range(count):
        line.relay(ada.sid, FRAME + bytes([number]))
    line.relay(ada.sid, bytes([TAG_PAIR]))
    heard: list[bytes] = []
    while (raw := await ada.raw()) != write_relay(line.sid, bytes([TAG_PAIR])):
        if isinstance(raw, bytes):
            heard.append(raw)
    return heard


async def test_what_is_too_much_of_a_guest_is_dropped_and_of_nobody_else(make_world: MakeWorld) -> None:
    world = await make_world(guest_messages_min=2, relays_burst=100)
    room = await world.member().make()
    ada = await world.member().join(room)
    for member, heard in ((guest(world), 2), (world.member(), 5)):
        line = await member.join(room)
        assert isinstance(await ada.read(), PeerJoined)
        for number in range(5):
            line.relay(ada.sid, FRAME + bytes([number]))
        for number in range(3):
            line.relay(ada.sid, bytes([TAG_FRAME, 3, number]))  # presence
        line.relay(ada.sid, bytes([TAG_PAIR, 9]))
        blobs = [await ada.blob() for _ in range(heard + 4)]
        assert [blob for _, blob in blobs[:heard]] == [FRAME + bytes([number]) for number in range(heard)]
        assert blobs[-1][1] == bytes([TAG_PAIR, 9])
    assert world.worker.metrics.registry.get_sample_value("signaling_dropped_total", {"reason": "guest"}) == 3
