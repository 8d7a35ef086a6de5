"""Emotes in a real browser: what is fetched and when, what moves, boxes that stay, names where no picture is."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Locator, Page, Route, expect

from tests.browser.dom_tab import LOG, dom_tab, frame

SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="32" height="32"/>'  # any picture will do
CDN = "https://cdn.7tv.app/emote/"
STILL, MOVING = "wave/1x_static.webp", "wave/1x.webp"
BOXES = f"""() => [...{LOG}.querySelectorAll('.cw-bubble, .cw-stack')].map((each) => {{
    const box = each.getBoundingClientRect()
    return [box.left, box.top, box.width, box.height]
}})"""


class Cdn:
    """What was asked for. `missing` are those files that are no pictures there."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.missing = re.compile("(?!)")

    async def answer(self, route: Route) -> None:
        name = route.request.url.removeprefix(CDN)
        self.asked.append(name)
        assert "referer" not in route.request.headers
        await route.fulfill(body=b"no" if self.missing.search(name) else SVG, content_type="image/svg+xml")


@pytest.fixture
def cdn() -> Cdn:
    return Cdn()


@pytest_asyncio.fixture(loop_scope="session")
async def tab(chromium: Browser, script: bytes, cdn: Cdn) -> AsyncIterator[Page]:
    async with dom_tab(chromium, script) as tab:
        await begin(tab, cdn)
        yield tab


async def begin(tab: Page, cdn: Cdn) -> None:
    await tab.route(f"{CDN}**", cdn.answer)
    await tab.evaluate("() => { window.made = new StrixunChat.DomPage('place', '/chat.css'); made.enter(1) }")
    await tab.locator(".cw-log").wait_for()


async def say(tab: Page, *texts: str) -> None:
    await tab.evaluate("(texts) => made.emoted(texts)", list(texts))
    await expect(tab.locator(".cw-line .cw-bubble").last).to_have_text(re.compile(re.escape(texts[-1].split(" ")[-1])))
    await frame(tab)


def box(tab: Page, name: str) -> Locator:
    return tab.get_by_role("img", name=name, exact=True)


async def shows(tab: Page, name: str, file: str) -> None:
    """The (last) picture of that emote is that file, and here."""
    await tab.wait_for_function(
        f"""([name, file]) => {{
            const boxes = [...{LOG}.querySelectorAll('[role=img]')].filter((each) => each.ariaLabel === name)
            if (boxes.length === 0) return false
            const one = boxes[boxes.length - 1].querySelector('img:last-of-type')
            return one.currentSrc.endsWith(file) && one.complete && one.naturalWidth > 0
        }}""",
        arg=[name, file],
    )


async def test_what_is_not_in_view_is_not_fetched(tab: Page, cdn: Cdn) -> None:
    await say(tab, "owl hi", *[f"line {number}" for number in range(40)], "wave hi")
    await shows(tab, "wave", MOVING)
    assert cdn.asked == [MOVING]
    await tab.evaluate(f"() => {{ {LOG}.scrollTop = 0 }}")
    await shows(tab, "owl", "owl/1x.webp")
    assert cdn.asked == [MOVING, "owl/1x.webp"]


async def test_out_of_view_nothing_moves(tab: Page) -> None:
    await tab.set_viewport_size({"width": 700, "height": 400})
    await say(tab, "wave hi", *[f"line {number}" for number in range(8)])
    await tab.evaluate(f"() => {{ {LOG}.scrollTop = 0 }}")
    await shows(tab, "wave", MOVING)
    bubble = tab.locator(".cw-bubble").first
    below_px = await bubble.evaluate(
        "(one) => one.getBoundingClientRect().bottom - one.closest('.cw-log').getBoundingClientRect().top"
    )
    await tab.evaluate(f"(px) => {{ {LOG}.scrollTop = px }}", below_px + 4)
    await expect(box(tab, "wave")).to_have_count(1)  # the row is drawn, a little above what is seen
    await expect(box(tab, "wave").locator("img")).not_to_have_attribute("srcset", re.compile("."))


async def test_what_came_before_is_not_waited_for(tab: Page) -> None:
    """Of a picture that the browser has, the first drawing has the file; the observer tells a frame or two later."""
    await say(tab, "wave hi")
    await shows(tab, "wave", MOVING)
    await tab.evaluate("() => { IntersectionObserver.prototype.observe = () => {} }")
    await tab.evaluate("() => made.hear_emoted('wave owl there')")
    await tab.locator(".cw-bubble", has_text="there").wait_for()
    files = "(line) => [...line.querySelectorAll('img')].map((image) => image.hasAttribute('srcset'))"
    assert await tab.locator(".cw-bubble").last.evaluate(files) == [True, False]


async def test_what_came_before_does_not_move_where_nobody_sees_it(tab: Page) -> None:
    await tab.set_viewport_size({"width": 700, "height": 400})
    await say(tab, "wave hi", *[f"line {number}" for number in range(12)])
    await tab.evaluate(f"() => {{ {LOG}.scrollTop = 0 }}")
    await shows(tab, "wave", MOVING)
    await tab.evaluate(f"() => {{ {LOG}.scrollTop = {LOG}.scrollHeight - {LOG}.clientHeight - 100 }}")
    await frame(tab)
    await tab.evaluate("() => made.hear_emoted('wave below')")
    below = tab.locator(".cw-bubble", has_text="below").locator("img")
    await below.wait_for(state="attached")
    await expect(below).not_to_have_attribute("srcset", re.compile("."))


async def test_a_sharp_screen_gets_larger_files(chromium: Browser, script: bytes, cdn: Cdn) -> None:
    async with dom_tab(chromium, script, device_scale_factor=2) as tab:
        await begin(tab, cdn)
        await say(tab, "owl hi")
        await shows(tab, "owl", "owl/2x.webp")
        await say(tab, "rain")
        await shows(tab, "rain", "rain/3x.webp")
    assert cdn.asked == ["owl/2x.webp", "rain/3x.webp"]


async def test_nothing_jumps_whether_pictures_come_or_not(tab: Page, cdn: Cdn) -> None:
    held: list[Route] = []
    await tab.route(f"{CDN}**", lambda route: held.append(route))
    await say(tab, "before", "owl and wave rain and so on", "wave", "after")
    before = await tab.evaluate(BOXES)
    await tab.wait_for_function(f"() => {LOG}.querySelectorAll('[srcset]').length == 4")
    assert await tab.evaluate(BOXES) == before
    for route in held:
        await cdn.answer(route)
    await shows(tab, "wave, rain", "rain/1x.webp")
    await shows(tab, "wave", "wave/2x.webp")
    assert await tab.evaluate(BOXES) == before


async def test_one_without_width_lies_on_the_one_before_in_a_box_that_no_line_breaks(tab: Page) -> None:
    await tab.set_viewport_size({"width": 300, "height": 600})
    await say(tab, " ".join(["word", "owl rain rain"] * 9))
    for one in await box(tab, "owl, rain, rain").all():
        places = await one.evaluate(
            "(box) => [box, ...box.querySelectorAll('img')].map((each) => each.getBoundingClientRect().toJSON())"
        )
        assert [place["width"] for place in places] == [56, 28, 56, 56]
        assert len({place["x"] + place["width"] / 2 for place in places}) == 1
        assert len({place["y"] for place in places[1:]}) == 1


async def test_with_less_motion_no_moving_file_is_fetched(
    chromium: Browser, script: bytes, cdn: Cdn
) -> None:
    async with dom_tab(chromium, script, reduced_motion="reduce") as tab:
        await begin(tab, cdn)
        await say(tab, "wave hi")
        await shows(tab, "wave", STILL)
        await box(tab, "wave").hover()
        await frame(tab)
        assert cdn.asked == [STILL]
        await tab.emulate_media(reduced_motion="no-preference")
        await tab.evaluate("() => made.draw()")
        await shows(tab, "wave", MOVING)
        await tab.emulate_media(reduced_motion="reduce")
        await tab.evaluate("() => made.draw()")
        await shows(tab, "wave", STILL)


async def test_the_reader_may_let_them_move_where_one_points_or_is(tab: Page, cdn: Cdn) -> None:
    await tab.evaluate("() => localStorage.setItem('strixun-chat plays', 'hover')")
    await say(tab, "wave hi")
    await shows(tab, "wave", STILL)
    assert cdn.asked == [STILL]
    await box(tab, "wave").hover()
    await shows(tab, "wave", MOVING)
    await tab.mouse.move(1, 1)
    await shows(tab, "wave", "x_static.webp")  # the card may have brought a larger one
    await box(tab, "wave").focus()
    await shows(tab, "wave", "x.webp")
    await tab.locator("#outside").focus()
    await shows(tab, "wave", "x_static.webp")


async def test_in_a_hidden_page_nothing_moves(tab: Page) -> None:
    await say(tab, "wave hi")
    await shows(tab, "wave", MOVING)
    turn = """(hidden) => {
        Object.defineProperty(document, 'hidden', { value: hidden, configurable: true })
        document.dispatchEvent(new Event('visibilitychange'))
    }"""
    await tab.evaluate(turn, True)
    await expect(box(tab, "wave").locator("img")).not_to_have_attribute("srcset", re.compile("."))
    await tab.evaluate(turn, False)
    await shows(tab, "wave", MOVING)


async def test_without_webp_there_is_a_still_png(tab: Page, cdn: Cdn) -> None:
    cdn.missing = re.compile("webp")
    await say(tab, "wave owl hi")
    await shows(tab, "wave", "wave/1x_static.png")
    await shows(tab, "owl", "owl/1x.png")
    await expect(box(tab, "owl")).not_to_have_attribute("data-failed", "")


async def test_a_picture_that_does_not_come_is_its_name_until_it_does(tab: Page, cdn: Cdn) -> None:
    cdn.missing = re.compile("owl")
    await tab.clock.install()
    await say(tab, "hi owl you")
    failed = box(tab, "owl")
    await expect(failed).to_have_attribute("data-failed", "")
    assert cdn.asked == ["owl/1x.webp", "owl/1x.png"]
    await expect(failed.locator("img")).to_be_hidden()
    assert await failed.inner_text() == "owl"
    assert await failed.evaluate("(box) => getComputedStyle(box.querySelector('.cw-typed')).opacity") == "1"
    cdn.missing = re.compile("(?!)")
    await tab.clock.run_for(8_000)
    await shows(tab, "owl", "owl/1x.webp")
    await expect(failed).not_to_have_attribute("data-failed", "")


async def test_what_never_comes_is_tried_once_more_and_then_left(tab: Page, cdn: Cdn) -> None:
    cdn.missing = re.compile("owl")
    await tab.clock.install()
    await say(tab, "hi owl")
    await expect(box(tab, "owl").locator("img")).to_have_attribute("data-tries", "2")
    await tab.clock.run_for(8_000)
    await expect(box(tab, "owl").locator("img")).to_have_attribute("data-tries", "4")
    await tab.clock.run_for(80_000)
    assert cdn.asked == ["owl/1x.webp", "owl/1x.png", "owl/1x.webp"]


async def test_of_one_that_is_taken_away_while_it_is_shown_the_name_stays(tab: Page) -> None:
    await say(tab, "hi wave rain", "owl")
    await shows(tab, "wave, rain", "rain/1x.webp")
    await box(tab, "wave, rain").hover()
    await expect(tab.get_by_role("tooltip")).to_be_visible()
    await tab.evaluate("() => made.emotes(0)")
    await expect(tab.locator(".cw-bubble")).to_have_text(["hi wave rain", "owl"])
    await expect(tab.locator(".cw-log img")).to_have_count(0)
    await expect(tab.get_by_role("tooltip")).to_be_hidden()


async def test_copied_text_is_what_was_typed(tab: Page) -> None:
    await say(tab, "hi owl  rain you")
    copied = await tab.evaluate(f"""() => {{
        const selection = getSelection()
        const range = document.createRange()
        range.selectNodeContents({LOG}.querySelector('.cw-bubble'))
        selection.removeAllRanges()
        selection.addRange(range)
        return range.toString()
    }}""")
    assert copied == "hi owl  rain you"


async def test_the_card_takes_no_focus_and_goes_with_escape(tab: Page) -> None:
    await say(tab, "rain hi")
    field = tab.get_by_label("Message", exact=True)
    await field.focus()
    await box(tab, "rain").hover()
    card = tab.get_by_role("tooltip")
    await expect(card).to_contain_text("7TV emote of this room")
    await expect(card).to_contain_text("by Mira")
    await expect(field).to_be_focused()
    await card.hover()
    await expect(card).to_be_visible()
    await field.press("Escape")
    await expect(card).to_be_hidden()


async def test_arrows_lead_from_the_menus_button_to_the_emotes(tab: Page) -> None:
    await say(tab, "owl and rain", "last")
    more = tab.get_by_role("button", name=re.compile("^Message of "))
    await more.last.focus()
    await tab.keyboard.press("ArrowUp")
    await expect(more.first).to_be_focused()
    await tab.keyboard.press("ArrowRight")
    await expect(box(tab, "owl")).to_be_focused()
    await expect(tab.get_by_role("tooltip")).to_contain_text("owl")
    await tab.keyboard.press("ArrowRight")
    await expect(box(tab, "rain")).to_be_focused()
    await expect(tab.get_by_role("tooltip")).to_contain_text("rain")
    await tab.keyboard.press("ArrowLeft")
    await expect(box(tab, "owl")).to_be_focused()
    await tab.keyboard.press("ArrowLeft")
    await expect(more.first).to_be_focused()
    await expect(tab.get_by_role("tooltip")).to_be_hidden()


async def test_a_long_press_shows_the_card_until_one_presses_elsewhere(
    chromium: Browser, script: bytes, cdn: Cdn
) -> None:
    async with dom_tab(chromium, script, has_touch=True, is_mobile=True) as tab:
        await begin(tab, cdn)
        await say(tab, "rain hi")
        place = await box(tab, "rain").bounding_box()
        assert place is not None
        finger = {"x": place["x"] + 10, "y": place["y"] + 10}
        session = await tab.context.new_cdp_session(tab)
        await session.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [finger]})
        card = tab.get_by_role("tooltip")
        await expect(card).to_be_visible()
        await session.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
        await frame(tab)
        await expect(card).to_be_visible()
        await tab.touchscreen.tap(5, 5)
        await expect(card).to_be_hidden()
