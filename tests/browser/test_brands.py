"""Two brands made with tokens alone: the pages of examples/ as they are, and every screen in their colours."""

from __future__ import annotations

import re

import pytest
from playwright.async_api import Browser, expect

from tests.browser.conftest import ROOT, Arrive
from tests.browser.libraries import axe
from tests.browser.screens import Look
from tests.browser.theming import documented, show

pytestmark = pytest.mark.no_cover

BRANDS = {"paper": "light", "arcade": "dark"}
TOKEN = re.compile(r"(--cw-[\w-]+): ([^;]+);")
CONTRAST = "axe.run(document, { resultTypes: ['violations'], runOnly: ['color-contrast'] })"


def html(brand: str) -> str:
    return (ROOT / "examples" / f"brand-{brand}.html").read_text("utf-8")


def tokens(brand: str) -> dict[str, str]:
    return dict(TOKEN.findall(html(brand)))


@pytest.mark.parametrize("brand", BRANDS)
def test_a_brand_is_listed_tokens_and_nothing_else(brand: str) -> None:
    assert len(tokens(brand)) > 20
    assert {*tokens(brand)} <= {*documented()}
    assert "::part" not in html(brand)
    assert ".cw-" not in html(brand)


@pytest.mark.parametrize("brand", BRANDS)
async def test_the_page_of_a_brand_has_its_looks(arrive: Arrive, brand: str) -> None:
    ada = await arrive()
    await ada.visit(f"/brand-{brand}")
    if brand == "arcade":
        await ada.page.get_by_role("button", name="Open the chat").click()
    await ada.page.get_by_role("button", name="Sign in").click()
    await ada.sign_in.ask_for_code(f"ada.{brand}@example.org", "Ada")
    await ada.sign_in.enter(await ada.code_for(f"ada.{brand}@example.org"))
    await ada.rooms.create(f"about {brand}")
    await ada.chat.say("how it looks")
    bubble = ada.page.locator("[part~=mine]")
    await expect(bubble).to_have_text(re.compile("how it looks"))
    given = tokens(brand)
    await expect(bubble).to_have_css("background-color", rgb(given["--cw-mine"]))
    await expect(bubble).to_have_css("font-family", given["--cw-font"])
    await expect(ada.page.locator(".cw-app")).to_have_css("color", rgb(given["--cw-ink"]))


def rgb(colour: str) -> str:
    return f"rgb({int(colour[1:3], 16)}, {int(colour[3:5], 16)}, {int(colour[5:7], 16)})"


@pytest.mark.parametrize(("brand", "theme"), BRANDS.items())
async def test_every_screen_of_a_brand_can_be_read(chromium: Browser, brand: str, theme: str) -> None:
    page = await chromium.new_page(viewport={"width": 1000, "height": 800}, reduced_motion="reduce")
    await show(page, look=Look(theme, "ltr", 900, 900))
    every = "(all) => { for (const it of all) document.body.style.setProperty(...it) }"
    await page.evaluate(every, [list(each) for each in tokens(brand).items()])
    await page.evaluate(axe())
    found = await page.evaluate(CONTRAST)
    assert [node["html"] for rule in found["violations"] for node in rule["nodes"]] == []
    assert len(found["passes"]) > 0
    await page.close()
