"""When a member issues an epoch: each need, its time, and what takes it away."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any, cast

import pytest

from tests.fakes.people import Seat
from widget.crypto.limits import (
    EPOCH_LIFE_MS,
    REKEY_INTERVAL_MS,
    RESYNC_MS,
    STATE_WAIT_MS,
)
from widget.crypto.live_epoch import NEVER_MS
from widget.crypto.membership import Membership
from widget.crypto.schedule import Schedule
from widget.crypto.session import PeerSession
from widget.wire.epoch import REASON_AGE, REASON_FIRST, REASON_FRAMES, REASON_JOIN, REASON_LEAVE, REASON_RESYNC

BEN = "b1" * 16
OTHER = "c1" * 16
SINCE_MS = 1_000_000


@dataclass
class Held:
    """What a schedule asks of the epoch that a member holds."""

    roster: list[str]
    since_ms: int = SINCE_MS
    is_spent: bool = False

    @property
    def members(self) -> list[str]:
        return self.roster

    def shared(self) -> bool:
        return len(self.roster) > 1

    def spent(self) -> bool:
        return self.is_spent


@dataclass
class Holds:
    current: Held | None = None


@dataclass
class Watch:
    """The schedule of a host, Ada, who may issue at once; Ben is here or not."""

    me: PeerSession
    holds: Holds = field(default_factory=Holds)

    def __post_init__(self) -> None:
        self.membership = Membership(self.me)
        self.schedule = Schedule(self.membership, cast(Any, self.holds), 500)

    def hold(self, *sids: str) -> Held:
        self.holds.current = Held([self.me.sid, *sids])
        return self.holds.current

    def admit_ben(self) -> None:
        self.membership.admit(replace(self.me, sid=BEN, is_host=False))


@pytest.fixture
def watch(seats: tuple[Seat, Seat]) -> Watch:
    return Watch(seats[0].session.me)


def test_the_first_epoch_is_due_at_once(watch: Watch) -> None:
    assert watch.schedule.next() == (REASON_FIRST, 500)


def test_an_epoch_that_lacks_nobody_ages(watch: Watch) -> None:
    watch.hold()
    assert watch.schedule.next() == (REASON_AGE, SINCE_MS + EPOCH_LIFE_MS)


def test_a_newcomer_who_told_his_state_is_let_in_at_once(watch: Watch) -> None:
    watch.hold()
    watch.admit_ben()
    watch.schedule.heard(BEN)
    watch.schedule.look(SINCE_MS + 7)
    assert watch.schedule.next() == (REASON_JOIN, SINCE_MS + 7)


def test_a_newcomer_who_did_not_is_waited_for(watch: Watch) -> None:
    watch.hold()
    watch.admit_ben()
    watch.schedule.look(SINCE_MS + 7)
    assert watch.schedule.next() == (REASON_JOIN, SINCE_MS + 7 + STATE_WAIT_MS)


def test_who_leaves_is_missed_no_more_and_has_to_tell_his_state_again(watch: Watch) -> None:
    watch.hold()
    watch.admit_ben()
    watch.schedule.heard(BEN)
    watch.schedule.look(SINCE_MS)
    watch.membership.drop(BEN, SINCE_MS)
    watch.schedule.left(BEN, SINCE_MS + 5)
    assert watch.schedule.missing_ms == {}
    watch.admit_ben()
    watch.schedule.look(SINCE_MS + 9)
    assert watch.schedule.next() == (REASON_JOIN, SINCE_MS + 9 + STATE_WAIT_MS)


def test_a_newcomer_is_missed_since_he_was_first_missed(watch: Watch) -> None:
    watch.hold()
    watch.admit_ben()
    watch.schedule.look(SINCE_MS)
    watch.schedule.look(SINCE_MS + 50)
    assert watch.schedule.missing_ms == {BEN: SINCE_MS}
    watch.hold(BEN)
    watch.schedule.look(SINCE_MS + 60)
    assert watch.schedule.missing_ms == {}


def test_somebody_in_the_epoch_who_has_left_is_rekeyed_away(watch: Watch) -> None:
    watch.hold(BEN)
    watch.schedule.left(BEN, SINCE_MS + 9_000)
    assert watch.schedule.next() == (REASON_LEAVE, SINCE_MS + 9_000)


def test_a_leave_is_a_need_until_an_epoch_is_without_them(watch: Watch) -> None:
    """Whatever else happens: who comes and goes, and epochs that name them still, change nothing."""
    watch.hold(BEN)
    watch.schedule.left(BEN, SINCE_MS + 9_000)
    watch.admit_ben()
    watch.membership.drop(BEN, SINCE_MS)
    watch.schedule.adopted(2, SINCE_MS + 12_000)
    watch.schedule.left(OTHER, SINCE_MS + 14_000)
    assert watch.schedule.next() == (REASON_LEAVE, SINCE_MS + 9_000)
    assert watch.schedule.met_by([watch.me.sid]) == SINCE_MS + 9_000
    assert watch.schedule.met_by([watch.me.sid, BEN]) == NEVER_MS
    watch.hold()
    watch.schedule.adopted(3, SINCE_MS + 15_000)
    assert watch.schedule.next()[0] == REASON_AGE
    watch.hold(BEN)
    watch.schedule.adopted(4, SINCE_MS + 20_000)
    assert watch.schedule.next() == (REASON_LEAVE, SINCE_MS + 20_000)


def test_who_is_missing_is_a_need_that_an_epoch_with_them_meets(watch: Watch) -> None:
    watch.hold()
    watch.admit_ben()
    watch.schedule.look(SINCE_MS + 7)
    assert watch.schedule.met_by([watch.me.sid, BEN]) == SINCE_MS + 7
    assert watch.schedule.met_by([watch.me.sid]) == NEVER_MS


def test_a_shared_epoch_holds_for_two_seconds(watch: Watch) -> None:
    watch.hold(BEN)
    watch.schedule.left(BEN, SINCE_MS - 1)
    assert watch.schedule.next() == (REASON_LEAVE, SINCE_MS + REKEY_INTERVAL_MS)


def test_a_claimed_epoch_that_does_not_come_is_replaced_after_three_seconds(watch: Watch) -> None:
    watch.hold()
    watch.schedule.ahead(7, 2, SINCE_MS)
    assert watch.schedule.next() == (REASON_RESYNC, SINCE_MS + RESYNC_MS)
    assert watch.schedule.ahead_n == 7


def test_only_a_higher_claim_begins_the_wait_anew(watch: Watch) -> None:
    watch.hold()
    watch.schedule.ahead(7, 2, SINCE_MS)
    for n in (7, 3):
        watch.schedule.ahead(n, 2, SINCE_MS + 100)
        assert watch.schedule.next() == (REASON_RESYNC, SINCE_MS + RESYNC_MS)
        assert watch.schedule.ahead_n == 7
    watch.schedule.ahead(8, 2, SINCE_MS + 200)
    assert watch.schedule.next() == (REASON_RESYNC, SINCE_MS + 200 + RESYNC_MS)


def test_a_claim_is_met_by_an_epoch_of_its_number_and_not_by_a_lower_one(watch: Watch) -> None:
    watch.hold()
    watch.schedule.ahead(7, 2, SINCE_MS)
    watch.schedule.adopted(6, SINCE_MS)
    assert watch.schedule.next()[0] == REASON_RESYNC
    watch.schedule.adopted(7, SINCE_MS)
    assert watch.schedule.next()[0] == REASON_AGE


def test_after_it_was_met_the_same_number_may_be_claimed_again(watch: Watch) -> None:
    """A tie: the same number, and a lower kid than mine."""
    watch.hold()
    watch.schedule.ahead(7, 2, SINCE_MS)
    watch.schedule.adopted(7, SINCE_MS)
    watch.schedule.ahead(7, 2, SINCE_MS + 10)
    assert watch.schedule.next() == (REASON_RESYNC, SINCE_MS + 10 + RESYNC_MS)


def test_a_spent_epoch_is_replaced_from_when_it_was_first_seen(watch: Watch) -> None:
    held = watch.hold()
    watch.schedule.spend(SINCE_MS + 1)
    assert watch.schedule.next()[0] == REASON_AGE
    held.is_spent = True
    watch.schedule.spend(SINCE_MS + 2)
    watch.schedule.spend(SINCE_MS + 3)
    assert watch.schedule.next() == (REASON_FRAMES, SINCE_MS + 2)
    watch.schedule.adopted(2, SINCE_MS + 4)
    assert watch.schedule.next()[0] == REASON_AGE
