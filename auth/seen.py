"""What arrives of a call: the doctor asks through the public address, and sees what proxies in between make of it."""

from __future__ import annotations

import secrets
from collections.abc import Collection

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from auth.client_ip import client_ip
from auth.problems import ROUTE_UNKNOWN, Problem
from auth.store.shared import Store

SEEN_PATH = "/health/seen"
PASS_LIFE_S = 60


async def new_pass(store: Store, service: str) -> str:
    """What lets the doctor ask this service, for a minute. Who has it has our Redis."""
    token = secrets.token_hex(16)
    await store.command("SET", _key(service, token), 1, "EX", PASS_LIFE_S)
    return token


async def seen(store: Store, request: Request, trusted: Collection[str], service: str) -> Response:
    """GET /health/seen?pass= : address as we take it, who called, the forwarded addresses, host, scheme."""
    token = request.query_params.get("pass", "")
    if len(token) != 32 or not token.isalnum() or await store.command("GET", _key(service, token)) is None:
        raise Problem(ROUTE_UNKNOWN)
    client = request.scope.get("client")
    body = {
        "address": client_ip(request.scope, trusted),
        "peer": client[0] if client else "",
        "forwarded": [hop.strip() for hop in ",".join(request.headers.getlist("x-forwarded-for")).split(",") if hop],
        "host": request.headers.get("host", ""),
        "scheme": request.headers.get("x-forwarded-proto", str(request.scope["scheme"])),
    }
    return JSONResponse(body, headers={"cache-control": "no-store"})


def _key(service: str, token: str) -> str:
    return f"cw:doctor:{service}:{token}"
