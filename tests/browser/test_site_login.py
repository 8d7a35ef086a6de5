"""The site's own login in a browser, at the real services: the page is asked, and nobody types anything."""

from __future__ import annotations

import time
import uuid
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import expect

from auth.issuers import Issuer, add_issuer
from auth.store.opening import open_store
from examples.demo.keys import ISSUER
from tests.browser.conftest import Arrive
from tests.browser.person import Person
from tests.browser.site import Site
from tests.fakes.login_site import LoginSite

pytestmark = pytest.mark.no_cover

DENIED = Path(__file__).parent / "hosts" / "database_denied.js"
# The page's own configuration, with a function of the test.
ASKS = """(() => {
  let given
  Object.defineProperty(window, 'StrixunChat', { get: () => given, set: (made) => {
    given = { ChatWidget: class extends made.ChatWidget {
      constructor(config) { super({ ...config, autoAuth: false, tokenProvider: async () => {
        const told = await siteToken()
        if (told === 'TypeError') throw new TypeError('as fetch does')
        if (told === 'Error') throw new Error('of the page')
        return told
      } }) }
    } }
  } })
})()"""


class Login:
    """Who is signed in on the site in one browser: `name`, or nobody."""

    def __init__(self, site: LoginSite) -> None:
        self._site = site
        self.name = ""
        self.asked = 0
        self.wrong: dict[str, Any] = {}

    async def token(self) -> str | None:
        self.asked += 1
        self._site.now_s = time.time()
        if self.name == "":
            return None
        if self.name.endswith("Error"):  # the page throws one
            return self.name
        return self._site.token(aud=ISSUER, sub=self.name, name=self.name, jti=uuid.uuid4().hex, **self.wrong)


@pytest.fixture
async def login(site: Site) -> Login:
    made = LoginSite()
    store = open_store(site.redis_url, time.time)
    await add_issuer(store, site.origin, Issuer(keys=(made.public(),)))
    await store.close()
    return Login(made)


async def of_the_site(person: Person, login: Login) -> Person:
    """Somebody on a page that can be asked."""
    await person.context.expose_function("siteToken", login.token)
    await person.context.add_init_script(ASKS)
    return person


async def test_nobody_types_anything_and_others_see_who_vouches(arrive: Arrive, site: Site, login: Login) -> None:
    login.name = "Ann"
    ann, ben = await of_the_site(await arrive(), login), await arrive()
    await ann.visit()
    await ann.rooms.create("of the site")
    await ann.chat.input.wait_for()
    await ben.come_in("ben.by.mail@example.org", "Ben")
    await ben.rooms.join("of the site")
    await ben.chat.is_connected("Connected directly")
    await ann.chat.say("hello")
    await ben.chat.hears("hello")
    host = site.origin.removeprefix("http://")
    vouched = f"by the site \u2068{host}\u2069"
    await expect(ben.chat.messages.get_by_text(vouched)).to_be_visible()
    await ben.page.get_by_role("button", name="2 people").click()
    await expect(ben.page.get_by_role("complementary").get_by_text(vouched)).to_be_visible()
    doors = await ben.page.evaluate("chat.getState().participants.map((one) => [one.userName, one.via, one.by]).sort()")
    assert doors == [["Ann", "site", host], ["Ben", "mail", ""]]


async def test_a_page_loaded_anew_asks_again_also_where_nothing_is_kept(arrive: Arrive, login: Login) -> None:
    login.name = "Ann"
    ann = await of_the_site(await arrive(), login)
    await ann.context.add_init_script(path=DENIED)
    for asked in (1, 2):
        await ann.visit()
        await ann.page.wait_for_function("() => chat.isAuthenticated()")
        assert login.asked == asked
    await ann.rooms.create("in memory")
    await ann.chat.input.wait_for()


async def test_two_chats_and_two_tabs_are_one_person(arrive: Arrive, login: Login) -> None:
    login.name = "Ann"
    ann = await of_the_site(await arrive(), login)
    tab = await ann.context.new_page()
    await ann.visit()
    await tab.goto(f"{ann.origin}/zero-config")
    ids = []
    for page in (ann.page, tab):
        await page.wait_for_function("() => chat.isAuthenticated()")
        ids.append(await page.evaluate("chat.getState().userId"))
    assert ids[0] == ids[1]
    login.name = ""
    await tab.evaluate("() => chat.identify(null)")
    await ann.page.wait_for_function("() => !chat.isAuthenticated()")


async def test_who_is_not_signed_in_is_told_so_and_a_bad_token_is_the_owners(arrive: Arrive, login: Login) -> None:
    ann = await of_the_site(await arrive(), login)
    ann.expect("403")
    ann.expect("Chat error")
    await ann.page.add_init_script("window.told = []")
    await ann.visit()
    await ann.page.get_by_role("button", name="Sign in").click()
    await expect(ann.page.get_by_role("alert")).to_have_text(
        "You are not signed in on this site. Sign in there, then come back."
    )
    await ann.page.evaluate("() => { chat.on('error', (error) => told.push(error.message)) }")
    login.name, login.wrong = "Ann", {"exp": int(time.time()) + 9000}
    await ann.page.get_by_role("button", name="Try again").click()
    await expect(ann.page.get_by_role("alert")).to_have_text("This site cannot sign you in just now. Try again later.")
    assert "at most 600 s" in (await ann.page.evaluate("told"))[-1]
    login.wrong = {}
    await ann.page.get_by_role("button", name="Try again").click()
    await ann.rooms.title.wait_for()
    assert await ann.page.evaluate("chat.getState().via") == "site"


async def test_a_page_that_reaches_nobody_is_no_page_that_says_no(arrive: Arrive, login: Login) -> None:
    ann = await of_the_site(await arrive(), login)
    for complaint in ("as fetch does", "of the page", "Chat error"):
        ann.expect(complaint)
    login.name = "TypeError"
    await ann.visit()
    await ann.page.get_by_role("button", name="Sign in").click()
    alert = ann.page.get_by_role("alert")
    await expect(alert).to_have_text("This site cannot sign you in just now. Try again later.")
    login.name = "Error"
    await ann.page.get_by_role("button", name="Try again").click()
    await expect(alert).to_have_text("You are not signed in on this site. Sign in there, then come back.")
