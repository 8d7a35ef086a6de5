"""What travels through signaling when there is no direct path, and what happens when the direct path breaks."""

from __future__ import annotations

import pytest

from tests.browser.conftest import Arrive
from tests.browser.person import Person
from tests.browser.site import Site

pytestmark = pytest.mark.no_cover

RELAYED = "Relayed (encrypted)"

AGAIN = """([origin, key]) => {
  chat.destroy();
  window.mine = new StrixunChat.ChatWidget({
    containerId: 'chat-widget',
    authApiUrl: `${origin}/auth`,
    signalingUrl: `${origin}/signal`,
    otpEncryptionKey: key,
    autoAuth: true,
    relay: 'always',
  });
}"""


async def come_in_hidden(person: Person, site: Site, email: str, name: str) -> None:
    """With `relay: 'always'`: the others never learn this address."""
    await person.visit()
    await person.page.evaluate(AGAIN, [site.origin, site.service_key])
    await person.sign_in.ask_for_code(email, name)
    await person.sign_in.enter(await person.code_for(email))
    await person.rooms.title.wait_for()


async def test_who_hides_their_address_talks_through_the_relay_and_opens_no_channel(
    arrive: Arrive, site: Site
) -> None:
    ada, ben = await arrive(), await arrive()
    await ada.come_in("ada.hidden@example.org", "Ada")
    await come_in_hidden(ben, site, "ben.hidden@example.org", "Ben")
    await ada.rooms.create("hidden")
    await ada.chat.input.wait_for()
    await ben.rooms.join("hidden")
    await ben.chat.say("nobody knows where I am")
    await ada.chat.hears("nobody knows where I am")
    await ada.chat.say("nor do I")
    await ben.chat.hears("nor do I")
    await ben.chat.is_connected(RELAYED)
    await ada.chat.is_connected(RELAYED, within_s=30)
    assert await ben.open_channels() == []


async def test_a_broken_channel_falls_back_to_the_relay_without_losing_a_message(arrive: Arrive) -> None:
    ada, ben = await arrive(), await arrive()
    await ada.come_in("ada.broken@example.org", "Ada")
    await ben.come_in("ben.broken@example.org", "Ben")
    await ada.rooms.create("broken")
    await ada.chat.input.wait_for()
    await ben.rooms.join("broken")
    await ben.chat.say("direct")
    await ada.chat.hears("direct")
    await ada.chat.is_connected("Connected directly")
    await ben.page.evaluate("window.seenPeers.forEach((peer) => peer.close())")
    for number in range(3):
        await ada.chat.say(f"after {number}")
    for number in range(3):
        await ben.chat.hears(f"after {number}", within_s=30)
