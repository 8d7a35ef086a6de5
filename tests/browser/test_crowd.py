"""A page whose reader is one of very many: it works for the code, says so, and can be told to leave it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from playwright.async_api import Browser, Response, Route, expect

from tests.browser.conftest import Arrive
from tests.browser.person import Person
from tests.browser.site import Site, running_site
from tests.fakes.redis_server import running_redis

pytestmark = pytest.mark.no_cover

REFUSAL = "Failed to load resource|Chat error"


async def test_a_page_works_for_a_code(chromium: Browser, tmp_path: Path) -> None:
    rules = {"send_domain_hour": 1, "puzzle_least_bits": 14}
    with running_redis() as redis, running_site(tmp_path, redis.url, rules) as crowded:
        assert await asked(chromium, crowded, "ada") == [200]
        assert await asked(chromium, crowded, "ben") == [429, 200]


async def asked(chromium: Browser, site: Site, name: str) -> list[int]:
    """Somebody signs in; what the page was answered when it asked for a code."""
    person = await Person.arrive(chromium, site.origin, site.mailbox)
    answers: list[int] = []

    def note(heard: Response) -> None:
        if heard.url.endswith("/otp/request"):
            answers.append(heard.status)

    person.page.on("response", note)
    await person.come_in(f"{name}@crowded.example.org", name)
    await person.context.close()
    return answers


async def test_the_work_can_be_cancelled(arrive: Arrive) -> None:
    ada = await arrive()
    ada.expect(REFUSAL)
    await ada.visit()

    async def puzzle(route: Route) -> None:
        body = {"code": "puzzle.needed", "puzzle": "5a" * 32, "bits": 20}
        await route.fulfill(status=429, content_type="application/problem+json", body=json.dumps(body))

    await ada.page.route("**/otp/request", puzzle)
    await ada.sign_in.email.fill("ada@crowd.example.org")
    await ada.page.get_by_role("button", name="Send code").click()
    await ada.page.get_by_text("Many people are signing in right now.").wait_for()
    await ada.page.get_by_role("button", name="Cancel").click()
    await expect(ada.sign_in.email).to_have_value("ada@crowd.example.org")
    await expect(ada.sign_in.problem).to_have_count(0)
    await ada.page.unroute("**/otp/request")
    await ada.sign_in.ask_for_code("ada@crowd.example.org", "Ada")
