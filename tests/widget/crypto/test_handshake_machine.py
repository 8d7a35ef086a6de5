"""Handshakes of two sessions whose packets come in any order, twice, mixed with those of other attempts, and bent."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import pytest
from hypothesis import assume, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from tests.fakes.at_once import at_once
from tests.fakes.effort import many
from tests.fakes.people import Seat, make_room, sign_in, sit
from tests.fakes.realm import NOW_MS, Realm
from widget.crypto.credentials import Credentials
from widget.crypto.handshake import NO_FINGERPRINTS, TRANSPORT_RELAY, Handshake
from widget.crypto.reasons import (
    BIND_ATTEMPT,
    BIND_FIRST,
    BIND_ROLE,
    BIND_SIGNATURE,
    HANDSHAKE_OVER,
    HELLO_REFLECTED,
    HELLO_REPEATED,
)
from widget.errors import CwError
from widget.wire.packet import TAG_HELLO

MANY = settings(max_examples=many(12, 300), stateful_step_count=many(25, 50), deadline=None)


@cache
def _seats() -> tuple[Seat, Seat]:
    """Ada and Ben; whatever a handshake changes is made anew for each."""

    async def both() -> tuple[Seat, Seat]:
        realm = Realm()
        ada, ben = await sign_in(realm, "Ada"), await sign_in(realm, "Ben")
        genesis = make_room(ada)
        return await sit(ada, genesis), await sit(ben, genesis)

    return at_once(both())


@dataclass
class Packet:
    """`hellos` are its sender's and the one that a BIND answers."""

    side: int
    data: bytes
    attempt: int
    answered: int = 0
    hellos: tuple[bytes, bytes] = (b"", b"")


class End:
    """One attempt of one side, and what it would know if it did right."""

    def __init__(self, side: int, attempt: int) -> None:
        mine, theirs = _seats()[side], _seats()[1 - side]
        person, session = mine.person, mine.session
        credentials = Credentials(person.crypto, session, person.trust, mine.credentials._genesis)
        self.said = bytes([side, attempt])
        self.shake = Handshake(
            person.crypto, session, credentials, theirs.sid, TRANSPORT_RELAY, NO_FINGERPRINTS, attempt, self.said
        )
        self.side, self.attempt = side, attempt
        self.answered, self.taken = 0, b""  # the last HELLO that was taken
        self.is_over = self.is_done = False

    def expected(self, packet: Packet) -> int:
        """Why it is refused; 0 when it is not."""
        if self.is_over:
            return HANDSHAKE_OVER
        if packet.data[0] == TAG_HELLO:
            if packet.attempt <= self.answered:
                return HELLO_REPEATED
            return HELLO_REFLECTED if packet.side == self.side else 0
        if self.answered == 0:
            return BIND_FIRST
        if (packet.attempt, packet.answered) != (self.answered, self.attempt):
            return BIND_ATTEMPT
        if packet.side == self.side:
            return BIND_ROLE
        return 0 if packet.hellos == (self.taken, self.shake.hello()) else BIND_SIGNATURE


class HandshakeMachine(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.ends = [End(0, 1), End(1, 1)]
        self.packets = [self._hello(end) for end in self.ends]

    def _hello(self, end: End) -> Packet:
        return Packet(end.side, end.shake.hello(), end.attempt)

    @rule(side=st.integers(0, 1), ahead=st.integers(1, 3))
    def begin_anew(self, side: int, ahead: int) -> None:
        self.ends[side] = End(side, self.ends[side].attempt + ahead)
        self.packets.append(self._hello(self.ends[side]))

    @rule(side=st.integers(0, 1), back=st.integers(0, 5))
    def deliver(self, side: int, back: int) -> None:
        """One of the newest, to whichever side."""
        self._take(self.ends[side], self.packets[-1 - back % len(self.packets)])

    @rule(side=st.integers(0, 1))
    def deliver_what_belongs(self, side: int) -> None:
        """The other's newest."""
        theirs = [packet for packet in self.packets if packet.side != side]
        self._take(self.ends[side], theirs[-1])

    def _take(self, end: End, packet: Packet) -> None:
        expected = end.expected(packet)
        if expected > 0:
            assert self._refusal(end, packet.data) == expected
            return
        answers = at_once(end.shake.receive(packet.data, NOW_MS))
        if packet.data[0] == TAG_HELLO:
            end.answered, end.taken = packet.attempt, packet.data
            bind = Packet(end.side, answers[0], end.attempt, packet.attempt, (end.shake.hello(), packet.data))
            self.packets.append(bind)
        else:
            assert answers == []
            assert end.shake.heard == bytes([packet.side, packet.attempt])
            end.is_over = end.is_done = True

    @rule(side=st.integers(0, 1), back=st.integers(0, 5), at=st.integers(0, 5_000), bit=st.integers(0, 7))
    def bend(self, side: int, back: int, at: int, bit: int) -> None:
        """A bent BIND opens nothing; a HELLO that is taken all the same (its nonce was bent) is another HELLO."""
        packet, end = self.packets[-1 - back % len(self.packets)], self.ends[side]
        place = at % len(packet.data)
        bent = packet.data[:place] + bytes([packet.data[place] ^ (1 << bit)]) + packet.data[place + 1 :]
        assume(not end.is_over)
        try:
            answers = at_once(end.shake.receive(bent, NOW_MS))
        except CwError:
            end.is_over, end.is_done = True, False
            return
        assert bent[0] == TAG_HELLO
        assert packet.side != side
        end.answered, end.taken = int.from_bytes(bent[2:6], "big"), bent
        self.packets.append(Packet(side, answers[0], end.attempt, end.answered, (end.shake.hello(), bent)))

    def _refusal(self, end: End, data: bytes) -> int:
        with pytest.raises(CwError) as caught:
            at_once(end.shake.receive(data, NOW_MS))
        end.is_over, end.is_done = True, False
        return caught.value.reason

    @invariant()
    def only_what_was_proved_is_open(self) -> None:
        for end in self.ends:
            peer = end.shake.peer
            assert end.shake.done() == end.is_done
            assert (peer is not None) == end.is_done
            assert peer is None or peer.sid == _seats()[1 - end.side].sid

    @invariant()
    def who_saw_the_same_can_talk(self) -> None:
        one, other = self.ends
        if one.shake.channel is None or other.shake.channel is None:
            return
        assert one.taken == other.shake.hello()
        assert other.taken == one.shake.hello()
        assert at_once(other.shake.channel.open(at_once(one.shake.channel.seal(b"there")))) == b"there"
        assert at_once(one.shake.channel.open(at_once(other.shake.channel.seal(b"back")))) == b"back"


def test_two_sessions_open_a_channel_only_on_what_both_saw() -> None:
    run_state_machine_as_test(HandshakeMachine, settings=MANY)
