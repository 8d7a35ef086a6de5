"""My messages until everybody has them: sealed for readers, sent again, owed to the absent, and no longer."""

from __future__ import annotations

import pytest

from tests.fakes.clock import HandClock
from widget.core.events import Events
from widget.core.limits import FRAME_EACH_MS, OLD_EPOCH_MS, OWED_MESSAGES, OWED_MS, RESEND_MS, RESEND_TIMES
from widget.core.outbox import Outbox
from widget.core.state import State
from widget.model import ChatMessage

BEN, CLEO = "b" * 32, "c" * 32


class Room:
    """An outbox and those it is for. `sent` is what went out: to whom, the message's id, which sealing of it."""

    def __init__(self) -> None:
        self.clock = HandClock()
        self.sids = [BEN]
        self.ready = True
        self.away: list[str] = []
        self.doubts = 0
        self.is_heard = True
        self.sent: list[tuple[str, str, int]] = []
        self._sealings: dict[str, int] = {}
        self._state = State(self.clock, Events(self.clock))
        self.outbox = Outbox(self.clock, self._state, Events(self.clock))
        self.outbox.attach(self)

    def is_ready(self) -> bool:
        return self.ready

    def readers(self) -> list[str]:
        return self.sids

    def is_alone(self) -> bool:
        return len(self.sids) == 0

    def is_here(self, sid: str) -> bool:
        return sid in self.sids

    def kid(self) -> str:
        return "kid"

    async def seal_text(self, msg_id: str, body: bytes) -> bytes:
        self._sealings[msg_id] = self._sealings.get(msg_id, 0) + 1
        return f"{msg_id} {self._sealings[msg_id]}".encode()

    def speaks(self, sid: str, since_ms: int) -> bool:
        self.doubts += 0 if self.is_heard else 1
        return self.is_heard

    def send(self, sid: str, packet: bytes) -> bool:
        if sid in self.away:
            return False
        msg_id, sealing = packet.decode().split(" ")
        self.sent.append((sid, msg_id, int(sealing)))
        return True

    async def say(self, *msg_ids: str) -> None:
        for msg_id in msg_ids:
            self._state.add_message(
                ChatMessage(msg_id, "r", "me", "Ada", "t", "hi", True, delivery="sending", mine=True)
            )
            self.outbox.add(msg_id, b"hi")
            await self.clock.advance(FRAME_EACH_MS)

    async def look_on(self, ms: int) -> None:
        """What the room does from time to time."""
        for _ in range(ms // RESEND_MS):
            await self.clock.advance(RESEND_MS)
            self.outbox.look()
            await self.clock.settle()

    async def leaves(self, sid: str, for_good: bool) -> None:
        self.sids = [other for other in self.sids if other != sid]
        self.outbox.gone(sid, for_good)
        await self.clock.settle()

    async def returns(self, sid: str) -> None:
        self.sids = [*self.sids, sid]
        self.outbox.flush()
        await self.clock.advance(60_000)

    @property
    def deliveries(self) -> list[str]:
        return [message.delivery for message in self._state.now.messages]


async def test_what_is_confirmed_is_not_said_again() -> None:
    room = Room()
    await room.say("m1", "m2")
    room.outbox.confirmed(BEN, ["m1", "m2"])
    await room.look_on(60_000)
    assert room.sent == [(BEN, "m1", 1), (BEN, "m2", 1)]


async def test_nothing_is_sealed_before_there_is_somebody_to_read_it() -> None:
    room = Room()
    room.ready = False
    await room.say("m1")
    assert (room.sent, room.deliveries) == ([], ["sending"])
    room.ready = True
    room.outbox.flush()
    await room.clock.settle()
    assert (room.sent, room.deliveries) == ([(BEN, "m1", 1)], ["sending"])
    room.outbox.confirmed(BEN, ["m1"])
    assert room.deliveries == ["sent"]


async def test_who_never_confirms_is_given_up_in_the_end() -> None:
    room = Room()
    await room.say("m1")
    await room.look_on(600_000)
    often = len(room.sent)
    assert RESEND_TIMES <= often <= 2 * RESEND_TIMES
    await room.look_on(600_000)
    assert len(room.sent) == often


async def test_who_is_silent_gets_nothing_twice_on_one_way() -> None:
    """A page that stands still reads it later; each copy would only be another packet."""
    room = Room()
    room.is_heard = False
    await room.say("m1")
    await room.look_on(60_000)
    assert room.sent == [(BEN, "m1", 1)]
    assert room.doubts > 0
    room.is_heard = True
    await room.look_on(RESEND_MS)
    assert len(room.sent) == 2


async def test_what_was_under_way_when_a_way_was_lost_goes_the_next_one_once() -> None:
    room = Room()
    await room.say("m1")
    room.outbox.reachable(BEN)
    assert len(room.sent) == 1
    room.outbox.lost(BEN)
    room.outbox.reachable(BEN)
    room.outbox.reachable(BEN)
    assert len(room.sent) == 2


@pytest.mark.parametrize(("after_ms", "sealing"), [(OLD_EPOCH_MS - 1_000, 1), (OLD_EPOCH_MS + 1_000, 2)])
async def test_a_frame_that_receivers_would_not_take_any_more_is_sealed_anew(after_ms: int, sealing: int) -> None:
    room = Room()
    room.away = [BEN]
    await room.say("m1")
    await room.clock.advance(after_ms)
    room.away = []
    room.outbox.reachable(BEN)
    await room.clock.settle()
    assert room.sent == [(BEN, "m1", sealing)]


@pytest.mark.parametrize(("away_ms", "owed"), [(OWED_MS - 4_000, ["m1"]), (OWED_MS + 4_000, [])])
async def test_an_absent_member_is_owed_what_was_said_for_ten_minutes(away_ms: int, owed: list[str]) -> None:
    room = Room()
    room.sids = [BEN, CLEO]
    await room.leaves(CLEO, False)
    await room.say("m1")
    room.outbox.confirmed(BEN, ["m1"])
    await room.look_on(away_ms)
    await room.returns(CLEO)
    assert [msg_id for sid, msg_id, _ in room.sent if sid == CLEO] == owed


async def test_who_said_goodbye_is_owed_nothing() -> None:
    room = Room()
    room.sids = [BEN, CLEO]
    room.away = [CLEO]
    await room.say("m1")
    await room.leaves(CLEO, True)
    await room.say("m2")
    room.outbox.confirmed(BEN, ["m1", "m2"])
    room.away = []
    await room.returns(CLEO)
    await room.look_on(20_000)
    assert CLEO not in [sid for sid, _, _ in room.sent]


async def test_the_oldest_of_too_much_is_not_owed_any_more() -> None:
    room = Room()
    room.sids = [BEN, CLEO]
    await room.leaves(CLEO, False)
    said = [f"m{number}" for number in range(OWED_MESSAGES + 5)]
    for msg_id in said:
        await room.say(msg_id)
        room.outbox.confirmed(BEN, [msg_id])
    await room.returns(CLEO)
    assert [msg_id for sid, msg_id, _ in room.sent if sid == CLEO] == said[5:]


async def test_what_nobody_confirmed_has_failed_when_the_room_is_over() -> None:
    room = Room()
    await room.say("m1")
    room.outbox.confirmed(BEN, ["m1"])
    room.ready = False
    await room.say("m2")
    room.outbox.close()
    assert room.deliveries == ["sent", "failed"]
