"""Grants that wait for a member to be verified: how many, how they end, and what a retry costs."""

from __future__ import annotations

from tests.fakes.groups import forge, issue, number_of, refused, room_of, seats_for
from tests.fakes.net import Net
from tests.fakes.people import Seat
from widget.crypto.held_grants import Held
from widget.crypto.limits import GRANT_BURST, MAX_HELD, REKEY_INTERVAL_MS
from widget.crypto.reasons import EPOCH_FLOOD, EPOCH_OLD
from widget.wire.pair import Grant, write_shown


async def one_waits() -> tuple[Net, list[Seat]]:
    """Ben holds Ada's grant that names Cleo, whom he has not met."""
    net, seats = Net(), await seats_for(3)
    await net.join(seats[0])
    await net.join(seats[1])
    await net.pass_time(REKEY_INTERVAL_MS)
    await net.join(seats[2], knows=[seats[0]])
    assert len(seats[1].group._keyring.held.all()) == 1
    return net, seats


async def test_only_so_many_neighbours_may_have_one_wait() -> None:
    net, (ada, ben) = await room_of(2)
    cleo = (await seats_for(3))[2]
    grant = await forge(ada, [ada, ben, cleo], number_of(net) + 1)
    for number in range(MAX_HELD):
        ben.group._keyring.held.keep(Held(Grant(b"", bytes(32)), f"{number:032x}", net.now_ms))
    assert await refused(net, ben, ada, grant) == [EPOCH_FLOOD]
    ben.group._keyring.held.forget(ben.group._keyring.held.all()[0])
    assert await refused(net, ben, ada, grant) == []
    assert len(ben.group._keyring.held.all()) == MAX_HELD


async def test_a_grant_that_was_taken_waits_no_more() -> None:
    net, (ada, ben, cleo) = await one_waits()
    await net.connect(ben, cleo)
    assert ben.group.kid == ada.group.kid
    assert ben.group._keyring.held.all() == []


async def test_a_grant_that_still_lacks_somebody_goes_on_waiting() -> None:
    net, (ada, ben, cleo) = await one_waits()
    step = await ben.group.receive(ada.sid, write_shown(ada.session.me.credential, b""), net.now_ms)
    assert not step.new_epoch
    held = ben.group._keyring.held.all()
    await ben.group._keyring.retry_held(net.now_ms)
    assert ben.group._keyring.held.all() == held
    assert held[0].unknown == [cleo.session.me.credential_hash]


async def test_a_grant_that_a_newer_epoch_overtook_is_counted_once_and_forgotten() -> None:
    net, (ada, ben, cleo) = await one_waits()
    for _ in range(2):
        await issue(ben, net.now_ms)
    before = ben.group.drops.get(EPOCH_OLD, 0)
    await net.connect(ben, cleo)
    assert ben.group.drops[EPOCH_OLD] == before + 1
    assert ben.group._keyring.held.all() == []
    assert ben.group.kid != ada.group.kid


async def test_trying_a_grant_again_costs_its_neighbour_nothing() -> None:
    net, (ada, ben, cleo) = await one_waits()
    for _ in range(2 * GRANT_BURST):
        await ben.group._keyring.retry_held(net.now_ms)
    await net.connect(ben, cleo)
    assert ben.group.kid == ada.group.kid
    assert EPOCH_FLOOD not in ben.group.drops


async def test_the_epoch_that_i_hold_may_come_again_and_again() -> None:
    net, (ada, ben) = await room_of(2)
    grant, kid = net.grants[-1][2], ben.group.kid
    for _ in range(3 * GRANT_BURST):
        assert await refused(net, ben, ada, grant) == []
    assert (ben.group.kid, ben.group._keyring.held.all()) == (kid, [])


async def test_my_kid_is_sixteen_bytes_of_the_epochs_hash() -> None:
    _, (ada, ben) = await room_of(2)
    current = ada.group._keyring.frames.current
    assert current is not None
    assert ben.group.kid == current.hash[:16].hex()
