"""The rooms whose keys are timed do what their figures say: here as compiled, and with ts-mls, in Chromium."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import Error, async_playwright
from starlette.applications import Starlette

from bench.group.figures import SIDES
from bench.group.page import RoomsPage, open_page, routes
from bench.group.rounds import LINKED, OPERATIONS, Cost, NotAsSaid, play_round
from examples.demo.server import HOST, listen, port_of, serving
from tests.browser.conftest import FLAGS, find_browser

# Lines that quicker tests run, many times: not traced (docs/TESTING.md, Coverage).
pytestmark = pytest.mark.no_cover
on_the_page = pytest.mark.asyncio(loop_scope="module")

MEMBERS = 4
FOLLOWED = 2


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def page() -> AsyncIterator[RoomsPage]:
    listener = listen(0)
    with serving(Starlette(routes=routes()), listener):
        async with async_playwright() as playwright:
            browser = await playwright.chromium.launch(executable_path=find_browser(), args=FLAGS)
            page = await open_page(browser, f"http://{HOST}:{port_of(listener)}")
            yield page
            await page.close()
            await browser.close()


EQUAL = {"ours": 0.0, "mls": 0.05}  # its numbers grow, and take more bytes then


def fixed_bytes(cost: Cost) -> float:
    """Without those that go to whom chance picks: among those who were in this time, to who arrived the next."""
    return cost.bytes - cost.told


async def enter(page: RoomsPage, side: str, *steps: str) -> None:
    for step in ("arrive", "link", *steps):
        await page.step(side, step)


@on_the_page
@pytest.mark.parametrize("side", SIDES)
async def test_in_a_round_members_agree_after_each_change_and_read_each_line(page: RoomsPage, side: str) -> None:
    await page.fill(side, 2, MEMBERS - 1, FOLLOWED)
    first, second = [await play_round(page, side, MEMBERS) for _ in range(2)]
    assert set(first.costs) == {*OPERATIONS, LINKED}
    for name in ("add", "remove", "seal", "join", LINKED):
        assert first.costs[name].bytes > 0
        assert fixed_bytes(second.costs[name]) == pytest.approx(fixed_bytes(first.costs[name]), rel=EQUAL[side])
    assert first.entered.bytes > first.costs["add"].bytes  # who enters is sent something too
    assert first.left == first.costs["remove"]


@on_the_page
@pytest.mark.parametrize("side", SIDES)
async def test_members_who_do_not_agree_are_no_figure(page: RoomsPage, side: str) -> None:
    await page.fill(side, 1, MEMBERS - 1, FOLLOWED)
    await enter(page, side, "issue")
    with pytest.raises(Error, match="do not agree"):
        await page.step(side, "check")
    for step in ("take", "join", "check"):
        await page.step(side, step)


@on_the_page
@pytest.mark.parametrize("side", SIDES)
async def test_a_room_of_another_size_is_no_figure(page: RoomsPage, side: str) -> None:
    await page.fill(side, 1, MEMBERS - 1, FOLLOWED)
    with pytest.raises(NotAsSaid, match=f"instead of {MEMBERS + 1}"):
        await play_round(page, side, MEMBERS + 1)


@on_the_page
async def test_lines_of_another_epoch_are_not_counted_as_read(page: RoomsPage) -> None:
    await page.fill("ours", 1, MEMBERS - 1, FOLLOWED)
    await enter(page, "ours", "issue", "take", "join")
    await page.step("ours", "seal", 3, 2)
    assert (await page.step("ours", "open")).answers == [3]
    for step in ("part", "issue", "take"):
        await page.step("ours", step)
    await enter(page, "ours", "issue", "take", "join")
    assert (await page.step("ours", "open")).answers == [0]


@on_the_page
async def test_of_ts_mls_some_stand_for_all(page: RoomsPage) -> None:
    await page.fill("mls", 1, 7, FOLLOWED)
    assert (await page.step("mls", "share")).answers == [6 / FOLLOWED]
    await page.fill("mls", 1, MEMBERS - 1, MEMBERS)
    assert (await page.step("mls", "share")).answers == [1]
    await page.fill("ours", 1, MEMBERS - 1, FOLLOWED)
    assert (await page.step("ours", "share")).answers == [1]
