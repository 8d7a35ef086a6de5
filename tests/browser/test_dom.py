"""The screens in a real browser, over a chat that the test speaks for: focus, patching, what may be drawn."""

from __future__ import annotations

import pytest
from playwright.async_api import Browser, Page, expect

from tests.browser.dom_tab import LOG, ORIGIN, dom_tab, frame


async def test_the_page_keeps_its_focus_until_one_uses_the_widget(page: Page) -> None:
    await page.focus("#outside")
    await page.evaluate("made.enter(3)")
    await page.get_by_label("Message", exact=True).wait_for()
    await expect(page.locator("#outside")).to_be_focused()


async def test_a_chat_that_nobody_has_used_takes_no_focus(page: Page) -> None:
    await page.evaluate("made.lobby(3)")
    await page.get_by_role("button", name="New room").wait_for()
    assert await page.evaluate("document.activeElement.tagName") == "BODY"


async def test_the_focus_goes_on_with_who_is_in_the_chat_and_into_sight(page: Page) -> None:
    high = "height: 1500px; max-height: none"
    await page.evaluate("(high) => { document.querySelector('.cw-host').style.cssText = high }", high)
    await page.get_by_label("E-mail").focus()
    await page.evaluate("made.enter(3)")
    field = page.get_by_label("Message", exact=True)
    await expect(field).to_be_focused()
    await expect(field).to_be_in_viewport()


async def test_who_looks_elsewhere_is_not_brought_back(page: Page) -> None:
    """The focus is there when they come, for whoever has used the chat and nothing since."""
    await page.get_by_label("E-mail").fill("ada@example.org")
    await page.evaluate(
        """() => {
          document.querySelector('.cw-host').shadowRoot.activeElement.blur()
          document.getElementById('place').style.marginTop = '2000px'
          scrollTo(0, 0)
        }"""
    )
    await page.evaluate("made.enter(3)")
    await expect(page.get_by_label("Message", exact=True)).to_be_focused()
    await page.evaluate("made.enter(4)")
    await frame(page)
    assert await page.evaluate("scrollY") == 0


async def test_keys_alone_sign_in_create_and_write(page: Page) -> None:
    await page.get_by_label("E-mail").focus()
    await page.keyboard.type("ada@example.org")
    await page.keyboard.press("Enter")
    await expect(page.get_by_label("Code of 8 digits")).to_be_focused()
    await page.keyboard.type("12345678")
    await page.get_by_role("heading", name="Rooms").wait_for()
    await page.get_by_role("button", name="New room").focus()
    await page.keyboard.press("Enter")
    await expect(page.get_by_label("Room name")).to_be_focused()
    await page.keyboard.type("Owls")
    await page.keyboard.press("Enter")
    await expect(page.get_by_label("Message", exact=True)).to_be_focused()
    await page.keyboard.type("hello")
    await page.keyboard.press("Shift+Enter")
    await page.keyboard.type("there")
    await page.keyboard.press("Enter")
    calls = await page.evaluate("made.calls()")
    assert calls[-1] == "send_message hello\nthere"
    await expect(page.get_by_label("Message", exact=True)).to_have_value("")


async def test_a_form_is_never_sent_by_the_browser(page: Page) -> None:
    await page.get_by_label("E-mail").press("Enter")
    await expect(page.get_by_role("alert")).to_have_text("Enter a whole e-mail address, such as you@example.org.")
    assert page.url == f"{ORIGIN}/"


async def test_enter_that_picks_a_word_sends_nothing(page: Page) -> None:
    await page.evaluate("made.enter(3)")
    field = page.get_by_label("Message", exact=True)
    await field.fill("こんにちは")
    for composing in ("isComposing: true", "keyCode: 229"):
        init = f"{{ key: 'Enter', bubbles: true, cancelable: true, {composing} }}"
        assert await field.evaluate(f"(field) => field.dispatchEvent(new KeyboardEvent('keydown', {init}))")
    await expect(field).to_have_value("こんにちは")
    assert await page.evaluate("made.calls()") == []
    await field.press("Enter")
    assert await page.evaluate("made.calls()") == ["send_message こんにちは"]


async def test_a_button_that_takes_anothers_place_does_its_own_work(page: Page) -> None:
    await page.evaluate("made.swap()")
    await page.get_by_role("button", name="second").click()
    assert await page.evaluate("made.calls()") == ["second"]


async def test_the_draft_and_the_caret_stay_while_others_write(page: Page) -> None:
    await page.evaluate("made.enter(3)")
    field = page.get_by_label("Message", exact=True)
    await field.fill("half a thought")
    await page.keyboard.press("Home")
    await page.evaluate("made.hear('interruption')")
    await frame(page)
    await page.keyboard.type("X")
    await expect(field).to_have_value("Xhalf a thought")


async def test_the_panel_takes_the_focus_and_gives_it_back(page: Page) -> None:
    await page.evaluate("made.enter(3)")
    button = page.get_by_role("button", name="2 people")
    await button.focus()
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("heading", name="People")).to_be_focused()
    await page.keyboard.press("Escape")
    await expect(button).to_be_focused()


async def test_markup_in_a_message_is_text(page: Page) -> None:
    await page.evaluate("made.enter(1)")
    attack = "<img src=x onerror=alert(1)> <script>alert(2)</script> javascript:alert(3)"
    await page.evaluate("(text) => made.hear(text)", attack)
    await page.get_by_text(attack, exact=True).wait_for()
    assert await page.evaluate(f"{LOG}.querySelectorAll('img, script, a').length") == 0


async def test_links_open_apart(page: Page) -> None:
    await page.evaluate("made.enter(1)")
    await page.evaluate("made.hear('https://example.org/a?b=1')")
    link_ = page.get_by_role("link", name="https://example.org/a?b=1")
    await expect(link_).to_have_attribute("rel", "noopener noreferrer nofollow ugc")
    await expect(link_).to_have_attribute("target", "_blank")


async def test_nothing_is_wider_than_a_narrow_screen(page: Page) -> None:
    await page.set_viewport_size({"width": 360, "height": 640})
    await page.evaluate("made.enter(5)")
    await page.evaluate("made.hear('w'.repeat(300) + ' https://example.org/' + 'x'.repeat(200))")
    await frame(page)
    assert await page.evaluate(f"{LOG}.scrollWidth <= {LOG}.clientWidth")
    assert await page.evaluate("document.documentElement.scrollWidth <= 360")


async def test_removed_it_leaves_nothing(page: Page) -> None:
    await page.evaluate("made.remove()")
    assert await page.evaluate("document.getElementById('place').childNodes.length") == 0


async def test_a_name_is_completed_where_the_caret_is(page: Page) -> None:
    await page.evaluate("made.enter(3)")
    field = page.get_by_label("Message", exact=True)
    await field.fill("😀 hi  there")
    for _ in range(6):
        await page.keyboard.press("ArrowLeft")
    await page.keyboard.type("@b")
    await expect(page.get_by_role("option", name="Ben")).to_be_visible()
    described = await field.evaluate("(field) => field.getRootNode().getElementById("
        "field.getAttribute('aria-activedescendant')).textContent")  # fmt: skip
    assert described == "Ben"
    await page.keyboard.press("Tab")
    await expect(field).to_have_value("😀 hi @Ben  there")
    await expect(field).to_be_focused()
    await page.keyboard.type("!")
    await expect(field).to_have_value("😀 hi @Ben ! there")
    await field.press("Control+a")
    await page.keyboard.type("@b")
    await page.get_by_role("option", name="Ben").click()
    await expect(field).to_have_value("@Ben ")
    await expect(field).to_be_focused()


async def test_a_stylesheet_that_says_nothing_leaves_a_usable_page(chromium: Browser, script: bytes) -> None:
    async with dom_tab(chromium, script) as tab:
        broken = "}}} .cw { color: } @media (nothing { <b>"
        await tab.route("**/*.css", lambda route: route.fulfill(body=broken, content_type="text/css"))
        await tab.evaluate("window.made = new StrixunChat.DomPage('place', '/style.css')")
        await tab.get_by_label("E-mail").wait_for()
        await tab.evaluate("made.enter(500)")
        await tab.get_by_label("Message", exact=True).fill("hello")
        await tab.get_by_role("button", name="Send", exact=True).click()
        assert await tab.evaluate("made.calls()") == ["send_message hello"]
        await tab.get_by_role("button", name="2 people").click()
        await tab.get_by_role("button", name="More for Ben").click()
        await tab.get_by_role("menuitem", name="Compare numbers").click()
        await tab.get_by_role("button", name="They are the same").click()
        assert await tab.evaluate("made.calls()") == ["send_message hello", "compare ben True"]


ATTACKS = [
    "<img src=x onerror=alert(1)>", "<script>alert(1)</script>", "</div><b>", "'\"><svg onload=alert(1)>",
    "&lt;b&gt;&amp;&#0;", "javascript:alert(1)", "${alert(1)}{{7*7}}", "\u202eevil\u2066x", "a\u0000b", "\ufeff\u200b",
    "--></style><style>*{}", "__proto__", "constructor", "toString", "cw-message", "]]>", "%3Cb%3E", "[]", "null",
    'x" autofocus onfocus=alert(1) y="', "data:text/html,<b>", "\u2028\u2029", "\ud83d", "👩\u200d👩\u200d👧",
    "e" + "\u0301" * 40, "A" * 300, "-", "0",
]  # fmt: skip


def attacks() -> list[str]:
    """500: each alone, and two by two."""
    pairs = [f"{one} {other}" for one in ATTACKS for other in ATTACKS]
    return [*ATTACKS, *pairs][:500]


async def test_what_a_peer_says_is_text_in_every_place(page: Page) -> None:
    """Messages, lines of the room, names of people and rooms: as many elements as for a plain word, none of a new kind,
    and the word itself. (Links, code and mentions are elements of their own: such words are not among these.)"""
    await page.evaluate("made.enter(1)")
    await page.get_by_role("button", name="2 people").click()
    shape = (
        "[...document.getElementById('place').firstElementChild.shadowRoot.querySelectorAll('*')]"
        ".map((each) => `${each.tagName} ${[...each.attributes].map((a) => a.name)}`).sort().join()"
    )
    title = "document.getElementById('place').firstElementChild.shadowRoot.querySelector('.cw-title bdi').textContent"
    fill = """([text, field]) => {
      made.clear()
      made.call_room(text)
      made.call_ben(text)
      made[field](text)
      made.draw()
    }"""
    plain = {}
    for field in ("hear", "tell"):
        await page.evaluate(fill, ["plain", field])
        plain[field] = await page.evaluate(shape)
    for text in attacks():
        for field in ("hear", "tell"):
            await page.evaluate(fill, [text, field])
            assert await page.evaluate(shape) == plain[field], (field, text)
        assert await page.evaluate(title) == text


async def test_emoji_alone_are_large_whoever_says_them(page: Page) -> None:
    await page.evaluate("made.enter(1)")
    for way in ("hear", "say"):
        await page.evaluate(f"made.{way}('😀🎉')")
    await expect(page.locator(".cw-large")).to_have_count(2)
    sizes = "(all) => all.map((each) => { const range = new Range(); range.selectNodeContents(each);" \
        " return range.getBoundingClientRect().height })"  # fmt: skip
    theirs, mine = await page.locator(".cw-large").evaluate_all(sizes)
    assert theirs > 30
    assert mine > 30


# The places of letters of a text, from its start and from its end.
PLACES = """(element, which) => {
  const range = new Range(), text = element.firstChild, length = text.length
  return which.map((at) => {
    const from = at < 0 ? length + at : at
    range.setStart(text, from)
    range.setEnd(text, from + 1)
    return range.getBoundingClientRect().left
  })
}"""


async def test_mentions_and_links_are_written_as_ever_in_a_text_to_the_left(page: Page) -> None:
    await page.evaluate("made.enter(1)")
    await page.evaluate("made.hear('مرحبا @Ada كيف https://example.org/a/ الحال')")
    at, letter = await page.locator(".cw-mention").evaluate(PLACES, [0, 1])
    assert at < letter
    before, slash = await page.locator(".cw-link").evaluate(PLACES, [-2, -1])
    assert before < slash


@pytest.mark.parametrize("people", [2, 11])
async def test_how_one_is_connected_is_not_cut_off(page: Page, people: int) -> None:
    """In a bubble on a phone the button that closes it stands in the header too."""
    await page.set_viewport_size({"width": 360, "height": 640})
    await page.evaluate("(people) => made.crowd(people)", people)
    badge = page.locator(".cw-badge")
    await expect(badge).to_have_text("Connected directly")
    await page.locator(".cw-bar").evaluate("(bar) => { bar.style.paddingInlineEnd = '60px' }")
    assert await badge.evaluate("(badge) => badge.scrollWidth <= badge.clientWidth")
    box, bar = await badge.bounding_box(), await page.locator(".cw-bar").bounding_box()
    assert box is not None
    assert bar is not None
    assert box["y"] + box["height"] <= bar["y"] + bar["height"]


@pytest.mark.parametrize("direction", ["ltr", "rtl"])
async def test_a_name_that_is_too_long_is_cut_at_its_own_end(page: Page, direction: str) -> None:
    await page.set_viewport_size({"width": 360, "height": 640})
    await page.locator(".cw").evaluate("(chat, direction) => { chat.dir = direction }", direction)
    await page.evaluate("made.enter(1); made.call_room('A name that is longer than its place'); made.hear('x')")
    name = page.locator(".cw-title bdi")
    await expect(name).to_have_text("A name that is longer than its place")
    first, last = await name.evaluate(PLACES, [0, -1])
    box, title = await name.bounding_box(), await page.locator(".cw-bar-title").bounding_box()
    assert box is not None
    assert title is not None
    assert abs(first - box["x"]) < 2
    assert last > box["x"] + box["width"]
    assert title["x"] - 1 <= box["x"]
    assert box["x"] + box["width"] <= title["x"] + title["width"] + 1


OWL = "https://cdn.7tv.app/emote/owl/1x.webp"
BELOW = "[...document.querySelectorAll('#below > div > *')].map((each) => each.outerHTML)"


async def test_an_address_that_is_none_of_the_webs_is_not_set(page: Page) -> None:
    given = ["javascript:alert(1)", "data:text/html,x", "/here", OWL]
    for tag, name, shown in (("a", "href", "<a{}></a>"), ("img", "src", "<img{}>")):
        await page.evaluate("(nodes) => made.nodes(nodes)", [[tag, {name: each}, ""] for each in given])
        plain = shown.format("")
        assert await page.evaluate(BELOW) == [plain, plain, plain, shown.format(f' {name}="{OWL}"')]
        await page.evaluate("(nodes) => made.nodes(nodes)", [[tag, {name: given[0]}, ""]] * 4)
        assert await page.evaluate(BELOW) == [plain] * 4


async def test_an_element_loses_what_its_node_has_no_more_and_is_named_apart_from_other_widgets(page: Page) -> None:
    await page.evaluate("made.nodes([['p', { key: 'a', id: 'x', title: 'one' }, 'first']])")
    assert await page.evaluate(BELOW) == ['<p id="below-x" title="one">first</p>']
    await page.evaluate("made.nodes([['p', { key: 'a', id: 'y' }, 'second']])")
    assert await page.evaluate(BELOW) == ['<p id="below-y">second</p>']


async def test_of_nodes_with_one_key_each_has_an_element(page: Page) -> None:
    await page.evaluate("made.nodes([['i', {}, '0'], ['p', {}, '1'], ['p', {}, '2']])")
    await page.evaluate("made.nodes([['p', {}, '3'], ['p', {}, '4'], ['i', {}, '5']])")
    assert await page.evaluate(BELOW) == ["<p>3</p>", "<p>4</p>", "<i>5</i>"]


async def test_what_moves_under_ones_pointer_does_not_take_the_focus(page: Page) -> None:
    """To scroll the list or to point at something is not to use the chat."""
    await page.evaluate("made.lobby(60)")
    await page.get_by_role("list", name="Rooms").hover()
    await page.mouse.wheel(0, 300)
    await page.get_by_role("button", name="Join Room 9").wait_for()
    await frame(page)
    await page.evaluate("made.enter(3)")
    await page.get_by_label("Message", exact=True).wait_for()
    assert await page.evaluate("document.activeElement.tagName") == "BODY"
