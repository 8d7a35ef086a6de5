"""Invites as links: opened on the page they lead into the room, and leave no trace in its address."""

from __future__ import annotations

import pytest
from playwright.async_api import expect

from tests.browser.conftest import Arrive
from tests.browser.meeting import talk
from tests.browser.person import Person

pytestmark = pytest.mark.no_cover

PATH = "/zero-config"


async def hosting(arrive: Arrive, name: str) -> tuple[Person, str]:
    """Somebody in a private room, and the link that they copied."""
    ada = await arrive()
    await ada.context.grant_permissions(["clipboard-read", "clipboard-write"])
    await ada.come_in(f"ada.{name}@example.org", "Ada", PATH)
    await ada.rooms.create(name, private=True)
    await ada.chat.input.wait_for()
    await ada.page.get_by_role("button", name="Copy invite").first.click()
    await ada.page.get_by_text("Invite copied.").wait_for()
    link: str = await ada.page.evaluate("() => navigator.clipboard.readText()")
    return ada, link


async def test_an_invite_leads_into_the_room_also_when_the_page_is_loaded_anew_at_the_code(arrive: Arrive) -> None:
    ada, link = await hosting(arrive, "linked")
    assert link.startswith(f"{ada.origin}{PATH}#cw=")
    ben = await arrive()
    await ben.page.goto(link)
    email = "ben.linked@example.org"
    await ben.sign_in.ask_for_code(email, "Ben")
    assert await ben.page.evaluate("() => location.href + JSON.stringify(history.state)") == f"{ada.origin}{PATH}null"
    code = await ben.code_for(email)
    await ben.page.reload()
    await ben.sign_in.enter(code)
    await ben.chat.input.wait_for()
    await talk(ada, ben)
    kept = await ben.page.evaluate("() => JSON.stringify(sessionStorage)")
    assert link.split("#cw=")[1] not in kept


async def test_an_invite_that_is_opened_on_the_page_one_is_on_is_followed(arrive: Arrive) -> None:
    ada, link = await hosting(arrive, "followed")
    ben = await arrive()
    await ben.come_in("ben.followed@example.org", "Ben", PATH)
    await ben.page.goto(link)  # only the fragment differs: the page stays
    await ben.chat.input.wait_for()
    assert await ben.page.evaluate("() => location.hash") == ""
    await talk(ada, ben)


async def test_a_wrong_invite_is_said_and_stays_in_its_field(arrive: Arrive) -> None:
    ben = await arrive()
    await ben.come_in("ben.wrong@example.org", "Ben", PATH)
    ben.expect("There is no such room")
    await ben.page.goto(f"{ben.origin}{PATH}#cw={'a' * 26}.{'a' * 26}")
    await ben.page.get_by_text("There is no such room").first.wait_for()
    await expect(ben.page.get_by_label("Have an invite?")).to_have_value(f"{'a' * 26}.{'a' * 26}")


async def test_a_fragment_of_the_page_is_its_own(arrive: Arrive) -> None:
    ben = await arrive()
    await ben.visit(f"{PATH}#chapter")
    await ben.page.get_by_label("E-mail").wait_for()
    assert await ben.page.evaluate("() => location.hash") == "#chapter"


async def test_the_invite_is_shown_with_a_code_and_a_new_one_can_be_made(arrive: Arrive) -> None:
    ada, link = await hosting(arrive, "shown")
    await ada.page.get_by_role("button", name="Invite people").click()
    dialog = ada.page.get_by_role("dialog", name="Invite people")
    await expect(dialog.get_by_text(link)).to_be_visible()
    await expect(dialog.get_by_role("img", name="QR code")).to_be_visible()
    await dialog.get_by_role("button", name="New invite").click()
    await ada.page.get_by_text("There is a new invite.").wait_for()
    await ada.page.get_by_role("button", name="Invite people").click()
    await expect(dialog.get_by_text(f"{ada.origin}{PATH}#cw=")).to_be_visible()
    assert await dialog.get_by_text(link).count() == 0
