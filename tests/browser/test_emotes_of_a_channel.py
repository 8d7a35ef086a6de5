"""The emotes of a channel on the game page: from the demo's stand-in for 7TV to both chats, and kept for a reload."""

from __future__ import annotations

import os

import pytest
from playwright.async_api import Page, Request, expect

from tests.browser.conftest import Arrive
from tests.browser.test_examples import enter

pytestmark = pytest.mark.no_cover

KNOWN = "() => chat.getState().emotes.map((emote) => `${emote.name} ${emote.source} ${emote.zeroWidth}`).sort()"
ALL = ["moonRise site false", "planeUp site false", "rainOver site true", "starEyes site false"]


async def here(page: Page, place: str, name: str) -> None:
    """The last picture of those emotes is there."""
    box = page.locator(place).get_by_role("img", name=name, exact=True).last
    await box.wait_for()
    await box.evaluate("""async (box) => {
        const one = box.querySelector('img:last-of-type')
        while (!(one.complete && one.naturalWidth > 0)) await new Promise((done) => setTimeout(done, 10))
    }""")


async def test_the_game_shows_its_channels_emotes_also_after_a_reload_without_the_service(arrive: Arrive) -> None:
    ada = await arrive(viewport={"width": 1280, "height": 720})
    asked: list[str] = []

    def note(request: Request) -> None:
        asked.append(request.url)

    ada.page.on("request", note)
    await ada.visit("/gaming")
    await enter(ada, "ada.emotes@example.org", "Ada", "#chat")
    await ada.rooms.create("moon watch")
    await ada.page.locator("#overlay").get_by_role("log").wait_for()
    await ada.page.wait_for_function("(count) => chat.getState().emotes.length === count", arg=len(ALL))
    assert await ada.page.evaluate(KNOWN) == ALL
    field = ada.page.locator("#chat").get_by_label("Message", exact=True)
    for text in ("good starEyes rainOver night :planeUp:", "moonRise planeUp rainOver"):
        await field.fill(text)
        await field.press("Enter")
    for place in ("#chat", "#overlay"):
        await here(ada.page, place, "starEyes, rainOver")
        await here(ada.page, place, "planeUp, rainOver")
    said = await ada.page.evaluate(
        "chat.getState().messages.filter((one) => one.mine).map((one) => one.emoteIds.length)"
    )
    assert said == [3, 3]
    assert [url for url in asked if not url.startswith((ada.origin, "data:", "blob:"))] == []
    if "SHOTS" in os.environ:
        for width, dark in ((1280, True), (768, False), (360, True)):
            await ada.page.set_viewport_size({"width": width, "height": 720})
            await ada.page.evaluate("(dark) => chat.setTheme(dark ? 'dark' : 'light')", dark)
            await ada.page.wait_for_timeout(400)
            await ada.page.screenshot(path=f"{os.environ['SHOTS']}/game-{width}.png")
        await ada.page.locator("#chat").get_by_role("img", name="starEyes, rainOver").hover()
        await ada.page.get_by_role("tooltip").wait_for()
        await ada.page.screenshot(path=f"{os.environ['SHOTS']}/card.png")
    await ada.page.route("**/signal/emotes/**", lambda route: route.abort())
    ada.expect("net::ERR_FAILED")
    await ada.page.reload()
    await here(ada.page, "#chat", "planeUp, rainOver")
    assert await ada.page.evaluate(KNOWN) == ALL
    await expect(ada.page.locator("#chat").get_by_role("alert")).to_have_count(0)
