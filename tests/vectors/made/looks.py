"""Vectors of what a visitor who has not signed in is shown of a room."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from tests.fakes.greetings import resigned
from tests.vectors.made.documents import HOUR, SKEW
from tests.vectors.made.events import EVENT
from tests.vectors.made.file import File, bent
from tests.vectors.made.packets import patched
from tests.vectors.made.people import People, Sitting, pair_of, secret_of, sign
from widget.crypto.event import body_hash, event_id, sign_event
from widget.crypto.hpke import seal
from widget.native.crypto import native_crypto
from widget.wire.credential import read_credential, write_credential
from widget.wire.event import Event
from widget.wire.showing import Showing, look_info, shown_signed, write_shown

VISITOR = pair_of("visitor")
OTHER = pair_of("another visitor")
BODY = b"\x00\x05hello\x00\x00"


class Shown:
    """What Ada shows, and how it is sealed; a lie changes one thing of it."""

    def __init__(self, people: People, events: list[Event]) -> None:
        self.by = people.seats["ada"]
        self.people = [people.seats[name].session.me.credential for name in ("ada", "ben", "cleo")]
        self.events = events
        self.room = self.by.session.room_id
        self.signed_for = self.sealed_for = VISITOR.public
        self.info = look_info(self.room)
        self.patch: dict[int, int] = {}  # bytes that a writer of ours would not have written

    async def answer(self) -> bytes:
        data = write_shown(Showing(self.people, self.events))
        for place, value in self.patch.items():
            data = patched(data, place, value)
        signature = sign(self.by.session.signing.private, shown_signed(self.room, self.signed_for, data))
        enc, sealed = await seal(native_crypto(), OTHER, self.sealed_for, self.info, b"", signature + data)
        return enc + sealed


async def looks(people: People) -> File:
    file = File("look", "check", "What a visitor believes of what is shown: widget/crypto/showing.py, Looking")
    ben, cleo, now = people.seats["ben"], people.seats["cleo"], people.now_ms + 100
    one = await _said(ben, EVENT)
    two = await _said(ben, replace(EVENT, seq=8, clock=11, prev=await event_id(native_crypto(), one)))
    hers = await _said(cleo, replace(EVENT, seq=3, clock=10))

    def given(answer: bytes, when: int = now) -> dict[str, Any]:
        pair = {"private": secret_of(VISITOR).hex(), "public": VISITOR.public.hex()}
        return {"room": "public", "visitor": pair, "answer": answer, "now": when}

    async def good(sentence: str, *said: Event, when: int = now) -> None:
        ids = [await event_id(native_crypto(), event) for event in said]
        told = {"by": people.seats["ada"].sid, "ids": ids}
        file.good(sentence, told, **given(await Shown(people, list(said)).answer(), when))

    async def bad(sentence: str, reason: int, *said: Event, **changes: Any) -> None:
        shown = Shown(people, list(said) or [one, hers, two])
        when = changes.pop("when", now)
        for name, value in changes.items():
            setattr(shown, name, value)
        file.bad(sentence, reason, **given(await shown.answer(), when))

    await good("nothing was said")
    await good("lines of two", one, hers, two)
    await good("a line that follows one that is not shown", await _said(ben, replace(two, seq=10)), hers)
    await good("just before the session of who shows ends", one, when=now + 12 * HOUR)
    await bad("made for another visitor", 2, sealed_for=OTHER.public)
    await bad("signed for another visitor", 120, signed_for=OTHER.public)
    await bad("sealed for another room", 2, info=look_info(bytes(16)))
    await bad("signed for another room", 120, room=bytes(16))
    await bad("signed by another member than is named first", 120, by=ben)
    await bad("after the session of who shows", 23, when=now + 12 * HOUR + SKEW)
    ada, private = people.seats["ada"], people.seats["ada in private"]
    await bad("by somebody of another room", 22, by=private, people=[_sc(private)])
    await bad("by a session whose device did not sign it", 26, people=[_forged(ada), _sc(ben), _sc(cleo)])
    await bad("with an author whose device did not sign the session", 26, people=[_sc(ada), _forged(ben), _sc(cleo)])
    await bad("with an author of another site", 21, people=[_sc(ada), await _foreign(people), _sc(cleo)])
    await bad("without the credential of an author", 101, people=[_sc(ada), _sc(ben)])
    await bad("by nobody", 1, people=[])
    await bad("with a bit in what fills it", 1, patch={-1: 1})
    await bad("of a later version", 1, patch={0: 2})
    for sentence, reason, event in (
        ("a line of another room", 100, await _said(ben, replace(EVENT, room_id=bytes(16)))),
        ("another text than was signed", 102, replace(one, body=b"\x00\x05hullo\x00\x00")),
        ("a line without its text", 102, one.bare()),
        ("another text, and its hash", 103, await _retold(one)),
        ("a line of Ben's that Cleo signed", 103, await sign_event(cleo.crypto, cleo.session, replace(one))),
        ("another time", 103, replace(one, at_ms=1)),
        ("a signature with a bent bit", 103, replace(one, signature=bent(one.signature))),
    ):
        await bad(sentence, reason, replace(event, head=b""))
    await bad("one line twice", 121, one, one)
    await bad("the later line first", 121, two, one)
    await bad("a clock that falls", 121, one, await _said(ben, replace(two, clock=9, body=BODY)))
    await bad("a line that does not follow the one before", 121, one, await _said(ben, replace(two, prev="00" * 16)))
    await bad("two lines of one number", 121, one, await _said(ben, replace(one, clock=10)))
    file.bad("nothing", 4, **given(b""))
    file.bad("no seal", 2, **given(OTHER.public + bytes(32)))
    file.bad("a key that is no point", 3, **given(b"\x04" + bytes(64) + bytes(32)))
    return file


async def _said(by: Sitting, event: Event) -> Event:
    """As that seat says it."""
    body = BODY if event.body == EVENT.body else event.body or b""
    room_id = by.session.room_id if event.room_id == EVENT.room_id else event.room_id
    said = replace(event, room_id=room_id, author=by.sid, body=body, body_hash=await body_hash(native_crypto(), body))
    return await sign_event(by.crypto, by.session, said)


async def _retold(event: Event) -> Event:
    body = b"\x00\x05hullo\x00\x00"
    return replace(event, body=body, body_hash=await body_hash(native_crypto(), body))


def _sc(seat: Sitting) -> bytes:
    return seat.session.me.credential


def _forged(seat: Sitting) -> bytes:
    sc = read_credential(_sc(seat))
    return write_credential(replace(sc, signature=bent(sc.signature)))


async def _foreign(people: People) -> bytes:
    identity = people.identity("ben", org="https://evil.test").encode()
    ben, hashed = people.seats["ben"], await native_crypto().digest.sha256(identity)
    sc = replace(read_credential(_sc(ben)), identity=identity, identity_hash=hashed)
    return await resigned(_person(ben), sc)


def _person(seat: Sitting) -> Any:
    """What `resigned` takes of somebody."""
    return seat
