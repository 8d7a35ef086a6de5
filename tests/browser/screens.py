"""Every screen and state in one page, each in a shadow root of its own as `Mount` makes it, drawn without a script."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import UTC
from functools import cache

from playwright.async_api import Page

from build.css import readable_css
from tests.browser import looks
from tests.browser.looks import PEOPLE, SIGNED_IN, STYLES, TALK, Screen, typed
from tests.fakes.core import FakeChat, FakePage, HandClock, room
from tests.fakes.screen import labelled
from tests.widget.ui.emoji_data import EMOJI, ENGLISH
from widget.model import ChatState, EmoteData
from widget.native.language import English
from widget.ui.app import App
from widget.ui.parts import loading
from widget.ui.view import Node, to_html

WIDE_PX = 640  # as in widget/browser/mount.py
PICTURE = "https://cdn.7tv.app/emote/owl/1x.webp"
EMOTES = [EmoteData(f"e{number}", f"owl{number}", PICTURE, False, 28, 28, "7tv") for number in range(40)]
BLANK = '<!doctype html><html lang="en"><title>Screens</title><body style="margin: 0"></body></html>'
HOLD = """([screens, css, look]) => {
  document.documentElement.dir = look.direction
  document.body.replaceChildren()
  for (const [name, html] of Object.entries(screens)) {
    const host = document.createElement('div')
    host.id = name
    host.setAttribute('data-fill', '')
    host.style.cssText = `position: relative; width: ${look.width}px; height: ${look.height}px; max-height: none`
    const root = host.attachShadow({ mode: 'open' })
    const wide = look.is_wide ? ' data-wide' : ''
    const chat = `<div class="cw" dir="${look.direction}" data-theme="${look.theme}"${wide}>${html}</div>`
    root.innerHTML = `<style>${css}</style>${chat}`
    document.body.append(host)
    for (const log of root.querySelectorAll('.cw-log')) log.scrollTop = log.scrollHeight
  }
}"""


@dataclass(frozen=True)
class Look:
    """How a screen is looked at; lengths are CSS pixels."""

    theme: str
    direction: str
    width: int
    height: int

    def __str__(self) -> str:
        return f"{self.theme}-{self.direction}-{self.width}x{self.height}"


def talking() -> tuple[App, HandClock]:
    state = ChatState("connected", True, "ada", "Ada", room("r1", "Night watch", 5), TALK, PEOPLE, EMOTES)
    clock = HandClock()
    page = FakePage()
    page.data = {"": EMOJI, "en-GB": ENGLISH}
    made = App(FakeChat(state), clock, page, English(UTC), False, "")
    made.start()
    clock.settle()
    return made, clock


def emotes() -> Node:
    made, clock = talking()
    opener = labelled(made.view(), "Emoji and emotes").listener
    assert opener is not None
    opener.act(typed(""))
    clock.settle()
    return made.view()


def offer() -> Node:
    made, clock = talking()
    made.client.input.on_write(typed(":"))
    clock.settle()
    made.client.input.on_write(typed(":gr"))
    return made.view()


def toast() -> Node:
    made, _ = talking()
    made.stage.tell(lambda: "Invite copied.")
    return made.view()


def too_long() -> Node:
    made, _ = talking()
    made.client.input.on_write(typed("w" * 4001))
    return made.view()


def draft() -> Node:
    made, _ = talking()
    made.client.input.on_write(typed("The nest is in the second branch from the top.\nI will mark it."))
    return made.view()


SCREENS: dict[str, Screen] = {
    **looks.SCREENS,
    "loading": lambda: loading("One moment"),
    "emotes": emotes,
    "offer": offer,
    "toast": toast,
    "too-long": too_long,
    "draft": draft,
    "rooms-none-found": lambda: _searched("nothing"),
}


def _searched(query: str) -> Node:
    made = looks.app(SIGNED_IN, looks.ROOMS)
    made.rooms.on_query(typed(query))
    return made.view()


@cache
def drawn(is_wide: bool = False) -> dict[str, str]:
    screens = {**SCREENS, **(looks.WIDE_LISTS if is_wide else {})}
    return {name: to_html(draw()) for name, draw in screens.items()}


async def hold(page: Page, look: Look, *names: str, styles: str = "") -> None:
    """Put them below each other into the page, all without a name; each host's id is the screen's name."""
    is_wide = look.width >= WIDE_PX
    screens = await asyncio.to_thread(drawn, is_wide)  # a chat in the hand of a test runs a loop of its own
    chosen = {name: html for name, html in screens.items() if len(names) == 0 or name in names}
    css = readable_css(STYLES, "screens") + styles
    await page.evaluate(HOLD, [chosen, css, {**look.__dict__, "is_wide": is_wide}])
