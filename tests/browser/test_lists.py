"""Long lists in a real browser: only what is in sight is drawn, and the reader's place is kept."""

from __future__ import annotations

import pytest
from playwright.async_api import Page, expect

from tests.browser.dom_tab import LOG, frame

# Text of the first whole message in sight, and how far below the top edge it is.
FIRST_IN_SIGHT = f"""(() => {{
  const top = {LOG}.getBoundingClientRect().top
  return [...{LOG}.querySelectorAll('.cw-bubble')]
    .map((bubble) => [bubble.textContent, Math.round(bubble.getBoundingClientRect().top - top)])
    .find((found) => found[1] >= 0)
}})()"""
SMALL = "--cw-size: 6px; --cw-density: 0; --cw-avatar-size: 6px; height: 700px; max-height: none"
AT_END = "(list) => list.scrollTop + list.clientHeight > list.scrollHeight - 1"
STYLE = "(style) => { document.querySelector('.cw-host').style.cssText = style }"
ALL = "[...document.getElementById('place').firstElementChild.shadowRoot.querySelectorAll('*')].length"

SPY = f"""() => {{
  window.writes = 0
  const own = Object.getOwnPropertyDescriptor(Element.prototype, 'scrollTop')
  const set = function (px) {{ window.writes++; own.set.call(this, px) }}
  Object.defineProperty({LOG}, 'scrollTop', {{ get: own.get, set }})
}}"""


async def at_bottom(page: Page) -> bool:
    distance: float = await page.evaluate(f"{LOG}.scrollHeight - {LOG}.scrollTop - {LOG}.clientHeight")
    return distance < 2


async def test_the_newest_message_stays_in_sight(page: Page) -> None:
    await page.evaluate("made.enter(200)")
    await page.get_by_text("message 199", exact=True).wait_for()
    assert await at_bottom(page)
    await page.evaluate("made.hear('newest')")
    await frame(page)
    assert await at_bottom(page)
    await page.set_viewport_size({"width": 380, "height": 500})
    # A busy browser tells the page later.
    await page.wait_for_function("() => innerWidth === 380 && innerHeight === 500")
    await frame(page)
    assert await at_bottom(page)


async def test_a_reader_of_older_messages_is_left_in_peace(page: Page) -> None:
    await page.evaluate("made.enter(200)")
    await page.get_by_text("message 199", exact=True).wait_for()
    await page.evaluate(f"{LOG}.scrollTop -= 900")
    await frame(page)
    before = await page.evaluate(FIRST_IN_SIGHT)
    for number in range(3):
        await page.evaluate(f"made.hear('new {number}')")
    await page.get_by_text("3 new messages").wait_for()
    assert await page.evaluate(FIRST_IN_SIGHT) == before
    await page.get_by_text("3 new messages").click()
    await page.get_by_text("new 2", exact=True).wait_for()
    await frame(page)
    assert await at_bottom(page)


async def test_keys_and_wheel_reach_the_first_of_ten_thousand_messages(page: Page) -> None:
    await page.evaluate("made.enter(10000)")
    await page.get_by_text("message 9999", exact=True).wait_for()
    await page.get_by_role("log", name="Messages").focus()
    most = await page.evaluate(ALL)
    await page.keyboard.press("Home")
    await page.get_by_text("message 0", exact=True).wait_for()
    most = max(most, await page.evaluate(ALL))
    await page.keyboard.press("End")
    await page.get_by_text("message 9999", exact=True).wait_for()
    await page.evaluate(f"{LOG}.scrollTop = {LOG}.scrollHeight / 2")
    await page.get_by_text("message 50", exact=False).first.wait_for()
    await page.get_by_role("log", name="Messages").hover()
    for _ in range(20):
        before = await page.evaluate(FIRST_IN_SIGHT)
        await page.mouse.wheel(0, -400)
        await page.wait_for_function(f"(seen) => `${{{FIRST_IN_SIGHT}}}` !== seen", arg=",".join(map(str, before)))
        most = max(most, await page.evaluate(ALL))
    assert most < 400


async def test_the_readers_place_is_kept_while_rows_are_measured(page: Page) -> None:
    """Page by page upwards: the row at the edge moves by what was scrolled, to one pixel, whatever is drawn above."""
    await page.evaluate("made.enter(3000)")
    await page.get_by_text("message 2999", exact=True).wait_for()
    place = f"""(text) => [...{LOG}.querySelectorAll('.cw-bubble')]
      .find((bubble) => bubble.textContent === text)?.getBoundingClientRect().top"""
    for _ in range(12):
        seen = (await page.evaluate(FIRST_IN_SIGHT))[0]
        before = await page.evaluate(place, seen)
        await page.evaluate(f"{LOG}.scrollTop -= 250")
        await frame(page)
        await frame(page)
        after = await page.evaluate(place, seen)
        assert abs(after - before - 250) <= 1


async def test_who_goes_to_the_top_is_there_where_rows_are_higher_than_guessed(page: Page) -> None:
    """Some that were drawn at the end are drawn at the top too: keeping to one of these would lead away from it."""
    await page.set_viewport_size({"width": 700, "height": 400})
    texts = ["the first", *[f"line {number}" for number in range(12)]]
    await page.evaluate("(texts) => { made.enter(1); made.emoted(texts) }", texts)
    await page.get_by_text("line 11", exact=True).wait_for()
    await frame(page)
    await page.evaluate(f"() => {{ {LOG}.scrollTop = 0 }}")
    await expect(page.get_by_text("the first", exact=True)).to_be_in_viewport()
    for _ in range(3):
        await frame(page)
    assert await page.evaluate(f"{LOG}.scrollTop") == 0


async def test_a_glide_is_not_ended_by_what_is_measured_on_the_way(page: Page) -> None:
    """What writes a scroll position ends a glide, and Safari loses it meanwhile: the space above gives way."""
    await page.evaluate("made.enter(3000)")
    await page.get_by_text("message 2999", exact=True).wait_for()
    await page.evaluate(f"{LOG}.scrollBy(0, -1000)")
    await frame(page)
    await page.evaluate(SPY)
    for _ in range(8):
        await page.evaluate(f"{LOG}.scrollBy(0, -400)")
        await frame(page)
        await frame(page)
    assert await page.evaluate("writes") == 0


async def test_the_end_is_followed_by_who_is_a_little_above_it(page: Page) -> None:
    await page.evaluate("made.enter(200)")
    await page.get_by_text("message 199", exact=True).wait_for()
    await frame(page)
    await page.evaluate(f"{LOG}.scrollTop -= 40")
    await frame(page)
    await page.evaluate("made.hear('newest')")
    await page.get_by_text("newest", exact=True).wait_for()
    await frame(page)
    assert await at_bottom(page)


async def test_a_key_in_the_list_leaves_the_reader_where_they_are(page: Page) -> None:
    await page.evaluate("made.enter(200)")
    await page.get_by_text("message 199", exact=True).wait_for()
    await page.evaluate(f"{LOG}.scrollTop -= 900")
    await frame(page)
    await page.get_by_role("log", name="Messages").press("Shift")
    before = await page.evaluate(FIRST_IN_SIGHT)
    await page.evaluate("made.hear('newest')")
    await page.get_by_text("1 new message").wait_for()
    await frame(page)
    assert await page.evaluate(FIRST_IN_SIGHT) == before


async def test_what_grows_above_the_reader_moves_nothing(page: Page) -> None:
    """Though rows above it are drawn too, the one that is kept in place is the first in sight."""
    await page.evaluate("made.enter(200)")
    await page.get_by_text("message 199", exact=True).wait_for()
    await page.evaluate(f"{LOG}.scrollTop -= 900")
    await frame(page)
    before = await page.evaluate(FIRST_IN_SIGHT)
    await page.evaluate(f"made.late({int(before[0].split(' ')[1]) - 2})")
    await page.get_by_text("Came late").wait_for(state="attached")
    await frame(page)
    assert await page.evaluate(FIRST_IN_SIGHT) == before


@pytest.mark.parametrize("width", [700, 380])
async def test_a_window_of_another_size_leaves_the_reader_where_they_have_scrolled_to(page: Page, width: int) -> None:
    """Also where nothing was drawn since: what was drawn reached far enough."""
    await page.evaluate("made.enter(200)")
    await page.get_by_text("message 199", exact=True).wait_for()
    await page.evaluate(f"{LOG}.scrollTop -= 900")
    await frame(page)
    await page.evaluate(f"{LOG}.scrollTop -= 60")
    await frame(page)
    before = await page.evaluate(FIRST_IN_SIGHT)
    await page.set_viewport_size({"width": width, "height": 660})
    await page.wait_for_function("() => innerHeight === 660")
    await frame(page)
    await frame(page)
    assert (await page.evaluate(FIRST_IN_SIGHT))[0] == before[0]


async def test_what_comes_in_above_the_first_message_moves_nothing(page: Page) -> None:
    await page.evaluate("made.enter(30)")
    await page.get_by_text("message 29", exact=True).wait_for()
    await page.evaluate(f"() => {{ {LOG}.scrollTop = 0 }}")
    await frame(page)
    first = page.locator("[data-row]").filter(has_text="message 0")
    before = await first.bounding_box()
    await page.evaluate("made.above('of before')")
    await page.get_by_text("of before").wait_for(state="attached")
    await frame(page)
    after = await first.bounding_box()
    assert before is not None
    assert after is not None
    assert abs(after["y"] - before["y"]) <= 1


# How far each row is below the one before it, and the first below what stands for those that are not drawn.
GAPS = f"""() => [...{LOG}.querySelectorAll('[data-row]')]
  .map((row) => Math.round(row.getBoundingClientRect().top - row.previousElementSibling.getBoundingClientRect().bottom))
"""
SPACE = f"{LOG}.querySelector('[data-row]').previousElementSibling.offsetHeight"


@pytest.mark.parametrize(("style", "count"), [("", 80), (SMALL, 200)])
async def test_reading_back_to_the_first_keeps_the_place_and_leaves_no_gap(page: Page, style: str, count: int) -> None:
    """Though rows turn out higher than was guessed, each by a line more, or lower."""
    await page.evaluate(STYLE, style)
    await page.evaluate(f"made.enter({count})")
    if style == "":
        await page.evaluate("for (let at = 0; at < 80; at += 1) made.late(at)")
        await page.get_by_text("Came late").last.wait_for()
    await page.get_by_text(f"message {count - 1}", exact=True).wait_for()
    await frame(page)
    place = f"""(text) => [...{LOG}.querySelectorAll('.cw-bubble')]
      .find((bubble) => bubble.textContent === text)?.getBoundingClientRect().top"""
    for _ in range(40):
        text = (await page.evaluate(FIRST_IN_SIGHT))[0]
        before = await page.evaluate(place, text)
        scrolled = await page.evaluate(f"{LOG}.scrollTop - ({LOG}.scrollTop -= 250, {LOG}.scrollTop)")
        await frame(page)
        await frame(page)
        if await page.evaluate(f"{LOG}.scrollTop") == 0:
            break
        assert abs(await page.evaluate(place, text) - before - scrolled) <= 1
    assert await page.evaluate(f"{LOG}.scrollTop") == 0
    await expect(page.get_by_text("message 0", exact=True)).to_be_in_viewport()
    assert await page.evaluate(SPACE) == 0
    assert set(await page.evaluate(GAPS)) == {0}


@pytest.mark.parametrize("count", [20, 3000])
async def test_home_leads_to_the_first_row_wherever_one_is(page: Page, count: int) -> None:
    """Also where the row at the edge is still drawn there."""
    await page.evaluate(f"made.enter({count})")
    await page.get_by_text(f"message {count - 1}", exact=True).wait_for()
    await page.evaluate(f"{LOG}.scrollTop -= 200")
    await frame(page)
    await page.get_by_role("log", name="Messages").press("Home")
    await expect(page.get_by_text("message 0", exact=True)).to_be_in_viewport()
    for _ in range(3):
        await frame(page)
    assert await page.evaluate(f"{LOG}.scrollTop") == 0


async def test_home_leads_to_the_first_row_out_of_the_glide_of_another_key(page: Page) -> None:
    """The browser's own glide to the end would go on from there."""
    await page.evaluate("made.crowd(300)")
    await page.get_by_role("button", name="301 people").click()
    people = page.get_by_role("list", name="People")
    await people.evaluate("""(list) => {
      window.tops = []
      list.addEventListener('scroll', () => {
        tops.push(list.scrollTop)
        if (tops.length === 3) list.dispatchEvent(new KeyboardEvent('keydown', { key: 'Home' }))
      })
    }""")
    await people.press("End")
    await page.wait_for_function("() => tops.length > 3 && tops.at(-1) === 0")
    for _ in range(10):
        await frame(page)
        assert await people.evaluate("(list) => list.scrollTop") == 0
    assert max(await page.evaluate("tops")) > 0
    await expect(page.get_by_role("button", name="More for P000")).to_be_in_viewport()


async def test_the_first_new_message_stands_at_the_top_edge(page: Page) -> None:
    await page.evaluate("made.enter(200)")
    await page.get_by_text("message 199", exact=True).wait_for()
    await page.evaluate(f"{LOG}.scrollTop -= 905")
    await frame(page)
    await page.evaluate("for (let number = 0; number < 40; number += 1) made.hear(`new ${number}`)")
    await page.get_by_text("40 new messages").click()
    await page.get_by_text("new 0", exact=True).wait_for()
    await frame(page)
    top = f"""() => {LOG}.querySelector('.cw-unread').closest('[data-row]').getBoundingClientRect().top
      - {LOG}.getBoundingClientRect().top"""
    assert abs(await page.evaluate(top)) <= 1


async def test_the_button_to_the_newest_covers_no_message(page: Page) -> None:
    """Neither while one reads back nor when something new comes then; the place is kept."""
    await page.evaluate("made.enter(200)")
    await frame(page)
    ends = "() => [LOG.getBoundingClientRect().bottom, LOG.parentElement.getBoundingClientRect().bottom]"
    ends = ends.replace("LOG", LOG)
    bottom, whole = await page.evaluate(ends)
    assert bottom == whole
    await page.locator(".cw-log").hover()
    await page.mouse.wheel(0, -900)
    down = page.get_by_role("button", name="Go to the newest message")
    await expect(down).to_be_visible()
    top = await page.evaluate(f"{LOG}.scrollTop")
    await page.evaluate("made.hear('newest')")
    down = page.get_by_role("button", name="1 new message")
    box = await down.bounding_box()
    assert box is not None
    assert (await page.evaluate(ends))[0] <= box["y"]
    assert box["height"] >= 44
    assert await page.evaluate(f"{LOG}.scrollTop") == top
    await down.click()
    await expect(down).to_have_count(0)
    assert await page.evaluate(ends) == [bottom, whole]


async def test_rows_much_lower_than_guessed_fill_the_view_at_once(page: Page) -> None:
    """Once measured, more are drawn in the same drawing: nobody sees a gap."""
    await page.evaluate(STYLE, SMALL)
    first = f"""() => {{
      made.enter(500)
      made.draw()
      return {LOG}.querySelector('[data-row]').getBoundingClientRect().top - {LOG}.getBoundingClientRect().top
    }}"""
    assert await page.evaluate(first) <= 0


async def test_a_list_that_begins_at_its_top_does_not_follow_its_end(page: Page) -> None:
    await page.evaluate("made.crowd(40)")
    await page.get_by_role("button", name="41 people").click()
    people = page.get_by_role("list", name="People")
    await people.evaluate("(list) => { list.scrollTop = list.scrollHeight }")
    await frame(page)
    await frame(page)
    before = await people.evaluate("(list) => list.scrollTop")
    await page.evaluate("made.crowd(60)")
    await page.get_by_role("button", name="61 people").wait_for()
    await frame(page)
    assert abs(await people.evaluate("(list) => list.scrollTop") - before) <= 1


async def test_a_message_of_mine_brings_me_down(page: Page) -> None:
    await page.evaluate("made.enter(200)")
    await page.get_by_text("message 199", exact=True).wait_for()
    await page.evaluate(f"{LOG}.scrollTop = 500")
    await frame(page)
    assert not await at_bottom(page)
    await page.evaluate("made.say('mine')")
    await page.get_by_text("mine", exact=True).wait_for()
    await frame(page)
    assert await at_bottom(page)


async def test_ten_thousand_messages_are_drawn_within_a_frame(page: Page) -> None:
    await page.evaluate("made.enter(10000)")
    await page.get_by_text("message 9999", exact=True).wait_for()
    taken = sorted(await page.evaluate("made.time(100)"))
    assert taken[10] < 4, taken[:11]  # what it costs when nothing else runs on the machine
    assert taken[50] < 16, taken[-5:]


async def test_of_two_thousand_rooms_those_in_sight_are_drawn_and_keys_reach_all(page: Page) -> None:
    await page.evaluate("made.lobby(2000)")
    await page.get_by_role("button", name="Join Room 0").wait_for()
    assert await page.evaluate(ALL) < 400
    rooms = page.get_by_role("list", name="Rooms")
    for _ in range(30):
        await page.keyboard.press("Tab")
        await frame(page)
        await frame(page)
    focused = "document.getElementById('place').firstElementChild.shadowRoot.activeElement.textContent"
    assert "Join Room 2" in await page.evaluate(focused)
    await rooms.evaluate("(list) => { list.scrollTop = list.scrollHeight / 2 }")
    await page.get_by_role("button", name="Join Room 1000").wait_for()
    assert await page.evaluate(ALL) < 400
    await page.get_by_label("Find a room").fill("room 1999")
    await expect(page.get_by_role("listitem")).to_have_count(1)
    await page.get_by_role("button", name="Join Room 1999").click()
    await page.get_by_label("Message", exact=True).wait_for()


FOCUSED = "document.getElementById('place').firstElementChild.shadowRoot.activeElement?.getAttribute('aria-label')"


async def test_of_three_hundred_people_those_in_sight_are_drawn_and_keys_and_readers_reach_all(page: Page) -> None:
    await page.evaluate("made.crowd(300)")
    await page.get_by_role("button", name="301 people").click()
    people = page.get_by_role("list", name="People")
    await page.get_by_role("button", name="More for P000").wait_for()
    most = await page.evaluate(ALL)
    for _ in range(30):
        await page.keyboard.press("Tab")
        await frame(page)
        await frame(page)
        most = max(most, await page.evaluate(ALL))
    assert await page.evaluate(FOCUSED) == "More for P027"  # after the button that closes and the list
    await people.focus()
    await page.keyboard.press("End")
    await page.get_by_role("button", name="More for P299").wait_for()
    last = people.get_by_role("listitem").last
    await expect(last).to_have_attribute("aria-posinset", "301")
    await expect(last).to_have_attribute("aria-setsize", "301")
    most = max(most, await page.evaluate(ALL))
    while not await people.evaluate(AT_END):  # the browser glides there, past the last row's coming
        await frame(page)
    await page.keyboard.press("Home")
    await page.get_by_role("button", name="More for P000").wait_for()
    await frame(page)
    assert await people.evaluate("(list) => list.scrollTop") == 0
    await people.evaluate("(list) => { list.scrollTop = list.scrollHeight / 2 }")
    await page.get_by_role("button", name="More for P150").click()
    await page.get_by_role("menu", name="More for P150").wait_for()
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("button", name="More for P150")).to_be_focused()
    assert most < 400


async def test_a_list_that_comes_back_shows_the_place_that_was_left(page: Page) -> None:
    await page.evaluate("made.lobby(2000)")
    rooms = page.get_by_role("list", name="Rooms")
    await rooms.evaluate("(list) => { list.scrollTop = list.scrollHeight / 2 }")
    await page.get_by_role("button", name="Join Room 1000").click()
    await page.get_by_role("button", name="Leave room").click()
    await expect(page.get_by_role("button", name="Join Room 1000")).to_be_in_viewport()
