"""A guest in a browser, at the real services: in by a press, marked for everybody, and a person without leaving."""

from __future__ import annotations

import time

import pytest
from playwright.async_api import expect

from auth.guests import Guests, set_guests
from auth.store.opening import open_store
from tests.browser.conftest import Arrive
from tests.browser.pages.sign_in import SignIn
from tests.browser.person import Person
from tests.browser.site import Site
from tests.fakes.redis_server import PATIENT

pytestmark = pytest.mark.no_cover

# The page's own configuration, with the setting.
OFFERS = """(() => {
  let given
  Object.defineProperty(window, 'StrixunChat', { get: () => given, set: (made) => {
    given = { ChatWidget: class extends made.ChatWidget {
      constructor(config) { super({ ...config, guests: true }) }
    } }
  } })
})()"""


async def let_in(site: Site, guests: Guests) -> None:
    store = open_store(site.redis_url, time.time, rules=PATIENT)
    await set_guests(store, guests, site.origin)
    await store.close()


async def offered(person: Person) -> Person:
    await person.context.add_init_script(OFFERS)
    await person.visit()
    return person


async def test_a_guest_is_marked_and_becomes_a_person_without_leaving(arrive: Arrive, site: Site) -> None:
    ann, ben = await offered(await arrive()), await arrive()
    guest = ann.page.get_by_role("button", name="Continue as guest")
    await let_in(site, "")
    for complaint in ("403", "429", "Chat error"):  # the first answer to a guest is always a puzzle
        ann.expect(complaint)
    await guest.click()
    await expect(ann.page.get_by_role("alert")).to_have_text("No guests are let in here. Sign in with your e-mail.")
    await let_in(site, "talk")
    await ann.page.get_by_label("Name others see").fill("Ann")
    await guest.click()
    await ann.rooms.title.wait_for()
    await ben.come_in("ben.meets.guests@example.org", "Ben")
    await ben.rooms.create("with guests")
    await ann.rooms.join("with guests")
    await ann.chat.say("hello")
    await ben.chat.hears("hello")
    await expect(ben.chat.messages.get_by_text("guest", exact=True)).to_be_visible()
    await ann.page.get_by_role("button", name="2 people").click()
    await ann.page.get_by_role("complementary").get_by_role("button", name="Sign in").click()
    await ann.sign_in.ask_for_code("ann.was.a.guest@example.org", "Ada")
    await ann.sign_in.enter(await ann.code_for("ann.was.a.guest@example.org"))
    await ann.page.wait_for_function("() => chat.getState().via === 'mail' && chat.getState().room !== null")
    await ben.page.wait_for_function("() => chat.getState().participants.some((one) => one.userName === 'Ada')")
    await ann.chat.say("it is me")
    await ben.chat.hears("it is me")
    lines = await ben.page.evaluate(
        "chat.getState().messages.filter((one) => one.type === 'message').map((one) => [one.senderName, one.via])"
    )
    assert lines == [["Ann", "guest"], ["Ada", "mail"]]
    await let_in(site, "")


async def test_a_guest_who_signs_in_in_another_tab_stays_in_the_room(arrive: Arrive, site: Site) -> None:
    await let_in(site, "talk")
    ann, ben = await offered(await arrive()), await arrive()
    for complaint in ("403", "429"):  # the puzzle
        ann.expect(complaint)
    await ann.page.get_by_role("button", name="Continue as guest").click()
    await ann.rooms.title.wait_for()
    await ben.come_in("ben.meets.two.tabs@example.org", "Ben")
    await ben.rooms.create("with two tabs")
    await ann.rooms.join("with two tabs")
    await ann.chat.say("hello")
    await ben.chat.hears("hello")
    tab = await ann.context.new_page()
    await tab.goto(f"{ann.origin}/zero-config")
    await tab.get_by_role("button", name="Sign in").click()
    await SignIn(tab).ask_for_code("ann.has.two.tabs@example.org", "Ada")
    await SignIn(tab).enter(await ann.code_for("ann.has.two.tabs@example.org"))
    await ann.page.wait_for_function("() => chat.getState().via === 'mail' && chat.getState().room !== null")
    await ben.page.wait_for_function("() => chat.getState().participants.some((one) => one.userName === 'Ada')")
    await ann.chat.say("it is me")
    await ben.chat.hears("it is me")
    assert await ann.page.get_by_text("hello", exact=True).count() == 1
    await let_in(site, "")
