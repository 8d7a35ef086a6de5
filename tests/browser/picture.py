"""The picture of the README, made anew: `python -m tests.browser.picture docs/chat.png`.

Two people on pages of one site talk through the demo's services; what each of them sees stands side by side.
"""

from __future__ import annotations

import argparse
import asyncio
import base64
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from playwright.async_api import Browser, ViewportSize, async_playwright

from tests.browser.conftest import FLAGS, find_browser
from tests.browser.host import HostPage, running_host
from tests.browser.person import Person
from tests.browser.site import Site, running_site
from tests.fakes.redis_server import running_redis

SHARPNESS = 2  # pixels of the picture to one of the page
SCREEN: ViewportSize = {"width": 414, "height": 560}
CANVAS: ViewportSize = {"width": 900, "height": 608}
ROOM = "Night watch"
EVENING = 20
TALK = (
    ("Ada", "Two tawny owls in the old oak!"),
    ("Ben", "Did you take pictures?"),
    ("Ada", "Three: https://example.org/owls"),
    ("Ben", "Wonderful. I will mark the tree."),
    ("Ada", "Bring a red lamp. See you at nine."),
)
THEMES = {"Ada": "light", "Ben": "dark"}
PAGES = {theme: HostPage(strict=False, isolated=False, attributes={"data-theme": theme}) for theme in THEMES.values()}
GROUND = "#d5dce7"
ONLY_CHAT = f"""chat => {{
  document.body.style.background = '{GROUND}';
  chat.style.cssText = 'position: fixed; top: 0; left: 0; width: 414px; height: 560px';
}}"""
SIDE_BY_SIDE = """<!DOCTYPE html><html lang="en"><meta charset="utf-8"><title>Picture</title><style>
body { margin: 0; height: 100vh; display: flex; gap: 24px; align-items: center; justify-content: center;
  background: GROUND }
img { width: 414px; height: 560px }
</style>IMAGES</html>"""


async def seat(browser: Browser, site: Site, host: str, name: str) -> Person:
    """Somebody who has signed in, in front of a screen that is all chat."""
    sizes = {"viewport": SCREEN, "device_scale_factor": SHARPNESS}
    person = await Person.arrive(browser, host, site.mailbox, locale="en-GB", timezone_id=evening(), **sizes)
    await person.come_in(f"{name.lower()}@example.org", name, f"/{THEMES[name]}")
    await person.page.locator("#chat").evaluate(ONLY_CHAT)
    return person


def evening() -> str:
    """A time zone where it is between eight and nine now; in these names west is plus."""
    ahead = (EVENING - datetime.now(UTC).hour + 11) % 24 - 11
    return f"Etc/GMT{-ahead:+d}"


async def talk(people: dict[str, Person]) -> None:
    ada, ben = people.values()
    await ada.rooms.create(ROOM)
    await ada.chat.input.wait_for()
    await ben.rooms.join(ROOM)
    for person in people.values():
        await person.chat.is_connected("Connected directly")
    for name, text in TALK:
        await people[name].chat.say(text)
        for person in people.values():
            await person.chat.messages.get_by_text(text.split("http")[0].strip()).wait_for()


async def look(person: Person) -> bytes:
    await person.page.evaluate("document.activeElement.blur()")
    await person.page.mouse.move(0, 0)
    return await person.page.screenshot(animations="disabled", caret="hide")


async def side_by_side(browser: Browser, screens: list[bytes]) -> bytes:
    images = [f'<img src="data:image/png;base64,{base64.b64encode(screen).decode()}">' for screen in screens]
    page = await browser.new_page(viewport=CANVAS, device_scale_factor=SHARPNESS)
    await page.set_content(SIDE_BY_SIDE.replace("GROUND", GROUND).replace("IMAGES", "".join(images)))
    return await page.screenshot(animations="disabled")


async def picture(site: Site, host: str) -> bytes:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=find_browser(), args=FLAGS)
        people = {name: await seat(browser, site, host, name) for name in THEMES}
        await talk(people)
        data = await side_by_side(browser, [await look(person) for person in people.values()])
        await browser.close()
    return data


@contextmanager
def running() -> Iterator[tuple[Site, str]]:
    """The services, and the site of somebody who embeds the chat."""
    with (
        tempfile.TemporaryDirectory() as keys,
        running_redis() as redis,
        running_site(Path(keys), redis.url) as site,
        running_host(site, PAGES) as host,
    ):
        yield site, host


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.browser.picture", description=__doc__)
    parser.add_argument("file", type=Path)
    target: Path = parser.parse_args().file
    with running() as (site, host):
        target.write_bytes(asyncio.run(picture(site, host)))
    print(f"{target}: {target.stat().st_size} bytes")


if __name__ == "__main__":
    main()
