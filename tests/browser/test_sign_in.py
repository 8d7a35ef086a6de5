"""Signing in as people do it: with a reload, with what they paste, with addresses in their own letters."""

from __future__ import annotations

import pytest
from playwright.async_api import expect

from tests.browser.conftest import Arrive
from tests.browser.person import Person

pytestmark = pytest.mark.no_cover

NOTED = "() => Object.entries({...sessionStorage}).filter(([name]) => name.includes(' code ')).map(([, text]) => text)"
# What a paste does: the text goes to the caret, and the field hears of it.
PASTE = "text => document.execCommand('insertText', false, text)"


async def at_code(arrive: Arrive, email: str, name: str = "") -> Person:
    person = await arrive()
    await person.visit()
    await person.sign_in.ask_for_code(email, name)
    return person


async def test_the_code_step_survives_a_reload(arrive: Arrive) -> None:
    ada = await at_code(arrive, "ada.anew@example.org", "Ada")
    code = await ada.code_for("ada.anew@example.org")
    (noted,) = await ada.page.evaluate(NOTED)
    assert "ada.anew@example.org" in noted
    assert code not in noted
    await ada.page.reload()
    await ada.sign_in.code.wait_for()
    await ada.page.get_by_text("ada.anew@example.org").wait_for()
    again = ada.page.get_by_role("button", name="Send again in 0:")
    await expect(again).to_be_visible()
    assert await again.get_attribute("aria-disabled") == "true"
    await ada.sign_in.enter(code)
    await ada.rooms.title.wait_for()
    assert await ada.page.evaluate(NOTED) == []


async def test_another_e_mail_leaves_nothing_of_the_first(arrive: Arrive) -> None:
    ben = await at_code(arrive, "ben.other@example.org")
    await ben.page.get_by_role("button", name="Use another e-mail").click()
    await ben.sign_in.email.wait_for()
    assert await ben.page.evaluate(NOTED) == []
    await ben.page.reload()
    await ben.sign_in.email.wait_for()


async def test_a_new_tab_knows_nothing_of_the_address(arrive: Arrive) -> None:
    cem = await at_code(arrive, "cem.tab@example.org")
    tab = Person(cem.context, await cem.context.new_page(), cem.origin, cem._mailbox)
    await tab.visit()
    await tab.sign_in.email.wait_for()
    assert await tab.sign_in.email.input_value() == ""


@pytest.mark.parametrize("kind", ["sentence", "Arabic"])
async def test_a_code_is_taken_as_people_paste_it(arrive: Arrive, kind: str) -> None:
    email = f"dana.{kind.lower()}@example.org"
    dana = await at_code(arrive, email)
    code = await dana.code_for(email)
    await dana.sign_in.code.focus()
    if kind == "sentence":
        pasted = dana._mailbox.mails(email)[0].text
        assert len(pasted) > 300
    else:
        pasted = "".join(chr(0x660 + int(digit)) for digit in code)
    await dana.page.evaluate(PASTE, pasted)
    await dana.rooms.title.wait_for()


async def test_an_address_goes_out_in_its_own_letters(arrive: Arrive) -> None:
    """Chromium turns what is typed into a field for e-mail into "weiss.example"."""
    eva = await arrive()
    await eva.visit()
    await eva.sign_in.email.click()
    await eva.page.keyboard.type("Eva@weiß.example")
    await eva.page.get_by_role("button", name="Send code").click()
    await eva.sign_in.code.wait_for()
    assert len(await eva.code_for("Eva@xn--wei-7ka.example")) == 8
