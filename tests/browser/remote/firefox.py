"""Firefox over WebDriver BiDi (W3C), without a driver between."""

from __future__ import annotations

import asyncio
import itertools
import json
import re
import shutil
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any

from websockets.asyncio.client import ClientConnection, connect

from tests.browser.remote.driver import call, click_actions, key_actions

PROGRAMS = ("firefox-esr", "firefox")
LISTENS = re.compile(rb"WebDriver BiDi listening on (ws://[\d.:]+)")
STARTS_WITHIN_S = 60
ANSWERS_WITHIN_S = 60
# Loopback has no other address for ICE, and nobody answers mDNS here; the rest keeps Firefox from talking to its maker.
PREFERENCES: dict[str, bool | int | str] = {
    "media.peerconnection.ice.loopback": True,
    "media.peerconnection.ice.obfuscate_host_addresses": False,
    "app.update.disabledForTesting": True,
    "browser.aboutwelcome.enabled": False,
    "browser.chrome.site_icons": False,  # Firefox reports it where a policy forbids the icon that nobody asked for
    "browser.region.network.url": "",
    "browser.safebrowsing.downloads.remote.enabled": False,
    "browser.safebrowsing.malware.enabled": False,
    "browser.safebrowsing.phishing.enabled": False,
    "browser.search.update": False,
    "browser.shell.checkDefaultBrowser": False,
    "browser.startup.page": 0,
    "datareporting.policy.dataSubmissionEnabled": False,
    "dom.push.connection.enabled": False,
    "extensions.getAddons.discovery.api_url": "",
    "extensions.systemAddon.update.enabled": False,
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "services.settings.server": "data:,#remote-settings-dummy/v1",
    "signon.rememberSignons": False,
    "toolkit.telemetry.server": "",
}


class Firefox:
    """A running browser; `new_page` gives one page in a container of its own."""

    def __init__(self, socket: ClientConnection) -> None:
        self._socket = socket
        self._ids = itertools.count(1)
        self._waiting: dict[int, asyncio.Future[dict[str, Any]]] = {}
        self._pages: dict[str, FirefoxPage] = {}
        self._reader = asyncio.create_task(self._read())

    async def command(self, method: str, **parameters: Any) -> dict[str, Any]:
        number = next(self._ids)
        self._waiting[number] = asyncio.get_running_loop().create_future()
        await self._socket.send(json.dumps({"id": number, "method": method, "params": parameters}))
        async with asyncio.timeout(ANSWERS_WITHIN_S):
            return await self._waiting[number]

    async def new_page(self) -> FirefoxPage:
        container = await self.command("browser.createUserContext")
        created = await self.command(
            "browsingContext.create", type="tab", userContext=container["userContext"], background=False
        )
        page = FirefoxPage(self, created["context"])
        self._pages[created["context"]] = page
        return page

    async def stop(self) -> None:
        with suppress(Exception):
            await self.command("browser.close")
        self._reader.cancel()
        with suppress(asyncio.CancelledError):
            await self._reader
        await self._socket.close()

    async def _read(self) -> None:
        async for text in self._socket:
            message = json.loads(text)
            if message["type"] == "event":
                self._heard(message["method"], message["params"])
            elif (waiting := self._waiting.pop(message["id"], None)) is not None and not waiting.done():
                if message["type"] == "error":
                    waiting.set_exception(BidiError(f"{message['error']}: {message['message']}"))
                else:
                    waiting.set_result(message["result"])

    def _heard(self, method: str, entry: dict[str, Any]) -> None:
        page = self._pages.get(entry.get("source", {}).get("context", ""))
        if method == "log.entryAdded" and entry["level"] == "error" and page is not None:
            page.errors.append(str(entry["text"]))


class BidiError(Exception):
    """Firefox refused a command, or a function in the page threw."""


class FirefoxPage:
    """A `Driver`."""

    def __init__(self, firefox: Firefox, context: str) -> None:
        self.errors: list[str] = []
        self._firefox = firefox
        self._context = context

    async def open(self, url: str) -> None:
        await self._firefox.command("browsingContext.navigate", context=self._context, url=url, wait="complete")

    async def run(self, work: str, *given: Any) -> Any:
        texts = json.dumps(given)
        answer = await self._firefox.command(
            "script.callFunction",
            functionDeclaration=f"(texts) => ({call(work)})(JSON.parse(texts))",
            arguments=[{"type": "string", "value": texts}],
            target={"context": self._context},
            awaitPromise=True,
        )
        if answer["type"] == "exception":
            raise BidiError(answer["exceptionDetails"]["text"])
        return json.loads(answer["result"]["value"])

    async def press(self, x: int, y: int) -> None:
        await self._perform(click_actions(x, y))

    async def type(self, text: str) -> None:
        await self._perform(key_actions(text))

    def complaints(self) -> list[str]:
        return self.errors

    async def close(self) -> None:
        await self._firefox.command("browsingContext.close", context=self._context)

    async def _perform(self, actions: list[dict[str, Any]]) -> None:
        await self._firefox.command("input.performActions", context=self._context, actions=actions)


@asynccontextmanager
async def running_firefox(profile: Path) -> AsyncIterator[Firefox]:
    """Headless, with a new profile in that folder."""
    program = next((path for name in PROGRAMS if (path := shutil.which(name)) is not None), None)
    assert program is not None, "no Firefox on the PATH: run `make test`, or install firefox-esr"
    lines = [f"user_pref({json.dumps(name)}, {json.dumps(value)});" for name, value in PREFERENCES.items()]
    (profile / "user.js").write_text("\n".join(lines), "utf-8")
    options = ["--headless", "--no-remote", "--profile", str(profile), "--remote-debugging-port", "0"]
    process = await asyncio.create_subprocess_exec(program, *options, stdin=DEVNULL, stdout=DEVNULL, stderr=PIPE)
    drain: asyncio.Task[None] | None = None
    try:
        async with asyncio.timeout(STARTS_WITHIN_S):
            address = await _address(process)
        drain = asyncio.create_task(_drain(process))
        async with connect(f"{address}/session", max_size=None, proxy=None) as socket:
            firefox = Firefox(socket)
            await firefox.command("session.new", capabilities={})
            await firefox.command("session.subscribe", events=["log.entryAdded"])
            yield firefox
            await firefox.stop()
    finally:
        with suppress(ProcessLookupError):
            process.terminate()
        await process.wait()
        if drain is not None:
            await drain


async def _address(process: Process) -> str:
    assert process.stderr is not None
    seen = b""
    while (line := await process.stderr.readline()) != b"":
        seen += line
        found = LISTENS.search(line)
        if found is not None:
            return found.group(1).decode()
    raise AssertionError(f"Firefox ended: {seen.decode('utf-8', 'replace')}")


async def _drain(process: Process) -> None:
    """Firefox writes warnings for ever; a full pipe would stop it."""
    assert process.stderr is not None
    while await process.stderr.readline() != b"":
        pass
