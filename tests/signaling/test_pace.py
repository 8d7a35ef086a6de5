"""How fast one socket, one room and one worker may speak in the long run, when the first burst is over."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import pytest

from signaling.limits import Limits
from signaling.pace import Pace
from tests.signaling.world import World, until
from widget.wire.socket import PeerJoined

pytestmark = pytest.mark.no_cover

MakeWorld = Callable[..., Awaitable[World]]
KIB = 1024


def granted(answers: list[bool]) -> int:
    return answers.count(True)


def test_after_its_burst_a_member_hears_twenty_signals_a_second() -> None:
    pace = Pace(Limits(), 0)
    assert granted([pace.signal("a", "answer", 0) for _ in range(61)]) == 60
    assert granted([pace.signal("a", "answer", 1) for _ in range(21)]) == 20
    assert granted([pace.signal("a", "answer", 1.5) for _ in range(11)]) == 10


def test_after_its_burst_a_member_hears_ten_blobs_a_second() -> None:
    pace = Pace(Limits(), 0)
    assert granted([pace.relay("a", 1, 0) for _ in range(41)]) == 40
    assert granted([pace.relay("a", 1, 1) for _ in range(11)]) == 10


@pytest.mark.parametrize(("size", "good"), [(64 * KIB - 1, True), (64 * KIB, True), (64 * KIB + 1, False)])
def test_after_its_burst_a_socket_relays_64_kib_a_second_to_all_together(size: int, good: bool) -> None:
    pace = Pace(Limits(), 0)
    assert granted([pace.relay(f"{number}", 16 * KIB, 0) for number in range(17)]) == 16
    assert pace.relay("somebody", size, 1) == good


def test_six_offers_are_spread_over_a_minute() -> None:
    pace = Pace(Limits(), 0)
    assert granted([pace.signal("a", "offer", 0) for _ in range(7)]) == 6
    assert not pace.signal("a", "offer", 9.9)
    assert pace.signal("a", "offer", 10)


def test_a_new_description_begins_a_new_gathering() -> None:
    pace = Pace(Limits(signals_burst=1000), 0)
    assert granted([pace.signal("a", "candidate", 0) for _ in range(65)]) == 64
    assert pace.signal("a", "answer", 0)
    assert granted([pace.signal("a", "candidate", 0) for _ in range(65)]) == 64


@pytest.mark.parametrize(("size", "good"), [(256 * KIB - 1, True), (256 * KIB, True), (256 * KIB + 1, False)])
async def test_after_its_burst_a_room_relays_256_kib_a_second(world: World, size: int, good: bool) -> None:
    assert world.worker.relay_budget.take("room", 1024 * KIB)
    assert not world.worker.relay_budget.take("room", 1)
    world.moment.go(1)
    assert world.worker.relay_budget.take("room", size) == good
    assert world.worker.relay_budget.take("another room", 1024 * KIB)


@pytest.mark.parametrize(("spare", "good"), [(1, True), (0, True), (-1, False)])
async def test_a_worker_relays_16_mib_a_second_for_all_its_rooms(world: World, spare: int, good: bool) -> None:
    for number in range(15):
        assert world.worker.relay_budget.take(f"room {number}", 1024 * KIB)
    assert world.worker.relay_budget.take("the last room", 1024 * KIB - 1000 - spare)
    assert world.worker.relay_budget.take("a small room", 1000) == good


async def test_a_worker_that_is_too_loud_blames_nobody(make_world: MakeWorld) -> None:
    world = await make_world(worker_relay_bytes_per_s=20_000)
    ada, ben = world.member(), world.member()
    room = await ada.make()
    first, second = await ada.join(room), await ben.join(room)
    assert isinstance(await first.read(), PeerJoined)
    for _ in range(3):
        second.relay(first.sid, bytes(10_000))
    assert await second.echo() == []
    assert [len((await first.blob())[1]) for _ in range(2)] == [10_000] * 2
    assert await first.echo() == []


@pytest.mark.parametrize("what", ["beat", "renew"])
async def test_the_eleventh_control_at_once_is_dropped(world: World, what: str) -> None:
    ada = world.member()
    line = await ada.join(await ada.make())
    for _ in range(11):
        line.renew() if what == "renew" else line.say("beat")
    if what == "beat":
        for _ in range(10):
            await line.read()
    assert (await line.problem()).code == "rate.limited"


async def test_offences_are_remembered_for_an_hour_from_the_last_one(world: World) -> None:
    quotas = world.worker.quotas
    assert [await quotas.punish("ada") for _ in range(3)] == [60, 120, 240]
    # The store forgets by its own clock.
    remembered_ms = int(await world.stores[0].command("PTTL", "cws:penalty:ada"))
    assert 3_500_000 < remembered_ms <= 3_600_000


async def test_who_is_thrown_out_is_gone_at_once_and_has_no_way_back_by_ticket(make_world: MakeWorld) -> None:
    world = await make_world(penalty_s=0, joins_per_user_hour=1)
    ada, ben = world.member(), world.member()
    room = await ada.make()
    first, second = await ada.join(room), await ben.join(room)
    assert isinstance(await first.read(), PeerJoined)
    for _ in range(3):
        second.send("nonsense")
    assert (await second.refused())[1] == 4429
    assert type(await first.read()).__name__ == "PeerLeft"
    await until(lambda: len(world.worker.connections) == 1)
    again = await ben.open()
    again.auth(room, sid=second.sid, resume=second.joined.resume)
    assert await again.refused() == ("rate.limited", 4429)
