"""Events: what an author signs, what names them, and who cannot speak as another. Attacks F07 and F12."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import Any

import pytest

from tests.fakes.frames import Room, craft, open_room, taken
from tests.fakes.people import Seat
from widget.crypto.event import body_hash, check_event, event_id, sign_event
from widget.crypto.reasons import EVENT_BODY, EVENT_SIGNATURE
from widget.errors import CwError
from widget.wire.event import Event, event_signed


async def judged(event: Event, author: Seat, reader: Seat) -> int:
    """Why the reader refuses an event that is said to be that author's; 0 when it does not."""
    known = reader.group.member(author.sid)
    assert known is not None
    try:
        await check_event(reader.person.crypto, event, known)
    except CwError as error:
        return error.reason
    return 0


async def test_what_its_author_signed_is_good(room: Room) -> None:
    net, ada, ben = room
    event = await net.event(ada, "hello")
    assert await judged(event, ada, ben) == 0


async def test_an_event_is_named_by_what_is_signed(room: Room) -> None:
    net, ada, _ = room
    event, crypto = await net.event(ada, "hello"), ada.person.crypto
    name = hashlib.sha256(event_signed(event)).digest()[:16].hex()
    assert await event_id(crypto, event) == name
    assert await event_id(crypto, replace(event, body=None, signature=bytes(64))) == name
    assert await event_id(crypto, replace(event, at_ms=event.at_ms + 1)) != name


async def test_two_who_say_the_same_at_the_same_time_say_two_things(room: Room) -> None:
    net, ada, ben = room
    events = [await net.event(seat, "hello") for seat in (ada, ben)]
    assert events[0].body_hash == events[1].body_hash
    assert len({await event_id(ada.person.crypto, event) for event in events}) == 2


async def test_a_body_is_named_by_its_sha256(room: Room) -> None:
    crypto = room[1].person.crypto
    assert await body_hash(crypto, b"body") == hashlib.sha256(b"body").hexdigest()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("room_id", bytes(16)),
        ("author", "00" * 16),
        ("seq", 2),
        ("prev", "11" * 16),
        ("kid", "11" * 16),
        ("clock", 2),
        ("at_ms", 0),
        ("kind", 2),
        ("signature", bytes(64)),
    ],
)
@pytest.mark.parametrize("withheld", [False, True])
async def test_a_changed_field_is_noticed(room: Room, field: str, value: Any, withheld: bool) -> None:
    net, ada, ben = room
    event = await net.event(ada, "hello")
    assert getattr(event, field) != value
    changed = replace(event, **{field: value})
    assert await judged(replace(changed, body=None) if withheld else changed, ada, ben) == EVENT_SIGNATURE


async def test_a_changed_body_is_noticed(room: Room) -> None:
    net, ada, ben = room
    event = await net.event(ada, "hello")
    for body in (b"", b"another", (event.body or b"") + b"\x00"):
        assert await judged(replace(event, body=body), ada, ben) == EVENT_BODY


async def test_a_body_with_its_own_hash_is_not_the_signed_one(room: Room) -> None:
    net, ada, ben = room
    event, body = await net.event(ada, "hello"), b"another"
    changed = replace(event, body=body, body_hash=hashlib.sha256(body).hexdigest())
    assert await judged(changed, ada, ben) == EVENT_SIGNATURE
    assert await judged(replace(changed, body=None), ada, ben) == EVENT_SIGNATURE


async def test_a_body_that_is_withheld_is_not_missed(room: Room) -> None:
    net, ada, ben = room
    assert await judged(replace(await net.event(ada, "hello"), body=None), ada, ben) == 0


async def test_an_empty_body_is_checked_too(room: Room) -> None:
    net, ada, ben = room
    empty = replace(await net.event(ada, "hello"), body=b"", body_hash=hashlib.sha256(b"").hexdigest())
    signed = await sign_event(ada.person.crypto, ada.session, empty)
    assert await judged(signed, ada, ben) == 0
    assert await judged(replace(signed, body=b"x"), ada, ben) == EVENT_BODY


async def test_a_signature_over_anything_else_is_none(room: Room) -> None:
    """As over the bare bytes, or under the label of something else that sessions sign."""
    net, ada, ben = room
    event, session, crypto = await net.event(ada, "hello"), ada.session, ada.person.crypto
    data = event_signed(event)
    for other in (data[len("cw1/event") + 1 :], data.replace(b"cw1/event", b"cw1/epoch", 1)):
        forged = replace(event, signature=await crypto.signatures.sign(session.signing, other))
        assert await judged(forged, ada, ben) == EVENT_SIGNATURE


@pytest.mark.parametrize("size", [0, 63, 65])
async def test_a_signature_has_64_bytes(room: Room, size: int) -> None:
    net, ada, ben = room
    event = await net.event(ada, "hello")
    signature = (event.signature + b"\x00")[:size]
    assert await judged(replace(event, signature=signature), ada, ben) == EVENT_SIGNATURE


async def test_f07_a_member_cannot_speak_as_another() -> None:
    """Cleo holds every key of the epoch and hands over, in a frame of her own, what she says Ada said."""
    net, (ada, ben, cleo) = await open_room(("Ada", "Ben", "Cleo"))
    forged = await sign_event(cleo.person.crypto, cleo.session, await net.event(ada, "never said"))
    opened = await taken(net, await craft(cleo, [forged]), cleo, ben)
    assert [event.author for event in opened.events] == [ada.sid]
    assert await judged(opened.events[0], ada, ben) == EVENT_SIGNATURE


async def test_whoever_hands_it_on_an_event_stays_its_authors() -> None:
    net, (ada, ben, cleo) = await open_room(("Ada", "Ben", "Cleo"))
    event = await net.event(ada, "hello")
    opened = await taken(net, await craft(cleo, [event]), cleo, ben)
    assert (opened.sid, opened.events) == (cleo.sid, [event])
    assert await judged(opened.events[0], ada, ben) == 0
    assert await judged(opened.events[0], cleo, ben) == EVENT_SIGNATURE


async def test_an_event_names_the_epoch_by_16_bytes_of_its_hash(room: Room) -> None:
    net, ada, ben = room
    current = ada.group._keyring.frames.current
    assert current is not None
    event = await net.event(ada, "hello")
    assert event.kid == ben.group.kid == current.hash[:16].hex()
    assert event.kid.startswith(ben.group.kid)
