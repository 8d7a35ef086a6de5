"""What docs/THEMING.md lists, and a page where every screen and a bubble stand in shadow roots."""

from __future__ import annotations

import asyncio
import re
from pathlib import Path

from playwright.async_api import Page

from build.css import readable_css
from tests.browser.looks import STYLES
from tests.browser.screens import BLANK, Look, drawn, hold
from widget.ui.launcher import launcher
from widget.ui.view import to_html

TEXT = (Path(__file__).parents[2] / "docs" / "THEMING.md").read_text("utf-8")
LIGHT = Look("light", "ltr", 900, 640)
FLOAT = """([frame, css, mode, theme]) => {
  const host = document.createElement('div')
  host.id = mode
  host.className = 'cw-host'
  host.dataset.mode = mode
  const root = host.attachShadow({ mode: 'open' })
  root.innerHTML = `<style>${css}</style><div class="cw" dir="ltr" data-theme="${theme}" data-mode="${mode}">`
    + `<div class="${mode === 'inline' ? '' : 'cw-floating'}">${frame}</div></div>`
  document.body.append(host)
}"""


def rows(heading: str) -> list[list[str]]:
    """The cells of the table below that heading."""
    table = re.split(r"\n#+ ", TEXT.split(f"# {heading}\n")[1])[0]
    lines = [line for line in table.splitlines() if line.startswith("| `")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


def tokens(heading: str) -> list[str]:
    return [row[0].strip("`") for row in rows(heading)]


def documented() -> list[str]:
    return [*tokens("Colours"), *tokens("Sizes, corners, spaces")]


def parts() -> list[str]:
    """Of the list; the words that come along with another part too."""
    named = [row[0].strip("`") for row in rows("Parts")]
    beside = re.findall(r"`(\w+)`", " ".join(row[1] for row in rows("Parts")))
    return [*named, *beside]


async def show(page: Page, *names: str, look: Look = LIGHT) -> None:
    """These screens, or all, below each other, then a chat in the page and a bubble; each host's id is its name."""
    await page.set_content(BLANK)
    await hold(page, look, *names)
    screens = await asyncio.to_thread(drawn)
    css = readable_css(STYLES, "theming")
    for mode, more in (("inline", ""), ("bubble", to_html(launcher(False, 3, lambda event: None)))):
        await page.evaluate(FLOAT, [screens["chat"] + more, css, mode, look.theme])
