"""The dev page: the same Python, uncompiled, under stock Brython."""

from __future__ import annotations

from tests.browser.conftest import Arrive

SLOW_MS = 90_000  # Brython compiles every module in the page


async def test_a_page_under_stock_brython_talks_to_a_compiled_one(arrive: Arrive) -> None:
    ada, ben = await arrive(), await arrive()
    ada.context.set_default_timeout(SLOW_MS)
    await ada.come_in("ada.brython@example.org", "Ada", "/dev/")
    await ben.come_in("ben.brython@example.org", "Ben")
    await ben.rooms.create("uncompiled")
    await ben.chat.input.wait_for()
    await ada.rooms.join("uncompiled")
    await ada.chat.input.wait_for()
    await ada.chat.say("from Brython")
    await ben.chat.hears("from Brython", within_s=60)
    await ben.chat.say("from the bundle")
    await ada.chat.hears("from the bundle", within_s=60)
    await ben.chat.is_connected("Connected directly", within_s=60)
