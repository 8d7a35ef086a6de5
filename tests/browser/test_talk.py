"""Two and more people, each in a browser of their own, over the minified bundle."""

from __future__ import annotations

import asyncio

import pytest
from playwright.async_api import expect

from tests.browser.conftest import Arrive
from tests.browser.person import Person
from tests.browser.waiting import eventually_async

pytestmark = pytest.mark.no_cover

DIRECT = "Connected directly"


async def two_in_a_room(arrive: Arrive, room: str) -> tuple[Person, Person]:
    ada, ben = await asyncio.gather(arrive(), arrive())
    await asyncio.gather(
        ada.come_in(f"ada.{room}@example.org", "Ada"),
        ben.come_in(f"ben.{room}@example.org", "Ben"),
    )
    await ada.rooms.create(room)
    await ada.chat.input.wait_for()
    await ben.rooms.join(room)
    await ben.chat.input.wait_for()
    return ada, ben


async def test_two_people_sign_in_and_talk_over_a_data_channel(arrive: Arrive) -> None:
    ada, ben = await two_in_a_room(arrive, "owls")
    await ben.chat.say("Hello Ada")
    await ada.chat.hears("Hello Ada")
    await ada.chat.say("Hello Ben, grüß dich 👋")
    await ben.chat.hears("Hello Ben, grüß dich 👋")
    for person in (ada, ben):
        await person.chat.is_connected(DIRECT)
        assert await person.open_channels() == ["cw1"]


async def test_a_message_is_shown_once_to_everybody(arrive: Arrive) -> None:
    ada, ben = await two_in_a_room(arrive, "once")
    for number in range(5):
        await ada.chat.say(f"number {number}")
    for number in range(5):
        await ben.chat.hears(f"number {number}")
        for person in (ada, ben):
            await expect(person.chat.line(f"number {number}")).to_have_count(1)


async def test_the_third_fourth_and_fifth_join_and_everybody_hears_everybody(arrive: Arrive) -> None:
    people = list(await two_in_a_room(arrive, "crowd"))
    for name in ("Cleo", "Dev", "Eve"):
        person = await arrive()
        await person.come_in(f"{name}@example.org", name)
        await person.rooms.join("crowd")
        await person.chat.input.wait_for()
        people.append(person)
    for number, person in enumerate(people):
        await person.chat.say(f"from number {number}")
    for person in people:
        for number in range(len(people)):
            await person.chat.hears(f"from number {number}")
    for person in people:
        await eventually_async(lambda of=person: has_channels(of, len(people) - 1))  # type: ignore[misc]


async def has_channels(person: Person, count: int) -> bool:
    return await person.open_channels() == ["cw1"] * count


async def test_who_comes_later_reads_nothing_said_before(arrive: Arrive) -> None:
    ada, ben = await two_in_a_room(arrive, "late")
    await ada.chat.say("before")
    await ben.chat.hears("before")
    cleo = await arrive()
    await cleo.come_in("cleo.late@example.org", "Cleo")
    await cleo.rooms.join("late")
    await cleo.chat.input.wait_for()
    await cleo.chat.say("I am here")
    await ada.chat.hears("I am here")
    await ada.chat.say("after")
    await cleo.chat.hears("after")
    await expect(cleo.chat.line("before")).to_have_count(0)


async def test_a_reload_keeps_the_sign_in(arrive: Arrive) -> None:
    ada = await arrive()
    await ada.come_in("ada.reload@example.org", "Ada")
    await ada.page.reload()
    await ada.rooms.title.wait_for()
    await expect(ada.page.get_by_role("button", name="Sign out")).to_be_visible()


async def test_signing_out_ends_the_sign_in(arrive: Arrive) -> None:
    ada = await arrive()
    await ada.come_in("ada.out@example.org", "Ada")
    await ada.rooms.sign_out()
    await expect(ada.page.get_by_role("button", name="Sign out")).to_be_hidden()
    await ada.page.reload()
    await ada.sign_in.email.wait_for()
