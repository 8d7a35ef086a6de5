"""Handshakes end: packets are counted, whatever the other page does."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from tests.fakes.ends import End, Ends, Prints
from tests.fakes.people import Seat, handshake
from tests.fakes.wire import wire
from tests.fakes.world import World
from widget.crypto.reasons import BIND_SIGNATURE, HELLO_REFLECTED
from widget.errors import CwError
from widget.transport.happened import Lost
from widget.transport.limits import (
    HANDSHAKE_AGAIN_MS,
    HANDSHAKE_ECHO_MS,
    HANDSHAKE_MS,
    HANDSHAKE_REPEAT_LAST_MS,
    HANDSHAKE_REPEAT_MS,
    HANDSHAKE_REST_MS,
    PACKET_BURST,
    REPEATS_ANSWERED,
)
from widget.transport.link import CLOSED, GREETING, IDLE, MOVES, OPEN, RESTING, SILENT
from widget.wire.handshake import read_hello

pytestmark = pytest.mark.no_cover

Members = tuple[Seat, Seat]
ADA_FP, BEN_FP, EVIL_FP = b"\xaa" * 32, b"\xbb" * 32, b"\xee" * 32
RELAY: tuple[Prints, Prints] = (None, None)
DIRECT: tuple[Prints, Prints] = ((ADA_FP, BEN_FP), (BEN_FP, ADA_FP))
PATHS = pytest.mark.parametrize("prints", [RELAY, DIRECT], ids=["relay", "channel"])


async def _talk(ends: Ends) -> None:
    """Each hears what the other seals."""
    for speaker, hearer in ((ends.one, ends.other), (ends.other, ends.one)):
        await speaker.link.send_blob(b"\x7fhello")
        await ends.clock.advance(10)
        assert hearer.arrived[-1:] == [b"\x7fhello"]


@PATHS
async def test_a_good_path_takes_two_packets_each_and_none_after(
    world: World, members: Members, prints: tuple[Prints, Prints]
) -> None:
    ends = Ends(world, *members, prints)
    ends.start()
    await ends.clock.advance(10)
    assert (ends.one.opened, ends.other.opened) == (1, 1)
    await ends.clock.advance(3_600_000)
    assert (ends.one.said, ends.other.said) == ("HB", "HB")
    assert ends.one.drops == ends.other.drops == []
    await _talk(ends)


@PATHS
@pytest.mark.parametrize("one_starts", [True, False], ids=["both", "the other by the word of the first"])
@pytest.mark.parametrize(("stall_ms", "most"), [(2_500, 5), (10_000, 12)])
async def test_a_page_that_stalls_costs_a_few_packets(
    world: World, members: Members, prints: tuple[Prints, Prints], one_starts: bool, stall_ms: int, most: int
) -> None:
    ends = Ends(world, *members, prints)
    ends.other.is_stalled = True
    ends.one.link.start()
    if one_starts:
        ends.other.link.start()
    await ends.clock.advance(stall_ms)
    ends.other.go_on()
    await ends.clock.advance(100)
    assert ends.one.link.is_open
    assert ends.other.link.is_open
    await _talk(ends)
    said = len(ends.one.said.replace("x", "")) + len(ends.other.said.replace("x", ""))
    assert said <= (most if prints == RELAY else 4 if stall_ms < HANDSHAKE_MS else 8)
    await ends.clock.advance(600_000)
    assert len(ends.one.said.replace("x", "")) + len(ends.other.said.replace("x", "")) == said
    assert [code for code in ends.one.errors + ends.other.errors if code != "link.timeout"] == []


@pytest.mark.parametrize("each_ms", [5, 100])
@pytest.mark.parametrize(("stall_ms", "said"), [(2_500, ("HHBB", "HBHB")), (10_000, ("HHHHHBHB", "HBHBB"))])
async def test_a_slow_page_that_stalled_does_not_answer_each_echo(
    world: World, members: Members, stall_ms: int, said: tuple[str, str], each_ms: int
) -> None:
    """Else its answers are answered again, too: the ten seconds took 31 packets."""
    ends = Ends(world, *members)
    ends.other.is_stalled = True
    ends.one.link.start()
    await ends.clock.advance(stall_ms)
    await ends.other.go_on_slowly(ends.clock, each_ms)
    await ends.clock.advance(60_000)
    assert (ends.one.said, ends.other.said) == said
    await _talk(ends)


@pytest.mark.parametrize("both_start", [True, False], ids=["both", "one"])
@pytest.mark.parametrize(
    ("one_way_ms", "most", "within_ms"), [(700, 4, 3_000), (4_200, 50, 22_000), (9_000, 100, 56_000)]
)
async def test_a_path_on_which_an_answer_takes_longer_than_an_attempt_opens_and_is_silent(
    world: World, members: Members, one_way_ms: int, most: int, within_ms: int, both_start: bool
) -> None:
    """Sixteen pages on a busy machine: each attempt was given up before its answer came, 1,384 packets in 7 minutes."""
    ends = Ends(world, *members)
    ends.path.delay_ms = one_way_ms
    ends.one.link.start()
    if both_start:
        ends.other.link.start()
    await ends.clock.advance(within_ms)
    assert ends.one.link.is_open
    assert ends.other.link.is_open
    await ends.clock.advance(600_000)
    assert (ends.one.opened, ends.other.opened) == (1, 1)
    assert len(ends.one.said + ends.other.said) <= most


async def test_hello_is_said_again_soon_and_then_less_often(world: World, members: Members) -> None:
    ends = Ends(world, *members)
    ends.other.is_stalled = True
    ends.one.link.start()
    for pause_ms in (HANDSHAKE_REPEAT_MS, HANDSHAKE_REPEAT_LAST_MS, HANDSHAKE_REPEAT_LAST_MS):
        before = ends.one.said
        await ends.clock.advance(pause_ms - 1)
        assert ends.one.said == before
        await ends.clock.advance(1)
        assert ends.one.said == before + "H"


@pytest.mark.parametrize("lost", [(1,), (2,), (3,), (4,), (1, 2), (3, 4), (1, 4), (2, 3)])
async def test_whatever_is_lost_the_link_opens_within_two_repeats(
    world: World, members: Members, lost: tuple[int, ...]
) -> None:
    """The first two packets of each side are HELLO and BIND: 1, 2 of the one, 3, 4 of the other."""
    ends = Ends(world, *members)
    for end, base in ((0, 0), (1, 2)):
        ends.path.fates[end].words = ["lost" if base + number in lost else "" for number in (1, 2)]
    ends.start()
    await ends.clock.advance(2 * HANDSHAKE_REPEAT_MS + 20)
    await _talk(ends)
    await ends.clock.advance(60_000)
    assert len(ends.one.said + ends.other.said) < 16


@pytest.mark.parametrize("seed", range(40))
async def test_an_hour_of_bad_luck_ends_in_an_open_link_and_silence(world: World, members: Members, seed: int) -> None:
    """Loss, doubling, lateness, stalls and ends that begin anew; then a good path."""
    dice = random.Random(seed)
    ends = Ends(world, *members)
    ends.start()
    for _ in range(30):
        for fates in ends.path.fates:
            fates.words = dice.choices(["", "lost", "twice", "late 900", "late 4000"], k=6)
        for end in (ends.one, ends.other):
            chance = dice.random()
            if chance < 0.2:
                end.is_stalled = True
            elif chance < 0.6:
                end.go_on()
            elif chance < 0.7:
                end.link.greet()
        await ends.clock.advance(dice.choice([10, 800, 3_000, 9_000]))
    for end in (ends.one, ends.other):
        end.go_on()
    for fates in ends.path.fates:
        fates.words = []
    await ends.clock.advance(HANDSHAKE_REST_MS + 2 * HANDSHAKE_MS)
    assert ends.one.link.is_open
    assert ends.other.link.is_open
    await _talk(ends)
    counted = len(ends.one.said + ends.other.said)
    await ends.clock.advance(600_000)
    assert len(ends.one.said + ends.other.said) == counted
    assert set(ends.one.errors + ends.other.errors) <= {"link.timeout"}


@pytest.mark.parametrize("end", [0, 1])
async def test_a_hello_that_came_before_the_other_end_had_the_channel_is_asked_for(
    world: World, members: Members, end: int
) -> None:
    ends = Ends(world, *members, DIRECT)
    ends.path.fates[end].words = ["lost"]
    ends.start()
    await ends.clock.advance(10)
    await _talk(ends)
    assert len(ends.one.said.replace("x", "") + ends.other.said.replace("x", "")) <= 8


async def test_a_channel_whose_other_end_says_nothing_is_told_once_and_can_open_later(
    world: World, members: Members
) -> None:
    ends = Ends(world, *members, DIRECT)
    ends.other.is_stalled = True
    ends.start()
    await ends.clock.advance(600_000)
    assert ends.one.said == "HH"
    assert ends.one.errors == ["link.timeout"]
    ends.other.go_on()
    await ends.clock.advance(10)
    await _talk(ends)


async def test_an_open_end_answers_a_greeting_one_a_few_times(world: World, members: Members) -> None:
    """The other never hears BIND: what the one repeats is bounded, and it does not say HELLO for it."""
    ends = Ends(world, *members)
    ends.path.fates[0].words = ["", *["lost"] * 50]
    ends.start()
    await ends.clock.advance(HANDSHAKE_MS - 10)
    assert ends.one.link.is_open
    assert ends.other.link.is_greeting
    said = "HBBBB"
    assert ends.one.said == said
    ends.other.is_stalled = True  # it tries nothing new
    await ends.clock.advance(HANDSHAKE_ECHO_MS)
    for answered in range(3, 20):
        for _ in range(3):  # echoes of one another
            ends.one.take(ends.other.first)
            await ends.clock.advance(10)
        await ends.clock.advance(HANDSHAKE_ECHO_MS)
        said += "B" if answered < REPEATS_ANSWERED else ""
        assert ends.one.said == said


async def test_an_echo_of_what_opened_the_link_is_not_answered_by_the_next_attempt(
    world: World, members: Members
) -> None:
    ends = Ends(world, *members)
    ends.start()
    await ends.clock.advance(10)
    ends.other.is_stalled = True
    ends.one.link.greet()
    ends.one.take(ends.other.first)
    await ends.clock.advance(10)
    assert ends.one.said == "HBH"
    assert ends.one.drops == ["hello.unwanted"]


async def test_echoes_of_an_attempt_that_is_over_change_nothing(world: World, members: Members) -> None:
    """A server that keeps what was said and says it again for ever."""
    ends = Ends(world, *members)
    ends.start()
    await ends.clock.advance(10)
    old = [packet for packet in ends.path.seen if packet[0] in (0x48, 0x42)]
    ends.other.link.greet()
    await ends.clock.advance(10)
    before = len(ends.one.said + ends.other.said)
    for _ in range(3):
        for packet in old:
            ends.one.take(packet)
            ends.other.take(packet)
        await ends.clock.advance(100)
    assert len(ends.one.said + ends.other.said) <= before + 2 * REPEATS_ANSWERED
    assert (ends.one.opened, ends.other.opened) == (2, 2)
    await _talk(ends)


async def test_nobody_answers_and_it_is_tried_less_and_less_often(world: World, members: Members) -> None:
    ends = Ends(world, *members)
    ends.other.is_stalled = True
    ends.one.link.start()
    await ends.clock.advance(600_000)
    assert set(ends.one.said) == {"H"}
    assert len(ends.one.said) <= 60
    ends.other.go_on()
    await ends.clock.advance(HANDSHAKE_AGAIN_MS)
    await _talk(ends)


async def test_who_is_refused_rests(world: World, members: Members) -> None:
    """No new attempt for half a minute, and no answer to the next HELLO before that."""
    ends = Ends(world, *members)
    ends.other.is_stalled = True
    mirrored = replace(read_hello(handshake(members[0], members[1].sid).hello()), attempt=5)
    ends.one.link.start()
    ends.one.take(wire(mirrored))
    await ends.clock.advance(10)
    assert _reasons(ends.one) == [HELLO_REFLECTED]
    ends.one.take(wire(replace(mirrored, attempt=6)))
    await ends.clock.advance(10)
    assert ends.one.drops == ["hello.unwanted"]
    said = ends.one.said
    await ends.clock.advance(HANDSHAKE_REST_MS - 100)
    assert ends.one.said == said
    await ends.clock.advance(200)
    assert ends.one.said == said + "H"


def _reasons(end: End) -> list[int]:
    lost = [event.error for event in end.happened if isinstance(event, Lost)]
    return [error.reason for error in lost if isinstance(error, CwError)]


async def test_a_channel_that_leads_elsewhere_is_told_once_and_rests(world: World, members: Members) -> None:
    """The fingerprints differ: the only case in which a BIND of this very attempt does not fit."""
    ends = Ends(world, *members, ((ADA_FP, EVIL_FP), (BEN_FP, ADA_FP)))
    ends.start()
    await ends.clock.advance(100)
    assert _reasons(ends.one) == _reasons(ends.other) == [BIND_SIGNATURE]


async def test_a_late_bind_of_an_earlier_attempt_is_no_alarm(world: World, members: Members) -> None:
    ends = Ends(world, *members)
    ends.path.fates[1].words = ["", "late 300"]
    ends.start()
    await ends.clock.advance(50)
    ends.one.link.greet()
    await ends.clock.advance(3_000)
    assert _reasons(ends.one) == _reasons(ends.other) == []
    assert "bind.unwanted" in ends.one.drops
    await _talk(ends)


async def test_what_cannot_be_read_is_dropped_and_ends_nothing(world: World, members: Members) -> None:
    ends = Ends(world, *members)
    ends.start()
    for packet in (b"H\x01", b"B" + bytes(300), b"H" + bytes(3000)):
        ends.one.take(packet)
    await ends.clock.advance(10)
    assert ends.one.drops == ["cw.1"] * 3
    await _talk(ends)


async def test_packets_are_budgeted_before_they_are_opened(world: World, members: Members) -> None:
    ends = Ends(world, *members)
    ends.start()
    await ends.clock.advance(10)
    for _ in range(PACKET_BURST + 50):
        ends.one.take(b"\xc3" + bytes(60))
        await ends.clock.settle()
    assert ends.one.drops.count("packet.flood") == 50 + 2  # HELLO and BIND were counted too
    assert len(ends.one.drops) == PACKET_BURST + 50
    await ends.clock.advance(PACKET_BURST * 20)
    await _talk(ends)


def test_a_closed_link_stays_closed() -> None:
    assert MOVES[CLOSED] == []
    assert all(CLOSED in moves for state, moves in enumerate(MOVES) if state != CLOSED)


def test_a_link_opens_by_a_handshake_only() -> None:
    into_open = [state for state, moves in enumerate(MOVES) if OPEN in moves]
    assert into_open == [GREETING, SILENT]
    assert [state for state, moves in enumerate(MOVES) if SILENT in moves] == [OPEN]
    assert MOVES[IDLE] == MOVES[RESTING] == [GREETING, CLOSED]
