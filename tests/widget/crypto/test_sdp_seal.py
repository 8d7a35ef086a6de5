"""What signaling may not read in private rooms."""

from __future__ import annotations

import pytest

from tests.fakes.people import Person, make_room, sit
from widget.crypto.reasons import BROKEN_SEAL
from widget.crypto.sdp_seal import SdpSeal, open_sdp_seal
from widget.errors import MALFORMED, CwError

PSK = b"\x01" * 16


@pytest.fixture
async def seals(ada: Person, ben: Person) -> tuple[SdpSeal, SdpSeal, str, str]:
    genesis = make_room(ada, private=True)
    one, other = await sit(ada, genesis, PSK), await sit(ben, genesis, PSK)
    seals = [open_sdp_seal(seat.person.crypto, seat.session) for seat in (one, other)]
    assert seals[0] is not None
    assert seals[1] is not None
    return seals[0], seals[1], one.sid, other.sid


async def test_members_read_what_signaling_cannot(seals: tuple[SdpSeal, SdpSeal, str, str]) -> None:
    one, other, one_sid, other_sid = seals
    sealed = await one.seal(other_sid, "offer", "v=0 192.0.2.1")
    assert "192" not in sealed
    assert await other.open(one_sid, "offer", sealed) == "v=0 192.0.2.1"


async def test_a_text_moved_to_another_kind_or_sender_does_not_open(
    seals: tuple[SdpSeal, SdpSeal, str, str],
) -> None:
    one, other, one_sid, other_sid = seals
    sealed = await one.seal(other_sid, "offer", "v=0")
    for sid, kind in ((one_sid, "answer"), (other_sid, "offer")):
        with pytest.raises(CwError) as caught:
            await other.open(sid, kind, sealed)
        assert caught.value.reason == BROKEN_SEAL


@pytest.mark.parametrize("sealed", ["", "AAAA", "v=0", "A" * 36])
async def test_anything_else_is_refused(seals: tuple[SdpSeal, SdpSeal, str, str], sealed: str) -> None:
    with pytest.raises(CwError):
        await seals[1].open(seals[2], "offer", sealed)


async def test_public_rooms_have_no_such_seal(ada: Person) -> None:
    assert open_sdp_seal(ada.crypto, (await sit(ada, make_room(ada))).session) is None


async def test_an_empty_text_is_the_shortest_that_opens(seals: tuple[SdpSeal, SdpSeal, str, str]) -> None:
    one, other, one_sid, other_sid = seals
    sealed = await one.seal(other_sid, "end", "")
    assert await other.open(one_sid, "end", sealed) == ""
    with pytest.raises(CwError) as caught:
        await other.open(one_sid, "end", "A" * 36)
    assert caught.value.reason == MALFORMED
