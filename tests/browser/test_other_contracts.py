"""The contracts of the ports in Firefox, and in WebKitGTK but for the peer connections that it has not."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Iterator
from typing import Any

import pytest
import pytest_asyncio
from starlette.applications import Starlette
from starlette.responses import HTMLResponse, Response
from starlette.routing import Mount, Route

from examples.demo.server import free_port, listen, port_of, serving
from tests.browser.remote.driver import Driver
from tests.browser.remote.firefox import running_firefox
from tests.browser.remote.webkit import running_webkit
from tests.contracts.compiled import PORTS, compiled_contracts, lay_out
from tests.contracts.echo import echo_app
from tests.fakes.once import once
from tests.vectors.published_cases import PUBLISHED, published_text

pytestmark = pytest.mark.no_cover

LEAST_SENTENCES = {
    "clock": 16, "crypto": 40, "http": 8, "puzzle": 20, "rtc": 14, "siblings": 5, "sockets": 11, "storage": 12,
}  # fmt: skip
PAGE = '<!DOCTYPE html><html lang="en"><title>Contracts</title><script src="/contracts.js"></script></html>'
RUN = "(name, echo, nobody) => new StrixunChat.Contracts().run(name, echo, nobody, '')"  # without a TURN server
PUBLISHED_RUN = "(name, text) => new StrixunChat.Contracts().published(name, text)"


@pytest.fixture(scope="module")
def contracts(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """What follows "http:" of a page that holds them."""
    scratch = tmp_path_factory.mktemp("contracts")
    lay_out(scratch)
    script = once(tmp_path_factory, "contracts", lambda: compiled_contracts(scratch))

    async def root(_request: object) -> Response:
        return HTMLResponse(PAGE)

    async def text(_request: object) -> Response:
        return Response(script, media_type="text/javascript")

    listener = listen(0)
    routes = [Route("/", root), Route("/contracts.js", text), Mount("/echo", echo_app())]
    with serving(Starlette(routes=routes), listener):
        yield f"//127.0.0.1:{port_of(listener)}"


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def in_firefox(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Driver]:
    async with running_firefox(tmp_path_factory.mktemp("firefox")) as firefox:
        yield await firefox.new_page()


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def in_webkit(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Driver]:
    async with running_webkit(tmp_path_factory.mktemp("webkit")) as webkit:
        page = await webkit.new_page()
        yield page
        await page.close()


async def told(driver: Driver, name: str, contracts: str) -> dict[str, Any]:
    await driver.open(f"http:{contracts}/")
    text = await driver.run(RUN, name, f"{contracts}/echo", f"//127.0.0.1:{free_port()}")
    found: dict[str, Any] = json.loads(text)
    return found


def kept(found: dict[str, Any], name: str) -> None:
    assert found["broken"] == []
    assert found["uncaught"] == []
    assert len(found["sentences"]) >= LEAST_SENTENCES[name]


@pytest.mark.parametrize("name", PORTS)
async def test_firefox_keeps_the_contract_of(name: str, contracts: str, in_firefox: Driver) -> None:
    kept(await told(in_firefox, name, contracts), name)


@pytest.mark.parametrize("name", [name for name in PORTS if name != "rtc"])
async def test_webkit_keeps_the_contract_of(name: str, contracts: str, in_webkit: Driver) -> None:
    kept(await told(in_webkit, name, contracts), name)


async def gives_what_others_published(driver: Driver, contracts: str) -> None:
    await driver.open(f"http:{contracts}/")
    for name, count in PUBLISHED.items():
        found = json.loads(await driver.run(PUBLISHED_RUN, name, published_text(name)))
        assert (found["broken"], len(found["sentences"])) == ([], count), name


async def test_firefox_gives_what_others_published(contracts: str, in_firefox: Driver) -> None:
    await gives_what_others_published(in_firefox, contracts)


async def test_webkit_gives_what_others_published(contracts: str, in_webkit: Driver) -> None:
    await gives_what_others_published(in_webkit, contracts)
