"""The HTTP side of removals: a room's host and moderators say who may not be in it, the host who moderates."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

from auth.tokens import Claims
from signaling.callers import Callers, refuse_for
from signaling.refusals import MALFORMED, ROOM_MANY, ROOM_POWER, ROOM_UNKNOWN, Problem
from signaling.removals import Say, Verdict
from signaling.rooms import NO_ROOM, is_room_id
from signaling.worker import Worker
from widget.errors import CwError
from widget.wire.fields import bool_field, hex_field

SUB_BYTES = 16


@dataclass(frozen=True)
class _Place:
    """The room as the caller may know it: `is_seen` when it is on a list that anybody of this site reads."""

    say: Say
    is_seen: bool


class Decisions:
    """For who has no say there, a private room, another site's and none at all are the same answer by the same path."""

    def __init__(self, worker: Worker, callers: Callers) -> None:
        self._worker = worker
        self._callers = callers

    async def remove(self, request: Request) -> Response:
        """POST /rooms/{id}/removals"""
        claims = await self._callers.claims(request)
        sub, (ban, lift) = await self._asked(request, "ban", "lift")
        if ban and lift:
            raise Problem(MALFORMED)
        place, removals = await self._place(request, claims), self._worker.removals
        verdict = await (removals.readmit(place.say, sub) if lift else removals.remove(place.say, sub, ban))
        return await self._answer(verdict, place, claims)

    async def appoint(self, request: Request) -> Response:
        """POST /rooms/{id}/moderators"""
        claims = await self._callers.claims(request)
        sub, (on,) = await self._asked(request, "on")
        place = await self._place(request, claims)
        verdict = await self._worker.removals.appoint(place.say, sub, on)
        return await self._answer(verdict, place, claims)

    async def _asked(self, request: Request, *names: str) -> tuple[str, list[bool]]:
        """The person, and whether each of `names`."""
        data = await self._callers.body(request)
        try:
            return hex_field(data, "sub", SUB_BYTES), [bool_field(data, name) for name in names]
        except CwError as error:
            raise Problem(MALFORMED) from error

    async def _place(self, request: Request, claims: Claims) -> _Place:
        """Where the caller decides, within what a user may decide and guess."""
        quotas, asked = self._worker.quotas, request.path_params["id"]
        refuse_for(await quotas.take_decision(claims.sub))
        refuse_for(await quotas.wait_wrong_id(claims.sub))
        sight = await self._worker.store.look(asked if is_room_id(asked) else NO_ROOM)
        if sight is None or not sight.room.admits(claims.org):
            return _Place(Say(NO_ROOM, claims.sub, ""), False)
        genesis = sight.room.genesis
        is_host = claims.sub == genesis.host_sub and claims.jkt == genesis.host_jkt
        say = Say(sight.room.room_id, "" if is_host else claims.sub, genesis.host_sub)
        return _Place(say, not genesis.private)

    async def _answer(self, verdict: Verdict, place: _Place, claims: Claims) -> Response:
        if verdict == "done":
            return Response(status_code=204)
        if verdict == "many":
            raise Problem(ROOM_MANY)
        if verdict == "power" or (verdict == "stranger" and place.is_seen):
            raise Problem(ROOM_POWER)
        refuse_for(await self._worker.quotas.take_wrong_id(claims.sub))
        raise Problem(ROOM_UNKNOWN)
