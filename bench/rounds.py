"""One measured round of each side, in fresh browser contexts: ours through the public API, and the others."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from playwright.async_api import Browser, Page

from tests.browser.person import Person
from tests.browser.site import Site

TRIPS = 20
PAUSE_MS = 110  # between two trips, on every side: a receiver takes 10 messages a second from one sender
SETTLE_MS = 300  # whoever waits in the room has nothing left to do
NOW = "performance.timeOrigin + performance.now()"

JOIN_AND_SAY = f"""async ([room, text]) => {{
  const begun = {NOW};
  window.direct = new Promise((resolve) => {{
    const look = (state) => {{
      if (state.participants.some((person) => !person.isMe && person.link === 'direct')) resolve({NOW});
    }};
    chat.subscribe(look);
  }});
  await chat.joinRoom(room);
  await chat.sendMessage(text);
  return begun;
}}"""
HEARD = f"""(text) => new Promise((resolve) => {{
  chat.on('message:received', (message) => {{
    if (message.content === text) resolve({NOW});
  }});
}})"""
ECHO = """() => {
  chat.on('message:received', (message) => {
    if (message.content.startsWith('round ')) chat.sendMessage(`back ${message.content}`);
  });
}"""
TRIP = f"""async ([count, pauseMs]) => {{
  const times = [];
  for (let number = 0; number < count; number++) {{
    const begun = {NOW};
    await new Promise((resolve) => {{
      const stop = chat.on('message:received', (message) => {{
        if (message.content === `back round ${{number}}`) {{
          stop();
          resolve();
        }}
      }});
      chat.sendMessage(`round ${{number}}`);
    }});
    times.push({NOW} - begun);
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
  }}
  return times;
}}"""


@dataclass
class Times:
    """Milliseconds: from the call to join until the other page has the first message; there and back."""

    first_message: list[float] = field(default_factory=list)
    direct: list[float] = field(default_factory=list)
    round_trip: list[float] = field(default_factory=list)


@dataclass
class Sides:
    """All that are measured in one run."""

    ours: Times = field(default_factory=Times)
    by_hand: Times = field(default_factory=Times)
    peerjs: Times = field(default_factory=Times)


async def other_round(browser: Browser, url: str, room: str, times: Times) -> None:
    """Of a page that does what bench/talk.js asks for: by hand, or with PeerJS."""
    one, two = await new_page(browser, url), await new_page(browser, url)
    await one.evaluate("(room) => { void join(room); }", room)
    await one.wait_for_timeout(SETTLE_MS)
    begun: float = await two.evaluate("([room, text]) => joinAndSay(room, text)", [room, "first"])
    await one.wait_for_function("heard.length > 0")
    arrived: float = await one.evaluate("heard[0].at")
    times.first_message.append(arrived - begun)
    await one.evaluate("echo()")
    times.round_trip += await two.evaluate("([count, pauseMs]) => roundTrips(count, pauseMs)", [TRIPS, PAUSE_MS])
    for page in (one, two):
        await page.context.close()


async def new_page(browser: Browser, url: str) -> Page:
    context = await browser.new_context()
    page = await context.new_page()
    await page.goto(url)
    return page


async def as_it_is(_page: Page) -> None:
    """On this machine and its network."""


async def our_round(
    browser: Browser,
    site: Site,
    number: int,
    times: Times,
    on: Callable[[Page], Awaitable[None]] = as_it_is,
) -> None:
    """Both have signed in a moment ago; `on` what line they go on."""
    ada, ben = [await _signed_in(browser, site, name, number) for name in ("Ada", "Ben")]
    for person in (ada, ben):
        await on(person.page)
    make = "(name) => chat.createRoom({ customName: name }).then((room) => room.roomId)"
    room: str = await ada.page.evaluate(make, f"room {number}")
    await ada.page.evaluate(f"() => {{ window.heardAt = ({HEARD})('first'); }}")
    await ada.page.wait_for_timeout(SETTLE_MS)
    begun: float = await ben.page.evaluate(JOIN_AND_SAY, [room, "first"])
    times.first_message.append(await ada.page.evaluate("window.heardAt") - begun)
    times.direct.append(await ben.page.evaluate("window.direct") - begun)
    await ada.page.evaluate(ECHO)
    times.round_trip += await ben.page.evaluate(TRIP, [TRIPS, PAUSE_MS])
    for person in (ben, ada):
        await person.leave()


async def _signed_in(browser: Browser, site: Site, name: str, number: int) -> Person:
    person = await Person.arrive(browser, site.origin, site.mailbox)
    await person.come_in(f"{name.lower()}{number}@example.org", name)
    return person
