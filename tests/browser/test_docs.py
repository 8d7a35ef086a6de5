"""Every HTML snippet of the pages runs, with this server's addresses in place of the written ones."""

from __future__ import annotations

import json
import re

import pytest
from playwright.async_api import Route

from tests.browser.conftest import ROOT, Arrive
from tests.browser.site import Site

PAGES = ("README.md", "docs/CDN_USAGE.md", "docs/THEMING.md", "docs/LANGUAGES.md")
SNIPPET = re.compile(r"^```html\n(.*?)^```", re.M | re.S)
TAG_WITH_HASH = re.compile(r'/(?P<version>v[\d.]+)/(?P<file>[\w.-]+)"\s+integrity="sha384-…"')


def snippets() -> list[tuple[str, str]]:
    """(name, text) of each HTML block."""
    found: list[tuple[str, str]] = []
    for page in PAGES:
        for number, text in enumerate(SNIPPET.findall((ROOT / page).read_text("utf-8")), 1):
            found.append((f"{page}-{number}", text))
    return found


def starting_tag() -> str:
    return next(text for name, text in snippets() if name == "README.md-1")


def as_page(text: str, site: Site) -> str:
    """A whole page around the snippet; one that speaks of `chat` without making it stands behind the README's tag."""
    if "chat.on(" in text and "new StrixunChat" not in text:
        text = starting_tag() + text
    if "<!DOCTYPE" not in text:
        text = f"<!DOCTYPE html><html lang='en'><head><title>x</title></head><body>{text}</body></html>"
    return with_addresses(text, site)


def with_addresses(text: str, site: Site) -> str:
    for written, here in (
        ("https://chat-cdn.idling.app", f"{site.origin}/cdn"),
        ("https://auth.idling.app", f"{site.origin}/auth"),
        ("https://chat-signaling.idling.app", f"{site.origin}/signal"),
        ("cwk1.…", site.service_key),
    ):
        text = text.replace(written, here)
    return TAG_WITH_HASH.sub(with_hash, text)


def with_hash(tag: re.Match[str]) -> str:
    """The tag with the hash that the manifest of its exact version states."""
    manifest = json.loads((ROOT / "cdn_dist" / tag["version"] / "manifest.json").read_text("utf-8"))
    return str(tag[0]).replace("sha384-…", manifest["files"][tag["file"]]["integrity"])


@pytest.mark.parametrize(("name", "text"), snippets(), ids=[name for name, _ in snippets()])
async def test_the_snippet_runs(arrive: Arrive, site: Site, name: str, text: str) -> None:
    reader = await arrive()

    async def answer(route: Route) -> None:
        await route.fulfill(body=as_page(text, site), content_type="text/html; charset=utf-8")

    await reader.page.route(f"{site.origin}/snippet", answer)
    await reader.page.goto(f"{site.origin}/snippet")
    await reader.page.wait_for_function("window.StrixunChat !== undefined")
    if "chat-widget\"></div>" in as_page(text, site):
        await reader.page.get_by_role("heading").first.wait_for()
        await reader.page.locator("#chat-widget").get_by_role("button").first.wait_for()
