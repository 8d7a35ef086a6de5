"""A host lets people in and puts them out, people compare numbers: with the minified bundle and the real services."""

from __future__ import annotations

import asyncio
import re

import pytest
from playwright.async_api import expect

from tests.browser.conftest import Arrive
from tests.browser.person import Person
from tests.browser.test_talk import two_in_a_room

pytestmark = pytest.mark.no_cover

REMOVED = "You were removed from this room."
REFUSED = "Chat error: .*|403"
STANDINGS = "() => chat.getState().participants.map((one) => [one.userName, one.role, one.standing])"

KNOWN = "() => chat.getState().participants.map((one) => [one.userName, one.acquaintance])"


async def press(person: Person, *names: str) -> None:
    for name in names:
        control = person.page.get_by_role("button", name=name, exact=True)
        await control.or_(person.page.get_by_role("menuitem", name=name, exact=True)).click()


async def test_a_room_that_asks_lets_in_whom_its_host_lets_in(arrive: Arrive) -> None:
    ada, ben = await asyncio.gather(arrive(), arrive())
    await asyncio.gather(ada.come_in("ada.asks@example.org", "Ada"), ben.come_in("ben.asks@example.org", "Ben"))
    await press(ada, "New room")
    await ada.page.get_by_label("Room name").fill("asking")
    await ada.page.get_by_label("Ask before letting people in").check()
    await press(ada, "Create room")
    await ada.chat.input.wait_for()
    await ben.rooms.join("asking")
    await expect(ben.page.get_by_text("A host or moderator lets each person in.")).to_be_visible()
    await expect(ben.page.get_by_role("alert")).to_have_count(0)
    await expect(ada.page.get_by_text("\u2068Ben\u2069 asks to come in.")).to_be_visible()
    await ada.page.get_by_role("button", name="1 person asks to come in").click()
    await press(ada, "Let in")
    await ben.chat.is_connected("Connected directly")
    await ben.chat.say("Thank you")
    await ada.chat.hears("Thank you")


async def test_who_is_removed_is_told_and_can_be_let_back(arrive: Arrive) -> None:
    ada, ben = await two_in_a_room(arrive, "removing")
    for person in (ada, ben):
        person.expect(REFUSED)
    await ben.chat.say("Something rude")
    await ada.chat.hears("Something rude")
    await press(ada, "2 people", "More for Ben", "Remove")
    await ada.page.get_by_label("Also hide what they said").check()
    await press(ada, "Remove")
    await expect(ben.page.get_by_role("alert")).to_contain_text(REMOVED)
    await expect(ada.chat.line("Something rude")).to_have_count(0)
    await press(ben, "Dismiss")
    await ben.rooms.join("removing")
    await expect(ben.page.get_by_role("alert")).to_contain_text(REMOVED)
    await press(ada, "Let back in")
    await ben.rooms.join("removing")
    await ben.chat.is_connected("Connected directly")
    await ben.chat.say("Sorry")
    await ada.chat.hears("Sorry")


async def test_a_page_names_moderators_and_removes(arrive: Arrive) -> None:
    ada, ben = await two_in_a_room(arrive, "calls")
    for person in (ada, ben):
        person.expect(REFUSED)
    await ben.chat.is_connected("Connected directly")
    ben_id = await ben.page.evaluate("chat.getState().userId")
    ada_id = await ada.page.evaluate("chat.getState().userId")
    assert await ada.page.evaluate(STANDINGS) == [["Ada", "host", "in"], ["Ben", "member", "in"]]
    await ada.page.evaluate("(id) => chat.setModerator(id, true)", ben_id)
    await ben.page.wait_for_function("() => chat.getState().participants.some((one) => one.role === 'moderator')")
    code = await ben.page.evaluate("(id) => chat.removeMember(id).then(() => '', (error) => error.code)", ada_id)
    assert code == "room.power"
    await ada.page.evaluate("(id) => chat.removeMember(id, { ban: true })", ben_id)
    await expect(ben.page.get_by_role("alert")).to_contain_text(REMOVED)
    await ada.page.evaluate("(id) => chat.readmitMember(id)", ben_id)
    code = await ada.page.evaluate("chat.approve('nobody').then(() => '', (error) => error.code)")
    assert code == "room.person"


async def test_two_pages_compare_their_numbers(arrive: Arrive) -> None:
    ada, ben = await two_in_a_room(arrive, "numbers")
    ada.expect("Chat error: .*cannot be compared with now")
    await ben.chat.is_connected("Connected directly")
    ada_id, ben_id = [await one.page.evaluate("chat.getState().userId") for one in (ada, ben)]
    numbers = [
        await one.page.evaluate("(id) => chat.safetyNumber(id)", other) for one, other in ((ada, ben_id), (ben, ada_id))
    ]
    assert numbers[0] == numbers[1]
    assert re.fullmatch(r"(\d{5} ){11}\d{5}", numbers[0])
    codes = [await one.page.evaluate("chat.getRoomCode()") for one in (ada, ben)]
    assert codes[0] == codes[1]
    assert re.fullmatch(r"(\d{5} ){3}\d{5}", codes[0])
    for same, word in ((True, "compared"), (False, "new")):
        await ada.page.evaluate("([id, same]) => chat.compare(id, same)", [ben_id, same])
        assert await ada.page.evaluate(KNOWN) == [["Ada", "met"], ["Ben", word]]
    assert await ben.page.evaluate(KNOWN) == [["Ben", "met"], ["Ada", "met"]]
    code = await ada.page.evaluate("chat.safetyNumber('nobody').then(() => '', (error) => error.code)")
    assert code == "room.person"


async def test_two_people_see_one_number_and_mark_each_other(arrive: Arrive) -> None:
    ada, ben = await two_in_a_room(arrive, "comparing")
    await ben.chat.is_connected("Connected directly")
    await press(ada, "2 people", "More for Ben", "Compare numbers")
    await press(ben, "2 people", "More for Ada", "Compare numbers")
    shown = [await one.page.locator(".cw-digits").inner_text() for one in (ada, ben)]
    assert shown[0] == shown[1]
    assert len(shown[0].split()) == 12
    codes = [await one.page.locator(".cw-code").inner_text() for one in (ada, ben)]
    assert codes[0] == codes[1]
    await press(ada, "They are the same")
    await expect(ada.page.get_by_text("compared", exact=True)).to_be_visible()
    await press(ben, "They differ")
    await expect(ben.page.get_by_text("new device", exact=True)).to_be_visible()
    await expect(ben.page.get_by_text("tell \u2068Ada\u2069 no secrets here")).to_be_visible()
