"""GET of 7TV's sets. Whatever 7TV does, a page gets its answer soon, and no error that it would have to show."""

from __future__ import annotations

import re

from starlette.requests import Request
from starlette.responses import Response

from auth.limits import MINUTE_S, Rate
from auth.problems import Problem
from signaling.callers import Callers, refuse_for
from signaling.emotes.answers import Packed, listed
from signaling.emotes.parts import Parts
from signaling.emotes.refusals import UNKNOWN
from signaling.emotes.sets import NOTHING
from signaling.emotes.seven_tv import set_id_of
from signaling.settings import Settings

LEAST_S = 30  # a set that is not fresh is on its way
_TWITCH_ID = re.compile(r"[0-9]{1,20}", re.ASCII)


class SetRoutes:
    """Handlers: what is asked for, how often by one address, and the answer."""

    def __init__(self, settings: Settings, parts: Parts, callers: Callers, packed: Packed) -> None:
        self._settings = settings
        self._limits = settings.limits
        self._parts = parts
        self._callers = callers
        self._packed = packed

    async def everybodys(self, request: Request) -> Response:
        """GET /emotes/global"""
        return await self._set(request, "global")

    async def by_id(self, request: Request) -> Response:
        """GET /emotes/7tv/set/{id}"""
        set_id = set_id_of(request.path_params["id"])
        return await self._set(request, f"set:{set_id}" if set_id != "" else "")

    async def by_channel(self, request: Request) -> Response:
        """GET /emotes/7tv/twitch/{id}"""
        channel = request.path_params["id"]
        return await self._set(request, f"twitch:{channel}" if _TWITCH_ID.fullmatch(channel) else "")

    async def _set(self, request: Request, name: str) -> Response:
        await self._callers.org(request)
        address = self._callers.address(request)
        refuse_for(await self._take("emotes", address, self._limits.emotes_per_ip_min))
        if name == "":
            raise Problem(UNKNOWN)
        if not self._settings.seven_tv:
            return _nothing()

        async def new() -> None:
            refuse_for(await self._take("new-sets", address, self._limits.new_sets_per_ip_min))

        sets = self._parts.sets
        found = await sets.find(name, new)
        if found is None:
            raise Problem(UNKNOWN)
        if found.tag == "":
            return _nothing()
        max_age = f"max-age={max(found.fresh_s, LEAST_S)}, stale-while-revalidate={self._limits.emotes_stale_s}"
        return await listed(request, self._packed, found.tag, max_age, lambda: sets.body(found))

    async def _take(self, what: str, address: str, count: int) -> int:
        return await self._parts.windows.take(what, address, Rate(count, MINUTE_S))


def _nothing() -> Response:
    """No error: it would stand in the console of every page, and there is nothing that a page could do."""
    return Response(NOTHING, media_type="application/json")
