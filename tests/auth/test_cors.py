"""What a page may read: an allowed one its answers, any other that it is refused; and what it may send."""

from __future__ import annotations

import json
from typing import Any

import httpx
import pytest
from starlette.types import Message

from auth.cors import ALLOWED_HEADERS, OTHER_HEADERS, Cors
from auth.origins import Origins, allow
from auth.store.opening import open_store
from tests.auth.test_origins import Away

SITE = "https://site.test"
MANY = [f"x-{number}" for number in range(OTHER_HEADERS + 1)]
FOREIGN = ["null", "https://evil.test", "http://site.test", "", "file://"]


class Asked:
    """An app that notes what came through to it, behind the layer."""

    def __init__(self, origins: Origins) -> None:
        self.paths: list[str] = []
        self.answers: list[Message] = []
        self.cors = Cors(self.app, origins, "GET, POST", ("/health",))
        self.http = httpx.AsyncClient(transport=httpx.ASGITransport(self.cors), base_url="https://auth.test")

    async def app(self, scope: Any, receive: Any, send: Any) -> None:
        self.paths.append(scope.get("path", scope["type"]))
        if scope["type"] == "http":
            await send({"type": "http.response.start", "status": 200, "headers": []})
            await send({"type": "http.response.body", "body": b"secret"})

    async def get(self, root: str, path: str) -> bool:
        """Whether a foreign site got through."""
        headers = [(b"origin", b"https://evil.test")]
        scope = {"type": "http", "method": "GET", "root_path": root, "path": path, "headers": headers}
        await self.cors(scope, self.receive, self.send)
        return self.paths == [path]

    async def receive(self) -> Message:
        raise AssertionError("nobody asks for a body")

    async def send(self, message: Message) -> None:
        self.answers.append(message)


@pytest.fixture
async def asked() -> Asked:
    store = open_store(None)
    await allow(store, SITE)
    return Asked(Origins(store, False))


@pytest.mark.parametrize(("root", "path", "through"), [
    ("", "/health", True),
    ("/auth", "/auth/health", True),
    ("/auth", "/health", True),
    ("/auth", "/other/health", False),
    ("", "/auth/health", False),
    ("", "/token", False),
])
async def test_health_is_open_to_every_site_wherever_the_service_is_mounted(
    asked: Asked, root: str, path: str, through: bool
) -> None:
    assert await asked.get(root, path) == through
    assert [message.get("status") for message in asked.answers[:1]] == [200 if through else 403]


async def test_what_is_no_request_is_none_of_its_business(asked: Asked) -> None:
    await asked.cors({"type": "lifespan"}, asked.receive, asked.send)
    assert asked.paths == ["lifespan"]


@pytest.mark.parametrize("origin", FOREIGN)
@pytest.mark.parametrize("method", ["GET", "POST", "DELETE", "HEAD"])
async def test_a_page_that_is_not_allowed_reads_that_and_nothing_else(asked: Asked, origin: str, method: str) -> None:
    answer = await asked.http.request(method, "/token", headers={"origin": origin})
    assert answer.headers["access-control-allow-origin"] == "*"
    assert "access-control-allow-credentials" not in answer.headers
    assert (answer.status_code, asked.paths) == (403, [])
    assert method == "HEAD" or json.loads(answer.text)["code"] == "origin.refused"


@pytest.mark.parametrize("origin", FOREIGN)
async def test_its_preflight_is_answered_so_that_it_comes_to_read_it(asked: Asked, origin: str) -> None:
    asks = {"access-control-request-method": "POST", "access-control-request-headers": "content-type,x-tenant"}
    answer = await asked.http.options("/token", headers={"origin": origin, **asks})
    assert (answer.status_code, asked.paths) == (204, [])
    assert answer.headers["access-control-allow-origin"] == "*"
    assert "x-tenant" in answer.headers["access-control-allow-headers"].split(", ")


async def test_an_allowed_page_reads_its_answers_alone(asked: Asked) -> None:
    for answer in (await asked.http.get("/token", headers={"origin": SITE}), await preflight(asked, "")):
        assert answer.headers["access-control-allow-origin"] == SITE
        assert answer.headers["vary"] == "Origin"
    assert asked.paths == ["/token"]


async def preflight(asked: Asked, headers: str) -> httpx.Response:
    asks = {"origin": SITE, "access-control-request-method": "POST", "access-control-request-headers": headers}
    return await asked.http.options("/token", headers=asks)


@pytest.mark.parametrize(("wanted", "more"), [
    ("", []),
    ("content-type,dpop", []),
    ("x-tenant", ["x-tenant"]),
    ("X-Tenant , x-other,x-tenant", ["x-tenant", "x-other"]),
    ("x tenant,x\tt,,x:y,\"x\"", []),
    ("x" * 64, ["x" * 64]),
    ("x" * 65, []),
    (",".join(MANY), MANY[:OTHER_HEADERS]),
])
async def test_headers_that_a_page_adds_are_let_through(asked: Asked, wanted: str, more: list[str]) -> None:
    given = (await preflight(asked, wanted)).headers["access-control-allow-headers"]
    assert given.split(", ") == [*ALLOWED_HEADERS, *more]


async def test_without_the_list_a_page_reads_that_the_service_is_away() -> None:
    asked = Asked(Origins(Away(), False))  # type: ignore[arg-type]
    answer = await asked.http.post("/token", headers={"origin": SITE})
    assert (answer.status_code, answer.json()["code"]) == (503, "backend.down")
    assert answer.headers["access-control-allow-origin"] == "*"
    assert int(answer.headers["retry-after"]) == answer.json()["retryAfter"]
    assert (await preflight(asked, "")).status_code == 204
    assert asked.paths == []
