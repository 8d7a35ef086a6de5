"""What opens over a screen, in a real browser: focus, keys, presses outside, and that nothing cuts it off."""

from __future__ import annotations

import pytest
from playwright.async_api import Locator, Page, expect

from tests.browser.dom_tab import frame

COMPARING = ["3 people, 1 person asks to come in", "More for Ben", "Compare numbers"]


def control(page: Page, name: str) -> Locator:
    """The button or the item of a menu that can be reached now."""
    return page.get_by_role("button", name=name, exact=True).or_(page.get_by_role("menuitem", name=name, exact=True))


async def press(page: Page, name: str) -> None:
    """As somebody without a pointer."""
    await control(page, name).focus()
    await page.keyboard.press("Enter")


async def test_a_menu_is_worked_with_keys_alone_and_each_escape_gives_the_focus_back(page: Page) -> None:
    await page.evaluate("made.lead()")
    people = page.get_by_role("button", name="3 people, 1 person asks to come in")
    await people.focus()
    await page.keyboard.press("Enter")
    more = page.get_by_role("button", name="More for Ben", exact=True)
    await press(page, "More for Ben")
    await expect(page.get_by_role("menu", name="More for Ben")).to_be_visible()
    await expect(page.get_by_role("menuitem", name="Compare numbers")).to_be_focused()
    await page.keyboard.press("End")
    await expect(page.get_by_role("menuitem", name="Remove")).to_be_focused()
    await page.keyboard.press("ArrowDown")
    await expect(page.get_by_role("menuitem", name="Compare numbers")).to_be_focused()
    await page.keyboard.press("Escape")
    await expect(more).to_be_focused()
    await press(page, "More for Ben")
    await press(page, "Remove")
    question = page.get_by_role("dialog", name="Remove \u2068Ben\u2069?")
    await expect(question).to_be_focused()
    await page.keyboard.press("Tab")
    await expect(page.get_by_label("Also hide what they said")).to_be_focused()
    await page.keyboard.press("Escape")
    await expect(more).to_be_focused()
    await page.keyboard.press("Escape")
    await expect(people).to_be_focused()
    assert await page.evaluate("made.calls()") == []


async def test_tab_stays_in_a_dialog(page: Page) -> None:
    await page.evaluate("made.lead()")
    for name in ("3 people, 1 person asks to come in", "More for Ben", "Remove"):
        await press(page, name)
    await expect(page.get_by_role("dialog")).to_be_focused()
    for _ in range(8):
        await page.keyboard.press("Tab")
        outside = "document.getElementById('place').firstElementChild.shadowRoot.activeElement?.closest('.cw-screen')"
        assert await page.evaluate(f"!{outside}")


async def test_a_press_on_the_page_closes_a_menu(page: Page) -> None:
    await page.evaluate("made.lead()")
    for name in ("3 people, 1 person asks to come in", "More for Ben"):
        await press(page, name)
    await expect(page.get_by_role("menu")).to_be_visible()
    await page.locator("#outside").click()
    await expect(page.get_by_role("menu")).to_have_count(0)
    await expect(page.locator("#outside")).to_be_focused()


@pytest.mark.parametrize(("answer", "calls"), [("Cancel", []), ("Remove", ["remove_member ben True False"])])
async def test_an_answer_gives_the_focus_back_to_more(page: Page, answer: str, calls: list[str]) -> None:
    await page.evaluate("made.lead()")
    for name in ("3 people, 1 person asks to come in", "More for Ben", "Remove"):
        await press(page, name)
    await expect(page.get_by_role("dialog", name="Remove \u2068Ben\u2069?")).to_be_focused()
    await press(page, answer)
    await expect(page.get_by_role("button", name="More for Ben")).to_be_focused()
    assert await page.evaluate("made.calls()") == calls


LEAD = """(direction) => {
  document.querySelector('.cw-host').shadowRoot.querySelector('.cw').dir = direction
  made.lead()
}"""
GAPS = """([layer, name]) => {
  const root = document.querySelector('.cw-host').shadowRoot, box = (each) => each.getBoundingClientRect()
  const here = box(root.querySelector(layer)), around = box(root.querySelector('.cw'))
  const anchor = box(root.querySelector(`[aria-label="${name}"]`))
  return {
    under: here.top - anchor.bottom, over: anchor.top - here.bottom,
    left: here.left - anchor.left, right: anchor.right - here.right,
    edges: [here.left - around.left, around.right - here.right, here.top - around.top, around.bottom - here.bottom],
  }
}"""


@pytest.mark.parametrize("direction", ["ltr", "rtl"])
async def test_a_layer_stands_beside_what_it_belongs_to(page: Page, direction: str) -> None:
    """Below it, its end at that one's end; above it where there is more room; its start at that one's where it must."""
    await page.evaluate(LEAD, direction)
    start, end = ("left", "right") if direction == "ltr" else ("right", "left")

    async def gaps(layer: str, name: str) -> dict[str, float]:
        await press(page, name)
        await page.locator(layer).wait_for()
        found: dict[str, float] = await page.evaluate(GAPS, [layer, name])
        await page.keyboard.press("Escape")
        await expect(page.locator(layer)).to_have_count(0)
        return found

    await press(page, COMPARING[0])
    below = await gaps(".cw-menu", "More for Ben")
    assert [below["under"], below[end]] == pytest.approx([4, 0], abs=1)
    await page.keyboard.press("Escape")
    await page.set_viewport_size({"width": 1000, "height": 700})
    aside = await gaps(".cw-menu", str(await page.locator(".cw-message-more").first.get_attribute("aria-label")))
    assert [aside["under"], aside[end]] == pytest.approx([4, 0], abs=1)
    await page.set_viewport_size({"width": 700, "height": 500})
    above = await gaps(".cw-picker", "Emoji and emotes")
    assert [above["over"], above[start]] == pytest.approx([4, 0], abs=1)


@pytest.mark.parametrize("direction", ["ltr", "rtl"])
async def test_a_layer_for_which_there_is_no_room_keeps_off_the_edges(page: Page, direction: str) -> None:
    """Where it fits neither below nor above, it is pushed down from there."""
    await page.set_viewport_size({"width": 320, "height": 240})
    await page.evaluate(LEAD, direction)
    await press(page, COMPARING[0])
    await page.evaluate("made.hear('hello')")  # drawn again, once it is known how little is in sight
    for layer, name in ((".cw-menu", "More for Ben"), (".cw-picker", "Emoji and emotes")):
        await press(page, name)
        await page.locator(layer).wait_for()
        assert min((await page.evaluate(GAPS, [layer, name]))["edges"]) == pytest.approx(8, abs=1)
        for closed in (page.locator(layer), control(page, "More for Ben")):
            await page.keyboard.press("Escape")
            await expect(closed).to_have_count(0)


@pytest.mark.parametrize("direction", ["ltr", "rtl"])
async def test_a_narrow_chat_has_its_people_in_a_drawer(page: Page, direction: str) -> None:
    """As high as the chat, at the edge where lines end; a press beside it closes it, and the focus goes back."""
    await page.set_viewport_size({"width": 360, "height": 640})
    await page.evaluate(LEAD, direction)
    await press(page, COMPARING[0])
    drawer = page.get_by_role("dialog", name="People")
    await expect(page.get_by_role("heading", name="People")).to_be_focused()
    box, around = await drawer.bounding_box(), await page.locator(".cw-app").bounding_box()
    assert box is not None
    assert around is not None
    beside = around["width"] - box["width"]
    start = around["x"] + (beside if direction == "ltr" else 0)
    assert [box["x"], box["y"], box["height"]] == pytest.approx([start, around["y"], around["height"]], abs=1)
    assert beside == pytest.approx(44, abs=1)
    await page.mouse.click(around["x"] + (20 if direction == "ltr" else around["width"] - 20), around["y"] + 300)
    await expect(drawer).to_have_count(0)
    await expect(page.get_by_role("button", name=COMPARING[0])).to_be_focused()
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("heading", name="People")).to_be_focused()
    under = "document.querySelector('.cw-host').shadowRoot.activeElement?.closest('.cw-screen')"
    for _ in range(12):
        await page.keyboard.press("Tab")
        assert not await page.evaluate(under)


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("direction", ["ltr", "rtl"])
async def test_nothing_that_opens_is_cut_off(page: Page, width: int, direction: str) -> None:
    """Menus of the first and the last person, of the first and the last message, and a question."""
    await page.set_viewport_size({"width": width, "height": 420})
    await page.evaluate(LEAD, direction)
    widget = page.locator(".cw").first

    async def fits(layer: Locator) -> None:
        box, edge = await layer.bounding_box(), await widget.bounding_box()
        assert box is not None
        assert edge is not None
        assert box["x"] >= edge["x"]
        assert box["y"] >= edge["y"]
        assert box["x"] + box["width"] <= edge["x"] + edge["width"]
        assert box["y"] + box["height"] <= edge["y"] + edge["height"]
        await page.keyboard.press("Escape")
        await expect(layer).to_have_count(0)  # until then it keeps the focus

    openers = page.locator(".cw-message-more")
    for opener in (openers.first, openers.last):
        await opener.focus()
        await page.keyboard.press("Enter")
        await fits(page.get_by_role("menu"))
    await press(page, "3 people, 1 person asks to come in")
    for name in ("Ben", "Cid"):
        await press(page, f"More for {name}")
        await fits(page.get_by_role("menu"))
    await press(page, "More for Cid")
    await press(page, "Remove")
    await fits(page.get_by_role("dialog", name="Remove"))


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("direction", ["ltr", "rtl"])
async def test_a_number_stands_in_three_lines_and_can_be_copied(page: Page, width: int, direction: str) -> None:
    await page.set_viewport_size({"width": width, "height": 720})
    await page.evaluate(LEAD, direction)
    for name in COMPARING:
        await press(page, name)
    digits = page.locator(".cw-digits")
    await expect(page.get_by_role("dialog", name="Compare numbers")).to_be_focused()
    tops = await digits.evaluate(
        "(p) => [...Array(12).keys()].map((group) => { const range = new Range();"
        " range.setStart(p.firstChild, group * 6); range.setEnd(p.firstChild, group * 6 + 5);"
        " const box = range.getBoundingClientRect(); return [box.top, box.left] })"
    )
    lines = sorted({top for top, _ in tops})
    assert [[top for top, _ in tops].count(line) for line in lines] == [4, 4, 4]
    assert tops[0][1] < tops[1][1] < tops[2][1] < tops[3][1]
    assert await digits.evaluate("(p) => { getSelection().selectAllChildren(p); return String(getSelection()).length }")


@pytest.mark.parametrize(("answer", "same"), [("They are the same", True), ("They differ", False)])
async def test_what_comparing_found_gives_the_focus_back(page: Page, answer: str, same: bool) -> None:
    await page.evaluate("made.lead()")
    for name in ("3 people, 1 person asks to come in", "More for Ben", "Compare numbers", answer):
        await press(page, name)
    await expect(page.get_by_role("button", name="More for Ben")).to_be_focused()
    assert await page.evaluate("made.calls()") == [f"compare ben {same}"]


async def test_what_a_box_shows_is_what_is_done(page: Page) -> None:
    await page.evaluate("made.lead()")
    await page.get_by_role("button", name="3 people").click()
    for name, hides in (("Ben", True), ("Cid", False)):
        await page.get_by_role("button", name=f"More for {name}").click()
        await page.get_by_role("menuitem", name="Remove").click()
        await page.get_by_label("Keep them out (ban)").uncheck()
        box = page.get_by_label("Also hide what they said")
        await box.click()
        if not hides:
            await box.click()
        await page.evaluate("made.hear('something')")
        await frame(page)
        assert await box.is_checked() == hides
        await page.get_by_role("button", name="Remove", exact=True).click()
    assert await page.evaluate("made.calls()") == ["remove_member ben False True", "remove_member cid False False"]


@pytest.mark.parametrize("pressed", [[], COMPARING[:2], COMPARING, [*COMPARING[:2], "Remove"]])
async def test_every_control_is_big_enough_for_a_finger(page: Page, pressed: list[str]) -> None:
    await page.evaluate("made.lead()")
    await page.get_by_label("Message", exact=True).wait_for()
    for name in pressed:
        await press(page, name)
    small = await page.evaluate(
        "[...document.getElementById('place').firstElementChild.shadowRoot"
        ".querySelectorAll('button, label, input:not([type=checkbox]), textarea')]"
        ".map((b) => [b.getAttribute('aria-label') ?? b.textContent, b.getBoundingClientRect()])"
        ".filter(([name, box]) => box.height < 42 || box.width < 44).map(([name]) => name)"
    )
    assert small == []
