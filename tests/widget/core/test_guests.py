"""Guests: a device comes in by its work, stays as by mail, and may become a person where it is."""

from __future__ import annotations

import asyncio

import pytest

from tests.fakes.auth_service import CODE
from tests.fakes.memory_storage import MemoryStorage
from tests.fakes.tabs import Tab, reload
from tests.fakes.world import Someone, World
from tests.widget.core.test_site_login import Page
from widget.core.limits import HANDOVER_MS, LOOK_MS
from widget.crypto.reasons import EVENT_PACE
from widget.native.drops import drops_of
from widget.room.limits import GUEST_AT_ONCE, GUEST_BURST, GUEST_EACH_MS, GUEST_MET_MS
from widget.transport.refusals import SENTENCES


async def guest(world: World, name: str = "Ann", storage: MemoryStorage | None = None) -> Someone:
    someone = world.chat(name, storage=storage)
    await world.run(someone.chat.become_guest(name))
    return someone


async def sign_in(world: World, someone: Someone, name: str) -> None:
    await world.run(someone.chat.request_code("ann@people.test", name))
    await world.run(someone.chat.verify_code(CODE))


async def test_a_device_comes_in_as_a_guest_by_its_work(world: World) -> None:
    world.auth.puzzles = [9]
    ann = await guest(world)
    assert world.auth.calls.count("/guest/verify") == 2
    first, second = world.auth.requests
    assert ("puzzle" in first, "puzzle" in second, first["sig"] != second["sig"]) == (False, True, True)
    state = ann.chat.get_state()
    assert (state.user_name, state.via, state.authenticated) == ("Ann", "guest", True)
    assert ann.heard("auth:change") == [{"authenticated": True, "token": None, "door": "guest"}]


async def test_who_stops_the_work_is_nobody(world: World) -> None:
    world.auth.puzzles = [16]
    ann = world.chat("Ann")
    assert (await world.failing(ann.chat.become_guest("Ann", lambda: False))).code == "order.stopped"
    assert world.auth.calls.count("/guest/verify") == 1


async def test_who_stops_while_the_service_answers_is_nobody_either(world: World) -> None:
    ann = world.chat("Ann")
    assert (await world.failing(ann.chat.become_guest("Ann", lambda: False))).code == "order.stopped"
    assert (ann.chat.is_authenticated(), "/guest/verify" in world.auth.calls) == (False, True)


async def test_a_guest_stays_so_by_the_service_and_after_a_reload(world: World) -> None:
    storage = MemoryStorage()
    ann = await guest(world, storage=storage)
    first = ann.chat.get_state().user_id
    await world.clock.advance(511_000)
    assert (world.auth.calls.count("/token"), world.auth.calls.count("/guest/verify")) == (1, 1)
    again = await reload(world, ann, storage)
    state = again.chat.get_state()
    assert (state.via, state.user_id) == ("guest", first)


async def test_where_no_guests_are_taken_the_message_is_for_the_owner(world: World) -> None:
    world.auth.refuse["/guest/verify"] = "guest.closed"
    world.auth.detail = "`python -m auth origins allow --guests` does."
    ann = world.chat("Ann")
    error = await world.failing(ann.chat.become_guest("Ann"))
    assert (error.code, error.message) == ("guest.closed", world.auth.detail)
    assert ann.errors == ["guest.closed"]


async def test_a_private_room_is_closed_to_guests_before_anybody_is_asked(world: World) -> None:
    ben, ann = await world.person("Ben"), await guest(world)
    await world.run(ben.chat.create_room("Secret", False))
    world.signaling.is_down = True
    error = await world.failing(ann.chat.join_room(ben.chat.get_invite()))
    assert (error.code, error.message) == ("guest.room", SENTENCES["guest.room"])


async def talking(world: World) -> tuple[Someone, Someone]:
    """Ann, a guest, in Ben's room, where she has spoken."""
    ann, ben = await guest(world), await world.person("Ben")
    room = await world.run(ben.chat.create_room("Room"))
    await world.run(ann.chat.join_room(room.room_id))
    await world.clock.advance(4000)
    await ann.chat.send_message("as a guest")
    await world.clock.advance(1000)
    return ann, ben


async def test_a_guest_who_signs_in_keeps_device_room_and_talk(world: World) -> None:
    ann, ben = await talking(world)
    device = (await ann.chat._auth.device_key()).jkt
    first = ann.chat.get_state().user_id
    room = ann.chat.get_state().room
    await sign_in(world, ann, "Ada")
    await world.clock.advance(LOOK_MS + HANDOVER_MS + 5000)
    state = ann.chat.get_state()
    assert (state.via, state.user_name, state.user_id != first) == ("mail", "Ada", True)
    assert (await ann.chat._auth.device_key()).jkt == device
    assert room is not None
    assert state.room is not None
    assert state.room.room_id == room.room_id
    await ann.chat.send_message("as Ada")
    await world.clock.advance(1000)
    assert ben.texts == ann.texts == ["as a guest", "as Ada"]
    assert [line.mine for line in ann.messages if line.type == "message"] == [True, True]
    told = [(line.sender_name, line.via) for line in ben.messages if line.type == "message"]
    assert told == [("Ann", "guest"), ("Ada", "mail")]
    assert {person.user_name: person.via for person in ben.chat.get_state().participants} == {
        "Ben": "mail", "Ada": "mail",
    }  # fmt: skip
    assert ann.errors == []


async def test_who_becomes_a_person_does_not_meet_the_guest_that_they_were(world: World) -> None:
    ann, ben = await talking(world)
    news = len(ann.news)
    await sign_in(world, ann, "Ada")
    for _ in range(20):
        await world.clock.advance(1000)
        people = [person for person in ann.chat.get_state().participants if person.is_online]
        assert sorted(person.user_name for person in people) in (["Ada", "Ben"], ["Ann", "Ben"])
    assert len(ann.news) == news
    assert "Ann left." in ben.news
    assert [line for line in ben.news if line.startswith("Ada joined")] != []  # perhaps let in by herself


async def test_what_waits_to_be_said_is_the_persons_at_once(world: World) -> None:
    ann, _ben = await talking(world)
    await sign_in(world, ann, "Ada")
    world.net.silence_all()
    await ann.chat.send_message("waits")
    assert (ann.messages[-1].sender_id, ann.messages[-1].sender_name) == (ann.chat.get_state().user_id, "Ada")


@pytest.mark.parametrize("by_site", [False, True], ids=["by mail", "by the site"])
async def test_a_guest_who_signs_in_in_another_tab_stays_where_they_are(world: World, by_site: bool) -> None:
    storage, page = MemoryStorage(), Page("")
    provider = page.token if by_site else None
    ann, ben = world.chat("Ann", storage=storage, provider=provider), await world.person("Ben")
    await world.run(ann.chat.become_guest("Ann"))
    tab = world.chat("Ann", storage=Tab(storage), provider=provider)
    assert await world.run(tab.chat.restore())
    room = await world.run(ben.chat.create_room("Room"))
    await world.run(ann.chat.join_room(room.room_id))
    await world.clock.advance(4000)
    await ann.chat.send_message("as a guest")
    page.sub = "u1"
    await (world.run(tab.chat.restore()) if by_site else sign_in(world, tab, "Ada"))
    await world.clock.advance(LOOK_MS + HANDOVER_MS + 5000)
    state = ann.chat.get_state()
    assert (state.via, state.user_id) == (tab.chat.get_state().via, tab.chat.get_state().user_id)
    assert state.via != "guest"
    assert (state.room is not None, ann.texts, ann.heard("auth:logout"), ann.errors) == (True, ["as a guest"], [], [])


async def test_whoever_comes_in_after_a_guest_has_signed_out_is_somebody_else(world: World) -> None:
    """To a page that slept meanwhile, and hears of it late."""
    storage = MemoryStorage()
    ann = await guest(world, storage=storage)
    tab = world.chat("Ann", storage=Tab(storage))
    assert await world.run(tab.chat.restore())
    await world.run(ann.chat.create_room("Room"))
    ann.platform.siblings.close()
    await world.run(tab.chat.logout())
    await sign_in(world, tab, "Ada")
    ann.chat._sibling_told(ann.chat._auth.slot)
    await world.clock.advance(5000)
    state = ann.chat.get_state()
    assert (state.user_name, state.room, ann.heard("auth:logout")) == ("Ada", None, [None])
    assert (tab.chat.is_authenticated(), tab.errors) == (True, [])


async def test_a_guest_who_signs_out_is_out_in_all_tabs(world: World) -> None:
    storage = MemoryStorage()
    ann = await guest(world, storage=storage)
    tab = world.chat("Ann", storage=Tab(storage))
    assert await world.run(tab.chat.restore())
    await world.run(tab.chat.logout())
    await world.clock.advance(1000)
    assert not ann.chat.is_authenticated()
    assert (storage.personal(), storage.keys) == ([], {})


async def test_a_renewal_that_is_under_way_does_not_make_a_guest_of_who_has_signed_in(world: World) -> None:
    storage = MemoryStorage()
    ann = await guest(world, storage=storage)
    await world.run(ann.chat.request_code("ann@people.test", "Ada"))
    world.auth.hangs = True
    renewing = asyncio.create_task(ann.chat._auth.renew())
    await world.clock.advance(100)
    world.auth.hangs = False
    showing = asyncio.create_task(ann.chat.verify_code(CODE))
    await world.clock.advance(100)
    world.auth.go_on()
    await world.run(asyncio.wait_for(asyncio.gather(renewing, showing), None))
    assert (ann.chat._auth.who().identity.via, ann.chat.get_state().user_name) == ("mail", "Ada")
    again = await reload(world, ann, storage)
    assert again.chat.get_state().via == "mail"


async def test_a_reload_after_that_is_back_in_the_room_with_the_talk(world: World) -> None:
    storage = MemoryStorage()
    ann = await guest(world, storage=storage)
    ben = await world.person("Ben")
    room = await world.run(ben.chat.create_room("Room"))
    await world.run(ann.chat.join_room(room.room_id))
    await world.clock.advance(4000)
    await ann.chat.send_message("as a guest")
    await sign_in(world, ann, "Ada")
    await world.clock.advance(LOOK_MS + HANDOVER_MS + 5000)
    again = await reload(world, ann, storage)
    await world.clock.advance(4000)
    assert again.texts == ["as a guest"]
    assert again.chat.get_state().room is not None


@pytest.mark.parametrize("asked", [True, False], ids=["the page is asked", "the page tells"])
async def test_a_guest_becomes_who_the_site_says_where_they_are(world: World, asked: bool) -> None:
    page = Page("")
    ann = world.chat("Ann", provider=page.token)
    assert not await world.run(ann.chat.restore())
    await world.run(ann.chat.become_guest("Ann"))
    await world.run(ann.chat.create_room("Room"))
    assert await world.run(ann.chat.restore())
    assert (ann.chat.get_state().via, "/token" in world.auth.calls) == ("guest", False)
    page.sub = "u1"
    if asked:
        assert await world.run(ann.chat.restore())
    else:
        await world.run(ann.chat.identify(page.made()))
    await world.clock.advance(LOOK_MS + HANDOVER_MS + 5000)
    state = ann.chat.get_state()
    assert (state.via, state.room is not None) == ("site site.test", True)
    assert [person.via for person in state.participants] == ["site site.test"]


async def test_who_the_site_names_is_back_in_the_room_after_a_reload(world: World) -> None:
    page, storage = Page(""), MemoryStorage()
    ann = world.chat("Ann", storage=storage, provider=page.token)
    await world.run(ann.chat.become_guest("Ann"))
    await world.run(ann.chat.create_room("Room"))
    await world.clock.advance(4000)
    page.sub = "u1"
    await world.run(ann.chat.identify(page.made()))
    await world.clock.advance(LOOK_MS + HANDOVER_MS + 5000)
    ann.chat.hide()
    ann.chat.destroy()
    page.asked += 1
    again = world.chat("Ann", storage=storage, provider=page.token)
    assert await world.run(again.chat.restore())
    await world.clock.advance(4000)
    assert again.chat.get_state().room is not None


MANY = [f"line {number}" for number in range(50)]


async def hurrying(world: World, is_honest: bool) -> list[Someone]:
    """Ann, a guest whom the others have met long ago, says very much at once. Her page may know no bounds."""
    ann, ben = await talking(world)
    cleo = await world.person("Cleo")
    room = ben.chat.get_state().room
    assert room is not None
    await world.run(cleo.chat.join_room(room.room_id))
    await world.clock.advance(GUEST_MET_MS + GUEST_EACH_MS)
    speaker = ann.stay.messages.outbox.speaker
    assert speaker is not None
    speaker.is_guest = is_honest
    for text in MANY:
        await ann.chat.send_message(text)
    await world.clock.advance(1000)
    return [ann, ben, cleo]


async def test_a_guest_says_twenty_at_once_and_then_one_every_three_seconds(world: World) -> None:
    ann, ben, cleo = await hurrying(world, is_honest=True)
    assert ben.texts[1:] == cleo.texts == MANY[:GUEST_BURST]
    assert (len(ann.texts), ann.deliveries[-1]) == (1 + len(MANY), "sending")
    await world.clock.advance(GUEST_EACH_MS)
    assert len(ben.texts) == 2 + GUEST_BURST
    await world.clock.advance((len(MANY) - GUEST_BURST) * GUEST_EACH_MS)
    assert ben.texts[1:] == cleo.texts == MANY
    assert f"cw.{EVENT_PACE}" not in {**drops_of(ben.chat), **drops_of(cleo.chat)}


async def test_members_take_no_more_of_a_guest_whose_page_knows_no_bounds(world: World) -> None:
    """The way between them is direct: no service counts anything. What is too much comes in time."""
    ann, ben, cleo = await hurrying(world, is_honest=False)
    assert ben.texts[1:] == cleo.texts == MANY[:GUEST_AT_ONCE]
    for member in (ben, cleo):
        assert drops_of(member.chat)[f"cw.{EVENT_PACE}"] >= len(MANY) - GUEST_AT_ONCE
    await ben.chat.send_message("Ben goes on")
    await world.clock.advance(500)
    assert cleo.texts[-1] == "Ben goes on"
    await world.clock.advance((len(MANY) - GUEST_AT_ONCE + 4) * GUEST_EACH_MS)
    assert ann.texts == ben.texts == ["as a guest", *cleo.texts]
    assert sorted(cleo.texts) == sorted([*MANY, "Ben goes on"])
    assert set(ann.deliveries) == {"delivered"}
