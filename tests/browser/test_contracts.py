"""The contract of every port against the browser's adapters, compiled and minified, and under stock Brython."""

from __future__ import annotations

import json
import time
from collections.abc import AsyncIterator, Iterator

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Mount, Route

from build.brython import brython_file
from build.vfs import vfs_script
from examples.demo.server import free_port, listen, port_of, serving
from signaling.turn import turn_credential
from tests.browser.turn_server import SECRET, turn_server
from tests.contracts.compiled import PORTS, compiled_contracts, lay_out
from tests.contracts.echo import echo_app
from tests.fakes.once import once
from tests.vectors.published_cases import PUBLISHED, published_text

LOADS_WITHIN_MS = 120_000  # stock Brython translates every module first; three tests at once take long
LEAST_SENTENCES = {
    "clock": 16, "crypto": 40, "http": 8, "puzzle": 20, "rtc": 17, "siblings": 6, "sockets": 11, "storage": 12,
}  # fmt: skip

COMPILED_PAGE = '<!DOCTYPE html><html lang="en"><title>Contracts</title><script src="/script/contracts.js"></script>'
BRYTHON_PAGE = """<!DOCTYPE html><html lang="en"><title>Contracts</title>
<script src="/script/brython.js"></script><script src="/script/brython_stdlib.js"></script>
<script src="/script/vfs.js"></script>
<script type="text/python">
from browser import window
from widget.browser import js
from widget.browser.contract_page import Contracts
window.StrixunChat = {"Contracts": js.constructor(Contracts)._raw}
</script></html>"""
PUBLISHED_RUN = "(given) => new StrixunChat.Contracts().published(...given)"
CANDIDATES = """async ([url, username, credential]) => {
  const iceServers = [{ urls: [url], username, credential }];
  const peer = new RTCPeerConnection({ iceServers, iceTransportPolicy: "relay" });
  let found = 0;
  peer.onicecandidate = (event) => { if (event.candidate && event.candidate.candidate) found += 1; };
  peer.createDataChannel('any');
  await peer.setLocalDescription(await peer.createOffer());
  while (peer.iceGatheringState !== 'complete') await new Promise((resolve) => setTimeout(resolve, 20));
  peer.close();
  return found;
}"""


@pytest.fixture(scope="module")
def contract_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """What follows "http:" of a page that holds the compiled contracts."""
    scratch = tmp_path_factory.mktemp("contracts")
    lay_out(scratch)
    contracts = once(tmp_path_factory, "contracts", lambda: compiled_contracts(scratch))
    scripts = {"contracts.js": contracts, "vfs.js": vfs_script(scratch).encode()}
    scripts |= {name: brython_file(name).read_bytes() for name in ("brython.js", "brython_stdlib.js")}

    async def compiled(_request: object) -> Response:
        return HTMLResponse(COMPILED_PAGE)

    async def uncompiled(_request: object) -> Response:
        return HTMLResponse(BRYTHON_PAGE)

    async def script(request: Request) -> Response:
        return Response(scripts[request.path_params["name"]], media_type="text/javascript")

    listener = listen(0)
    routes = [Route("/", compiled), Route("/brython", uncompiled), Route("/script/{name}", script)]
    with serving(Starlette(routes=[*routes, Mount("/echo", echo_app())]), listener):
        yield f"//127.0.0.1:{port_of(listener)}"


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def brython(contract_site: str, chromium: Browser) -> AsyncIterator[Page]:
    """One page for all ports: stock Brython takes four seconds to translate every module."""
    page = await opened(contract_site, chromium, "/brython")
    yield page
    await page.close()


@pytest.mark.parametrize("name", PORTS)
async def test_the_browser_keeps_the_contract_of(name: str, contract_site: str, chromium: Browser) -> None:
    page = await opened(contract_site, chromium)
    await keeps(name, contract_site, page)
    await page.close()


@pytest.mark.parametrize("name", PORTS)
async def test_stock_brython_keeps_the_contract_of(name: str, contract_site: str, brython: Page) -> None:
    await keeps(name, contract_site, brython)


async def test_the_browser_gives_what_others_published(contract_site: str, chromium: Browser) -> None:
    page = await opened(contract_site, chromium)
    for name, count in PUBLISHED.items():
        told = json.loads(await page.evaluate(PUBLISHED_RUN, [name, published_text(name)]))
        assert (told["broken"], len(told["sentences"])) == ([], count), name
    await page.close()


async def test_peers_that_meet_only_through_turn_keep_it_too(contract_site: str, chromium: Browser) -> None:
    page = await opened(contract_site, chromium)
    with turn_server() as url:
        user, credential = turn_credential(SECRET, "sub", int(time.time()) + 600)
        await keeps("rtc", contract_site, page, f"{url} {user} {credential}")
    await page.close()


async def test_a_turn_server_refuses_a_credential_of_another_secret(contract_site: str, chromium: Browser) -> None:
    page = await chromium.new_page()
    await page.goto(f"http:{contract_site}/")
    with turn_server() as url:
        user, credential = turn_credential("another", "sub", int(time.time()) + 600)
        assert await page.evaluate(CANDIDATES, [url, user, credential]) == 0
        user, credential = turn_credential(SECRET, "sub", int(time.time()) + 600)
        assert await page.evaluate(CANDIDATES, [url, user, credential]) == 1
    await page.close()


async def opened(site: str, chromium: Browser, path: str = "/") -> Page:
    page = await chromium.new_page()
    await page.goto(f"http:{site}{path}")
    await page.wait_for_function("window.StrixunChat !== undefined", timeout=LOADS_WITHIN_MS)
    return page


async def keeps(name: str, site: str, page: Page, turn: str = "") -> None:
    given = [name, f"{site}/echo", f"//127.0.0.1:{free_port()}", turn]
    told = json.loads(await page.evaluate("(given) => new StrixunChat.Contracts().run(...given)", given))
    assert told["broken"] == []
    assert told["uncaught"] == []
    assert len(told["sentences"]) >= LEAST_SENTENCES[name]
