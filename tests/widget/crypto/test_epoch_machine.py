"""Epochs among four members: grants lost, late, twice, handed on by others, forged; people who come and are put out."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from tests.fakes.at_once import at_once
from tests.fakes.decided import Decided
from tests.fakes.effort import many
from tests.fakes.groups import forge, most_of, seats_for
from tests.fakes.net import Net
from tests.fakes.people import Seat
from tests.fakes.realm import NOW_MS
from widget.crypto.credentials import Credentials
from widget.crypto.group import Group
from widget.crypto.group_step import GroupStep
from widget.crypto.limits import STATE_INTERVAL_MS
from widget.wire.pair import GRANT

MANY = settings(max_examples=many(20, 300), stateful_step_count=many(30, 60), deadline=None)
MEMBERS = st.integers(0, 3)
NAMED = st.one_of(st.none(), MEMBERS)
AHEAD = st.sampled_from([1, 1, 2, 0, -1])  # of the newest
MASKS = st.one_of(st.just(7), st.just(15), st.integers(1, 15))  # members by their bits
HEALS_WITHIN_MS = 120_000


@cache
def _seats() -> tuple[Seat, ...]:
    return tuple(at_once(seats_for(4)))


def _afresh(seat: Seat) -> Seat:
    """The same session, before it met anybody."""
    person, session = seat.person, seat.session
    credentials = Credentials(person.crypto, session, person.trust, seat.credentials._genesis)
    decided = Decided()
    return replace(
        seat,
        credentials=credentials,
        decided=decided,
        group=Group(person.crypto, session, credentials, decided, NOW_MS),
    )


class EpochMachine(RuleBasedStateMachine):
    """The first three are here from the beginning."""

    def __init__(self) -> None:
        super().__init__()
        self.net = Net()  # for its clock alone
        self.seats = [_afresh(seat) for seat in _seats()]
        self.here: list[int] = []
        self.out: set[int] = set()  # removed or expelled by somebody, or proved liars
        self.liars: set[int] = set()
        self.pool: list[tuple[int, int, bytes]] = []  # from, to, blob: on the way
        self.grants: list[bytes] = []
        for number in range(3):
            self._come(number)

    def _come(self, number: int) -> None:
        for other in self.here:
            for one, its in ((number, other), (other, number)):
                self._carry(one, at_once(self.seats[one].group.admit(self.seats[its].session.me, self.net.now_ms)))
        self.here.append(number)

    def _carry(self, number: int, step: GroupStep) -> None:
        places = {seat.sid: place for place, seat in enumerate(self.seats)}
        for blob in step.blobs:
            self.pool.append((number, places[blob.to_sid], blob.blob))
            if blob.blob[0] == GRANT:
                self.grants.append(blob.blob)
        for liar in step.liars:
            assert places[liar.sid] in self.liars
            self.out.add(places[liar.sid])
            if liar.sid != self.seats[number].sid:
                self._put_out(number, places[liar.sid], is_removal=False)

    def _hand_over(self, sender: int, receiver: int, blob: bytes) -> None:
        """What one takes is better than what it had, has itself in it, and nobody who is out for it."""
        seat = self.seats[receiver]
        before = seat.group._keyring.frames.current
        self._carry(receiver, at_once(seat.group.receive(self.seats[sender].sid, blob, self.net.now_ms)))
        current = seat.group._keyring.frames.current
        if current is None or current is before:
            assert current is before
            return
        assert before is None or current.better_than(before.n, before.kid)
        assert current.n <= most_of(self.net)
        assert seat.sid in current.roster
        for member in current.members:
            assert seat.decided.lets_in(member)
            assert member.sid == seat.sid or not seat.group._keyring.membership.is_expelled(member.sid)

    @rule(back=st.integers(0, 30), stays=st.booleans())
    def deliver(self, back: int, stays: bool) -> None:
        """Any that is on its way; it may come again."""
        if len(self.pool) > 0:
            place = back % len(self.pool)
            one = self.pool[place]
            if not stays:
                del self.pool[place]
            self._hand_over(*one)

    @rule()
    def deliver_all(self) -> None:
        self._flush()

    def _flush(self) -> None:
        for _ in range(500):
            if len(self.pool) == 0:
                return
            self._hand_over(*self.pool.pop(0))
        raise AssertionError("they never come to rest")

    @rule(back=st.integers(0, 30))
    def lose(self, back: int) -> None:
        if len(self.pool) > 0:
            del self.pool[back % len(self.pool)]

    @rule(by_ms=st.sampled_from([1, 500, 2_000, 3_000, 8_000, 20_000]))
    def pass_time(self, by_ms: int) -> None:
        self.net.now_ms += by_ms
        self._tick()

    def _tick(self) -> None:
        for number in self.here:
            group = self.seats[number].group
            if group.wake_at_ms(self.net.now_ms) <= self.net.now_ms:
                self._carry(number, at_once(group.tick(self.net.now_ms)))

    @rule()
    def dan_comes(self) -> None:
        if 3 not in self.here and 3 not in self.out:
            self._come(3)

    @rule(which=st.integers(0, 100), sender=MEMBERS, receiver=MEMBERS)
    def hand_on(self, which: int, sender: int, receiver: int) -> None:
        """A grant of whenever, by whoever has it, to somebody who may have a better one."""
        if len(self.grants) > 0 and {sender, receiver} <= set(self.here) and sender != receiver:
            self._hand_over(sender, receiver, self.grants[-1 - which % len(self.grants)])

    @rule(issuer=MEMBERS, named=NAMED, receiver=MEMBERS, ahead=AHEAD, masks=MASKS, chance=st.integers(1, 3))
    def lie(self, issuer: int, named: int | None, receiver: int, ahead: int, masks: int, chance: int) -> None:
        """An epoch made out of turn, for some, or in another's name. Who makes two of one may be found out."""
        if not {issuer, receiver} <= set(self.here) or issuer == receiver or len({*self._stay()} - {issuer}) < 2:
            return
        held = [seat.group._keyring.frames.current for seat in self.seats]
        top = max((current.n for current in held if current is not None), default=0)
        named_issuer = None if named is None else self.seats[named]
        self.liars.add(issuer)
        members = [seat for place, seat in enumerate(self.seats) if masks >> place & 1]
        work = forge(self.seats[issuer], members, max(0, top + ahead), bytes([chance]) * 32, named_issuer)
        self.grants.append(at_once(work))
        self._hand_over(issuer, receiver, self.grants[-1])

    @rule(at=MEMBERS, who=MEMBERS, is_removal=st.booleans())
    def put_out(self, at: int, who: int, is_removal: bool) -> None:
        """One of them hears that somebody is out; at least two stay."""
        if at not in {*self.here} - {*self.out, who} or len({*self.here} - {*self.out, who}) < 2:
            return
        self.out.add(who)
        self._put_out(at, who, is_removal)

    def _put_out(self, at: int, who: int, is_removal: bool) -> None:
        seat, now_ms = self.seats[at], self.net.now_ms
        if is_removal:
            seat.decided.out.add(self.seats[who].session.me.sub)
            self._carry(at, at_once(seat.group.decided(now_ms)))
        else:
            sid = self.seats[who].sid
            seat.group.gone(sid, now_ms, True)
            self._carry(at, at_once(seat.group.drop(sid, now_ms)))

    @invariant()
    def the_same_name_is_the_same_secret(self) -> None:
        codes: dict[str, tuple[str, tuple[str, ...]]] = {}
        for number in self.here:
            group = self.seats[number].group
            found = (group.room_code(), tuple(group.roster))
            assert codes.setdefault(group.kid, found) == found

    def teardown(self) -> None:
        """Everybody hears who is out, nothing is lost any more: soon they share one epoch, and nobody else is in it."""
        for at in self._stay():
            for who in sorted(self.out):
                self._put_out(at, who, is_removal=True)
        self.here = self._stay()
        self.pool = [one for one in self.pool if {*one[:2]} <= {*self.here}]
        end_ms = self.net.now_ms + HEALS_WITHIN_MS
        while len(self.here) > 1 and self.net.now_ms < end_ms and not self._agreed():
            self.net.now_ms += STATE_INTERVAL_MS // 3
            self._tick()
            self.pool = [one for one in self.pool if one[1] in self.here]
            self._flush()
            self.here = self._stay()
        if len(self.here) < 2:
            return  # nearly all lied, and were found out
        assert self._agreed(), [(seat.group.kid, seat.group.drops) for seat in self.seats]
        for grant in self.grants:
            self.net.now_ms += 2_000  # or it would be one too many
            self._hand_over(self.here[0], self.here[1], grant)

    def _stay(self) -> list[int]:
        return [number for number in self.here if number not in self.out]

    def _agreed(self) -> bool:
        sids = sorted(self.seats[number].sid for number in self.here)
        groups = [self.seats[number].group for number in self.here]
        return len({group.kid for group in groups}) == 1 and all(group.roster == sids for group in groups)


def test_whatever_grants_come_members_hold_one_epoch_never_an_older_one_and_nobody_who_is_out() -> None:
    run_state_machine_as_test(EpochMachine, settings=MANY)
