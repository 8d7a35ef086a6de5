"""What a member makes of another's STATE: an epoch handed on, one awaited, or a claim that is refused."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.fakes.groups import issue, most_of, refused, room_of, seats_for
from tests.fakes.net import Net
from tests.fakes.people import Seat
from widget.crypto.limits import RESEND_AFTER_MS, RESEND_MS
from widget.crypto.live_epoch import LiveEpoch
from widget.crypto.reasons import STATE_JUMP
from widget.wire.pair import GRANT, write_state

LOW, HIGH = "00" * 16, "ff" * 16


def epoch_of(seat: Seat) -> LiveEpoch:
    current = seat.group._keyring.frames.current
    assert current is not None
    return current


async def handed_on(net: Net, receiver: Seat, sender_sid: str, n: int, kid: str = HIGH) -> list[str]:
    """To whom the receiver sends its grant again on hearing that STATE."""
    step = await receiver.group.receive(sender_sid, write_state(n, kid, 1), net.now_ms)
    return [blob.to_sid for blob in step.blobs if blob.blob[0] == GRANT]


async def test_who_holds_an_older_epoch_gets_mine() -> None:
    net, (ada, ben) = await room_of(2)
    assert epoch_of(ben).n > 1
    assert await handed_on(net, ben, ada.sid, epoch_of(ben).n - 1) == [ada.sid]


@pytest.mark.parametrize("n", [0, 1])
async def test_who_holds_none_yet_waits_for_the_steward(n: int) -> None:
    net, (ada, ben) = await room_of(2)
    assert await handed_on(net, ben, ada.sid, n, LOW) == [ada.sid][:n]


async def test_who_holds_the_same_epoch_is_sent_nothing() -> None:
    net, (ada, ben) = await room_of(2)
    assert await handed_on(net, ben, ada.sid, epoch_of(ben).n, epoch_of(ben).kid) == []
    assert await handed_on(net, ben, ada.sid, epoch_of(ben).n - 1, epoch_of(ben).kid) == []
    assert ben.group._keyring.schedule.ahead_n < epoch_of(ben).n + 1


async def test_a_grant_is_sent_again_once_in_two_seconds() -> None:
    net, (ada, ben) = await room_of(2)
    assert await handed_on(net, ben, ada.sid, 1) == [ada.sid]
    net.now_ms += RESEND_MS - 1
    assert await handed_on(net, ben, ada.sid, 1) == []
    net.now_ms += 1
    assert await handed_on(net, ben, ada.sid, 1) == [ada.sid]


async def test_a_grant_that_may_still_be_on_its_way_is_not_sent_again() -> None:
    net, (ada, ben) = await room_of(2)
    await issue(ben, net.now_ms)
    net.now_ms += RESEND_AFTER_MS - 1
    assert await handed_on(net, ben, ada.sid, 1) == []
    net.now_ms += 1
    assert await handed_on(net, ben, ada.sid, 1) == [ada.sid]


async def test_a_grant_is_only_for_those_in_it() -> None:
    net, (ada, ben) = await room_of(2)
    newcomer = replace(ada.session.me, sid="ab" * 16, credential_hash="ab" * 32, is_host=False)
    ben.group._keyring.membership.admit(newcomer)
    assert await handed_on(net, ben, newcomer.sid, 1) == []


async def claim(net: Net, receiver: Seat, sender: Seat, n: int, kid: str = HIGH) -> tuple[list[int], int]:
    """The reasons of a refusal, and the highest number that the receiver waits for from then on."""
    reasons = await refused(net, receiver, sender, write_state(n, kid, 2))
    return reasons, receiver.group._keyring.schedule.ahead_n


async def test_a_claimed_epoch_is_awaited_as_far_as_the_room_can_have_come() -> None:
    net, (ada, ben) = await room_of(2)
    n = epoch_of(ben).n
    assert await claim(net, ben, ada, n + 1) == ([], n + 1)
    assert await claim(net, ben, ada, most_of(net)) == ([], most_of(net))
    assert await claim(net, ben, ada, most_of(net) + 1) == ([STATE_JUMP], most_of(net))


async def test_at_the_same_number_the_lower_kid_is_awaited_and_the_higher_one_gets_mine() -> None:
    net, (ada, ben) = await room_of(2)
    n = epoch_of(ben).n
    before = ben.group._keyring.schedule.ahead_n
    assert before <= n
    assert await handed_on(net, ben, ada.sid, n, HIGH) == [ada.sid]
    assert ben.group._keyring.schedule.ahead_n == before
    assert await claim(net, ben, ada, n, LOW) == ([], n)


async def alone_with(count: int) -> tuple[Net, Seat, list[Seat]]:
    """Ben in an epoch of his own, and others of whom he has only just heard."""
    seats = await seats_for(count + 1)
    net, ben = Net(), seats[1]
    await net.join(ben)
    await net.pass_time(RESEND_MS)
    others = [seats[0], *seats[2:]]
    for other in others:
        ben.group._keyring.membership.admit(other.session.me)
    return net, ben, others


async def test_who_is_alone_waits_no_further() -> None:
    net, ben, (ada,) = await alone_with(1)
    assert not epoch_of(ben).shared()
    most = most_of(net)
    assert await claim(net, ben, ada, most) == ([], most)
    assert await claim(net, ben, ada, most + 1) == ([STATE_JUMP], most)


@pytest.mark.parametrize(
    ("members", "ahead", "first"), [(1, 0, False), (1, 1, True), (1, 7, True), (2, 0, True), (3, 7, True)]
)
async def test_who_shares_an_epoch_or_holds_a_newer_one_comes_first_for_one_who_shares_none(
    members: int, ahead: int, first: bool
) -> None:
    """Whoever stayed when the others went holds one of its own, and lets in the host who comes back."""
    net, ben, (_, cleo) = await alone_with(2)
    await ben.group.receive(cleo.sid, write_state(epoch_of(ben).n + ahead, HIGH, members), net.now_ms)
    assert (ben.group.members()[0].sid == cleo.sid) == first


async def test_who_holds_the_newest_epoch_takes_the_lead_itself() -> None:
    """As the other one expects by the same rule, host or not."""
    net, ben, (ada, _) = await alone_with(2)
    assert ben.group.members()[0].sid == ada.sid
    await ben.group.receive(ada.sid, write_state(epoch_of(ben).n - 1, LOW, 1), net.now_ms)
    assert ben.group.members()[0].sid == ben.sid


async def test_for_one_who_shares_an_epoch_nobodys_claim_changes_the_order() -> None:
    net, (ada, ben) = await room_of(2)
    early = replace(ben.session.me, sid="ab" * 16, credential_hash="ab" * 32, iat_ms=0)
    ada.group._keyring.membership.admit(early)
    await ada.group.receive(early.sid, write_state(1, HIGH, 3), net.now_ms)
    assert [member.sid for member in ada.group.members()] == [ada.sid, ben.sid, early.sid]
