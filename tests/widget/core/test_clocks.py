"""A device's clock may be wrong, and may step: only the times that people read depend on it, and not even these."""

from __future__ import annotations

from datetime import datetime

import pytest

from tests.fakes.clock import DeviceClock, HandClock
from tests.fakes.world import Someone, World
from widget.core.limits import CLOCK_REACH_MS
from widget.core.service_clock import ServiceClock

pytestmark = pytest.mark.no_cover

MINUTE_MS = 60_000
HOUR_MS = 60 * MINUTE_MS
SKEWS = pytest.mark.parametrize("wrong_ms", [-10 * MINUTE_MS, 10 * MINUTE_MS], ids=["behind", "ahead"])
STEPS = pytest.mark.parametrize("step_ms", [-HOUR_MS, HOUR_MS], ids=["back", "on"])


async def _meet(world: World, ann: Someone, bob: Someone, is_public: bool = True) -> None:
    await world.run(ann.chat.create_room("Room", is_public))
    await world.run(bob.chat.join_room(ann.chat.get_invite()))
    await world.clock.advance(3_000)


async def _talk(world: World, one: Someone, other: Someone, text: str) -> None:
    for speaker, hearer in ((one, other), (other, one)):
        line = f"{text} {speaker.name}"
        await speaker.chat.send_message(line)
        await world.clock.advance(500)
        assert hearer.texts[-1] == line
        assert speaker.deliveries[-1] == "delivered"


@SKEWS
@pytest.mark.parametrize("is_public", [True, False], ids=["public", "private"])
async def test_ten_minutes_of_skew_change_nothing(world: World, wrong_ms: int, is_public: bool) -> None:
    ann = await world.person("Ann", wrong_ms=wrong_ms)
    bob = await world.person("Bob", wrong_ms=-wrong_ms)
    await _meet(world, ann, bob, is_public)
    assert (ann.links, bob.links) == ({"Bob": "direct"}, {"Ann": "direct"})
    await _talk(world, ann, bob, "hello from")
    assert ann.messages[-1].timestamp[:16] == bob.messages[-1].timestamp[:16]
    assert [message.flags for message in ann.messages + bob.messages if len(message.flags) > 0] == []
    assert ann.errors == bob.errors == []


@STEPS
@pytest.mark.parametrize("blocked", [True, False], ids=["relay", "channel"])
async def test_a_clock_that_steps_by_an_hour_in_mid_talk_changes_nothing(
    world: World, step_ms: int, blocked: bool
) -> None:
    world.net.blocked = blocked
    ann, bob = await world.room("Ann", "Bob")
    await _talk(world, ann, bob, "before")
    code = ann.chat.room_code()
    ann.clock.wrong_ms += step_ms
    await _talk(world, ann, bob, "after")
    await world.clock.advance(40_000)
    await _talk(world, ann, bob, "later")
    assert ann.chat.room_code() == bob.chat.room_code() == code
    assert ann.chat.get_state().status == "connected"
    world.signaling.cut(ann.chat.get_state().user_id)
    await world.clock.advance(12_000)
    await _talk(world, ann, bob, "back again")
    cleo = await world.person("Cleo")
    await world.run(cleo.chat.join_room(next(iter(world.signaling.rooms))))
    await world.clock.advance(3_000)
    await _talk(world, ann, cleo, "welcome from")
    assert ann.errors == bob.errors == []


@STEPS
async def test_a_dead_socket_is_noticed_in_time_though_the_clock_stepped(world: World, step_ms: int) -> None:
    ann, _ = await world.room("Ann", "Bob")
    ann.clock.wrong_ms += step_ms
    for place in world.signaling.rooms.values():
        socket = place.seats[ann.stay.me.sid].socket
        assert socket is not None
        socket.is_deaf = True
    await world.clock.until(lambda: ann.chat.get_state().error is not None, 22_000)
    await world.clock.until(lambda: ann.chat.get_state().error is None, 3_000)


@STEPS
async def test_signing_in_stays_renewed_over_a_step(world: World, step_ms: int) -> None:
    ann = await world.person("Ann")
    for _ in range(4):
        ann.clock.wrong_ms += step_ms
        await world.clock.advance(20 * MINUTE_MS)
    assert ann.chat.is_authenticated()
    assert ann.errors == []


@pytest.mark.parametrize("wrong_ms", [-16 * MINUTE_MS, 16 * MINUTE_MS])
async def test_a_clock_beyond_reach_is_told_in_one_sentence(world: World, wrong_ms: int) -> None:
    ann = world.chat("Ann", wrong_ms=wrong_ms)
    error = await world.failing(ann.chat.request_code("ann@people.test", "Ann"))
    assert error.code == "seal.stale"
    assert error.message == "The clock of this device is wrong. Set it and try again."


async def test_a_signaling_service_far_from_the_sign_in_service_is_told_in_one_sentence(world: World) -> None:
    ann, bob = await world.person("Ann"), await world.person("Bob")
    room = await world.run(ann.chat.create_room("Room"))
    world.signaling.wrong_ms = 20 * MINUTE_MS
    error = await world.failing(bob.chat.join_room(room.room_id))
    assert error.code == "seal.stale"


def _clocks() -> tuple[DeviceClock, ServiceClock]:
    device = DeviceClock(HandClock())
    return device, ServiceClock(device)


@pytest.mark.parametrize(
    ("off_ms", "is_heard"), [(CLOCK_REACH_MS, True), (-CLOCK_REACH_MS, True), (CLOCK_REACH_MS + 1, False)]
)
def test_the_first_time_told_is_believed_within_reach(off_ms: int, is_heard: bool) -> None:
    device, clock = _clocks()
    assert clock.hear(device.now_ms() + off_ms) is is_heard
    assert clock.now_ms() == device.now_ms() + (off_ms if is_heard else 0)


def test_time_never_goes_back_once_it_was_told() -> None:
    device, clock = _clocks()
    clock.hear(device.now_ms() + 5_000)
    assert clock.hear(device.now_ms() + 1_000)
    assert clock.now_ms() == device.now_ms() + 5_000
    clock.hear(device.now_ms() + 6_000)
    assert clock.now_ms() == device.now_ms() + 6_000


def test_after_a_sleep_the_device_vouches_for_the_service() -> None:
    """The steady clock stood still for nine hours; the device's own went on."""
    device, clock = _clocks()
    clock.hear(device.now_ms())
    device.slept_ms = 9 * HOUR_MS
    assert clock.now_ms() == device.now_ms() - 9 * HOUR_MS
    assert clock.hear(device.now_ms() + 2_000)
    assert clock.now_ms() == device.now_ms() + 2_000


def test_neither_sleep_nor_step_makes_a_liar_believed() -> None:
    device, clock = _clocks()
    clock.hear(device.now_ms())
    device.wrong_ms = HOUR_MS
    before = clock.now_ms()
    assert not clock.hear(before + 3 * HOUR_MS)
    assert clock.now_ms() == before


def test_a_lying_service_gains_what_is_in_reach_once_and_no_more() -> None:
    """Told step by step it would lead anywhere, and what is said there would wait at all others."""
    device, clock = _clocks()
    assert clock.hear(device.now_ms() + CLOCK_REACH_MS)
    for _ in range(3):
        assert not clock.hear(clock.now_ms() + 1)
    assert clock.now_ms() == device.now_ms() + CLOCK_REACH_MS


def test_after_a_sleep_and_a_step_the_service_is_believed_still() -> None:
    device, clock = _clocks()
    clock.hear(device.now_ms())
    device.slept_ms = 9 * HOUR_MS
    assert clock.hear(device.now_ms() + 2_000)
    device.wrong_ms = HOUR_MS
    assert clock.hear(device.now_ms() - HOUR_MS + 3_000)
    assert not clock.hear(device.now_ms() - HOUR_MS + CLOCK_REACH_MS + 1)


async def test_after_a_sleep_the_service_sets_the_time_again(world: World) -> None:
    """The steady clocks of the devices stood still while the world went on for two hours."""
    ann, bob = await world.room("Ann", "Bob")
    await _talk(world, ann, bob, "before")
    world.signaling.wrong_ms = 2 * HOUR_MS
    for someone in (ann, bob):
        someone.clock.wrong_ms = 2 * HOUR_MS
        world.signaling.cut(someone.chat.get_state().user_id)
    await world.clock.advance(12_000)
    await _talk(world, ann, bob, "awake")
    said = [message for message in bob.messages if message.type == "message"]
    at = [datetime.fromisoformat(message.timestamp).timestamp() for message in said]
    assert [later - at[0] for later in at[2:]] == pytest.approx([2 * HOUR_MS / 1000] * 2, abs=20)
