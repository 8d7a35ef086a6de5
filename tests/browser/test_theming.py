"""Tokens and parts do what docs/THEMING.md says; so do high contrast and forced colours."""

from __future__ import annotations

from typing import Literal

import pytest
from playwright.async_api import Browser, Page

from tests.browser.screens import Look
from tests.browser.theming import LIGHT, documented, parts, rows, show, tokens

pytestmark = pytest.mark.no_cover

# What a length, a factor, a time becomes; all else is a colour.
OTHER = {
    "--cw-shadow": "0 0 3px red",
    "--cw-font": "monospace",
    "--cw-z-index": "7",
    "--cw-density": "3",
    "--cw-motion": "777ms",
    "--cw-column": "123px",
}
LENGTH, COLOUR = "37px", "rgb(1, 2, 3)"
# How every element of every chat looks.
LOOKS = """() => {
  const SEEN = ['color', 'background-color', 'background-image', 'border-top-color', 'border-top-width',
    'outline-color', 'fill', 'box-shadow', 'font-family', 'font-size', 'width', 'height', 'max-width', 'padding',
    'margin-top', 'border-radius', 'transition-duration', 'animation-duration', 'z-index', 'bottom', 'right']
  const elements = [...document.body.children].flatMap((host) => [host, ...host.shadowRoot.querySelectorAll('.cw *')])
  return elements.map((each) => {
    const style = getComputedStyle(each)
    return SEEN.map((name) => style.getPropertyValue(name)).join(';')
  }).join('\\n')
}"""
SET = "([name, value]) => document.body.style.setProperty(name, value)"
STYLED = """(name) => {
  const marked = [...document.body.children].flatMap((host) => [...host.shadowRoot.querySelectorAll('[part]')])
    .filter((each) => each.part.contains(name))
  const sheet = document.createElement('style')
  sheet.textContent = `body ::part(${name}) { letter-spacing: 3px }`
  document.head.append(sheet)
  const styled = marked.filter((each) => getComputedStyle(each).letterSpacing === '3px')
  sheet.remove()
  return [marked.length, styled.length]
}"""
GIVEN = """() => [...document.body.children].flatMap((host) => [...host.shadowRoot.querySelectorAll('[part]')])
  .flatMap((each) => [...each.part])"""
FOCUS = """(selector) => {
  const each = [...document.body.children].map((host) => host.shadowRoot.querySelector(selector)).find((it) => it)
  each.focus()
}"""
STYLE = """([selector, property]) => [...document.body.children]
  .flatMap((host) => [...host.shadowRoot.querySelectorAll(selector)])
  .map((each) => getComputedStyle(each).getPropertyValue(property))"""
# Between the buttons of each header, in CSS pixels.
APART = """() => [...document.body.children]
  .flatMap((host) => [...host.shadowRoot.querySelectorAll('.cw-bar-ways > *')])
  .filter((each) => each.previousElementSibling !== null)
  .map((each) => each.getBoundingClientRect().left - each.previousElementSibling.getBoundingClientRect().right)"""
SOME = ("chat", "people-known", "people-remove", "sign-in-error", "rooms", "toast", "error", "rooms-empty", "waiting")


async def style(page: Page, selector: str, property_: str) -> list[str]:
    found: list[str] = await page.evaluate(STYLE, [selector, property_])
    assert len(found) > 0, selector
    return found


async def test_every_listed_token_changes_something(chromium: Browser) -> None:
    page = await chromium.new_page(viewport={"width": 1000, "height": 800})
    await show(page, *SOME)
    await page.evaluate(FOCUS, ".cw-input")
    before = await page.evaluate(LOOKS)
    dead: list[str] = []
    for name in documented():
        value = OTHER.get(name, COLOUR if name in tokens("Colours") else LENGTH)
        await page.evaluate(SET, [name, value])
        if await page.evaluate(LOOKS) == before:
            dead.append(name)
        await page.evaluate(SET, [name, ""])
    assert dead == []
    assert await page.evaluate(LOOKS) == before
    await page.evaluate(SET, ["--cw-nothing", COLOUR])
    assert await page.evaluate(LOOKS) == before
    await page.close()


async def test_every_listed_part_is_there_and_takes_styles_from_outside(chromium: Browser) -> None:
    page = await chromium.new_page(viewport={"width": 1000, "height": 800})
    await show(page)
    for name in parts():
        marked, styled = await page.evaluate(STYLED, name)
        assert marked > 0, name
        assert styled == marked, name
    assert {*await page.evaluate(GIVEN)} == {*parts()}
    assert len(rows("Parts")) < 20
    await page.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_the_theme_follows_the_system_or_the_page(chromium: Browser, scheme: str) -> None:
    page = await chromium.new_page(color_scheme=scheme)  # type: ignore[arg-type]
    grounds: dict[str, str] = {}
    for theme in ("light", "dark", "auto", "", "contrast"):
        await show(page, "chat", look=Look(theme, "ltr", 900, 640))
        grounds[theme] = (await style(page, ".cw", "background-color"))[0]
    assert grounds["light"] == "rgb(255, 255, 255)"
    assert grounds["dark"] == "rgb(18, 20, 29)"
    assert grounds["auto"] == grounds[""] == grounds["contrast"] == grounds[scheme]
    await page.close()


@pytest.mark.parametrize("asked", ["theme", "system"])
async def test_in_high_contrast_no_ink_is_soft_and_lines_are_around_all(chromium: Browser, asked: str) -> None:
    page = await chromium.new_page()
    await show(page, "chat", "rooms")
    ink = (await style(page, ".cw", "color"))[0]
    assert ink not in await style(page, ".cw-sub", "color")
    assert await style(page, ".cw-bubble", "border-top-color") == ["rgba(0, 0, 0, 0)"] * len(
        await style(page, ".cw-bubble", "color")
    )
    if asked == "system":
        await page.emulate_media(contrast="more")
    else:
        await show(page, "chat", "rooms", look=Look("contrast", "ltr", 900, 640))
    await page.evaluate(SET, ["--cw-soft", "rgb(200, 200, 200)"])  # a site's own soft ink does not count then
    assert {*await style(page, ".cw-sub", "color")} == {ink}
    for what in (".cw-bubble", ".cw-grow", ".cw-room-state"):
        assert ink in await style(page, what, "border-top-color"), what
    await page.close()


# Where the reader's system paints, a border of any colour is seen.
BORDERED = [".cw-bubble", ".cw-button", ".cw-avatar", ".cw-input", ".cw-grow", ".cw-launcher", ".cw-unread-count",
            ".cw-dot", ".cw-layer", ".cw-toast", ".cw-choice"]  # fmt: skip
CLEAR = {"rgba(0, 0, 0, 0)", "transparent"}


async def test_with_forced_colours_borders_and_rings_are_seen(chromium: Browser) -> None:
    page = await chromium.new_page(forced_colors="active")
    await show(page, "solving", "create", *SOME)
    for what in BORDERED:
        widths, lines = await style(page, what, "border-top-width"), await style(page, what, "border-top-color")
        assert "0px" not in widths, what
        assert CLEAR.isdisjoint(lines), what
    for field, ring in ((".cw-area", ".cw-grow"), (".cw-input", ".cw-input"), (".cw-primary", ".cw-primary")):
        await page.evaluate(FOCUS, field)
        assert "2px" in await style(page, f"{ring}:focus, {ring}:focus-within", "outline-width"), ring
        assert "solid" in await style(page, f"{ring}:focus, {ring}:focus-within", "outline-style"), ring
    assert min(await page.evaluate(APART)) >= 4, "two borders that touch look like one button"
    spins = await style(page, ".cw-spin", "border-inline-end-color")
    assert CLEAR.issuperset(spins)  # a whole ring would not be seen to turn
    assert {*await style(page, ".cw-owl-head", "fill")} == {*await style(page, ".cw", "color")}
    await page.close()


async def test_nothing_moves_for_who_asks_for_that(chromium: Browser) -> None:
    page = await chromium.new_page()
    motions: list[Literal["no-preference", "reduce"]] = ["no-preference", "reduce"]
    for motion in motions:
        await page.emulate_media(reduced_motion=motion)
        await show(page, *SOME, look=LIGHT)
        named = {*await style(page, ".cw *", "animation-name")} - {"none"}
        assert (named == set()) is (motion == "reduce")
        times = {*await style(page, ".cw-button", "transition-duration")}
        assert times == ({"0s"} if motion == "reduce" else {"0.14s, 0.14s"})
    await page.close()
