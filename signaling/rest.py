"""The HTTP side: rooms are made, found and listed here; members meet on the socket."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from auth.exposition import exposed
from auth.tokens import GUEST, Claims
from signaling.callers import Callers, refuse_for
from signaling.guests import refuse_making
from signaling.refusals import MALFORMED, ROOM_EXISTS, ROOM_LIMIT, ROOM_UNKNOWN, Problem
from signaling.rooms import MAX_RAW_NAME_CHARS, NO_ROOM, Room, is_cursor, is_room_id, make_room
from signaling.store import Sight
from signaling.worker import Worker
from widget.errors import CwError
from widget.wire.base16 import is_hex
from widget.wire.fields import text_field
from widget.wire.room import MAX_NAME_CHARS, write_room

MAX_GENESIS_CHARS = 1024
PLACE_CHARS = 64


class Rest:
    """Handlers parse, ask the store, answer. StoreDown becomes 503 in the layer around them."""

    def __init__(self, worker: Worker, callers: Callers) -> None:
        self._worker = worker
        self._callers = callers

    async def make(self, request: Request) -> Response:
        """POST /rooms"""
        worker = self._worker
        claims = await self._callers.claims(request)
        data = await self._callers.body(request)
        now_ms = int(worker.now_s() * 1000)
        name = _place(data)
        place = "" if name == "" else worker.places.place(claims.org, name)
        room = make_room(_genesis(data), _name(data), claims, now_ms, worker.limits, place)
        other = None if place == "" else await self._at(place, claims)
        if other is None:
            await refuse_making(worker, claims, room)
            address = self._callers.address(request)
            refuse_for(await worker.quotas.take_create(claims.sub, address, claims.via == GUEST))
            other = await self._found(room, claims)
        if other is not None:
            return JSONResponse(write_room(other.room.record(other.members)))
        worker.listings.forget(room.org)
        return JSONResponse(write_room(room.record(0)), 201)

    async def list(self, request: Request) -> Response:
        """GET /rooms?cursor=&known=&search=: 204 when the page is still the one that `known` is the tag of. It is no
        ETag, for `If-None-Match` would cost a page of another origin a preflight."""
        worker = self._worker
        org = await self._callers.org(request)
        cursor, text = request.query_params.get("cursor", ""), request.query_params.get("search", "").strip()
        if (cursor != "" and (text != "" or not is_cursor(cursor))) or len(text) > MAX_NAME_CHARS:
            raise Problem(MALFORMED)
        refuse_for(await worker.quotas.take_listing(self._callers.address(request)))
        listings = worker.listings
        page = await (
            listings.page(org, cursor) if text == "" else listings.search(org, text, worker.limits.listing_page)
        )
        if request.query_params.get("known", "") == page.tag:
            return Response(status_code=204)
        return JSONResponse({"rooms": page.rooms, "next": page.next, "tag": page.tag})

    async def find(self, request: Request) -> Response:
        """GET /rooms/{id}"""
        sight = await self.public_room(request)
        return JSONResponse(write_room(sight.room.record(sight.members)))

    async def nonce(self, request: Request) -> Response:
        """GET /nonce: for the next proofs, so that nobody has to be refused first, which browsers show as an error."""
        await self._callers.org(request)
        return JSONResponse({"nonce": self._worker.nonces.newest(int(self._worker.now_s()))})

    async def public_room(self, request: Request) -> Sight:
        """The one in the path: a private room, another site's and none at all are the same answer by the same way."""
        quotas, address = self._worker.quotas, self._callers.address(request)
        org, room_id = await self._callers.org(request), request.path_params["id"]
        refuse_for(await quotas.wait_wrong_id(address))
        sight = await self._worker.store.look(room_id if is_room_id(room_id) else NO_ROOM)
        if sight is None or sight.room.genesis.private or sight.room.org != org:
            refuse_for(await quotas.take_wrong_id(address))
            raise Problem(ROOM_UNKNOWN)
        return sight

    async def metrics(self, request: Request) -> Response:
        worker = self._worker
        worker.metrics.settle()
        return exposed(request, worker.settings.metrics_token, worker.metrics.registry)

    async def _at(self, place: str, claims: Claims) -> Sight | None:
        """The living room that is bound there; None where the caller may bind one."""
        worker = self._worker
        refuse_for(await worker.quotas.take_place(claims.sub))
        sight = await worker.places.room(place)
        if sight is None and not await worker.places.has_space(claims.org, place):
            raise Problem(ROOM_LIMIT, worker.limits.room_empty_s)
        return sight

    async def _found(self, room: Room, claims: Claims) -> Sight | None:
        """Put the room up within the deployment's and the owner's number, or leave no trace.

        Whoever was a moment earlier has the place: then that room is given.
        """
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
        other = None if room.place == "" else await self._worker.places.claim(room.place, room.room_id)
        if other is None:
            await store.enlist(room)
        else:
            await store.drop(room)
        return other


def _genesis(data: dict[str, Any]) -> bytes:
    text = _text(data, "genesis", MAX_GENESIS_CHARS)
    if len(text) % 2 == 1 or not is_hex(text):
        raise Problem(MALFORMED)
    return bytes.fromhex(text)


def _name(data: dict[str, Any]) -> str:
    return _text(data, "name", MAX_RAW_NAME_CHARS)


def _place(data: dict[str, Any]) -> str:
    """The client's hash of the page or name that the room is to be bound to, or ""."""
    text = _text(data, "place", PLACE_CHARS) if "place" in data else ""
    if text != "" and (len(text) != PLACE_CHARS or not is_hex(text)):
        raise Problem(MALFORMED)
    return text


def _text(data: dict[str, Any], name: str, max_chars: int) -> str:
    try:
        return text_field(data, name, max_chars)
    except CwError as error:
        raise Problem(MALFORMED) from error
