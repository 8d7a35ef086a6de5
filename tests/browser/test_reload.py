"""A page that is loaded anew is back in its room, with its talk: in the browser's own database."""

from __future__ import annotations

import pytest
from playwright.async_api import expect

from tests.browser.conftest import Arrive
from tests.browser.meeting import meet, talk
from tests.browser.person import Person
from tests.browser.waiting import eventually_async

pytestmark = pytest.mark.no_cover

# All that the page's origin keeps, as text: what is sealed shows nothing of it.
ALL_KEPT = """async () => {
  const asked = (request) => new Promise((done) => { request.onsuccess = () => done(request.result); });
  const store = (await asked(indexedDB.open('strixun-chat'))).transaction('records').objectStore('records');
  const names = await asked(store.getAllKeys()), values = await asked(store.getAll());
  const latin = new TextDecoder('latin1');
  const text = (value) => value instanceof CryptoKey ? 'key ' + value.extractable : latin.decode(value);
  return names.map((name, at) => [name, text(values[at])]);
}"""

# What a browser does whose disk is full: the transaction is aborted.
FULL = """() => {
  const put = IDBObjectStore.prototype.put;
  IDBObjectStore.prototype.put = function (value, name) {
    const request = put.call(this, value, name);
    if (String(name).startsWith('log ')) this.transaction.abort();
    return request;
  };
}"""


async def kept(person: Person) -> dict[str, str]:
    return dict(await person.page.evaluate(ALL_KEPT))


async def saved(person: Person, names: int = 3) -> None:
    """What was said is on the disk."""
    for _ in range(100):
        if len([name for name in await kept(person) if name.startswith("log ")]) >= names:
            break
        await person.page.wait_for_timeout(50)
    await person.page.wait_for_timeout(500)


async def in_one_room(arrive: Arrive, room: str) -> tuple[Person, Person]:
    ada, ben = await arrive(), await arrive()
    await meet(ada, ben, room, "zero-config", "zero-config")
    await talk(ada, ben)
    return ada, ben


async def test_a_reload_comes_back_with_the_talk_and_hears_what_was_said_meanwhile(arrive: Arrive) -> None:
    ada, ben = await in_one_room(arrive, "disk-reload")
    await saved(ben)
    await ben.page.goto("about:blank")
    await ada.chat.say("meanwhile")
    await ben.page.go_back()
    await ben.chat.hears("hello from Ada")
    await ben.chat.hears("meanwhile")
    await ben.page.reload()
    await ben.chat.hears("meanwhile")
    await talk(ada, ben, "again")
    assert await ben.chat.messages.get_by_text("hello from Ben", exact=True).count() == 1
    for person in (ada, ben):
        assert await person.page.get_by_text("left.").count() == 0
    assert await ben.page.get_by_text("joined.").count() == 0


async def has_no_log(person: Person) -> bool:
    return not any(name.startswith("log ") for name in await kept(person))


async def test_nothing_that_was_said_is_readable_on_the_disk(arrive: Arrive) -> None:
    ada, ben = await in_one_room(arrive, "disk-sealed")
    await saved(ben)
    found = await kept(ben)
    assert found["log.key"] == "key false"
    assert len([name for name in found if name.startswith("log ")]) >= 3
    for value in found.values():
        for word in ("hello", "Ada", "ada.", "sealed"):
            assert word not in value
    await ben.chat.leave()
    await ben.rooms.title.wait_for()
    await eventually_async(lambda: has_no_log(ben))
    await ben.page.reload()
    await ben.rooms.title.wait_for()
    await ada.page.get_by_role("button", name="Leave room").click()
    await ada.rooms.sign_out()
    await ada.page.get_by_role("button", name="Sign out").wait_for(state="hidden")
    await ada.page.wait_for_timeout(300)
    assert [name.split(" ")[0] for name in await kept(ada)] == ["keys"], "how new the service's keys were"


async def test_what_was_typed_while_the_service_was_away_is_sent_once(arrive: Arrive) -> None:
    ada, ben = await in_one_room(arrive, "disk-unsent")
    await saved(ben)
    ben.expect("ERR_INTERNET_DISCONNECTED")
    await ben.context.set_offline(True)
    await ben.page.evaluate("window.seenPeers.forEach((peer) => peer.close())")
    await ben.chat.say("on my way")
    await ben.chat.hears("on my way")
    await ben.page.wait_for_timeout(300)
    await ben.context.set_offline(False)
    await ben.page.reload()
    await ada.chat.hears("on my way", within_s=30)
    await ada.page.wait_for_timeout(3_000)
    for person in (ada, ben):
        await expect(person.chat.line("on my way")).to_have_count(1)


async def test_two_tabs_of_one_person_come_back_each_by_itself(arrive: Arrive) -> None:
    _, ben = await in_one_room(arrive, "disk-tabs")
    await saved(ben)
    tab = Person(ben.context, await ben.context.new_page(), ben.origin, ben._mailbox)
    await tab.visit()
    await tab.rooms.title.wait_for()  # a new tab was in no room
    await tab.rooms.create("another room")
    await tab.chat.input.wait_for()
    await tab.chat.say("alone here")
    await saved(tab, 6)
    for person in (ben, tab):
        await person.page.reload()
    await ben.chat.hears("hello from Ada")
    await tab.chat.hears("alone here")
    assert await ben.chat.line("alone here").count() == 0
    assert tab.complaints == []


async def test_a_disk_without_room_costs_the_talk_and_nothing_else(arrive: Arrive) -> None:
    ada, ben = await in_one_room(arrive, "disk-full")
    await saved(ben)
    await ben.page.evaluate(FULL)
    await talk(ada, ben, "still")
    await ben.page.wait_for_timeout(1_000)
    await ben.page.reload()
    await ben.rooms.title.wait_for()


async def drafts(person: Person, count: int) -> None:
    """So many are on the disk."""
    for _ in range(100):
        found = {name: value for name, value in (await kept(person)).items() if name.startswith("draft ")}
        assert not any("thought" in value for value in found.values())
        if len(found) == count:
            return
        await person.page.wait_for_timeout(50)
    raise AssertionError(f"{found} are kept")


async def test_a_draft_survives_a_reload_and_nothing_of_it_a_logout(arrive: Arrive) -> None:
    ada, ben = await in_one_room(arrive, "disk-draft")
    await ben.chat.input.press_sequentially("half a thought")
    await drafts(ben, 1)
    await saved(ben)
    await ben.page.reload()
    await expect(ben.chat.input).to_have_value("half a thought")
    await ben.chat.input.press_sequentially(", whole now")
    await ben.chat.input.press("Enter")
    await ada.chat.hears("half a thought, whole now")
    await drafts(ben, 0)
    await ben.chat.input.press_sequentially("another thought")
    await drafts(ben, 1)
    await ben.chat.leave()
    await ben.rooms.join("disk-draft")
    await expect(ben.chat.input).to_have_value("another thought")
    await ben.chat.leave()
    await ben.rooms.sign_out()
    await ben.page.get_by_role("button", name="Sign out").wait_for(state="hidden")
    await drafts(ben, 0)
