"""Looking into a room before one signs in, at the real services; and what liars on the way can make of it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from functools import partial

import pytest

from auth.guests import set_guests
from tests.fakes.witness import Evidence
from tests.flows.deployment import ORIGIN, Deployment, Person, until
from widget.crypto.event import body_hash, sign_event
from widget.crypto.genesis import parse_address
from widget.crypto.hpke import seal, unseal
from widget.crypto.showing import seal_showing
from widget.errors import ChatError, RefusedError
from widget.model import RoomLook
from widget.room.kinds.text import TextBody, write_text
from widget.room.limits import SHOWN_LINES, SHOWS_BURST
from widget.room.stay import RoomSession
from widget.transport.refusals import SENTENCES
from widget.wire.base16 import from_hex
from widget.wire.event import Event
from widget.wire.genesis import PREVIEW
from widget.wire.showing import Showing, look_info
from widget.wire.socket import KEY_BYTES, Visit

pytestmark = pytest.mark.no_cover
Lie = Callable[[Showing], Awaitable[Showing]]


async def talking(deployment: Deployment) -> tuple[str, Person, Person]:
    """A room with preview where Ann and Ben have said something."""
    ann, ben = await deployment.signed_in("Ann"), await deployment.signed_in("Ben")
    room = await ann.chat.create_room("Kitchen", preview=True)
    await ben.chat.join_room(room.room_id)
    await until(lambda: "Ben" in ann.links)
    await ann.chat.send_message("hello")
    await ben.hears("hello")
    await ben.chat.send_message("good morning")
    await ann.hears("hello", "good morning")
    return room.room_id, ann, ben


def stay_of(person: Person) -> RoomSession:
    session = person.chat._rooms.session
    assert session is not None
    return session


async def says(person: Person, text: str) -> None:
    """Say it, and wait until it is an event: what still waits to go out is shown to nobody."""
    await person.chat.send_message(text)
    await until(lambda: all(line.delivery != "sending" for line in person.messages))


def said(look: RoomLook) -> list[tuple[str, str]]:
    return [(line.sender_name, line.content) for line in look.messages]


async def refusal(person: Person, room_id: str) -> str:
    with pytest.raises(ChatError) as caught:
        await person.chat.look(room_id)
    return caught.value.code


async def test_a_visitor_without_an_account_sees_the_last_lines_and_the_services_do_not(
    deployment: Deployment, capfd: pytest.CaptureFixture[str]
) -> None:
    room_id, ann, ben = await talking(deployment)
    visitor = deployment.person("Vic")
    listed = (await visitor.chat.get_active_rooms())[0]
    assert (listed.room_id, listed.participant_count, listed.preview) == (room_id, 2, True)
    look = await visitor.chat.look(room_id)
    assert (look.shown_by, said(look)) == ("Ann", [("Ann", "hello"), ("Ben", "good morning")])
    assert [line.id for line in look.messages] == [line.id for line in ann.messages]
    assert not visitor.chat.is_authenticated()
    seen = bytes(deployment.signaling.tap.seen), deployment.redis_saw(), deployment.redis_dump()
    for place in (*seen, deployment.log.getvalue().encode(), "".join(capfd.readouterr()).encode()):
        assert not Evidence(place).shows("good morning")
    await ben.chat.leave_room()
    assert said(await visitor.chat.look(room_id)) == said(look)


async def test_the_last_twenty_are_shown_as_far_as_they_fit_and_what_was_hidden_is_not(deployment: Deployment) -> None:
    room_id, ann, ben = await talking(deployment)
    for number in range(SHOWN_LINES):
        await ann.chat.send_message(f"line {number}")
    await ben.hears(*(f"line {number}" for number in range(SHOWN_LINES)))  # so they are no texts that wait any more
    visitor = deployment.person("Vic")
    assert said(await visitor.chat.look(room_id)) == [("Ann", f"line {number}") for number in range(SHOWN_LINES)]
    await ben.chat.send_message("something bad")
    await until(lambda: "something bad" in ann.texts)
    assert said(await visitor.chat.look(room_id))[-1] == ("Ben", "something bad")
    await ann.chat.remove_member(ben.chat.get_state().user_id, hide=True)
    await until(lambda: "something bad" not in ann.texts)
    assert {name for name, _ in said(await visitor.chat.look(room_id))} == {"Ann"}
    for letter in "abcdefghij":
        await says(ann, letter * 4000)
    assert [text[0] for _, text in said(await visitor.chat.look(room_id))] == list("efghij")


async def test_guests_show_and_are_shown_as_such(deployment: Deployment) -> None:
    await set_guests(deployment._store(), "rooms", ORIGIN)
    gus = deployment.person("Gus")
    await gus.chat.become_guest("Gus")
    room = await gus.chat.create_room("Yard", preview=True)
    await says(gus, "anybody there?")
    look = await deployment.person("Vic").chat.look(room.room_id)
    assert [(look.shown_by, line.content, line.via) for line in look.messages] == [("Gus", "anybody there?", "guest")]


async def test_no_other_room_is_looked_into(deployment: Deployment) -> None:
    ann, visitor = await deployment.signed_in("Ann"), deployment.person("Vic")
    closed = await ann.chat.create_room("Closed")
    rooms = visitor.chat._rooms_api
    visit, rooms.visit = rooms.visit, None  # type: ignore[method-assign, assignment]  # nobody is asked
    assert await refusal(visitor, closed.room_id) == "visit.closed"
    rooms.visit = visit  # type: ignore[method-assign]
    empty = await ann.chat.create_room("Empty", preview=True)
    private = await ann.chat.create_room("Private", False)
    with pytest.raises(RefusedError) as nobody:
        await visitor.chat.look(empty.room_id)
    assert (nobody.value.code, nobody.value.message) == ("visit.nobody", SENTENCES["visit.nobody"])
    assert await refusal(visitor, private.room_id) == "room.unknown"
    with pytest.raises(ChatError) as caught:
        await ann.chat.create_room("Private", False, preview=True)
    assert caught.value.code == "room.preview"
    never = await deployment.signed_in("Nev", "never")
    with pytest.raises(ChatError) as caught:
        await never.chat.create_room("Direct", preview=True)
    assert caught.value.code == "room.preview"


async def test_a_member_shows_it_ten_times_a_minute_whatever_the_service_asks(deployment: Deployment) -> None:
    _, ann, _ = await talking(deployment)
    stay, key = stay_of(ann), (await ann.bot._platform.ports.crypto.agreement.generate()).public.hex()
    shown: list[str] = []
    stay._shows._signaling.show = lambda visit_id, answer: shown.append(visit_id)  # type: ignore[method-assign]
    rulings = stay._talk.book.now
    standing, rulings.standing = rulings.standing, lambda peer: "waiting"  # type: ignore[method-assign]
    await stay._shows.show(Visit("dd" * 16, key))
    assert shown == []
    rulings.standing = standing  # type: ignore[method-assign]
    genesis = stay.plan.genesis
    stay.plan.genesis = replace(genesis, flags=genesis.flags - PREVIEW)
    await stay._shows.show(Visit("ff" * 16, key))
    assert shown == []
    stay.plan.genesis = genesis
    await stay._shows.show(Visit("ee" * 16, "04" + "00" * 64))
    assert shown == []
    for number in range(SHOWS_BURST + 5):
        await stay._shows.show(Visit(f"{number:032x}", key))
    assert shown == [f"{number:032x}" for number in range(SHOWS_BURST - 1)]


# A service that lies


async def earlier(deployment: Deployment, room_id: str) -> None:
    """An earlier answer."""
    visitor = deployment.person("Vic")
    rooms, heard = visitor.chat._rooms_api, list[bytes]()
    visit = rooms.visit

    async def keep(room: str, key: bytes) -> bytes:
        heard.append(await visit(room, key))
        return heard[0]

    rooms.visit = keep  # type: ignore[method-assign, assignment]
    await visitor.chat.look(room_id)
    heard.insert(0, bytes(8) + heard[0][8:])
    assert await refusal(visitor, room_id) == "seal.stale"
    heard = heard[1:]
    assert await refusal(visitor, room_id) == "visit.false"
    assert len(heard) == 3


async def own_key(deployment: Deployment, room_id: str) -> None:
    """A key of its own: it can read what it asks for, as everybody can, but not pass it on as asked for by another."""
    visitor = deployment.person("Vic")
    crypto = visitor.bot._platform.ports.crypto
    rooms = visitor.chat._rooms_api
    visit = rooms.visit

    async def between(room: str, key: bytes) -> bytes:
        mine, info = await crypto.agreement.generate(), look_info(from_hex(room))
        answer = await visit(room, mine.public)
        plain = await unseal(crypto, mine, answer[8 : 8 + KEY_BYTES], info, b"", answer[8 + KEY_BYTES :])
        assert b"good morning" in plain
        return answer[:8] + b"".join(await seal(crypto, await crypto.agreement.generate(), key, info, b"", plain))

    rooms.visit = between  # type: ignore[method-assign, assignment]
    assert await refusal(visitor, room_id) == "visit.false"


async def another_room(deployment: Deployment, room_id: str) -> None:
    """Another room, or what is shown of it."""
    cid, visitor = await deployment.signed_in("Cid"), deployment.person("Vic")
    other = await cid.chat.create_room("Cellar", preview=True)
    await says(cid, "rats")
    ids = [parse_address(room).room_id for room in (room_id, other.room_id)]
    rooms = visitor.chat._rooms_api
    visit, call = rooms.visit, rooms._api.call

    async def elsewhere(room: str, key: bytes) -> bytes:
        return await visit(ids[1], key)

    rooms.visit = elsewhere  # type: ignore[method-assign, assignment]
    assert await refusal(visitor, room_id) == "visit.false"
    rooms.visit = visit  # type: ignore[method-assign]

    async def misled(method: str, path: str, headers: dict[str, str], body: bytes) -> bytes:
        return await call(method, path.replace(ids[0], ids[1]), headers, body)

    rooms._api.call = misled  # type: ignore[assignment]
    assert await refusal(visitor, room_id) == "room.false"


async def test_a_service_that_lies_is_found_out(deployment: Deployment) -> None:
    room_id, _, _ = await talking(deployment)
    for lie in (earlier, own_key, another_room):
        await lie(deployment, room_id)


# A member who lies


def lies(lie: Lie, monkeypatch: pytest.MonkeyPatch) -> None:
    """What members show, changed and signed by them."""

    async def changed(*args: object) -> bytes:
        crypto, session, key, showing = args
        return await seal_showing(crypto, session, key, await lie(showing))  # type: ignore[arg-type]

    monkeypatch.setattr("widget.room.shows.seal_showing", changed)


async def test_a_member_who_lies_is_found_out_and_one_who_holds_back_is_not(
    deployment: Deployment, monkeypatch: pytest.MonkeyPatch
) -> None:
    room_id, ann, _ = await talking(deployment)
    crypto, visitor = ann.bot._platform.ports.crypto, deployment.person("Vic")
    session = stay_of(ann)._shows._session
    evil = write_text(TextBody("good night"))

    async def last(change: Callable[[Event], Awaitable[Event]], showing: Showing) -> Showing:
        return Showing(showing.credentials, [showing.events[0], replace(await change(showing.events[1]), head=b"")])

    async def another_text(event: Event) -> Event:
        return replace(event, body=evil)

    async def another_hash(event: Event) -> Event:
        return replace(event, body=evil, body_hash=await body_hash(crypto, evil))

    async def another_signature(event: Event) -> Event:
        return await sign_event(crypto, session, await another_hash(event))

    async def another_time(event: Event) -> Event:
        return replace(event, at_ms=event.at_ms + 60_000)

    async def alone(showing: Showing) -> Showing:
        return Showing(showing.credentials[:1], showing.events)

    async def twice(showing: Showing) -> Showing:
        return Showing(showing.credentials, [*showing.events, showing.events[-1]])

    async def as_ben(showing: Showing) -> Showing:
        return Showing(showing.credentials[::-1], showing.events)

    changes = [partial(last, change) for change in (another_text, another_hash, another_signature, another_time)]
    every: list[Lie] = [*changes, alone, twice, as_ben]
    for lie in every:
        lies(lie, monkeypatch)
        assert await refusal(visitor, room_id) == "visit.false"

    async def less(showing: Showing) -> Showing:
        return Showing(showing.credentials, showing.events[:1])

    lies(less, monkeypatch)  # the limit that the pages name: all is genuine, and not all is there
    assert said(await visitor.chat.look(room_id)) == [("Ann", "hello")]
