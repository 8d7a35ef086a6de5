"""Rooms bound to a page or a name: whoever comes to the same one ends in one room."""

from __future__ import annotations

import hashlib
import json

import pytest

from tests.fakes.world import World
from widget.ports import HttpResponse

PAGE = "page:https://site.test/articles/owls\nOwls of the North"


async def test_two_who_come_to_one_page_talk_in_one_room_called_by_its_title(world: World) -> None:
    ann, bob = await world.person("Ann"), await world.person("Bob")
    first = await world.run(ann.chat.join_room(PAGE))
    assert (first.custom_name, first.is_public) == ("Owls of the North", True)
    second = await world.run(bob.chat.join_room(PAGE.replace("North", "South")))
    assert (second.room_id, second.custom_name) == (first.room_id, "Owls of the North")
    await world.clock.advance(4000)
    await ann.chat.send_message("here")
    await world.clock.advance(200)
    assert bob.texts == ["here"]


async def test_another_page_and_another_name_are_other_rooms(world: World) -> None:
    rooms = set()
    for number, text in enumerate(["name:lounge", "name:Lounge", "page:lounge\nlounge", PAGE]):
        someone = await world.person(f"P{number}")
        rooms.add((await world.run(someone.chat.join_room(text))).room_id)
    assert len(rooms) == 4


async def test_a_named_room_is_called_by_its_name(world: World) -> None:
    ann = await world.person("Ann")
    assert (await world.run(ann.chat.join_room("name:lounge"))).custom_name == "lounge"


@pytest.mark.parametrize("text", ["name:", "name:  ", "name:\u200b", "name:\nlounge", "page:"])
async def test_a_place_without_a_name_is_none(world: World, text: str) -> None:
    ann = await world.person("Ann")
    assert (await world.failing(ann.chat.join_room(text))).code == "room.name"
    assert (world.signaling.places, world.signaling.rooms) == ({}, {})


async def test_a_page_without_a_title_is_a_place(world: World) -> None:
    ann = await world.person("Ann")
    assert (await world.run(ann.chat.join_room("page:https://site.test/\n"))).custom_name == ""


@pytest.mark.parametrize("name", [" ", "\u200b", " \n "])
async def test_a_name_that_does_not_show_is_refused_and_nobody_leaves_a_room_for_it(world: World, name: str) -> None:
    ann, _ = await world.room("Ann", "Bob")
    stay = ann.stay
    assert (await world.failing(ann.chat.create_room(name))).code == "room.name"
    assert ann.stay is stay
    assert (await world.run(ann.chat.create_room(""))).custom_name == ""


async def test_a_long_title_is_cut(world: World) -> None:
    ann = await world.person("Ann")
    room = await world.run(ann.chat.join_room("page:https://site.test/\n" + "long " * 30))
    assert room.custom_name == " ".join(["long"] * 12)


async def test_the_service_is_told_a_hash_and_no_address(world: World) -> None:
    ann = await world.person("Ann")
    await world.run(ann.chat.join_room(PAGE))
    (body,) = [data for data in world.signaling.seen if data.startswith(b'{"genesis"')]
    address = PAGE.split("\n")[0].encode()
    assert json.loads(body)["place"] == hashlib.sha256(b"cw1/place\x00" + address).hexdigest()
    assert b"articles" not in b"".join(world.signaling.seen)


async def test_who_is_in_the_room_of_a_page_does_not_leave_it_for_it(world: World) -> None:
    ann = await world.person("Ann")
    room = await world.run(ann.chat.join_room(PAGE))
    stay = ann.stay
    assert (await world.run(ann.chat.join_room(PAGE))).room_id == room.room_id
    assert ann.stay is stay


async def test_a_place_whose_room_is_gone_gets_a_new_one(world: World) -> None:
    ann, bob = await world.person("Ann"), await world.person("Bob")
    room = await world.run(ann.chat.join_room(PAGE))
    await world.run(ann.chat.leave_room())
    world.signaling.forget()
    assert (await world.run(bob.chat.join_room(PAGE))).room_id != room.room_id


@pytest.mark.parametrize("taken", [False, True])
async def test_a_room_that_its_host_brings_back_has_its_place_again_unless_another_has_it(
    world: World, taken: bool
) -> None:
    ann, bob = await world.person("Ann"), await world.person("Bob")
    room = await world.run(ann.chat.join_room(PAGE))
    await world.run(bob.chat.join_room(PAGE))
    (place,) = world.signaling.places
    world.signaling.places.clear()
    world.signaling.forget()
    other = (await world.run((await world.person("Cyd")).chat.join_room(PAGE))).room_id if taken else ""
    await world.clock.advance(35_000)
    assert [one.chat.get_state().status for one in (ann, bob)] == ["connected", "connected"]
    assert len(world.signaling.rooms) == 1 + taken
    dan = await world.person("Dan")
    assert list(world.signaling.places) == [place]
    assert (await world.run(dan.chat.join_room(PAGE))).room_id == (other or room.room_id)


async def test_a_place_needs_a_sign_in(world: World) -> None:
    someone = world.chat("Someone")
    assert (await world.failing(someone.chat.join_room(PAGE))).code == "order.authenticate"


@pytest.mark.parametrize("body", [b"", b"{}", b'{"id":"x"}'])
async def test_a_strange_answer_is_said(world: World, body: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    ann = await world.person("Ann")
    monkeypatch.setattr(world.signaling, "_make", lambda fields: HttpResponse(200, body))
    error = await world.failing(ann.chat.join_room(PAGE))
    assert (error.code, "strange answer" in error.message) == ("unreachable", True)
