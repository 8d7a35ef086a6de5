"""WebKitGTK over WebDriver (W3C), on a screen of its own that nobody sees."""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import signal
from asyncio.subprocess import DEVNULL, Process
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from pathlib import Path
from typing import Any

import httpx

from examples.demo.server import free_port
from tests.browser.remote.driver import call, click_actions, key_actions

BROWSERS = sorted(Path("/usr/lib").glob("*/webkit2gtk-4.*/MiniBrowser")) + sorted(
    Path("/usr/libexec").glob("webkit2gtk-4.*/MiniBrowser")
)
STARTS_WITHIN_S = 60
ANSWERS_WITHIN_S = 60
# WebKitWebDriver asks its new browser on a port that was free a moment ago. Where another program has taken it since,
# or the browser stands still at its start, it asks for ever and says nothing.
SESSION_WITHIN_S = 20
SESSION_TRIES = 3


class WebDriverError(Exception):
    """The driver refused a command, or a function in the page threw."""


class WebKitPage:
    """A `Driver`: one session, which is one browser with a profile that ends with it, and the driver that began it."""

    def __init__(self, http: httpx.AsyncClient, session: str, process: Process) -> None:
        self._http = http
        self._session = session
        self._process = process

    async def open(self, url: str) -> None:
        await self._command("url", url=url)

    async def run(self, work: str, *given: Any) -> Any:
        # Arguments go as text: an object of the page's prototypes might not.
        script = (
            "const [texts, done] = arguments; const failed = (error) => JSON.stringify({ thrown: String(error) });"
            f"({call(work)})(JSON.parse(texts)).then(done, (error) => done(failed(error)))"
        )
        answer = json.loads(await self._command("execute/async", script=script, args=[json.dumps(given)]))
        if isinstance(answer, dict) and "thrown" in answer:
            raise WebDriverError(answer["thrown"])
        return answer

    async def press(self, x: int, y: int) -> None:
        await self._command("actions", actions=click_actions(x, y))

    async def type(self, text: str) -> None:
        await self._command("actions", actions=key_actions(text))

    def complaints(self) -> list[str]:
        return []  # WebDriver does not tell them

    async def close(self) -> None:
        try:
            await self._http.delete(f"/session/{self._session}")
        finally:
            await self._http.aclose()
            await _end(self._process)

    async def _command(self, name: str, **parameters: Any) -> Any:
        answer = (await self._http.post(f"/session/{self._session}/{name}", json=parameters)).json()["value"]
        if isinstance(answer, dict) and "error" in answer:
            raise WebDriverError(f"{answer['error']}: {answer.get('message', '')}")
        return answer


class WebKit:
    """What a driver is started with; each page is a browser of its own, under a driver of its own."""

    def __init__(self, program: str, surroundings: dict[str, str]) -> None:
        self._program = program
        self._surroundings = surroundings

    async def new_page(self) -> WebKitPage:
        for _ in range(SESSION_TRIES - 1):
            with suppress(httpx.ReadTimeout):
                return await self._begun()
        return await self._begun()

    async def _begun(self) -> WebKitPage:
        port = free_port()
        process = await asyncio.create_subprocess_exec(
            self._program,
            f"--port={port}",
            env=self._surroundings,
            stdin=DEVNULL,
            stdout=DEVNULL,
            stderr=DEVNULL,
            start_new_session=True,
        )
        http = httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", timeout=ANSWERS_WITHIN_S, trust_env=False)
        try:
            await _ready(http)
            return WebKitPage(http, await _session(http), process)
        except BaseException:
            await http.aclose()
            await _end(process)
            raise


async def _session(http: httpx.AsyncClient) -> str:
    assert len(BROWSERS) > 0, "no WebKitGTK here: run `make test`, or install webkit2gtk-driver"
    browser = {"binary": str(BROWSERS[-1]), "args": ["--automation"]}
    wanted = {"alwaysMatch": {"webkitgtk:browserOptions": browser, "timeouts": {"script": 60_000}}}
    answer = await http.post("/session", json={"capabilities": wanted}, timeout=SESSION_WITHIN_S)
    begun = answer.json()["value"]
    if "sessionId" not in begun:
        raise WebDriverError(str(begun))
    return str(begun["sessionId"])


@asynccontextmanager
async def running_webkit(folder: Path) -> AsyncIterator[WebKit]:
    """`folder` is its home: caches and settings."""
    program = shutil.which("WebKitWebDriver")
    assert program is not None, "no WebKitWebDriver on the PATH: run `make test`, or install webkit2gtk-driver"
    async with _screen() as display:
        home = {name: str(folder) for name in ("HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME")}
        plain = {"DISPLAY": display, "GDK_BACKEND": "x11", "LIBGL_ALWAYS_SOFTWARE": "1", "NO_AT_BRIDGE": "1"}
        plain["LC_ALL"] = "C"  # navigator.language is then "C", which no part of Intl takes
        # A machine for tests has no graphics card and, in a container, no namespaces for WebKit's own sandbox.
        calm = {"WEBKIT_DISABLE_COMPOSITING_MODE": "1", "WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS": "1"}
        yield WebKit(program, {**os.environ, **home, **plain, **calm})


async def _ready(http: httpx.AsyncClient) -> None:
    async with asyncio.timeout(STARTS_WITHIN_S):
        while True:
            try:
                await http.get("/status")
                return
            except httpx.ConnectError:
                await asyncio.sleep(0.02)


@asynccontextmanager
async def _screen() -> AsyncIterator[str]:
    """The name of a new display; the server itself says which number was free."""
    program = shutil.which("Xvfb")
    assert program is not None, "no Xvfb on the PATH: run `make test`, or install xvfb"
    with _pipe() as (read, write):
        options = ["-displayfd", str(write), "-screen", "0", "1280x900x24", "-nolisten", "tcp"]
        process = await asyncio.create_subprocess_exec(
            program, *options, pass_fds=[write], stdin=DEVNULL, stdout=DEVNULL, stderr=DEVNULL
        )
        try:
            async with asyncio.timeout(STARTS_WITHIN_S):
                number = await asyncio.to_thread(os.read, read, 16)
            yield f":{number.decode().strip()}"
        finally:
            if process.returncode is None:
                process.terminate()  # killed it would leave its lock
            await process.wait()


@contextmanager
def _pipe() -> Iterator[tuple[int, int]]:
    read, write = os.pipe()
    try:
        yield read, write
    finally:
        os.close(read)
        os.close(write)


async def _end(process: Process) -> None:
    """With its browser, where it has begun one."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    await process.wait()
