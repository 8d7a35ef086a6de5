from __future__ import annotations

import gzip
from pathlib import Path

import httpx
import pytest
from starlette.applications import Starlette

from examples.demo import cdn


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    version = tmp_path / "v1.0.0"
    version.mkdir()
    (tmp_path / "manifest.json").write_text("{}")
    (version / "chat-widget.iife.min.js").write_bytes(b"chat")
    (version / "chat-widget.iife.min.js.gz").write_bytes(gzip.compress(b"chat"))
    (tmp_path.parent / "secret.txt").write_text("not served")
    return tmp_path


async def get(folder: Path, path: str, **headers: str) -> httpx.Response:
    transport = httpx.ASGITransport(Starlette(routes=[cdn.route(folder)]))
    async with httpx.AsyncClient(transport=transport, base_url="http://demo") as client:
        return await client.get(path, headers=headers)


async def test_a_file_comes_with_the_headers_of_the_cdn(folder: Path) -> None:
    answer = await get(folder, "/cdn/v1.0.0/chat-widget.iife.min.js", **{"Accept-Encoding": "identity"})
    assert answer.content == b"chat"
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert answer.headers["access-control-allow-origin"] == "*"
    assert answer.headers["content-type"] == "text/javascript; charset=utf-8"


async def test_a_compressed_file_is_taken_where_the_browser_takes_it(folder: Path) -> None:
    answer = await get(folder, "/cdn/v1.0.0/chat-widget.iife.min.js", **{"Accept-Encoding": "gzip, deflate"})
    assert (answer.headers["content-encoding"], answer.content) == ("gzip", b"chat")


@pytest.mark.parametrize("path", ["/cdn/v1.0.0/missing.js", "/cdn/%2e%2e/secret.txt", "/cdn/v1.0.0"])
async def test_nothing_else_is_served(folder: Path, path: str) -> None:
    assert (await get(folder, path)).status_code == 404


async def test_an_empty_folder_says_what_to_do(tmp_path: Path) -> None:
    assert "make build-cdn" in (await get(tmp_path, "/cdn/v1/chat-widget.iife.min.js")).text
