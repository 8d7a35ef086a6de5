"""One measured round of each side: ours through the public API, and the floor by hand."""

from __future__ import annotations

from dataclasses import dataclass, field

from playwright.async_api import Browser, Page

from tests.browser.person import Person

TRIPS = 20
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
TRIP = f"""async (count) => {{
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
    // Stay below what a receiver takes from one sender (10 messages a second).
    await new Promise((resolve) => setTimeout(resolve, 110));
  }}
  return times;
}}"""


@dataclass
class Times:
    """Milliseconds: from the call to join until the other page has the first message; there and back."""

    first_message: list[float] = field(default_factory=list)
    direct: list[float] = field(default_factory=list)
    round_trip: list[float] = field(default_factory=list)


async def floor_round(browser: Browser, origin: str, room: str, times: Times) -> None:
    one, two = await _page(browser, origin), await _page(browser, origin)
    await one.evaluate("(room) => { void join(room); }", room)
    await one.wait_for_timeout(SETTLE_MS)
    begun: float = await two.evaluate("([room, text]) => joinAndSay(room, text)", [room, "first"])
    await one.wait_for_function("heard.length > 0")
    arrived: float = await one.evaluate("heard[0].at")
    times.first_message.append(arrived - begun)
    await one.evaluate("echo()")
    times.round_trip += await two.evaluate("(count) => roundTrips(count)", TRIPS)
    for page in (one, two):
        await page.context.close()


async def _page(browser: Browser, origin: str) -> Page:
    context = await browser.new_context()
    page = await context.new_page()
    await page.goto(origin + "/floor")
    return page


async def our_round(ada: Person, ben: Person, name: str, times: Times) -> None:
    """Both are signed in, as they would be on a second visit."""
    room: str = await ada.page.evaluate("(name) => chat.createRoom({ customName: name }).then((r) => r.roomId)", name)
    await ada.page.evaluate(f"() => {{ window.heardAt = ({HEARD})('first'); }}")
    await ada.page.wait_for_timeout(SETTLE_MS)
    begun: float = await ben.page.evaluate(JOIN_AND_SAY, [room, "first"])
    times.first_message.append(await ada.page.evaluate("window.heardAt") - begun)
    times.direct.append(await ben.page.evaluate("window.direct") - begun)
    await ada.page.evaluate(ECHO)
    times.round_trip += await ben.page.evaluate(TRIP, TRIPS)
    for person in (ben, ada):
        await person.page.evaluate("chat.leaveRoom()")
        await person.page.reload()
        await person.rooms.title.wait_for()
