"""axe-core finds nothing against WCAG 2.2 AA on any screen, in either theme and direction, wide or narrow."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.async_api import Browser, Page

from tests.browser.libraries import axe
from tests.browser.screens import BLANK, Look, hold
from tests.fakes.effort import also

pytestmark = pytest.mark.no_cover

LOOKS = also(
    [Look("light", "ltr", 900, 1200), Look("dark", "rtl", 360, 1200)],
    [Look("dark", "rtl", 900, 1200), Look("light", "rtl", 360, 1200), Look("dark", "ltr", 360, 1200)],
)
# The last three are the page's affair, and there are many widgets in this one.
RUN = """axe.run(document, {
  resultTypes: ['violations', 'incomplete'],
  runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
  rules: { 'landmark-one-main': { enabled: false }, 'page-has-heading-one': { enabled: false },
    'landmark-unique': { enabled: false } },
})"""
MUST_LOOK = {
    "aria-allowed-attr", "aria-hidden-focus", "aria-required-children", "autocomplete-valid", "button-name",
    "color-contrast", "label", "label-content-name-mismatch", "link-name", "nested-interactive",
    "scrollable-region-focusable",
    "target-size",
}  # fmt: skip
# What axe cannot judge and says so: one letter, an empty field, what lies under something else.
CANNOT_TELL = {"shortTextContent", "emptyValue", "bgOverlap", "elmPartiallyObscured", "elmPartiallyObscuring"}
EMOJI = "label-content-name-mismatch"  # nor whether an emoji is in its name, as where one picks them:
PICKER = "#emotes"


async def judged(page: Page, look: Look, *names: str, styles: str = "") -> dict[str, Any]:
    await page.set_content(BLANK)
    await hold(page, look, *names, styles=styles)
    await page.evaluate(axe())
    found: dict[str, Any] = await page.evaluate(RUN)
    return found


def spelled(results: list[dict[str, Any]]) -> list[str]:
    return [f"{rule['id']}: {node['target']} {node['failureSummary']}" for rule in results for node in rule["nodes"]]


@pytest.mark.parametrize("look", LOOKS, ids=str)
async def test_axe_finds_nothing(chromium: Browser, look: Look) -> None:
    page = await chromium.new_page(viewport={"width": 1000, "height": 800}, reduced_motion="reduce")
    found = await judged(page, look)
    assert spelled(found["violations"]) == []
    untold = [
        node["target"]
        for rule in found["incomplete"]
        for node in rule["nodes"]
        if rule["id"] != EMOJI or PICKER not in str(node["target"])
        for check in [*node["any"], *node["all"], *node["none"]]
        if (check["data"] or {}).get("messageKey") not in CANNOT_TELL
    ]
    assert untold == []
    assert {rule["id"] for rule in found["passes"]} >= MUST_LOOK
    await page.close()


async def test_axe_would_find_it(chromium: Browser) -> None:
    """Grey on grey, small targets."""
    page = await chromium.new_page(viewport={"width": 1000, "height": 800})
    styles = ".cw .cw-button { color: #999; background: #aaa; min-height: 9px; height: 9px; width: 9px; padding: 0 }"
    found = await judged(page, LOOKS[0], "rooms", styles=styles)
    assert {rule["id"] for rule in found["violations"]} == {"color-contrast", "target-size"}
    await page.close()
