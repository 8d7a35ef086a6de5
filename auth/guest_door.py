"""Guests: a device without a person, for a day, where the site takes them and for some work."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from auth.grants import Grants, Person
from auth.guests import guests_of
from auth.hpke import MEDIA_TYPE, seal_reply
from auth.names import given_name, pseudonym
from auth.problems import GUEST_CLOSED, Problem
from auth.puzzle_calls import puzzle_needed, solved
from auth.puzzles import Asker
from auth.service import Call, Service, claim, open_call
from auth.shown import shown_text
from auth.tokens import GUEST as DOOR
from widget.wire.labels import GUEST

GUEST_PATH = "/guest/verify"
MAX_NAME_INPUT_CHARS = 200
NOBODY = ""  # in place of the address that a puzzle is for


class GuestDoor:
    """The one call of this door."""

    def __init__(self, service: Service, grants: Grants) -> None:
        self._service = service
        self._grants = grants

    async def verify(self, request: Request) -> Response:
        """POST /guest/verify. A device is the same guest whenever it comes back."""
        service = self._service
        call = await open_call(service, request, MEDIA_TYPE, GUEST_PATH)
        guest = shown_text(call, "name", GUEST, MAX_NAME_INPUT_CHARS)
        if await guests_of(service.store, call.origin) == "":
            raise Problem(GUEST_CLOSED)
        await self._admit(call, Asker(NOBODY, guest.jkt, call.origin))
        secrets = call.keys.secrets
        account = secrets.guest(call.origin, guest.jkt)
        sub = secrets.pseudonym(account, call.origin)
        person = Person(account, sub, given_name(guest.text) or pseudonym(sub), DOOR)
        fields = await self._grants.begin(call, person, guest.jkt)
        service.log.write("guest.ok", account=service.log.hashed(account), origin=call.origin)
        return Response(seal_reply(call.opened, fields, service.now_s()), media_type=MEDIA_TYPE)

    async def _admit(self, call: Call, asker: Asker) -> None:
        """Take one use and claim the call, or raise Problem: at first always one with a puzzle."""
        service = self._service
        bits = await service.quotas.guest(call.address, call.origin, await solved(service, call, asker))
        if bits > 0:
            raise puzzle_needed(service, call, asker, bits)
        await claim(service, call)
