"""What the screen says while the network or the service is away, and that it is true."""

from __future__ import annotations

import pytest
from playwright.async_api import expect

from tests.browser.conftest import Arrive
from tests.browser.meeting import meet, talk

pytestmark = pytest.mark.no_cover

CUT = "window.seenPeers.forEach((peer) => peer.close())"


async def test_what_goes_directly_is_told_from_what_waits(arrive: Arrive) -> None:
    """As between two tabs of one machine: direct ways outlive the network, until they break too."""
    ada, ben = await arrive(), await arrive()
    await meet(ada, ben, "outage", "zero-config", "zero-config")
    await talk(ada, ben)
    await ben.chat.is_connected("Connected directly")
    banner = ben.page.get_by_role("alert")
    await ben.context.set_offline(True)
    ben.expect("ERR_INTERNET_DISCONNECTED")
    await expect(banner).to_have_text("The service is away. Messages go directly.", timeout=20_000)
    await talk(ada, ben, "directly")
    await ben.page.evaluate(CUT)
    await expect(banner).to_have_text("Your network is away. Messages wait.", timeout=20_000)
    await expect(ben.page.locator(".cw-badge")).to_have_count(0)  # it is said once
    await ben.chat.say("this waits")
    await ben.chat.hears("this waits")
    await expect(ada.chat.line("this waits")).to_have_count(0)
    await ben.context.set_offline(False)
    await ada.chat.hears("this waits", within_s=30)
    await expect(banner).to_have_count(0)


async def test_an_empty_room_that_is_not_reached_says_no_more_than_that(arrive: Arrive) -> None:
    ada = await arrive()
    await ada.come_in("ada.alone@example.org", "Ada")
    await ada.rooms.create("outage alone")
    await expect(ada.page.get_by_text("Only you are here").last).to_be_visible()
    ada.expect("ERR_INTERNET_DISCONNECTED")
    await ada.context.set_offline(True)
    await expect(ada.page.get_by_role("alert")).to_have_text("Your network is away. Messages wait.", timeout=20_000)
    await expect(ada.page.get_by_text("Only you are here")).to_have_count(0)
    await ada.context.set_offline(False)
    await expect(ada.page.get_by_text("Only you are here").last).to_be_visible(timeout=30_000)
