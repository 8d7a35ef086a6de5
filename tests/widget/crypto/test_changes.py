"""Who holds the epoch before is told what changed; everybody else the whole."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.fakes.groups import issue, refused, room_of
from tests.fakes.net import Net
from tests.fakes.people import Seat
from widget.crypto.group_step import GroupStep
from widget.crypto.limits import RESEND_MS
from widget.crypto.reasons import EPOCH_SIGNATURE
from widget.crypto.states import NO_KID
from widget.errors import MALFORMED
from widget.wire.change import Change
from widget.wire.pair import CHANGE, GRANT, WHOLE, read_blob, write_changed, write_state, write_whole

CHANGE_BYTES = 1 + 117 + 2 + 2 + 64 + 32  # when nobody came or went
ENTRY_BYTES = 16 + 32


def told(step: GroupStep, seat: Seat) -> list[int]:
    """The kinds of blobs for that one."""
    return [blob.blob[0] for blob in step.blobs if blob.to_sid == seat.sid and blob.blob[0] in (GRANT, CHANGE, WHOLE)]


async def change_of(ada: Seat, net: Net) -> Change:
    """What Ada tells of her next epoch."""
    step = await issue(ada, net.now_ms)
    change = read_blob(step.blobs[0].blob)
    assert isinstance(change, Change)
    return change


async def test_who_was_in_is_told_who_went() -> None:
    net, (ada, ben, cleo) = await room_of(3)
    for seat in (ada, ben):
        seat.group.gone(cleo.sid, net.now_ms)
    step = await ada.group.tick(net.now_ms)
    assert [len(blob.blob) for blob in step.blobs if blob.blob[0] == CHANGE] == [CHANGE_BYTES + 16]
    await net.carry(ada, step)
    assert ben.group.kid == ada.group.kid
    assert ben.group.roster == sorted([ada.sid, ben.sid])
    assert told(step, cleo) == []


async def test_who_comes_is_told_the_whole_and_the_others_who_came() -> None:
    net, (ada, ben, cleo) = await room_of(3)
    for seat in (ada, ben):
        await net.carry(seat, await seat.group.drop(cleo.sid, net.now_ms))
    await net.pass_time(3_000)
    await ben.group.admit(cleo.session.me, net.now_ms)
    await ada.group.admit(cleo.session.me, net.now_ms)
    step = await issue(ada, net.now_ms)
    assert (told(step, ben), told(step, cleo)) == ([CHANGE], [GRANT])
    assert [len(blob.blob) for blob in step.blobs if blob.blob[0] == CHANGE] == [CHANGE_BYTES + ENTRY_BYTES]
    await net.carry(ada, step)
    assert ada.group.kid == ben.group.kid == cleo.group.kid


async def test_who_lacks_what_it_builds_on_gets_the_whole_at_once() -> None:
    net, (ada, ben, _) = await room_of(3)
    net.cut.add((ada.sid, ben.sid))
    await net.carry(ada, await issue(ada, net.now_ms))
    net.cut.clear()
    assert ben.group.kid != ada.group.kid
    await net.carry(ada, await issue(ada, net.now_ms))
    assert ben.group.kid == ada.group.kid


async def test_the_whole_is_sent_once_in_a_while() -> None:
    net, (ada, ben) = await room_of(2)
    answers = [await ada.group.receive(ben.sid, write_whole(), net.now_ms) for _ in range(2)]
    assert [told(step, ben) for step in answers] == [[GRANT], []]
    net.now_ms += RESEND_MS
    assert told(await ada.group.receive(ben.sid, write_whole(), net.now_ms), ben) == [GRANT]


async def test_who_is_not_in_it_gets_no_epoch_for_the_asking() -> None:
    net, (ada, ben, cleo) = await room_of(3)
    for seat in (ada, ben):
        seat.group.gone(cleo.sid, net.now_ms)
    await net.carry(ada, await ada.group.tick(net.now_ms))
    await ada.group.admit(cleo.session.me, net.now_ms)
    assert cleo.sid not in ada.group.roster
    assert told(await ada.group.receive(cleo.sid, write_whole(), net.now_ms), cleo) == []


async def test_who_opened_a_new_link_is_told_the_whole_until_they_say_what_they_hold() -> None:
    net, (ada, ben, cleo) = await room_of(3)
    for seat in (ben, cleo):
        await ada.group.admit(seat.session.me, net.now_ms)
    await ada.group.receive(ben.sid, write_state(0, NO_KID, 0), net.now_ms)
    await ada.group.receive(cleo.sid, cleo.group.state(), net.now_ms)
    step = await issue(ada, net.now_ms)
    assert (told(step, ben), told(step, cleo)) == ([GRANT], [CHANGE])
    await net.carry(ada, step)
    assert told(await issue(ada, net.now_ms), ben) == [CHANGE]


async def test_who_is_gone_is_doubted_no_more() -> None:
    net, (ada, ben, _) = await room_of(3)
    await ada.group.admit(ben.session.me, net.now_ms)
    ada.group.gone(ben.sid, net.now_ms)
    assert ada.group._keyring.states.doubted == set()


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"signature": bytes(64)}, EPOCH_SIGNATURE),
        ({"went": ["ff" * 16]}, MALFORMED),
        ({"went": ["ff" * 16], "came": {"fe" * 16: "00" * 32}}, MALFORMED),
    ],
)
async def test_a_change_that_is_not_its_issuers_is_refused(changes: dict[str, object], reason: int) -> None:
    net, (ada, ben, _) = await room_of(3)
    change = replace(await change_of(ada, net), **changes)  # type: ignore[arg-type]
    assert await refused(net, ben, ada, write_changed(change)) == [reason]
