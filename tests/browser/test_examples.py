"""Each page of examples/ with more than one chat, mode or view: opened, signed in to by mail, and talked on."""

from __future__ import annotations

import pytest
from playwright.async_api import Page, expect

from tests.browser.conftest import Arrive
from tests.browser.meeting import meet, talk
from tests.browser.person import Person
from tests.browser.waiting import eventually_async

pytestmark = pytest.mark.no_cover

# Counts what a chat may leave behind: sockets, channels, peers, and listeners of the window and the document.
COUNT = """
window.left = { sockets: new Set(), channels: new Set(), listeners: 0 }
window.WebSocket = class extends WebSocket {
  constructor(...given) {
    super(...given)
    left.sockets.add(this)
    super.addEventListener('close', () => left.sockets.delete(this))
  }
}
window.BroadcastChannel = class extends BroadcastChannel {
  constructor(name) { super(name); left.channels.add(this) }
  close() { super.close(); left.channels.delete(this) }
}
for (const [name, change] of [['addEventListener', 1], ['removeEventListener', -1]]) {
  const original = EventTarget.prototype[name]
  EventTarget.prototype[name] = function (...given) {
    if (this === window || this === document) left.listeners += change
    return original.apply(this, given)
  }
}
"""
LEFT = """() => [left.sockets.size, left.channels.size, left.listeners,
  seenPeers.filter((peer) => peer.connectionState !== 'closed').length,
  document.querySelectorAll('.cw-host').length, document.adoptedStyleSheets.length]"""


async def enter(person: Person, email: str, name: str, place: str) -> None:
    """Signs in at the chat within `place`."""
    chat = person.page.locator(place)
    await chat.get_by_label("E-mail").fill(email)
    await chat.get_by_label("Name others see").fill(name)
    await chat.get_by_role("button", name="Send code").click()
    await chat.get_by_label("Code of 8 digits").fill(await person.code_for(email))
    await chat.get_by_role("heading", name="Rooms", exact=True).wait_for()


async def test_the_chat_of_the_game_is_over_its_picture_too(arrive: Arrive) -> None:
    """Two chats of one page share the sign-in; what is said beside the picture stands on it."""
    ada, ben = await arrive(viewport={"width": 1280, "height": 720}), await arrive()
    await ada.visit("/gaming")
    await enter(ada, "ada.game@example.org", "Ada", "#chat")
    await ada.rooms.create("night flight")
    await ada.page.locator("#overlay").get_by_role("log").wait_for()
    await ben.come_in("ben.game@example.org", "Ben")
    await ben.rooms.join("night flight")
    await ben.chat.say("well flown")
    for place in ("#chat", "#overlay"):
        await expect(ada.page.locator(place).get_by_text("well flown", exact=True)).to_be_visible()
    await expect(ada.page.locator("#overlay").get_by_role("button")).to_have_count(0)
    users = await ada.page.evaluate("[chat.getState().userId, overlay.getState().userId]")
    assert users[0] == users[1] != ""
    await ada.page.locator("#chat").get_by_role("button", name="Leave room").click()
    await ada.page.wait_for_function("() => overlay.getState().room === null")
    await ada.rooms.sign_out()
    await ada.page.wait_for_function("() => !overlay.isAuthenticated()")


async def test_the_overlay_has_no_ground_and_keeps_its_sign_in(arrive: Arrive) -> None:
    ada, ben = await arrive(), await arrive()
    await ben.come_in("ben.obs@example.org", "Ben")
    await ben.rooms.create("stream")
    await ben.chat.input.wait_for()
    room = await ben.page.evaluate("chat.getState().room.roomId")
    await ada.visit(f"/overlay#{room}")
    await ada.sign_in.ask_for_code("ada.obs@example.org", "Ada")
    await ada.sign_in.enter(await ada.code_for("ada.obs@example.org"))
    await ada.page.get_by_role("log").wait_for()
    await ada.page.reload()
    await ada.page.get_by_role("log").wait_for()
    await ben.chat.say("hello stream")
    await ada.chat.hears("hello stream")
    assert await transparent_share(ada.page) > 0.5


async def transparent_share(page: Page) -> float:
    """Of the points of a picture that is taken as OBS takes it."""
    picture = await page.screenshot(omit_background=True)
    share: float = await page.evaluate(
        """async (bytes) => {
          const image = await createImageBitmap(new Blob([new Uint8Array(bytes)]))
          const canvas = new OffscreenCanvas(image.width, image.height).getContext('2d')
          canvas.drawImage(image, 0, 0)
          const { data } = canvas.getImageData(0, 0, image.width, image.height)
          return data.filter((value, at) => at % 4 === 3 && value === 0).length * 4 / data.length
        }""",
        list(picture),
    )
    return share


async def test_the_documentation_has_a_chat_in_its_corner(arrive: Arrive) -> None:
    ada, ben = await arrive(viewport={"width": 1280, "height": 720}), await arrive()
    await ada.visit("/docs-site")
    await expect(ada.page.get_by_role("region", name="Chat")).to_have_count(0)
    await ada.page.get_by_role("button", name="Open the chat").click()
    await ada.page.get_by_role("button", name="Sign in").click()
    await enter(ada, "ada.docs@example.org", "Ada", "body")
    await ada.rooms.create("feather")
    await ada.chat.input.wait_for()
    await ben.come_in("ben.docs@example.org", "Ben")
    await ben.rooms.join("feather")
    await talk(ada, ben)


async def test_the_app_signs_in_and_out_and_changes_rooms_without_a_reload(arrive: Arrive) -> None:
    ada, ben = await arrive(), await arrive()
    await meet(ada, ben, "towers", "zero-config", "zero-config")
    await ada.chat.leave()
    await ada.rooms.create("right tower")
    await ada.chat.input.wait_for()
    eve = await arrive()
    await eve.visit("/single-page-app")
    await eve.page.evaluate("window.same = true")
    await eve.page.get_by_role("link", name="Chat").click()
    await eve.page.locator("#sign").click()
    await enter(eve, "eve.app@example.org", "Eve", "#place")
    await eve.page.get_by_role("link", name="towers").click()
    await eve.chat.say("in the left one")
    await ben.chat.hears("in the left one")
    await eve.page.get_by_role("link", name="right tower").click()
    await eve.chat.say("in the right one")
    await ada.chat.hears("in the right one")
    await eve.page.locator("#sign").click()
    await expect(eve.page.locator("#sign")).to_have_text("Sign in")
    await eve.page.locator("#sign").click()
    await enter(eve, "zoe.app@example.org", "Zoe", "#place")
    assert await eve.page.evaluate("[same, chat.getState().userName]") == [True, "Zoe"]


async def test_a_view_that_comes_and_goes_leaves_nothing_behind(arrive: Arrive) -> None:
    ada = await arrive()
    await ada.page.add_init_script(COUNT)
    await ada.visit("/single-page-app")
    before = await ada.page.evaluate(LEFT)
    await ada.page.evaluate("() => { location.hash = '#/chat' }")
    await ada.page.locator("#sign").click()
    await enter(ada, "ada.views@example.org", "Ada", "#place")
    await ada.rooms.create("comes and goes")
    await ada.chat.input.wait_for()
    room = await ada.page.evaluate("chat.getState().room.roomId")
    for _ in range(4):
        await ada.page.evaluate("() => { location.hash = '#/' }")
        await expect(ada.page.locator(".cw-host")).to_have_count(0)
        await ada.page.evaluate("(room) => { location.hash = `#/chat/${room}` }", room)
        await ada.chat.input.wait_for()
    await ada.page.evaluate("() => { location.hash = '#/' }")

    async def nothing_left() -> bool:
        return bool(await ada.page.evaluate(LEFT) == before)

    await eventually_async(nothing_left)


