"""A start ends at a button that can be seen and does something, on both sides."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, async_playwright

from bench.goals import start_goal, target_goals
from bench.start import FirstButton, StartTimes, first_button, start_lines, start_pages
from bench.targets import FAST_3G, Targets, on_a_poor_line, target_lines
from examples.demo.keys import demo_keys
from tests.browser.conftest import FLAGS, find_browser

# Lines that quicker tests run, many times: not traced (docs/TESTING.md, Coverage).
pytestmark = pytest.mark.no_cover
on_the_page = pytest.mark.asyncio(loop_scope="module")

OURS, REACT = FirstButton(100, 200, 240), FirstButton(90, 150, 200)
TRIES = 3  # where others use the cores a frame may be shown only after the button on it was pressed
TARGETS = Targets([FirstButton(1_200, 1_500, 3_300)], [400.0, 600.0, 500.0])


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def chromium() -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=find_browser(), args=FLAGS)
        yield browser
        await browser.close()


@on_the_page
@pytest.mark.parametrize("side", ["", "react"])
async def test_something_is_painted_and_a_button_is_seen_before_it_works(
    chromium: Browser, tmp_path: Path, side: str
) -> None:
    with start_pages(demo_keys(tmp_path, 1_795_000_000)) as origin:
        for _ in range(TRIES):
            found = await first_button(chromium, f"{origin}/{side}")
            assert 0 < found.seen_ms < found.works_ms
            if found.painted_ms < found.works_ms:
                break
    assert 0 < found.painted_ms < found.works_ms


@on_the_page
async def test_a_page_goes_on_a_poor_line(chromium: Browser, tmp_path: Path) -> None:
    with start_pages(demo_keys(tmp_path, 1_795_000_000)) as origin:
        page = await chromium.new_page()
        await page.goto(f"{origin}/react")
        await on_a_poor_line(page)
        took = "performance.getEntriesByType('resource').find((entry) => entry.name.endsWith('/late')).duration"
        await page.evaluate("fetch('/late').then((answer) => answer.text())")
        assert await page.evaluate(took) >= FAST_3G.latency_ms  # Chromium waits so long itself, however quick we are
        await page.close()


def test_ours_stands_beside_react_of_the_same_run() -> None:
    times = StartTimes([OURS] * 3, [REACT] * 3, [7_000.0])
    goal = start_goal(times)
    assert (goal.measured, goal.is_met) == (1.2, False)
    assert "| ours | 100 | 200 | 240 |" in start_lines(times)
    assert "| React, hello world | 90 | 150 | 200 |" in start_lines(times)


def test_each_target_of_the_specification_is_a_goal_and_a_row() -> None:
    assert [(goal.measured, goal.limit, goal.is_met) for goal in target_goals(TARGETS)] == [
        (1.2, 1.5, True),
        (3.3, 3.0, False),
        (0.5, 5.0, True),
    ]
    assert "| first button works, fast 3G, slow processor, s | 3.30 | 3.0 |" in target_lines(TARGETS)
