"""Looking into a room without an account: a member is asked, and what it shows is handed on unread."""

from __future__ import annotations

from functools import partial

from starlette.requests import Request
from starlette.responses import Response

from signaling.callers import Callers, refuse_for
from signaling.refusals import MALFORMED, VISIT_CLOSED, VISIT_NOBODY, Problem
from signaling.rest import Rest
from signaling.worker import Worker
from widget.errors import CwError
from widget.wire.fields import hex_field
from widget.wire.server_text import write_server
from widget.wire.socket import KEY_BYTES, Visit

MEMBERS_ASKED = 3  # one after the other, those first who are there the longest: they have seen the most


class Looks:
    """Counted in Redis for the visitor's address and for the room; without Redis nobody looks."""

    def __init__(self, worker: Worker, callers: Callers, rest: Rest) -> None:
        self._worker = worker
        self._callers = callers
        self._rest = rest

    async def visit(self, request: Request) -> Response:
        """POST /rooms/{id}/visits: the service's time in ms, u64, and what a member sealed for the visitor's key."""
        worker = self._worker
        key = await self._key(request)
        room = (await self._rest.public_room(request)).room
        if not room.genesis.preview:
            raise Problem(VISIT_CLOSED)
        refuse_for(await worker.quotas.take_visit(self._callers.address(request), room.room_id))
        roster = await worker.store.roster(room.room_id)
        members = [] if roster is None else list(roster.members.values())
        for member in sorted(members, key=lambda one: (one.joined_ms, one.sid))[:MEMBERS_ASKED]:
            ask = partial(self._ask, room.room_id, member.sid, key)
            answer = await worker.visits.ask(member.sid, ask, worker.limits.visit_patience_s)
            if answer is not None:
                now = int(worker.now_s() * 1000).to_bytes(8, "big")
                return Response(now + answer, media_type="application/octet-stream")
        raise Problem(VISIT_NOBODY)

    async def _key(self, request: Request) -> str:
        try:
            return hex_field(await self._callers.body(request), "key", KEY_BYTES)
        except CwError as error:
            raise Problem(MALFORMED) from error

    async def _ask(self, room_id: str, sid: str, key: str, visit_id: str) -> None:
        away = self._worker.route(room_id, sid, write_server(Visit(visit_id, key)), "normal")
        if away is not None:
            await away()
