"""Whom a member counts as here, as gone, and as verified."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.fakes.people import Seat
from widget.crypto.limits import CLOCK_SKEW_MS, MAX_SESSIONS
from widget.crypto.membership import Membership
from widget.crypto.session import PeerSession


@pytest.fixture
def me(seats: tuple[Seat, Seat]) -> PeerSession:
    return seats[0].session.me


def other(me: PeerSession, number: int) -> PeerSession:
    """Somebody else, not the host, and later in than me."""
    name = f"{number:032x}"
    return replace(me, sid=name, sub=name, credential_hash=name * 2, is_host=False, iat_ms=me.iat_ms + number)


def test_only_who_is_here_can_go(me: PeerSession) -> None:
    members = Membership(me)
    ben = other(me, 1)
    assert members.admit(ben)
    assert not members.admit(ben)
    assert members.drop(ben.sid, 0)
    assert not members.drop(ben.sid, 0)
    assert members.is_gone(ben.sid)


def test_who_left_before_an_epoch_named_him_is_not_here_either(me: PeerSession) -> None:
    """The news of his going may overtake the epoch; he would be a reader for ever."""
    members = Membership(me)
    ben = other(me, 1)
    assert not members.drop(ben.sid, 0)
    members.settle([me, ben], 0)
    assert members.others() == []
    assert members.admit(ben)
    assert members.others() == [ben.sid]


def test_i_never_drop_myself(me: PeerSession) -> None:
    members = Membership(me)
    assert not members.drop(me.sid, 0)
    assert members.is_present(me.sid)


def test_who_comes_back_is_gone_no_more(me: PeerSession) -> None:
    members = Membership(me)
    ben = other(me, 1)
    members.admit(ben)
    members.drop(ben.sid, 0)
    assert members.admit(ben)
    assert not members.is_gone(ben.sid)


def test_who_left_is_not_brought_back_by_an_epoch_that_names_him(me: PeerSession) -> None:
    members = Membership(me)
    ben, cleo = other(me, 1), other(me, 2)
    members.admit(ben)
    members.drop(ben.sid, 0)
    members.settle([me, ben, cleo], 0)
    assert members.others() == [cleo.sid]
    assert members.drop(cleo.sid, 0)
    assert members.others() == []


def test_who_left_and_is_named_by_others_is_asked_after_again(me: PeerSession) -> None:
    members = Membership(me)
    ben, cleo = other(me, 1), other(me, 2)
    members.drop(ben.sid, 5)
    members.drop(cleo.sid, 5)
    members.expel(cleo.sid)
    assert members.gone_since(5) == [ben.sid]
    assert members.gone_since(6) == []
    members.settle([me, ben, cleo], 900)
    assert members.gone_since(900) == [ben.sid]
    assert members.gone_since(901) == []
    assert not members.was_heard(ben, 5)
    assert members.was_heard(ben, 6)
    assert members.others() == [ben.sid]
    members.drop(ben.sid, 7)
    assert members.gone_since(8) == []


def test_who_shares_an_epoch_comes_before_a_host_who_is_new(me: PeerSession) -> None:
    members = Membership(me)
    ben, cleo = other(me, 1), other(me, 2)
    members.admit(ben)
    members.admit(cleo)
    assert [peer.sid for peer in members.ranked()] == [me.sid, ben.sid, cleo.sid]
    members.establish(cleo.sid)
    assert [peer.sid for peer in members.ranked()] == [cleo.sid, me.sid, ben.sid]
    assert [members.rank(sid) for sid in (cleo.sid, me.sid, ben.sid, "ab" * 16)] == [0, 1, 2, 3]


def test_of_one_who_has_many_sessions_only_one_is_waited_for(me: PeerSession) -> None:
    members = Membership(me)
    for number in range(1, 5):
        members.admit(replace(other(me, number), sub="ee" * 16))
    members.admit(other(me, 5))
    assert [members.rank(peer.sid) for peer in members.ranked()] == [0, 1, 2, 2, 2, 2]


def test_an_epoch_of_one_establishes_nobody(me: PeerSession) -> None:
    members = Membership(me)
    ben = other(me, 1)
    members.admit(ben)
    members.establish(ben.sid)
    members.settle([me], 0)
    assert members.ranked()[0] == ben
    members.settle([me, ben], 0)
    assert members.ranked()[0] == me


def test_a_session_ends_a_minute_after_its_credential(me: PeerSession) -> None:
    members = Membership(me)
    ben = replace(other(me, 1), exp_ms=me.exp_ms + 1)
    members.admit(ben)
    assert members.expired(ben.exp_ms + CLOCK_SKEW_MS - 1) == [me.sid]
    assert members.expired(ben.exp_ms + CLOCK_SKEW_MS) == sorted([me.sid, ben.sid])


def test_of_too_many_the_oldest_who_is_not_here_is_forgotten(me: PeerSession) -> None:
    members = Membership(me)
    here = other(me, 1)
    members.admit(here)
    for number in range(2, MAX_SESSIONS):
        members.vouch(other(me, number))
    assert members.find(other(me, 2).sid) is not None
    members.vouch(other(me, MAX_SESSIONS))
    assert members.find(other(me, 2).sid) is None
    found = [members.find(other(me, number).sid) for number in (1, 3, MAX_SESSIONS)]
    assert None not in found
    assert members.find_hash(here.credential_hash) == here
    assert members.find_hash("ab" * 32) is None
