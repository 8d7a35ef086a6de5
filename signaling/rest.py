"""The HTTP side: rooms are made, found and listed here; members meet on the socket."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from auth.client_ip import address_subject, client_ip
from auth.dpop import ProofError, verify_proof
from auth.origins import origin_of
from auth.problems import BODY_TOO_LARGE, BODY_TYPE
from auth.stores import StoreDown
from auth.tokens import Claims
from signaling.refusals import (
    MALFORMED,
    ORIGIN_REFUSED,
    PROOF_INVALID,
    RATE_LIMITED,
    ROOM_EXISTS,
    ROOM_LIMIT,
    ROOM_UNKNOWN,
    TOKEN_INVALID,
    Problem,
)
from signaling.rooms import MAX_RAW_NAME_CHARS, Room, is_cursor, is_room_id, make_room
from signaling.worker import Worker
from widget.errors import CwError
from widget.wire.base16 import is_hex
from widget.wire.fields import parse_object, text_field
from widget.wire.room import write_room

SCHEME = "DPoP "
MAX_GENESIS_CHARS = 1024


class Rest:
    """Handlers parse, ask the store, answer. StoreDown becomes 503 in the layer around them."""

    def __init__(self, worker: Worker) -> None:
        self._worker = worker

    async def make(self, request: Request) -> Response:
        """POST /rooms"""
        worker = self._worker
        claims = await self._caller(request)
        data = await self._body(request)
        now_ms = int(worker.now_s() * 1000)
        room = make_room(_genesis(data), _name(data), claims, now_ms, worker.limits)
        _refuse_for(await worker.store.take_create(claims.sub, self._address(request)))
        await self._found(room, claims)
        return JSONResponse(write_room(room.record(0)), 201)

    async def list(self, request: Request) -> Response:
        """GET /rooms?cursor="""
        store = self._worker.store
        org = self._org(request)
        cursor = request.query_params.get("cursor", "")
        if cursor != "" and not is_cursor(cursor):
            raise Problem(MALFORMED)
        _refuse_for(await store.take_listing(self._address(request)))
        found, after = await store.listing(org, cursor)
        return JSONResponse({"rooms": [write_room(sight.room.record(sight.members)) for sight in found], "next": after})

    async def find(self, request: Request) -> Response:
        """GET /rooms/{id}: a private room, another site's and none at all are the same answer by the same path."""
        store, address = self._worker.store, self._address(request)
        org, room_id = self._org(request), request.path_params["id"]
        _refuse_for(await store.wait_wrong_id(address))
        sight = await store.look(room_id if is_room_id(room_id) else "0" * 32)
        if sight is None or sight.room.genesis.private or sight.room.org != org:
            _refuse_for(await store.take_wrong_id(address))
            raise Problem(ROOM_UNKNOWN)
        return JSONResponse(write_room(sight.room.record(sight.members)))

    async def emotes(self, request: Request) -> Response:
        """GET /emotes/global: this deployment has none of its own; a 404 would be an error in every page's console."""
        return JSONResponse({"emotes": []})

    async def health(self, request: Request) -> Response:
        """503 when the store is away or a loop of this worker is down; `loops` names it."""
        down = sorted(self._worker.loops.down)
        try:
            await self._worker.store.ping()
            store = "up"
        except StoreDown:
            store = "down"
        good = store == "up" and len(down) == 0
        return JSONResponse({"status": "ok" if good else "down", "store": store, "loops": down}, 200 if good else 503)

    async def metrics(self, request: Request) -> Response:
        return Response(self._worker.metrics.text(), media_type="text/plain; version=0.0.4")

    async def _found(self, room: Room, claims: Claims) -> None:
        """Put the room up within the deployment's and the owner's number, or leave no trace."""
        store = self._worker.store
        if await store.look(room.room_id) is not None:
            raise Problem(ROOM_EXISTS)
        if not await store.claim_slot(room.room_id):
            raise Problem(ROOM_LIMIT, self._worker.limits.room_empty_s)
        if not await store.claim_owner(claims.org, claims.sub, room.room_id):
            await store.unclaim(claims.org, claims.sub, room.room_id)
            raise Problem(ROOM_LIMIT, self._worker.limits.room_empty_s)
        if not await store.create(room):
            raise Problem(ROOM_EXISTS)

    async def _caller(self, request: Request) -> Claims:
        """Who calls, by token and proof of the device it is bound to (RFC 9449)."""
        worker = self._worker
        header = request.headers.get("authorization", "")
        proofs = request.headers.getlist("dpop")
        if not header.startswith(SCHEME):
            raise Problem(TOKEN_INVALID)
        token = header.removeprefix(SCHEME)
        claims = await worker.claims(token)
        if claims.org != origin_of(request.scope):
            raise Problem(TOKEN_INVALID)
        if len(proofs) != 1:
            raise Problem(PROOF_INVALID)
        now_s, url = int(worker.now_s()), self._public_url(request)
        try:
            await verify_proof(
                worker.shared, proofs[0], method="POST", url=url, token=token, jkt=claims.jkt, now_s=now_s
            )
        except ProofError as error:
            raise Problem(PROOF_INVALID) from error
        return claims

    async def _body(self, request: Request) -> dict[str, Any]:
        if request.headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
            raise Problem(BODY_TYPE)
        body = b""
        async for part in request.stream():
            body += part
            if len(body) > self._worker.limits.body_bytes:
                raise Problem(BODY_TOO_LARGE)
        try:
            return parse_object(body.decode("utf-8"), self._worker.limits.body_bytes)
        except (CwError, UnicodeDecodeError) as error:
            raise Problem(MALFORMED) from error

    def _org(self, request: Request) -> str:
        """Whose rooms are asked for: the page's origin; a page of our own origin sends none."""
        origin = origin_of(request.scope)
        if origin is None and "origin" not in request.headers:
            own = urlsplit(self._public_url(request))
            origin = f"{own.scheme}://{own.netloc}"
        if origin is None or not self._worker.origins.permits(origin):
            raise Problem(ORIGIN_REFUSED)
        return origin

    def _public_url(self, request: Request) -> str:
        base = self._worker.settings.public_url
        if base != "":
            below = str(request.scope["path"]).removeprefix(str(request.scope.get("root_path", "")))
            return base.rstrip("/") + below
        return str(request.url.replace(query="", fragment=""))

    def _address(self, request: Request) -> str:
        return address_subject(client_ip(request.scope, self._worker.settings.trusted_proxies))


def _genesis(data: dict[str, Any]) -> bytes:
    text = _text(data, "genesis", MAX_GENESIS_CHARS)
    if len(text) % 2 == 1 or not is_hex(text):
        raise Problem(MALFORMED)
    return bytes.fromhex(text)


def _name(data: dict[str, Any]) -> str:
    return _text(data, "name", MAX_RAW_NAME_CHARS)


def _text(data: dict[str, Any], name: str, max_chars: int) -> str:
    try:
        return text_field(data, name, max_chars)
    except CwError as error:
        raise Problem(MALFORMED) from error


def _refuse_for(wait_s: int) -> None:
    if wait_s > 0:
        raise Problem(RATE_LIMITED, wait_s)
