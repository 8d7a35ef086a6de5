"""A pair channel whose packets are lost, late, there twice, bent, sent back, and count up to the last."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from tests.fakes.at_once import at_once
from tests.fakes.crypto import watched_crypto
from tests.fakes.effort import many
from widget.crypto.keys import CountedKey
from widget.crypto.limits import MAX_COUNTER, PAIR_WINDOW
from widget.crypto.pair_channel import PairChannel
from widget.crypto.reasons import PAIR_REPLAY, PAIR_SEAL, PAIR_SPENT
from widget.errors import MALFORMED, CwError
from widget.ports import Crypto

MANY = settings(max_examples=many(12, 300), stateful_step_count=many(40, 80), deadline=None)

GAPS = (1, PAIR_WINDOW - 2, PAIR_WINDOW - 1, PAIR_WINDOW)
STARTS = (0, 0, MAX_COUNTER - 2 * PAIR_WINDOW)


@dataclass
class Way:
    """One direction, and what a receiver that does it right would know."""

    sender: PairChannel
    receiver: PairChannel
    sent: list[tuple[int, bytes, bytes]] = field(default_factory=list)  # counter, blob, packet
    seen: set[int] = field(default_factory=set)

    def expected(self, counter: int) -> int:
        """0: it opens."""
        is_old = len(self.seen) > 0 and counter <= max(self.seen) - PAIR_WINDOW
        return PAIR_REPLAY if is_old or counter in self.seen else 0


def _key(crypto: Crypto, number: int) -> CountedKey:
    return CountedKey(crypto, at_once(crypto.aead.key(bytes([number]) * 32)), bytes([number]) * 12)


def _refusal(channel: PairChannel, packet: bytes) -> int:
    with pytest.raises(CwError) as caught:
        at_once(channel.open(packet))
    return caught.value.reason


class PairMachine(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        crypto = watched_crypto()  # fails on a nonce that is used twice
        there, back = _key(crypto, 1), _key(crypto, 2)
        one, other = PairChannel(there, back), PairChannel(back, there)
        self.ways = [Way(one, other), Way(other, one)]

    @initialize(start=st.sampled_from(STARTS))
    def begin(self, start: int) -> None:
        for way in self.ways:
            way.sender._counter = start

    def _packet(self, side: int, which: int) -> tuple[Way, int, bytes, bytes]:
        way = self.ways[side]
        return way, *way.sent[which % len(way.sent)]

    @rule(side=st.integers(0, 1), blob=st.binary(max_size=20))
    def send(self, side: int, blob: bytes) -> None:
        way = self.ways[side]
        counter = way.sender._counter
        if counter > MAX_COUNTER:
            with pytest.raises(CwError) as caught:
                at_once(way.sender.seal(blob))
            assert caught.value.reason == PAIR_SPENT
            return
        way.sent.append((counter, blob, at_once(way.sender.seal(blob))))

    @rule(side=st.integers(0, 1), by=st.sampled_from(GAPS))
    def lose(self, side: int, by: int) -> None:
        """So many were sent, and none of them arrives."""
        sender = self.ways[side].sender
        sender._counter = max(sender._counter, min(MAX_COUNTER - 1, sender._counter + by))

    @rule(side=st.integers(0, 1), which=st.integers(0, 5))
    def deliver(self, side: int, which: int) -> None:
        """Any that was sent, the first time or once more."""
        if len(self.ways[side].sent) == 0:
            return
        way, counter, blob, packet = self._packet(side, which)
        expected = way.expected(counter)
        if expected > 0:
            assert _refusal(way.receiver, packet) == expected
            return
        assert at_once(way.receiver.open(packet)) == blob
        way.seen.add(counter)

    @rule(side=st.integers(0, 1), which=st.integers(0, 1_000), at=st.integers(0, 1_000), bit=st.integers(0, 7))
    def bend(self, side: int, which: int, at: int, bit: int) -> None:
        """It opens nowhere, and leaves no trace: what it was made of still opens."""
        if len(self.ways[side].sent) == 0:
            return
        way, _, _, packet = self._packet(side, which)
        place = at % len(packet)
        bent = packet[:place] + bytes([packet[place] ^ (1 << bit)]) + packet[place + 1 :]
        counter = int.from_bytes(bent[1:5], "big")
        assert _refusal(way.receiver, bent) == (MALFORMED if place == 0 else way.expected(counter) or PAIR_SEAL)

    @rule(side=st.integers(0, 1), which=st.integers(0, 1_000))
    def send_back(self, side: int, which: int) -> None:
        if len(self.ways[side].sent) == 0:
            return
        way, counter, _, packet = self._packet(side, which)
        assert _refusal(way.sender, packet) == (self.ways[1 - side].expected(counter) or PAIR_SEAL)

    @invariant()
    def nothing_is_kept_beyond_the_window(self) -> None:
        for way in self.ways:
            assert len(way.receiver._window._seen) <= PAIR_WINDOW


def test_each_packet_opens_once_whatever_happens_on_the_way() -> None:
    run_state_machine_as_test(PairMachine, settings=MANY)
