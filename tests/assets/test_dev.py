"""The dev page: the Python as it lies on disk, under stock Brython in a real browser."""

from __future__ import annotations

import asyncio
import json
import os
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest
import pytest_asyncio
from playwright.async_api import Browser, async_playwright
from starlette.applications import Starlette
from starlette.routing import Mount

from build.dev import dev_app, dev_page
from examples.demo.server import listen, port_of, serving
from tests.fakes.chromium import QUIET, without

ROOT = Path(__file__).resolve().parents[2]
in_the_browser = pytest.mark.asyncio(loop_scope="module")
PROJECT = {
    "widget/__init__.py": '"""Package."""\n',
    "widget/model.py": (
        "from __future__ import annotations\n"
        "from dataclasses import dataclass\n\n"
        "@dataclass(frozen=True)\nclass Greeting:\n    name: str\n    times: int = 2\n\n"
        "async def greet(greeting: Greeting) -> str:\n    return ('hello ' + greeting.name + ' ') * greeting.times\n"
    ),
    "widget/browser/__init__.py": "",
    "widget/browser/js.py": (ROOT / "widget/browser/js.py").read_text("utf-8"),
    "widget/browser/entry.py": (
        "from __future__ import annotations\n"
        "from widget.browser import js\n"
        "from widget.model import Greeting, greet\n\n"
        "class ChatWidget:\n"
        "    def __init__(self, config: js.Value) -> None:\n"
        "        self._place: str = str(js.get(config, 'containerId'))\n\n"
        "    def place(self) -> str:\n        return self._place\n\n"
        "    def greet(self, name: js.Value) -> js.Value:\n"
        "        return js.promise(greet(Greeting(str(name))))\n\n"
        "    def shown(self) -> str:\n        return repr(Greeting('you'))\n\n"
        "    def fail(self) -> None:\n        raise ValueError('as asked')\n\n"
        "class _Private:\n    pass\n"
    ),
    "widget/browser/home.py": "def came_from(url: str, integrity: str, listed: str) -> None: ...\n",
    "widget/native/__init__.py": "import aiortc\n",
    "widget/styles/tokens.css": ":root { --a: 1px; }\n",
}


@pytest.fixture
def project(tmp_path: Path) -> Path:
    for name, text in PROJECT.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, "utf-8")
    return tmp_path


@pytest.fixture
async def client(project: Path) -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(mounted(project))
    async with httpx.AsyncClient(transport=transport, base_url="http://testserver") as client:
        yield client


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def chromium() -> AsyncIterator[Browser]:
    path = shutil.which("chromium") or shutil.which("google-chrome")
    assert path is not None, "no Chromium on the PATH"
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=path, args=[*QUIET, without()])
        yield browser
        await browser.close()


def mounted(root: Path) -> Starlette:
    return Starlette(routes=[Mount("/dev", dev_app(root, "cwk1.key"))])


async def test_the_page_loads_stock_brython_and_no_bundle(client: httpx.AsyncClient) -> None:
    page = (await client.get("/dev/")).text
    for name in ("brython.js", "brython_stdlib.js", "widget.vfs.js", "chat-widget.min.css"):
        assert f'"/dev/{name}"' in page
        assert (await client.get(f"/dev/{name}")).status_code == 200
    assert "iife" not in page


async def test_the_page_gives_the_widget_this_servers_addresses(client: httpx.AsyncClient) -> None:
    page = (await client.get("/dev/")).text
    config = json.loads(page.split("new StrixunChat.ChatWidget(")[1].split(")\n")[0])
    assert config["authApiUrl"] == "http://testserver/auth"
    assert config["signalingUrl"] == "http://testserver/signal"
    assert config["otpEncryptionKey"] == "cwk1.key"


def test_a_value_cannot_end_the_script() -> None:
    assert "</script><b>" not in dev_page("/dev", {"otpEncryptionKey": "</script><b>"}, 0.0)


async def test_a_saved_file_is_in_the_next_answer(client: httpx.AsyncClient, project: Path) -> None:
    before = (await client.get("/dev/stamp")).text
    assert f"watch('{before}')" in (await client.get("/dev/")).text
    path = project / "widget/model.py"
    path.write_text("SAVED = 1\n", "utf-8")
    assert "SAVED = 1" in (await client.get("/dev/widget.vfs.js")).text
    assert (await client.get("/dev/widget/model.py")).text == "SAVED = 1\n"
    assert float((await client.get(f"/dev/stamp?seen={before}")).text) > float(before)


async def test_a_page_asks_whether_something_was_saved_and_waits_for_the_answer(
    client: httpx.AsyncClient, project: Path
) -> None:
    before = (await client.get("/dev/stamp")).text
    asked = asyncio.create_task(client.get(f"/dev/stamp?seen={before}"))
    await asyncio.sleep(0)
    os.utime(project / "widget/model.py", (2_000_000_000, 2_000_000_000))
    assert (await asked).text == "2000000000.0"
    unchanged = await client.get("/dev/stamp?seen=2000000000.0")
    assert unchanged.text == "2000000000.0"


@pytest.mark.no_cover
@in_the_browser
async def test_a_package_runs_uncompiled_in_a_browser(project: Path, chromium: Browser) -> None:
    listener = listen(0)
    with serving(mounted(project), listener):
        page = await chromium.new_page()
        said: list[str] = []
        page.on("console", lambda message: said.append(message.text))
        await page.goto(f"http://127.0.0.1:{port_of(listener)}/dev/")
        await page.wait_for_function("globalThis.chat !== undefined", timeout=30_000)
        assert await page.evaluate("Object.keys(StrixunChat)") == ["version", "ChatWidget"]
        assert await page.evaluate("[chat.place(), chat instanceof StrixunChat.ChatWidget]") == ["chat-widget", True]
        assert await page.evaluate("chat.greet('you')") == "hello you hello you "
        assert await page.evaluate("chat.shown()") == "Greeting(name='you', times=2)"
        failed = "try { chat.fail() } catch (error) { [error instanceof Error, error.name, error.message] }"
        assert await page.evaluate(f"eval({failed!r})") == [True, "ValueError", "as asked"]
        assert set(said) <= {"upgrade needed"}  # Brython's word for a browser that has not cached its library yet
        await page.close()


@pytest.mark.no_cover
@in_the_browser
async def test_a_save_loads_the_page_again_with_the_new_text(project: Path, chromium: Browser) -> None:
    listener = listen(0)
    with serving(mounted(project), listener):
        page = await chromium.new_page()
        await page.goto(f"http://127.0.0.1:{port_of(listener)}/dev/")
        await page.wait_for_function("globalThis.chat !== undefined", timeout=30_000)
        saved = project / "widget/model.py"
        saved.write_text(saved.read_text("utf-8").replace("hello", "good day"), "utf-8")
        await page.wait_for_function("globalThis.chat?.greet('you').then((text) => text.startsWith('good day'))")
        await page.close()


@pytest.mark.no_cover
@in_the_browser
async def test_an_error_is_a_python_traceback_in_the_console(project: Path, chromium: Browser) -> None:
    (project / "widget/model.py").write_text("x = 1\n\ny = {}['missing']\n", "utf-8")
    listener = listen(0)
    with serving(mounted(project), listener):
        page = await chromium.new_page()
        async with page.expect_event("console", lambda message: "Traceback" in message.text) as traceback:
            await page.goto(f"http://127.0.0.1:{port_of(listener)}/dev/")
        said = (await traceback.value).text
        assert "widget.model" in said
        assert "line 3" in said
        assert "KeyError: 'missing'" in said
        await page.close()
