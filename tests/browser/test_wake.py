"""A page that comes back from sleep, from the background or from a dead network looks at its connection at once."""

from __future__ import annotations

import pytest

from tests.browser.conftest import Arrive
from tests.browser.meeting import meet, talk
from tests.browser.person import Person
from tests.browser.waiting import eventually

pytestmark = pytest.mark.no_cover

GONE_MS = 5_000  # the service itself waits ten seconds for who does not say goodbye
SHORT_MS = 500  # the beat that comes by itself is many seconds away
# As in Safari before 14, where the event of the document does not bubble.
WAKES = {
    "online": "dispatchEvent(new Event('online'))",
    "offline": "dispatchEvent(new Event('offline'))",
    "pageshow": "dispatchEvent(new Event('pageshow'))",
    "visible": "document.dispatchEvent(new Event('visibilitychange'))",
}
HIDE = "Object.defineProperty(document, 'hidden', { value: true })"


async def in_a_room(arrive: Arrive, name: str) -> tuple[Person, list[str]]:
    """Somebody, and what goes out on the signaling socket."""
    ada, sent = await arrive(), list[str]()
    ada.page.on("websocket", lambda socket: socket.on("framesent", lambda frame: sent.append(str(frame))))
    await ada.come_in(f"ada.wake.{name}@example.org", "Ada")
    await ada.rooms.create(f"wake {name}")
    await ada.chat.input.wait_for()
    await ada.page.wait_for_timeout(SHORT_MS)
    return ada, sent


@pytest.mark.parametrize("name", WAKES)
async def test_waking_asks_the_service_at_once(arrive: Arrive, name: str) -> None:
    ada, sent = await in_a_room(arrive, name)
    before = len(sent)
    await ada.page.wait_for_timeout(SHORT_MS)
    assert len(sent) == before
    await ada.page.evaluate(WAKES[name])
    await eventually(lambda: len(sent) > before, within_s=3)


async def test_a_page_that_is_hidden_lies_still(arrive: Arrive) -> None:
    ada, sent = await in_a_room(arrive, "hidden")
    before = len(sent)
    await ada.page.evaluate(f"{HIDE}; {WAKES['visible']}")
    await ada.page.wait_for_timeout(SHORT_MS)
    assert len(sent) == before
    await ada.page.evaluate(WAKES["online"])
    await eventually(lambda: len(sent) > before, within_s=3)


async def test_a_page_that_goes_is_gone_for_the_others_at_once_and_comes_back(arrive: Arrive) -> None:
    ada, ben = await arrive(), await arrive()
    await meet(ada, ben, "goodbye", "zero-config", "zero-config")
    await talk(ada, ben)
    await ben.page.evaluate("dispatchEvent(new Event('pagehide'))")
    await ada.page.get_by_role("button", name="1 person").wait_for(timeout=GONE_MS)
    assert await ada.page.get_by_text("Ben left.").count() == 0  # he may be back in a moment
    await ben.page.evaluate("dispatchEvent(new Event('pageshow'))")
    await talk(ada, ben, "back")
