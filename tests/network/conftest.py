"""A street with services, and people in its houses. Where no networks can be made, and by day but for the short ones,
nothing here is collected, and so nothing skipped; `tests/conftest.py` says so.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Playwright, async_playwright

from tests.fakes.effort import NIGHT
from tests.network.allowed import why_not
from tests.network.faults import AWAY, CUTS, SLEEPS, happened
from tests.network.neighbourhood import Neighbourhood
from tests.network.services import Services
from tests.network.street import Street

Outcomes = dict[str, asyncio.Task[list[str]]]

HERE = Path(__file__).parent
ROOT = HERE.parent.parent

if why_not() != "":
    collect_ignore_glob = ["test_*.py"]
elif not NIGHT:
    collect_ignore_glob = [path.name for path in HERE.glob("test_*.py") if path.name != "test_short.py"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """One event loop for all of them: the browsers live in it."""
    for item in items:
        if HERE in item.path.parents and item.get_closest_marker("asyncio") is not None:
            item.add_marker(pytest.mark.asyncio(loop_scope="session"), append=False)


@pytest.fixture(scope="session")
def street(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Street, Services]]:
    assert (ROOT / "cdn_dist" / "manifest.json").is_file(), "the bundle is not built: run `make build-cdn`"
    folder = tmp_path_factory.mktemp("street")
    made = Street(folder)
    services = Services(made.server, folder)
    try:
        services.start()
        yield made, services
    finally:
        made.close()


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def playwright() -> AsyncIterator[Playwright]:
    async with async_playwright() as running:
        yield running


@pytest_asyncio.fixture(loop_scope="session")
async def neighbourhood(street: tuple[Street, Services], playwright: Playwright) -> AsyncIterator[Neighbourhood]:
    """Its browsers end with the test."""
    made = Neighbourhood(*street, playwright)
    yield made
    await made.close()


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def outcomes(
    request: pytest.FixtureRequest, street: tuple[Street, Services], playwright: Playwright
) -> AsyncIterator[Outcomes]:
    """The faults that tests ask for, each with a pair of its own, all at once: they wait more than they work."""
    made, tasks = Neighbourhood(*street, playwright), Outcomes()
    asked = [item.callspec.params.get("fault") for item in request.session.items if hasattr(item, "callspec")]
    for name, fault in (SLEEPS | AWAY | CUTS).items():
        if name in asked:
            ada, ben = await asyncio.gather(made.visitor("Ada"), made.visitor("Ben"))
            talk = await made.pair(ada, ben)
            tasks[name] = asyncio.create_task(happened(talk, fault))
    yield tasks
    await asyncio.gather(*tasks.values(), return_exceptions=True)
    await made.close()
