"""The HTTP face: origins, preflights, sizes, types, headers, problems, health, metrics, and the OpenAPI file."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import httpx
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.routing import Mount, Route

import auth.problems
from auth.database import database_name
from auth.keys import service_key
from auth.origins import FRESH_S, allow, remove
from auth.problems import RATE_LIMITED, Kind, Problem, problem_response
from auth.service import read_body
from tests.auth.device import ORIGIN, Device
from tests.auth.world import World

pytestmark = pytest.mark.no_cover

OPENAPI = json.loads((Path(auth.problems.__file__).parent / "openapi.json").read_text("utf-8"))
KINDS = [value for value in vars(auth.problems).values() if isinstance(value, Kind)]
SEALED = {"content-type": "application/cw-hpke"}
POSTS = ["/otp/request", "/otp/verify", "/site/verify", "/guest/verify", "/token", "/logout", "/devices"]
POSTS += ["/devices/end"]


@pytest.mark.parametrize("path", POSTS)
async def test_a_preflight_of_a_listed_site_is_answered(world: World, path: str) -> None:
    asked = {"origin": ORIGIN, "access-control-request-method": "POST"}
    answer = await world.http.options(path, headers=asked)
    assert (answer.status_code, answer.content) == (204, b"")
    assert answer.headers["access-control-allow-origin"] == ORIGIN
    assert answer.headers["access-control-allow-methods"] == "GET, POST"
    assert answer.headers["access-control-allow-headers"] == "authorization, dpop, content-type"
    assert answer.headers["access-control-max-age"] == "600"
    assert answer.headers["vary"] == "Origin"
    assert "access-control-allow-credentials" not in answer.headers


REFUSED = [
    *(
        "null",
        "https://evil.test",
        "http://site.test",
        "https://site.test:8443",
        "https://site.test/",
        "http://localhost",
    ),
    *("https://SITE.test", "https://sub.site.test", "https://site.test.evil.test", "", "file://"),
]


@pytest.mark.parametrize("origin", REFUSED)
@pytest.mark.parametrize("method", ["POST", "GET"])
async def test_other_sites_are_refused(world: World, origin: str, method: str) -> None:
    path = "/.well-known/cw-keys" if method == "GET" else "/otp/request"
    answer = await world.http.request(method, path, headers={"origin": origin, **SEALED})
    assert (answer.status_code, answer.json()["code"]) == (403, "origin.refused")
    assert answer.headers["access-control-allow-origin"] == "*"
    assert answer.headers["vary"] == "Origin"


async def test_a_post_without_or_with_two_origins_is_refused(world: World) -> None:
    assert (await world.http.post("/token", headers=SEALED)).json()["code"] == "origin.refused"
    twice = [("origin", ORIGIN), ("origin", ORIGIN), ("content-type", "application/cw-hpke")]
    assert (await world.http.post("/token", headers=twice)).json()["code"] == "origin.refused"


@pytest.mark.parametrize(
    ("origin", "allowed"),
    [
        ("http://localhost:8000", True),
        ("http://127.0.0.1:8000", True),
        ("http://localhost", True),
        ("http://localhost.evil.test", False),
        ("http://192.168.0.7:8000", False),
        ("http://site.test", False),
        ("null", False),
    ],
)
async def test_in_development_this_machine_is_allowed(
    make_world: Callable[..., World], origin: str, allowed: bool
) -> None:
    world = make_world(development=True)
    device = await world.device(origin)
    assert (await device.ask("ada@example.org")).status == (200 if allowed else 403)
    assert (await (await world.device(origin="https://site.test")).ask("bob@example.org")).status == 200


async def test_the_list_in_redis_counts_while_the_service_runs(world: World) -> None:
    device = await world.device("https://new.test")
    assert (await device.ask("ada@example.org")).code == "origin.refused"
    await allow(world.store, "https://new.test")
    world.moment.go(FRESH_S)
    assert (await device.ask("ada@example.org")).status == 200
    await remove(world.store, "https://new.test")
    world.moment.go(FRESH_S)
    assert (await device.ask("ada@example.org")).code == "origin.refused"


async def test_refusals_can_be_read_by_the_page(world: World) -> None:
    device = await world.device()
    answer = await device.ask("nobody")
    assert answer.response.headers["access-control-allow-origin"] == ORIGIN


@pytest.mark.parametrize("kind", ["application/json", "", "text/plain", "application/x-www-form-urlencoded"])
async def test_only_sealed_bodies_are_taken(world: World, kind: str) -> None:
    answer = await world.http.post("/otp/request", headers={"origin": ORIGIN, "content-type": kind}, content=b"{}")
    assert (answer.status_code, answer.json()["code"]) == (415, "body.type")


@pytest.mark.parametrize("kind", ["application/cw-hpke; charset=x", "Application/CW-HPKE", "application/cw-hpke ;q=1"])
async def test_a_content_type_may_be_written_in_other_ways(world: World, kind: str) -> None:
    answer = await world.http.post("/otp/request", headers={"origin": ORIGIN, "content-type": kind}, content=b"x")
    assert answer.json()["code"] == "key.unknown"


@pytest.mark.parametrize(("declared", "refused"), [("4", False), ("5", True), ("many", False)])
async def test_a_body_that_is_said_to_be_too_long_is_not_waited_for(declared: str, refused: bool) -> None:
    heard: list[str] = []

    async def receive() -> dict[str, Any]:
        heard.append("body")
        return {"type": "http.request", "body": b"1234", "more_body": False}

    request = Request({"type": "http", "headers": [(b"content-length", declared.encode())]}, receive)
    if refused:
        with pytest.raises(Problem) as caught:
            await read_body(request, 4)
        assert (caught.value.kind.code, heard) == ("body.too_large", [])
    else:
        assert await read_body(request, 4) == b"1234"


@pytest.mark.parametrize(("size", "code"), [(8191, "key.unknown"), (8192, "key.unknown"), (8193, "body.too_large")])
@pytest.mark.parametrize("chunked", [False, True])
async def test_a_body_has_at_most_8_kib(world: World, size: int, code: str, chunked: bool) -> None:
    async def parts() -> AsyncIterator[bytes]:
        for at in range(0, size, 1000):
            yield b"x" * min(1000, size - at)

    content = parts() if chunked else b"x" * size
    answer = await world.http.post("/token", headers={"origin": ORIGIN, **SEALED}, content=content)
    assert answer.json()["code"] == code


async def test_a_page_without_an_origin_may_look_at_the_head(world: World) -> None:
    answer = await world.http.head("/.well-known/cw-keys")
    assert (answer.status_code, answer.headers["vary"]) == (200, "Origin")


async def test_a_get_with_two_origins_is_refused(world: World) -> None:
    answer = await world.http.get("/.well-known/cw-keys", headers=[("origin", ORIGIN), ("origin", ORIGIN)])
    assert (answer.status_code, answer.json()["code"]) == (403, "origin.refused")


async def test_unknown_addresses_and_methods_are_problems(world: World) -> None:
    assert (await world.http.get("/nothing")).json()["code"] == "route.unknown"
    assert (await world.http.get("/otp/request/")).json()["code"] == "route.unknown"
    answer = await world.http.get("/otp/request")
    assert (answer.status_code, answer.json()["code"]) == (405, "method.refused")
    assert "POST" in answer.headers["allow"]


async def test_every_answer_has_the_safe_headers(world: World) -> None:
    for path in ("/health", "/nothing", "/.well-known/cw-keys"):
        headers = (await world.http.get(path)).headers
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["strict-transport-security"].startswith("max-age=31536000")
        assert "set-cookie" not in headers
    device = await world.device()
    assert (await device.ask("ada@example.org")).response.headers["cache-control"] == "no-store"
    assert (await device.ask("nobody")).response.headers["cache-control"] == "no-store"


async def test_keys_may_be_cached_for_five_minutes(world: World) -> None:
    for path in ("/.well-known/cw-keys", "/.well-known/jwks.json"):
        answer = await world.http.get(path, headers={"origin": ORIGIN})
        assert answer.status_code == 200
        assert answer.headers["cache-control"] == "public, max-age=15"
        assert answer.headers["access-control-allow-origin"] == ORIGIN


async def test_a_problem_has_the_shape_of_rfc_9457(world: World) -> None:
    answer = (await (await world.device()).ask("nobody")).response
    assert answer.headers["content-type"] == "application/problem+json"
    body = answer.json()
    assert set(body) == {"type", "title", "status", "code", "detail"}
    assert (body["type"], body["status"]) == ("urn:strixun-chat:problem:email.invalid", 400)


@pytest.mark.parametrize(("wait_s", "told"), [(0, None), (1, 1), (2, 2)])
def test_a_problem_tells_how_long_to_wait(wait_s: int, told: int | None) -> None:
    answer = problem_response(Problem(RATE_LIMITED, wait_s))
    body = json.loads(bytes(answer.body))
    assert body.get("retryAfter") == told
    assert answer.headers.get("retry-after") == (None if told is None else str(told))
    assert answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.code)
def test_a_detail_is_a_whole_sentence(kind: Kind) -> None:
    assert kind.detail[0].isupper()
    assert kind.detail.endswith(".")
    assert 400 <= kind.status < 600


async def test_health_tells_of_store_and_keys(world: World) -> None:
    answer = await world.http.get("/health")
    database = await database_name(world.store)
    assert answer.json() == {"status": "ok", "store": "up", "database": database, "keysExpireIn": 45 * 86400}
    world.moment.go(45 * 86400)
    answer = await world.http.get("/health")
    assert (answer.status_code, answer.json()["status"]) == (503, "down")


async def test_metrics_count_without_names(world: World) -> None:
    device = await world.signed_in()
    text = (await world.http.get("/metrics")).text
    assert 'auth_codes_total{outcome="ok"} 1.0' in text
    assert 'auth_mails_total{kind="code",outcome="sent"} 1.0' in text
    assert 'auth_requests_total{code="",route="/otp/verify",status="200"} 1.0' in text
    for secret in ("ada", device.tokens["sub"], device.key.jkt.hex(), "127.0.0.1"):
        assert secret not in text


async def test_the_service_works_mounted_below_another_app(world: World) -> None:
    outer = Starlette(routes=[Mount("/auth", app=world.app)])
    async with httpx.AsyncClient(transport=httpx.ASGITransport(outer), base_url="https://all.test/auth") as http:
        device = await Device(http, service_key(world.folder), world.moment.now_s, ORIGIN).prepare()
        assert (await device.ask("ada@example.org")).status == 200
        assert (await device.enter("ada@example.org", await world.code())).status == 200
        assert (await http.get("/health", headers={"origin": "https://evil.test"})).status_code == 200


def test_the_openapi_file_names_exactly_the_routes(world: World) -> None:
    routes = {
        (route.path, method.lower())
        for route in world.app.routes
        if isinstance(route, Route)
        for method in (route.methods or set()) - {"HEAD"}
    }
    written = {(path, method) for path, methods in OPENAPI["paths"].items() for method in methods}
    assert routes == written


def test_the_openapi_file_names_exactly_the_problems() -> None:
    assert set(OPENAPI["components"]["schemas"]["Problem"]["properties"]["code"]["enum"]) == {
        kind.code for kind in KINDS
    }


async def test_answers_have_the_fields_of_the_openapi_file(world: World) -> None:
    schemas = OPENAPI["components"]["schemas"]
    device = await world.device()
    asked = await device.ask("ada@example.org")
    entered = await device.enter("ada@example.org", await world.code())
    assert set(asked.fields) == set(schemas["CodeSent"]["required"]) == set(schemas["CodeSent"]["properties"])
    assert set(entered.fields) == set(schemas["SignedIn"]["required"]) == set(schemas["SignedIn"]["properties"])
    health = (await world.http.get("/health")).json()
    assert set(health) == set(schemas["Health"]["required"])
