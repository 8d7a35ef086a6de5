"""HELLOs and BINDs for tests: exchanged, forged, and refused."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.fakes.people import Person, Seat, handshake
from tests.fakes.realm import NOW_MS
from tests.fakes.wire import wire
from widget.crypto.credentials import Credentials
from widget.crypto.handshake import Handshake
from widget.crypto.reasons import (
    HANDSHAKE_OVER,
)
from widget.crypto.session import SessionKeys, open_session, session_id
from widget.errors import CwError
from widget.wire.credential import Credential, credential_signed, read_credential, write_credential
from widget.wire.handshake import read_hello

PSK = b"\x01" * 16
ADA_FP = b"\xaa" * 32
BEN_FP = b"\xbb" * 32
EVIL_FP = b"\xee" * 32


async def refusal(waiting: Handshake, packet: bytes, now_ms: int = NOW_MS) -> int:
    """The reason, after checking that nothing is open and nothing opens any more."""
    with pytest.raises(CwError) as caught:
        await waiting.receive(packet, now_ms)
    assert not waiting.done()
    assert waiting.channel is None
    assert waiting.peer is None
    with pytest.raises(CwError) as over:
        await waiting.receive(packet, now_ms)
    assert over.value.reason == HANDSHAKE_OVER
    return caught.value.reason


async def exchange_hellos(one: Handshake, other: Handshake) -> tuple[bytes, bytes]:
    """(BIND of one, BIND of other)"""
    bind_other = (await other.receive(one.hello(), NOW_MS))[0]
    bind_one = (await one.receive(other.hello(), NOW_MS))[0]
    return bind_one, bind_other


async def resigned(person: Person, sc: Credential) -> bytes:
    """A changed credential, honestly signed by the device."""
    signature = await person.device.sign_labelled(credential_signed(sc))
    return write_credential(replace(sc, signature=signature))


async def renamed(person: Person, sc: Credential) -> Credential:
    """Under the id that belongs to its keys, which were changed."""
    return replace(sc, sid=await session_id(person.crypto, sc.device, sc.signing, sc.agreement))


def with_credential(seat: Seat, credential: bytes, psk_proof: bytes = b"") -> bytes:
    """A HELLO of that seat which shows another credential."""
    hello = read_hello(handshake(seat, seat.sid).hello())
    return wire(replace(hello, credential=credential, psk_proof=psk_proof))


def my_credential(seat: Seat) -> Credential:
    return read_credential(seat.session.me.credential)


async def second_credential(seat: Seat) -> Seat:
    """The same session, for which its owner signed once more."""
    person, session = seat.person, seat.session
    keys = SessionKeys(session.sid, session.signing, session.agreement)
    genesis = seat.credentials._genesis
    again = await open_session(
        person.crypto, person.device, person.jwt, person.identity, genesis, [], NOW_MS + 1, keys
    )
    return replace(seat, session=again, credentials=Credentials(person.crypto, again, person.trust, genesis))
