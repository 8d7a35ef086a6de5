"""Every path of the CDN, asked of Cloudflare's own server and of the demo: the status, bytes and headers we say."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from pathlib import Path, PurePosixPath

import httpx
import pytest
from starlette.applications import Starlette

from build.headers import FOREVER, NEVER, RULES, SHORT, headers_for, headers_for_missing
from build.publish import HEADERS, MANIFEST
from build.versions import is_exact, project_version
from examples.demo import cdn
from tests.cloudflare.conftest import ROOT, Pages

ORIGIN = {"Origin": "https://somebody.example", "Accept-Encoding": "identity"}
PREFLIGHT = {**ORIGIN, "Access-Control-Request-Method": "GET", "Access-Control-Request-Headers": "content-type"}
MISSING = ["/v9.9.9/chat-widget.iife.min.js", "/v1.0.0/", "/v1.0.0", "/latest/none.css", "/none.json", "/"]


@pytest.fixture(scope="module")
def cloudflare(pages: Pages) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=pages.origin, timeout=60, trust_env=False) as client:
        yield client


@pytest.fixture
async def both(pages: Pages, folder: Path) -> AsyncIterator[tuple[httpx.AsyncClient, httpx.AsyncClient]]:
    """Cloudflare's server and the demo's, each asked with the CDN's own paths."""
    transport = httpx.ASGITransport(Starlette(routes=[cdn.route(folder)]))
    async with (
        httpx.AsyncClient(base_url=pages.origin, timeout=60, trust_env=False) as cloudflare,
        httpx.AsyncClient(base_url="http://demo/cdn", transport=transport) as demo,
    ):
        yield cloudflare, demo


def paths(folder: Path) -> list[str]:
    """All that is served: `_headers` is not."""
    files = [path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()]
    return sorted(f"/{name}" for name in files if name != HEADERS)


def kinds(asked: list[str]) -> list[str]:
    """One of each folder and ending, which is what the rules look at."""
    return [*{(PurePosixPath(path).parent, PurePosixPath(path).suffix): path for path in asked}.values()]


def given(answer: httpx.Response, wanted: dict[str, str]) -> dict[str, str]:
    """The headers of an answer that `wanted` names; two of one name are joined by a comma."""
    return {name: answer.headers[name] for name in wanted if name in answer.headers}


def test_every_path_has_its_bytes_and_headers(cloudflare: httpx.Client, folder: Path) -> None:
    asked = paths(folder)
    assert len(asked) > 100
    for path in asked:
        answer = cloudflare.get(path, headers=ORIGIN)
        assert answer.status_code == 200, path
        assert answer.content == (folder / path[1:]).read_bytes(), path
        assert given(answer, headers_for(path)) == headers_for(path), path


def test_only_exact_versions_are_kept_forever(cloudflare: httpx.Client, folder: Path) -> None:
    asked = paths(folder)
    kept = {path: cloudflare.head(path, headers=ORIGIN).headers["Cache-Control"] for path in asked}
    exact = [path for path in asked if is_exact(path.split("/")[1])]
    assert 0 < len(exact) < len(asked)
    assert kept == {path: FOREVER if path in exact else SHORT for path in asked}
    for moving in ("v1", "latest", "v0.9"):
        assert kept[f"/{moving}/{MANIFEST}"] == SHORT
    for fixed in (project_version(ROOT).folder, "v0.9.3", "v9.0.0-rc.1"):
        assert kept[f"/{fixed}/{MANIFEST}"] == FOREVER


def test_a_preflight_is_answered_with_the_headers_and_405(cloudflare: httpx.Client, folder: Path) -> None:
    """Pages serves files for GET and HEAD alone. No browser asks: a script, a style and a plain fetch are simple."""
    for path in [path for path in paths(folder) if path.startswith(("/v0.9.3/", "/latest/", "/manifest"))]:
        answer = cloudflare.options(path, headers=PREFLIGHT)
        assert answer.status_code == 405, path
        assert given(answer, headers_for(path)) == headers_for(path), path
        assert answer.headers["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize("path", MISSING)
async def test_a_path_without_a_file_is_never_cached(
    both: tuple[httpx.AsyncClient, httpx.AsyncClient], path: str
) -> None:
    wanted = headers_for_missing(path)
    assert wanted["Cache-Control"] == NEVER
    for server in both:
        answer = await server.get(path, headers=ORIGIN)
        assert answer.status_code == 404
        assert given(answer, wanted) == wanted


@pytest.mark.no_cover
async def test_the_demo_gives_the_same(both: tuple[httpx.AsyncClient, httpx.AsyncClient], folder: Path) -> None:
    asked = paths(folder)
    few = kinds(asked)
    for method, some, headers in (("GET", asked, ORIGIN), ("HEAD", few, ORIGIN), ("OPTIONS", few, PREFLIGHT)):
        for path in some:
            real, ours = [await server.request(method, path, headers=headers) for server in both]
            assert (ours.status_code, ours.content) == (real.status_code, real.content), (method, path)
            assert given(ours, headers_for(path)) == given(real, headers_for(path)), (method, path)


def test_a_browser_that_has_the_file_gets_no_bytes(cloudflare: httpx.Client, folder: Path) -> None:
    path = f"/latest/{MANIFEST}"
    known = cloudflare.get(path, headers=ORIGIN).headers["ETag"]
    answer = cloudflare.get(path, headers={**ORIGIN, "If-None-Match": known})
    assert (answer.status_code, answer.content) == (304, b"")
    assert answer.headers["Cache-Control"] == SHORT


def test_every_rule_was_understood(pages: Pages) -> None:
    parsed = [line.strip() for line in pages.said if "header rules" in line]
    assert parsed == [f"✨ Parsed {len(RULES)} valid header rules."]
    assert [line for line in pages.said if "invalid" in line.lower()] == []


def test_the_server_asks_nobody(pages: Pages, cloudflare: httpx.Client) -> None:
    """Neither for metrics nor for news: it knows the way out and does not take it."""
    cloudflare.get(f"/{MANIFEST}", headers=ORIGIN)
    assert any("Proxy environment variables detected" in line for line in pages.said)
    assert pages.out.asked == []
