"""Long lists in a real browser: only what is in sight is drawn, and the reader's place is kept."""

from __future__ import annotations

from playwright.async_api import Page, expect

from tests.browser.dom_tab import LOG, frame

# Text of the first whole message in sight, and how far below the top edge it is.
FIRST_IN_SIGHT = f"""(() => {{
  const top = {LOG}.getBoundingClientRect().top
  return [...{LOG}.querySelectorAll('.cw-bubble')]
    .map((bubble) => [bubble.textContent, Math.round(bubble.getBoundingClientRect().top - top)])
    .find((found) => found[1] >= 0)
}})()"""
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
    await page.wait_for_function("innerWidth === 380 && innerHeight === 500")  # a busy browser tells the page later
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
    await page.keyboard.press("Home")
    await page.get_by_role("button", name="More for P000").wait_for()
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
