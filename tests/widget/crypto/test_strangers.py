"""Who said that: the credential of a session that somebody never met, asked of whoever handed its words on."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.fakes.greetings import my_credential, resigned, second_credential
from tests.fakes.groups import refused, room_of
from tests.fakes.net import Net
from tests.fakes.people import Seat, make_room, sign_in, sit
from widget.crypto.limits import CLOCK_SKEW_MS, MAX_STRANGERS, SESSION_LIFE_MS
from widget.crypto.reasons import BLOB_STRANGER, CREDENTIAL_UNASKED, SC_ROOM, SC_SIGNATURE, SC_TIME, SID_REUSED
from widget.wire.pair import WHO, Shown, read_blob, write_shown, write_who

NOBODY = "ab" * 16


async def stranger_to(net: Net, host: Seat, reader: Seat) -> Seat:
    """Eve, whom the host verified long ago and who has left; the reader came later."""
    eve = await sit(await sign_in(host.person.realm, "Eve"), host.credentials._genesis, now_ms=net.now_ms)
    host.group._keyring.membership.vouch(await host.credentials.check(eve.session.me.credential, b"", net.now_ms))
    assert reader.group.member(eve.sid) is None
    return eve


async def shown_by(net: Net, holder: Seat, asker: Seat, blob: bytes) -> list[Shown]:
    """What the holder shows whoever asks it with that blob."""
    step = await holder.group.receive(asker.sid, blob, net.now_ms)
    assert all(answer.to_sid == asker.sid for answer in step.blobs)
    found = [read_blob(answer.blob) for answer in step.blobs]
    shown = [blob for blob in found if isinstance(blob, Shown)]
    assert shown == found
    return shown


async def test_who_holds_a_credential_shows_it() -> None:
    net, (ada, ben) = await room_of(2)
    eve = await stranger_to(net, ada, ben)
    question = ben.group.ask_who(eve.sid)
    assert question == bytes([WHO]) + bytes.fromhex(eve.sid)
    assert await shown_by(net, ada, ben, question) == [Shown(eve.session.me.credential, b"")]


async def test_a_credential_is_shown_with_its_proof_of_the_invite() -> None:
    net, (ada, ben) = await room_of(2)
    proved = replace(ben.session.me, sid=NOBODY, psk_proof=b"\x07" * 32)
    ada.group._keyring.membership.vouch(proved)
    assert await shown_by(net, ada, ben, write_who(NOBODY)) == [Shown(proved.credential, proved.psk_proof)]


async def test_a_session_that_comes_with_another_credential_is_not_let_in() -> None:
    net, (ada, ben) = await room_of(2)
    other = replace(ben.session.me, credential_hash="00" * 32)
    step = await ada.group.admit(other, net.now_ms)
    assert (step.blobs, ada.group.drops) == ([], {BLOB_STRANGER: 1})
    known = ada.group.member(ben.sid)
    assert known is not None
    assert known.credential_hash == ben.session.me.credential_hash


async def test_about_a_session_that_nobody_met_nothing_is_said() -> None:
    net, (ada, ben) = await room_of(2)
    assert await shown_by(net, ada, ben, write_who(NOBODY)) == []
    assert ada.group.drops == {}


async def test_only_who_is_here_may_ask() -> None:
    net, (ada, ben) = await room_of(2)
    eve = await stranger_to(net, ada, ben)
    assert await refused(net, ada, eve, write_who(ben.sid)) == [BLOB_STRANGER]


async def test_what_was_shown_makes_known_whose_words_they_are_and_lets_nobody_in() -> None:
    net, (ada, ben) = await room_of(2)
    eve = await stranger_to(net, ada, ben)
    (shown,) = await shown_by(net, ada, ben, ben.group.ask_who(eve.sid))
    step = await ben.group.receive(ada.sid, write_shown(shown.credential, shown.psk_proof), net.now_ms)
    known = ben.group.member(eve.sid)
    assert known is not None
    assert (known.name, known.sign_public) == ("Eve", eve.session.me.sign_public)
    assert (step.blobs, step.new_epoch) == ([], False)
    assert eve.sid not in [member.sid for member in ben.group.members()]
    assert ben.group.unreached() == []


async def test_what_was_answered_is_asked_no_more() -> None:
    net, (ada, ben) = await room_of(2)
    eve = await stranger_to(net, ada, ben)
    ben.group.ask_who(eve.sid)
    shown = write_shown(eve.session.me.credential, b"")
    assert await refused(net, ben, ada, shown) == []
    assert await refused(net, ben, ada, shown) == [CREDENTIAL_UNASKED]


async def test_a_credential_is_shown_to_nobody_who_did_not_ask() -> None:
    net, (ada, ben) = await room_of(2)
    eve = await stranger_to(net, ada, ben)
    assert await refused(net, ben, ada, write_shown(eve.session.me.credential, b"")) == [CREDENTIAL_UNASKED]
    assert ben.group.member(eve.sid) is None


async def test_a_second_credential_of_a_session_is_not_taken() -> None:
    net, (ada, ben) = await room_of(2)
    eve = await stranger_to(net, ada, ben)
    again = await second_credential(eve)
    ben.group.ask_who(eve.sid)
    assert await refused(net, ben, ada, write_shown(eve.session.me.credential, b"")) == []
    ben.group.ask_who(eve.sid)
    assert await refused(net, ben, ada, write_shown(again.session.me.credential, b"")) == [SID_REUSED]
    known = ben.group.member(eve.sid)
    assert known is not None
    assert known.credential == eve.session.me.credential


@pytest.mark.parametrize("fault", ["room", "signature"])
async def test_what_i_am_shown_i_verify_myself(fault: str) -> None:
    net, (ada, ben) = await room_of(2)
    eve = await stranger_to(net, ada, ben)
    if fault == "room":
        elsewhere = await sit(eve.person, make_room(eve.person), now_ms=net.now_ms)
        data, reason = elsewhere.session.me.credential, SC_ROOM
        ben.group.ask_who(elsewhere.sid)
    else:
        data, reason = await resigned(ada.person, my_credential(eve)), SC_SIGNATURE
    ben.group.ask_who(eve.sid)
    assert await refused(net, ben, ada, write_shown(data, b"")) == [reason]
    assert ben.group.member(eve.sid) is None
    assert await refused(net, ben, ada, write_shown(eve.session.me.credential, b"")) == []


async def test_whose_session_has_ended_is_known_for_what_was_said_until_then() -> None:
    net, (ada, ben) = await room_of(2)
    eve = await stranger_to(net, ada, ben)
    sc = replace(my_credential(eve), exp_ms=net.now_ms + 1)
    shown = write_shown(await resigned(eve.person, sc), b"")
    net.now_ms = sc.exp_ms + CLOCK_SKEW_MS
    ben.group.ask_who(NOBODY)
    assert await refused(net, ben, ada, shown) == [CREDENTIAL_UNASKED]
    ben.group.ask_who(eve.sid)
    assert await refused(net, ben, ada, shown) == []
    assert ben.group.member(eve.sid) is not None


async def test_a_session_that_has_not_begun_or_lasts_too_long_is_nobodys() -> None:
    net, (ada, ben) = await room_of(2)
    eve = await stranger_to(net, ada, ben)
    sc = my_credential(eve)
    for changed in (
        replace(sc, iat_ms=net.now_ms + CLOCK_SKEW_MS + 1, exp_ms=net.now_ms + CLOCK_SKEW_MS + 2),
        replace(sc, exp_ms=sc.iat_ms + SESSION_LIFE_MS + 1),
    ):
        ben.group.ask_who(eve.sid)
        assert await refused(net, ben, ada, write_shown(await resigned(eve.person, changed), b"")) == [SC_TIME]
    assert ben.group.member(eve.sid) is None


async def test_only_so_many_are_asked_for_at_a_time() -> None:
    _, (_, ben) = await room_of(2)
    for number in range(MAX_STRANGERS + 1):
        ben.group.ask_who(f"{number:032x}")
    assert len(ben.group._strangers._names) == MAX_STRANGERS
    assert not ben.group._strangers.has(f"{0:032x}")
