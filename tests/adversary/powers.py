"""What a moderator, or a member with a friend outside, could try with what others let them do."""

from __future__ import annotations

from tests.adversary.seat import Adversary
from tests.fakes.liar import event, tell
from tests.fakes.world import Someone
from widget.crypto.event import body_hash, event_id, sign_event
from widget.crypto.genesis import generation_of
from widget.room.chain import NO_EVENT
from widget.room.kinds.decision import DECISION
from widget.room.limits import GENERATIONS_AHEAD
from widget.wire.decision import ADMIT, INVITE, LIFT, NOBODY, Decision, write_decision
from widget.wire.event import Event
from widget.wire.pair import Pulse, write_pulse

LATEST_CLOCK = 2**48 - 1


async def words_of(eve: Adversary, stranger: Someone, honest: list[Someone]) -> None:
    """A line that somebody outside has signed, whom she knows."""
    line = await event(stranger, "from outside", 1)
    await tell(eve.eve, [line], *honest)


async def decided(eve: Adversary, decisions: list[Decision], clock: int, honest: list[Someone]) -> None:
    """The next of her log, with the last of the clocks, a frame for each."""
    replica, crypto = eve.eve.stay.peers.replica, eve.eve.platform.crypto
    chain = replica.log.chain(eve.eve.stay.me.sid)
    seq, prev = chain.last, chain.last_id if chain.last > 0 else NO_EVENT
    for decision in decisions:
        seq, body = seq + 1, write_decision(decision)
        made = Event(
            replica._session.room_id, replica._session.sid, seq, prev, eve._group.kid, clock, eve.eve.clock.now_ms(),
            DECISION, await body_hash(crypto, body), b"", body,
        )  # fmt: skip
        made = await sign_event(crypto, replica._session, made)
        prev, clock = await event_id(crypto, made), clock + 1
        await tell(eve.eve, [made], *honest)


async def last_invite(eve: Adversary, honest: list[Someone]) -> None:
    """As far ahead as it may be, after all that will ever be decided."""
    generation = generation_of(eve.eve.stay.plan.address.psk) + GENERATIONS_AHEAD
    secret = generation.to_bytes(2, "big") + eve.dice.randbytes(14)
    await decided(eve, [Decision(INVITE, NOBODY, secret=secret)], LATEST_CLOCK, honest)


async def let_in_for_ever(eve: Adversary, sub: str, honest: list[Someone]) -> None:
    """After all that will ever be decided."""
    await decided(eve, [Decision(ADMIT, sub)], LATEST_CLOCK, honest)


async def fill_the_book(eve: Adversary, count: int, honest: list[Someone]) -> None:
    """So many decisions that decide nothing."""
    clock = eve.eve.stay.peers.replica.log.next_clock()
    await decided(eve, [Decision(LIFT, NOBODY, lifts=[f"{number:032x}"]) for number in range(count)], clock, honest)


async def old_pulse(eve: Adversary, pulse: Pulse) -> None:
    """A true sign of life, again and again."""
    for sid in eve._others():
        await eve.eve.stay.peers.send_blob(sid, write_pulse(pulse))
