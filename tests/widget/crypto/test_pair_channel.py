"""The pair channel between two sessions."""

from __future__ import annotations

import pytest

from tests.fakes.people import Person, link, make_room, sign_in, sit
from widget.crypto.limits import PAIR_WINDOW
from widget.crypto.pair_channel import PairChannel
from widget.crypto.reasons import PAIR_REPLAY, PAIR_SEAL
from widget.errors import MALFORMED, CwError
from widget.wire.packet import TAG_PAIR


@pytest.fixture
async def channels(ada: Person, ben: Person) -> tuple[PairChannel, PairChannel]:
    genesis = make_room(ada)
    return (await link(await sit(ada, genesis), await sit(ben, genesis))).channels()


async def refusal(channel: PairChannel, packet: bytes) -> int:
    with pytest.raises(CwError) as caught:
        await channel.open(packet)
    return caught.value.reason


async def test_blobs_cross_both_ways(channels: tuple[PairChannel, PairChannel]) -> None:
    one, other = channels
    for number in range(5):
        assert await other.open(await one.seal(bytes([number]))) == bytes([number])
        assert await one.open(await other.seal(b"")) == b""


async def test_a_packet_is_5_bytes_of_header_and_the_sealed_blob(
    channels: tuple[PairChannel, PairChannel],
) -> None:
    packet = await channels[0].seal(b"blob")
    assert packet[0] == TAG_PAIR
    assert len(packet) == 5 + 4 + 16
    assert packet[1:5] == bytes(4)


async def test_equal_blobs_never_look_alike(channels: tuple[PairChannel, PairChannel]) -> None:
    one, other = channels
    sealed = [(await one.seal(b"same"))[5:] for _ in range(3)] + [(await other.seal(b"same"))[5:]]
    assert len(set(sealed)) == 4


async def test_every_changed_byte_is_noticed(channels: tuple[PairChannel, PairChannel]) -> None:
    one, other = channels
    packet = await one.seal(b"blob")
    for index in range(len(packet)):
        changed = packet[:index] + bytes([packet[index] ^ 1]) + packet[index + 1 :]
        assert await refusal(other, changed) in (MALFORMED, PAIR_SEAL)
    assert await other.open(packet) == b"blob"


async def test_a_packet_opens_once(channels: tuple[PairChannel, PairChannel]) -> None:
    one, other = channels
    packet = await one.seal(b"blob")
    await other.open(packet)
    assert await refusal(other, packet) == PAIR_REPLAY


async def test_a_reflected_packet_is_refused(channels: tuple[PairChannel, PairChannel]) -> None:
    one, _ = channels
    assert await refusal(one, await one.seal(b"blob")) == PAIR_SEAL


async def test_packets_may_overtake_each_other_within_the_window(
    channels: tuple[PairChannel, PairChannel],
) -> None:
    one, other = channels
    packets = [await one.seal(bytes([number])) for number in range(PAIR_WINDOW + 1)]
    assert await other.open(packets[-1]) == bytes([PAIR_WINDOW])
    assert await other.open(packets[1]) == b"\x01"
    assert await refusal(other, packets[0]) == PAIR_REPLAY


async def test_a_packet_for_another_pair_is_refused(ada: Person, ben: Person) -> None:
    genesis = make_room(ada)
    cleo = await sign_in(ada.realm, "Cleo")
    seats = [await sit(person, genesis) for person in (ada, ben, cleo)]
    to_ben = (await link(seats[0], seats[1])).channels()[0]
    at_cleo = (await link(seats[0], seats[2])).channels()[1]
    assert await refusal(at_cleo, await to_ben.seal(b"blob")) == PAIR_SEAL


async def test_a_packet_too_short_or_too_long_is_refused(channels: tuple[PairChannel, PairChannel]) -> None:
    one, other = channels
    packet = await one.seal(b"")
    assert await refusal(other, packet[:4]) == MALFORMED
    assert await refusal(other, packet[:20]) == PAIR_SEAL
    assert await refusal(other, packet + bytes(16385)) == MALFORMED
