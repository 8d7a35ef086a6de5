"""An emote of the page's own site, from its owner's upload to both screens, under the policy that the pages name."""

from __future__ import annotations

import time
from collections.abc import Iterator

import httpx
import pytest
from playwright.async_api import expect

from auth.store.opening import open_store
from signaling.emotes.owner_tokens import OwnerTokens
from tests.browser.conftest import Arrive
from tests.browser.host import HostPage, running_host
from tests.browser.meeting import meet
from tests.browser.site import Site
from tests.signaling.emotes.drawing import moving

pytestmark = pytest.mark.no_cover

KNOWN = "() => [...document.scripts].pop().chat.getState().emotes.some((emote) => emote.name === 'hootHoot')"
DRAWN = """async (box) => {
    const image = box.querySelector('img')
    while (!(image.complete && image.naturalWidth > 0)) await new Promise(requestAnimationFrame)
    return image.currentSrc
}"""


@pytest.fixture(scope="module")
def host(site: Site) -> Iterator[str]:
    with running_host(site, {"plain": HostPage(), "strict": HostPage()}) as origin:
        yield origin


async def token_of(site: Site, origin: str) -> str:
    store = open_store(site.redis_url)
    token = await OwnerTokens(store).mint(origin, 1, int(time.time()))
    await store.close()
    return token


async def test_what_the_owner_adds_is_seen_by_both_and_what_they_remove_is_a_word(
    arrive: Arrive, site: Site, host: str
) -> None:
    owner = {"authorization": f"Bearer {await token_of(site, host)}", "origin": host, "content-type": "image/gif"}
    place = f"{site.origin}/signal/emotes/custom"
    async with httpx.AsyncClient(headers=owner, timeout=60) as http:
        added = (await http.post(f"{place}?name=hootHoot", content=moving(3))).json()
        ada, ben = await arrive(origin=host), await arrive(origin=host)
        await meet(ada, ben, "site-emotes", "strict")
        for person in (ada, ben):
            await person.page.wait_for_function(KNOWN)
        await ada.chat.input.fill("night hootHoot")
        await ada.chat.input.press("Enter")
        for person in (ada, ben):
            box = person.page.locator("#chat").get_by_role("img", name="hootHoot", exact=True)
            assert await box.evaluate(DRAWN) == f"{place}/{added['id']}/1x.webp"
        assert (await http.delete(f"{place}/{added['id']}")).status_code == 204
    eve = await arrive(origin=host)
    await eve.come_in("eve.site-emotes@example.org", "Eve", "/plain")
    await eve.rooms.join("site-emotes")
    await eve.chat.say("I see hootHoot")
    await expect(ben.page.locator("#chat .cw-bubble").last).to_have_text("I see hootHoot")
    await expect(eve.page.locator("#chat .cw-stack")).to_have_count(0)
