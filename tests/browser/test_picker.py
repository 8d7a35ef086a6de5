"""The picker and what is completed, in a real browser: keys, the caret, undo, and a grid of thousands."""

from __future__ import annotations

import pytest
from playwright.async_api import Browser, Locator, Page, expect

from tests.browser.dom_tab import dom_tab, frame

BLANK = """(grid) => new Promise((done) => {
  let steps = 0, blank = 0
  const step = () => {
    grid.scrollTop += 300
    requestAnimationFrame(() => requestAnimationFrame(() => {
      const box = grid.getBoundingClientRect(), root = grid.getRootNode()
      const seen = root.elementFromPoint(box.left + 30, box.top + box.height / 2)
      if (seen.closest('.cw-cells-row, .cw-cells-title') === null) blank++
      if (++steps < 100) step(); else done(blank)
    }))
  }
  step()
})"""


def field(page: Page) -> Locator:
    return page.get_by_label("Message", exact=True)


async def caret(page: Page) -> list[int]:
    found: list[int] = await field(page).evaluate("(field) => [field.selectionStart, field.selectionEnd]")
    return found


async def opened(page: Page, emotes: int = 0) -> None:
    """With "hi there" in the field and the caret behind "hi"."""
    await page.evaluate("made.enter(3)")
    if emotes > 0:
        await page.evaluate(f"made.emotes({emotes})")
    await field(page).fill("hi there")
    await field(page).evaluate("(field) => field.setSelectionRange(2, 2)")
    await page.get_by_role("button", name="Emoji and emotes").click()
    await page.locator(".cw-cell").first.wait_for()
    await expect(page.get_by_label("Find emoji and emotes")).to_be_focused()


async def key(page: Page, *keys: str) -> None:
    for each in keys:
        await page.keyboard.press(each)
        await frame(page)


OUTLINE = "(cell) => getComputedStyle(cell).outlineStyle"


async def test_keys_alone_choose_an_emoji_which_goes_in_at_the_caret_and_can_be_undone(page: Page) -> None:
    await opened(page)
    find = page.get_by_label("Find emoji and emotes")
    await expect(find).to_be_focused()
    await page.keyboard.type("red heart")
    await expect(page.get_by_role("grid")).to_have_attribute("aria-rowcount", "1")
    await key(page, "ArrowDown")
    await expect(page.get_by_role("grid")).to_be_focused()
    await key(page, "ArrowUp")
    await expect(find).to_be_focused()
    await key(page, "ArrowDown", "Enter")
    await expect(field(page)).to_have_value("hi❤️ there")
    await expect(field(page)).to_be_focused()
    assert await caret(page) == [4, 4]
    await key(page, "Control+z")
    await expect(field(page)).to_have_value("hi there")
    assert await caret(page) == [2, 2]


async def test_escape_gives_focus_and_caret_back(page: Page) -> None:
    await opened(page)
    await key(page, "ArrowDown", "ArrowRight", "Escape")
    await expect(page.locator(".cw-picker")).to_have_count(0)
    await expect(field(page)).to_be_focused()
    await expect(field(page)).to_have_value("hi there")
    assert await caret(page) == [2, 2]


@pytest.mark.parametrize("in_page", [False, True])  # outside a shadow root the whole page hears who has the focus
async def test_with_shift_it_stays_and_each_can_be_undone(chromium: Browser, script: bytes, in_page: bool) -> None:
    async with dom_tab(chromium, script) as page:
        await page.evaluate("(inPage) => { made = new StrixunChat.DomPage('place', '/style.css', inPage) }", in_page)
        await opened(page)
        await key(page, "ArrowDown", "Shift+Enter", "ArrowRight", "Shift+Enter")
        await expect(page.get_by_role("grid")).to_be_focused()
        await expect(field(page)).to_have_value("hi😀😃 there")
        await key(page, "Escape", "Control+z")
        await expect(field(page)).to_have_value("hi😀 there")
        await key(page, "Control+z")
        await expect(field(page)).to_have_value("hi there")


async def test_the_marked_cell_is_in_sight_and_told(page: Page) -> None:
    await opened(page)
    grid = page.get_by_role("grid")
    await key(page, "ArrowDown", "Control+End")
    for keys, inside in ((("PageUp", "PageUp"), True), (("Control+Home",), True), (("PageDown",) * 4, True)):
        await key(page, *keys)
        told = await grid.get_attribute("aria-activedescendant")
        marked = page.locator(".cw-cell-marked")
        assert await marked.get_attribute("id") == told
        box, around = await marked.bounding_box(), await grid.bounding_box()
        assert box is not None
        assert around is not None
        assert inside == (around["y"] - 1 <= box["y"] <= around["y"] + around["height"] - box["height"] + 1)


async def test_of_thousands_few_are_drawn_and_none_is_blank(page: Page) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if "cdn.7tv.app" in request.url else None)
    await opened(page, 5000)
    shown = await page.locator(".cw-picker").evaluate("(picker) => picker.querySelectorAll('*').length")
    assert shown < 400
    assert len(asked) < 200
    grid = page.get_by_role("grid")
    assert await grid.evaluate(BLANK) == 0
    assert await grid.evaluate("(grid) => grid.scrollTop") > 20_000
    assert await page.locator(".cw-picker").evaluate("(picker) => picker.querySelectorAll('*').length") < 500


async def test_where_a_picture_does_not_come_its_name_stands(page: Page) -> None:
    await opened(page, 3)
    cell = page.get_by_role("gridcell", name="owl1", exact=True)
    await expect(cell).to_have_attribute("data-failed", "")
    assert await cell.evaluate("(cell) => getComputedStyle(cell, '::before').content") == '"owl1"'
    assert await cell.locator("img").evaluate("(image) => getComputedStyle(image).visibility") == "hidden"


async def test_no_picture_is_seen_in_the_place_of_another(page: Page) -> None:
    """An image that is given another file shows the one before until the new one has come."""
    await opened(page, 3)
    find, places = page.get_by_label("Find emoji and emotes"), page.locator(".cw-cell")
    await find.fill("owl1")
    await expect(places).to_have_count(1)  # of several, a question after one of them is refused at once
    await expect(places).to_have_attribute("aria-label", "owl1")
    image = await places.locator("img").element_handle()
    await find.fill("owl2")
    await expect(places).to_have_attribute("aria-label", "owl2")
    assert not await image.evaluate("(image) => image.isConnected")
    await key(page, "Escape")
    offered = page.get_by_role("option")
    await field(page).fill(":owl1")
    await expect(offered).to_have_text("owl1")
    image = await offered.locator("img").element_handle()
    await field(page).fill(":owl2")
    await expect(offered).to_have_text("owl2")
    assert not await image.evaluate("(image) => image.isConnected")


async def test_a_group_is_jumped_to(page: Page) -> None:
    """To the first that the font has; of flags few fonts have any."""
    await opened(page)
    await page.get_by_role("button", name="symbols", exact=True).click()
    title, marked = page.locator(".cw-cells-title", has_text="symbols"), page.locator(".cw-cell-marked")
    await expect(title).to_be_in_viewport()
    await expect(marked).to_be_in_viewport()
    above, first = await title.bounding_box(), await marked.bounding_box()
    assert above is not None
    assert first is not None
    assert abs(first["y"] - above["y"] - above["height"]) <= 1
    shown = await marked.text_content()
    assert shown is not None
    await expect(page.locator(".cw-preview")).to_contain_text(shown)


async def test_where_writing_goes_to_the_left_so_do_the_arrows(page: Page) -> None:
    await page.evaluate("() => { made.enter(3) }")
    await page.locator(".cw").evaluate("(chat) => { chat.dir = 'rtl' }")
    await opened(page)
    await key(page, "ArrowDown")
    await expect(page.get_by_role("grid")).to_be_focused()
    await key(page, "ArrowLeft")
    await expect(page.locator(".cw-cell-marked")).to_have_id("place-cw-cell-1")


async def test_it_takes_no_more_than_there_is_and_leaves_the_field_in_sight(chromium: Browser, script: bytes) -> None:
    for width, height in ((360, 640), (320, 400), (700, 300)):
        async with dom_tab(chromium, script, viewport={"width": width, "height": height}) as page:
            await page.evaluate("window.made = new StrixunChat.DomPage('place', '/style.css')")
            await opened(page)
            picker, area = await page.locator(".cw-picker").bounding_box(), await field(page).bounding_box()
            chat = await page.locator(".cw").bounding_box()
            assert picker is not None
            assert area is not None
            assert chat is not None
            assert chat["y"] <= picker["y"]
            assert picker["y"] + picker["height"] <= area["y"] + 1
            assert chat["x"] <= picker["x"]
            assert picker["x"] + picker["width"] <= chat["x"] + chat["width"]


async def test_enter_takes_what_is_offered_then_sends_and_an_input_method_keeps_its_own(page: Page) -> None:
    await page.evaluate("made.enter(3)")
    await page.evaluate("made.emotes(30)")
    await field(page).click()
    await page.keyboard.type(":owl2")
    await page.get_by_role("option", name="owl2", exact=True).wait_for()
    for composing in ("isComposing: true", "keyCode: 229"):
        for name in ("Enter", "Tab", "ArrowDown"):
            init = f"{{ key: '{name}', bubbles: true, cancelable: true, {composing} }}"
            assert await field(page).evaluate(f"(field) => field.dispatchEvent(new KeyboardEvent('keydown', {init}))")
    await expect(field(page)).to_have_value(":owl2")
    await key(page, "Enter")
    await expect(field(page)).to_have_value("owl2 ")
    assert await caret(page) == [5, 5]
    await key(page, "Control+z")
    await expect(field(page)).to_have_value(":owl2")
    await key(page, "Control+Shift+z", "Enter")
    assert await page.evaluate("made.calls()") == ["send_message owl2"]


async def test_tab_cycles_and_leaves_an_empty_field(page: Page) -> None:
    await page.evaluate("made.enter(3)")
    await page.evaluate("made.emotes(3)")
    await field(page).click()
    await page.keyboard.type("ow")
    for keys, text in (("Tab", "owl0 "), ("Tab", "owl1 "), ("Shift+Tab", "owl0 "), ("Escape", "ow")):
        await key(page, keys)
        await expect(field(page)).to_have_value(text)
    await key(page, "Tab")
    await expect(field(page)).not_to_be_focused()
    await field(page).fill("")
    await key(page, "Tab")
    await expect(field(page)).not_to_be_focused()


# Of those in `lacks` it has a box, of those in `plain` a drawing in the colour of the text; of several but the `first`.
FONTS = """([joins, lacks, plain, first]) => {
  const pen = CanvasRenderingContext2D.prototype
  pen.measureText = (text) => ({ width: joins ? 10 : 10 * [...text].length })
  window.pictures = 0
  pen.fillText = function (text) { this.drawn = text; window.pictures += 1 }
  pen.getImageData = function () {
    const seen = first || RegExp(plain, 'u').test(this.drawn) ? [...this.drawn][0] : this.drawn
    if (RegExp(plain, 'u').test(this.drawn)) return { data: [this.fillStyle + seen] }
    return { data: [RegExp(lacks, 'u').test(this.drawn) ? this.fillStyle : `picture of ${seen}`] }
  }
}"""
NONE, EVERY, BUT_THE_OLD, FACES = "^$", ".", "[^🦉]", "[😀-🙏]"
BROKEN = "() => { HTMLCanvasElement.prototype.getContext = () => { throw new Error('none') } }"


async def rows(page: Page) -> int:
    await opened(page)
    found = await page.get_by_role("grid").get_attribute("aria-rowcount")
    return int(found or "0")


async def test_what_the_systems_font_lacks_is_left_out(chromium: Browser, script: bytes) -> None:
    found: list[int] = []
    fonts = [(True, NONE, NONE), (False, NONE, NONE), (True, BUT_THE_OLD, NONE), (True, NONE, BUT_THE_OLD)]
    for font in (*fonts, (False, EVERY, FACES), None):
        async with dom_tab(chromium, script) as page:
            await page.evaluate(BROKEN) if font is None else await page.evaluate(FONTS, font)
            await page.evaluate("window.made = new StrixunChat.DomPage('place', '/style.css')")
            found.append(await rows(page))
    complete, unjoined, old, many_boxes, faces, unknown = found
    assert complete == unknown > 1914 / 8
    assert complete - unjoined > 400 / 8  # families, professions, flags
    assert 0 < complete - old < 400 / 8  # those of 2019 and later, of which none is a sequence
    assert many_boxes == old  # macOS has other boxes for other blocks
    assert 80 / 8 <= faces < 120 / 8  # without a font of pictures


async def test_where_no_font_has_them_each_is_drawn_once(chromium: Browser, script: bytes) -> None:
    """There each of them is asked after, and to look for a letter in every font takes its time."""
    async with dom_tab(chromium, script) as page:
        await page.evaluate(FONTS, [False, EVERY, FACES])
        await page.evaluate("window.made = new StrixunChat.DomPage('place', '/style.css')")
        await opened(page)
        assert 1_000 < await page.evaluate("pictures") < 1_914


@pytest.mark.parametrize(("first", "found"), [(False, 1), (True, 0)])
async def test_a_flag_of_which_the_font_has_the_black_one_alone_is_left_out(
    chromium: Browser, script: bytes, first: bool, found: int
) -> None:
    async with dom_tab(chromium, script) as page:
        await page.evaluate(FONTS, [True, NONE, NONE, first])
        await page.evaluate("window.made = new StrixunChat.DomPage('place', '/style.css')")
        await opened(page)
        await page.get_by_label("Find emoji and emotes").fill("flag: ")
        await expect(page.locator(".cw-cells-title")).to_have_count(0)
        await page.get_by_label("Find emoji and emotes").fill("flag: wales")
        await expect(page.get_by_role("gridcell", name="flag: Wales")).to_have_count(found)


async def test_where_the_system_has_the_colours_the_marked_cell_has_a_line(chromium: Browser, script: bytes) -> None:
    async with dom_tab(chromium, script, forced_colors="active") as page:
        await page.evaluate("made = new StrixunChat.DomPage('place', '/style.css')")
        await opened(page)
        await expect(page.locator(".cw-cell-marked")).to_have_css("outline-style", "solid")
        assert await page.locator(".cw-cell:not(.cw-cell-marked)").first.evaluate(OUTLINE) == "none"


@pytest.mark.parametrize("way", ["ArrowLeft", "Home", "mouse"])
async def test_a_caret_that_moves_away_ends_what_is_offered(page: Page, way: str) -> None:
    await opened(page)  # so that all emoji are here: what comes later is offered for where the caret is by then
    await key(page, "Escape")
    await field(page).fill("")
    await page.keyboard.type("hello :hear")
    await page.get_by_role("option").first.wait_for()
    if way == "mouse":
        await field(page).click(position={"x": 20, "y": 15})
    else:
        await page.keyboard.press(way)
    await expect(page.get_by_role("option")).to_have_count(0)
    await key(page, "Tab")
    await expect(field(page)).to_have_value("hello :hear")
