"""A tab with `dom_page.py` in it: the real screens and stylesheet, without services."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Browser, Page, Route

from build.compiler.compile import compile_program
from build.compiler.load import load_program
from build.compiler.lower.helpers import runtime
from build.css import readable_css
from build.languages import language_files
from build.link import Program, link
from tests.fakes.once import once
from tests.fakes.widget_copy import copy_widget

ROOT = Path(__file__).parents[2]
ENTRY = "widget.browser.dom_page"
PARTS = ("dom_page.py", "dom_puppet.py", "dom_said.py")
ORIGIN = "http://localhost:9"  # every request is answered by the test
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
    "img-src https://cdn.7tv.app; base-uri 'none'; "
    "object-src 'none'; form-action 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
)
LOG = "document.getElementById('place').firstElementChild.shadowRoot.querySelector('.cw-log')"
HTML = (
    '<!doctype html><html lang="en"><title>DOM</title><input id="outside"><div id="place"></div>'
    '<script src="/page.js"></script></html>'
)


def dom_script(root: Path) -> bytes:
    """The widget with dom_page.py as its entry, built from copies in an empty folder where all is of one package."""
    copy_widget(root)
    for name in PARTS:
        text = Path(__file__).with_name(name).read_text("utf-8")
        (root / "widget" / "browser" / name).write_text(text.replace("tests.browser.", "widget.browser."), "utf-8")
    sources = load_program(root, ENTRY)
    modules = compile_program(sources, public=("DomPage",))
    texts = {source.path: source.text for source in sources.values()}
    program = Program(modules, runtime(), texts, ENTRY, ("DomPage",), "0.0.0", "test")
    return link(program).files["chat-widget.iife.min.js"]


def shared_script(factory: pytest.TempPathFactory) -> bytes:
    """That script, made once in a run."""
    return once(factory, "dom_script", lambda: dom_script(factory.mktemp("dom")))


@asynccontextmanager
async def dom_tab(
    chromium: Browser, script: bytes, html: str = HTML, policy: str = POLICY, **options: Any
) -> AsyncIterator[Page]:
    """The page has complained of nothing when this ends. `script` is the fixture of that name."""
    complaints: list[str] = []
    data = language_files(ROOT / "widget" / "languages")
    context = await chromium.new_context(**{"viewport": {"width": 700, "height": 700}, **options})
    context.set_default_timeout(30_000)
    tab = await context.new_page()
    tab.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    tab.on("pageerror", lambda error: complaints.append(str(error)))

    async def answer(route: Route) -> None:
        if route.request.url.endswith(".js"):
            await route.fulfill(body=script, content_type="text/javascript")
        elif route.request.url.endswith(".json"):
            await route.fulfill(body=data[route.request.url.rsplit("/", 1)[1]], content_type="application/json")
        elif route.request.url.endswith(".css"):
            await route.fulfill(body=readable_css(ROOT / "widget" / "styles", "test"), content_type="text/css")
        else:
            headers = {} if policy == "" else {"Content-Security-Policy": policy}
            await route.fulfill(body=html, content_type="text/html", headers=headers)

    await tab.route("**/*", answer)
    await tab.goto(ORIGIN)
    yield tab
    await context.close()
    assert complaints == []


async def frame(page: Page) -> None:
    """Until what was asked for is drawn."""
    await page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
