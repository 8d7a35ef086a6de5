"""The emotes of a site: anybody reads the list of their own page's site, its owner adds and removes by token."""

from __future__ import annotations

import re

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from auth.limits import HOUR_S, MINUTE_S, Rate
from auth.origins import origin_of
from auth.problems import BODY_TYPE, Problem
from signaling.callers import Callers, refuse_for
from signaling.emotes.answers import Packed, listed, pictured
from signaling.emotes.emote import written
from signaling.emotes.kept_sets import tag_of
from signaling.emotes.owner_tokens import OwnerToken
from signaling.emotes.parts import Parts
from signaling.emotes.refusals import OWNER, TOO_LARGE, UNKNOWN
from signaling.emotes.site_emotes import EMOTE_ID
from signaling.worker import Worker

BEARER = "Bearer "
LIST_FRESH = "max-age=60"  # so soon a page that is loaded again sees what was added or removed
_FILE = re.compile(r"([124]x)(_static)?\.(webp|png)", re.ASCII)
MEDIA_TYPES = {"webp": "image/webp", "png": "image/png"}


class SiteRoutes:
    """Handlers. What does not hold is a Problem."""

    def __init__(self, worker: Worker, parts: Parts, callers: Callers, packed: Packed) -> None:
        self._worker = worker
        self._parts = parts
        self._callers = callers
        self._packed = packed

    async def list(self, request: Request) -> Response:
        """GET /emotes/custom"""
        origin = await self._callers.org(request)
        await self._count("emotes", request, self._worker.limits.emotes_per_ip_min)
        body = written("", [row.emote() for row in await self._parts.site.list(origin)])

        async def given() -> str:
            return body

        return await listed(request, self._packed, tag_of(body), LIST_FRESH, given)

    async def add(self, request: Request) -> Response:
        """POST /emotes/custom?name=: the picture is the body."""
        token = await self._owner(request)
        if not request.headers.get("content-type", "").startswith("image/"):
            raise Problem(BODY_TYPE)
        await self._change(token)
        data = await self._picture(request)
        row = await self._parts.site.add(token.origin, request.query_params.get("name", ""), data, token.number)
        return JSONResponse(row.emote().record(), 201)

    async def remove(self, request: Request) -> Response:
        """DELETE /emotes/custom/{id}"""
        token = await self._owner(request)
        await self._change(token)
        await self._parts.site.remove(token.origin, request.path_params["id"], token.number)
        return Response(status_code=204)

    async def picture(self, request: Request) -> Response:
        """GET /emotes/custom/{id}/{file}: a hash and one of our names; no other word of the caller's is looked up."""
        await self._count("emote-pictures", request, self._worker.limits.emote_pictures_per_ip_min)
        emote_id, asked = request.path_params["id"], _FILE.fullmatch(request.path_params["file"])
        if asked is None or EMOTE_ID.fullmatch(emote_id) is None:
            raise Problem(UNKNOWN)
        size, still, form = asked.groups(default="")
        moving = f"{size}.{form}"
        data = None
        if still != "" and form == "webp":  # of a PNG there is only the still one
            data = await self._parts.shelf.get(emote_id, f"{size}_static.webp")
        data = data or await self._parts.shelf.get(emote_id, moving)
        if data is None:
            raise Problem(UNKNOWN)
        return pictured(data, MEDIA_TYPES[form])

    async def _owner(self, request: Request) -> OwnerToken:
        """Guesses count as failed sign-ins of the address."""
        quotas, address = self._worker.quotas, self._callers.address(request)
        refuse_for(await quotas.wait_failed_auth(address))
        header, origin = request.headers.get("authorization", ""), origin_of(request.scope)
        text = header.removeprefix(BEARER) if header.startswith(BEARER) else ""
        token = await self._parts.tokens.find(text, origin or "", int(self._worker.now_s()))
        if token is None:
            await quotas.take_failed_auth(address)
            raise Problem(OWNER)
        return token

    async def _picture(self, request: Request) -> bytes:
        most, data = self._worker.limits.emote_upload_bytes, b""
        length = request.headers.get("content-length", "")
        if length.isdecimal() and int(length[:20]) > most:
            raise Problem(TOO_LARGE)
        async for part in request.stream():
            data += part
            if len(data) > most:
                raise Problem(TOO_LARGE)
        return data

    async def _change(self, token: OwnerToken) -> None:
        rate = Rate(self._worker.limits.emote_changes_per_site_hour, HOUR_S)
        refuse_for(await self._parts.windows.take("emote-changes", token.origin, rate))

    async def _count(self, what: str, request: Request, count: int) -> None:
        address = self._callers.address(request)
        refuse_for(await self._parts.windows.take(what, address, Rate(count, MINUTE_S)))
