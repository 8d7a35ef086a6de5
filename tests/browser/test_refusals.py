"""What goes wrong is said in words, on the screen and to the page."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Route, expect
from redis.asyncio import Redis

from tests.browser.conftest import Arrive
from tests.browser.site import Site, running_site
from tests.fakes.redis_server import running_redis

pytestmark = pytest.mark.no_cover

# The browser itself reports every answer of 400 and above; the page writes what its onError hears.
REFUSAL = "Failed to load resource|Chat error"


async def test_a_wrong_code_is_refused_in_words_and_the_right_one_still_works(arrive: Arrive) -> None:
    ada = await arrive()
    ada.expect(REFUSAL)
    await ada.visit()
    await ada.sign_in.ask_for_code("ada.wrong@example.org", "Ada")
    code = await ada.code_for("ada.wrong@example.org")
    await ada.sign_in.enter(f"{(int(code) + 1) % 10**8:08d}")
    await expect(ada.sign_in.problem).to_be_visible()
    await expect(ada.sign_in.problem).to_contain_text("code")
    await ada.sign_in.enter(code)
    await ada.rooms.title.wait_for()


async def test_a_guesser_is_stopped_in_words(arrive: Arrive) -> None:
    ada = await arrive()
    ada.expect(REFUSAL)
    await ada.visit()
    await ada.sign_in.ask_for_code("ada.guess@example.org", "Ada")
    code = int(await ada.code_for("ada.guess@example.org"))
    for number in range(1, 6):
        await expect(ada.sign_in.problem).to_have_count(0 if number == 1 else 1)
        async with ada.page.expect_response("**/verify"):
            await ada.sign_in.enter(f"{(code + number) % 10**8:08d}")
        # The last attempt's words may stand until the next picture: they are not this one's.
        await ada.page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    await expect(ada.sign_in.problem).to_contain_text("Too many wrong codes")
    await expect(ada.page.get_by_role("button", name="Send again in")).to_be_visible()


async def test_a_code_of_another_person_does_not_sign_in(arrive: Arrive) -> None:
    ada, ben = await arrive(), await arrive()
    ben.expect(REFUSAL)
    await ada.visit()
    await ada.sign_in.ask_for_code("ada.other@example.org", "Ada")
    await ben.visit()
    await ben.sign_in.ask_for_code("ben.else@example.org", "Ben")
    await ben.sign_in.enter(await ada.code_for("ada.other@example.org"))
    await expect(ben.sign_in.problem).to_be_visible()


async def test_a_used_code_does_not_sign_in_again(arrive: Arrive, tmp_path: Path) -> None:
    with running_redis() as redis, running_site(tmp_path, redis.url, {"resend_after_s": 0}) as here:
        ada, thief = await arrive(at=here), await arrive(at=here)
        thief.expect(REFUSAL)
        await ada.visit()
        await ada.sign_in.ask_for_code("ada.used@example.org", "Ada")
        code = await ada.code_for("ada.used@example.org")
        await ada.sign_in.enter(code)
        await ada.rooms.title.wait_for()
        await thief.visit()
        await thief.sign_in.ask_for_code("ada.used@example.org", "Thief")
        await thief.sign_in.enter(code)
        await expect(thief.sign_in.problem).to_contain_text("code")


async def test_an_expired_code_is_refused_in_words(arrive: Arrive, tmp_path: Path) -> None:
    with running_redis() as redis, running_site(tmp_path, redis.url, {"code_life_s": 1, "resend_after_s": 0}) as here:
        ada = await arrive(at=here)
        ada.expect(REFUSAL)
        await ada.visit()
        await ada.sign_in.ask_for_code("ada.expired@example.org", "Ada")
        code = await ada.code_for("ada.expired@example.org")
        await ada.page.wait_for_timeout(1_100)  # the life of this deployment's codes
        await ada.sign_in.enter(code)
        await expect(ada.sign_in.problem).to_contain_text("too old")


async def test_a_full_room_is_refused_in_words(arrive: Arrive, site: Site) -> None:
    ada, ben = await arrive(), await arrive()
    ben.expect(REFUSAL)
    await ada.come_in("ada.full@example.org", "Ada")
    await ben.come_in("ben.full@example.org", "Ben")
    await ada.rooms.create("full")
    await ada.chat.input.wait_for()
    room = await ada.page.evaluate("chat.getState().room.roomId")
    await make_full(site.redis_url)
    await ben.rooms.join_by_invite(room)
    await expect(ben.page.get_by_role("alert").first).to_contain_text("full")


async def make_full(redis_url: str) -> None:
    """Every room there is now holds no more than it has."""
    store: Any = Redis.from_url(redis_url, decode_responses=True)
    async for key in store.scan_iter(_type="hash"):
        if await store.hexists(key, "capacity"):
            await store.hset(key, "capacity", "1")
    await store.aclose()


async def test_an_unknown_room_is_said_in_words(arrive: Arrive) -> None:
    ada = await arrive()
    ada.expect(REFUSAL)
    await ada.come_in("ada.unknown@example.org", "Ada")
    await ada.rooms.join_by_invite("a" * 26)
    await expect(ada.page.get_by_role("alert").first).to_contain_text("There is no such room")


async def test_a_page_without_a_key_is_told_what_is_missing(arrive: Arrive) -> None:
    ada = await arrive()
    await ada.visit("/mail")
    message = await ada.page.evaluate("""async (address) => {
      await new Promise((resolve) => {
        const tag = document.createElement('script');
        tag.src = '/cdn/v1/chat-widget.iife.min.js';
        tag.onload = resolve;
        document.head.append(tag);
      });
      try {
        new StrixunChat.ChatWidget({ containerId: 'mails', authApiUrl: '/auth', signalingUrl: '/signal' });
      } catch (error) {
        return error.message;
      }
    }""")
    assert "otpEncryptionKey" in message


async def test_a_key_of_the_old_kind_is_a_config_error_with_advice(arrive: Arrive) -> None:
    ada = await arrive()
    ada.expect("Chat error")
    await ada.page.route("**/zero-config", lambda route: route.fulfill(path="examples/zero-config.html"))
    await ada.page.route("https://chat-cdn.idling.app/v1/**", _from_here(ada.origin))
    errors: list[str] = []
    ada.page.on("pageerror", lambda error: errors.append(str(error)))
    ada.expect("otpEncryptionKey")
    await ada.visit()
    await expect(ada.page.get_by_text("otpEncryptionKey").first).to_be_visible()


def _from_here(origin: str) -> Callable[[Route], Awaitable[None]]:
    async def fetch(route: Route) -> None:
        name = route.request.url.rsplit("/", 1)[1]
        await route.fulfill(response=await route.fetch(url=f"{origin}/cdn/v1/{name}"))

    return fetch


async def test_an_http_page_is_told_that_it_needs_https(arrive: Arrive, plain_origin: str) -> None:
    ada = await arrive(origin=plain_origin)
    ada.expect("https|secure")
    await ada.visit()
    assert await ada.page.evaluate("isSecureContext") is False
    await expect(ada.page.get_by_text("https").first).to_be_visible()


async def test_services_that_are_away_reach_on_error_and_the_screen(arrive: Arrive) -> None:
    ada = await arrive()
    ada.expect("Failed to load|net::ERR|Chat error|Access to fetch")
    told: list[str] = []
    ada.page.on("console", lambda message: told.append(message.text))
    await ada.page.route("**/auth/**", lambda route: route.abort())
    await ada.visit()
    await ada.sign_in.email.fill("ada.away@example.org")
    await ada.page.get_by_role("button", name="Send code").click()
    await expect(ada.page.get_by_role("alert")).to_contain_text("does not answer")
    assert any("Chat error" in text for text in told)


async def test_a_signaling_service_that_is_away_is_said_on_joining(arrive: Arrive) -> None:
    ada = await arrive()
    ada.expect("Failed to load|net::ERR|Chat error|WebSocket connection")
    await ada.come_in("ada.silent@example.org", "Ada")
    told: list[str] = []
    ada.page.on("console", lambda message: told.append(message.text))
    await ada.page.route("**/signal/**", lambda route: route.abort())
    await ada.rooms.create("nowhere")
    await expect(ada.page.get_by_role("alert").first).to_contain_text("does not answer")
    assert any("Chat error" in text for text in told)
