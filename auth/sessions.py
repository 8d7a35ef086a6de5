"""Staying signed in and signing out."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from auth.endings import end_device, tell
from auth.grants import Grants
from auth.hpke import MEDIA_TYPE, seal_reply
from auth.problems import SEAL_BROKEN, TOKEN_INVALID, TOKEN_REUSED, Problem
from auth.refresh import RefreshKey, shown_key
from auth.revocations import announce_person
from auth.service import Call, Service, claim, open_call
from auth.shown import signed_by
from auth.store.families import Family
from widget.errors import CwError
from widget.wire.fields import bool_field
from widget.wire.labels import REFRESH
from widget.wire.sign_in import shown_bytes

REFRESH_PATH = "/token"
LOGOUT_PATH = "/logout"


class Sessions:
    """The calls that show a refresh key."""

    def __init__(self, service: Service, grants: Grants) -> None:
        self._service = service
        self._grants = grants

    async def refresh(self, request: Request) -> Response:
        """A new set of tokens for the newest refresh key, or for the one before within its grace.

        A site's sign-in has no such key: it is renewed by the site's next token.
        """
        call, shown, jkt = await open_shown(self._service, request, REFRESH_PATH)
        if shown.is_name:
            raise Problem(TOKEN_INVALID)
        following = shown.successor(call.keys.secrets.derived("refresh"))
        turn = await self._service.families.turn(
            shown.family_id, shown.sha256.hex(), following.sha256.hex(), jkt.hex(), call.origin, self._now_s()
        )
        self._note(call, f"refresh.{turn.state}", turn.family)
        self._service.metrics.refreshes.labels(turn.state).inc()
        await tell(self._service, call, shown.family_id, turn)
        if turn.state == "reused":
            raise Problem(TOKEN_REUSED)
        if turn.state not in ("ok", "again") or turn.family is None:
            raise Problem(TOKEN_INVALID)
        await self._service.devices.seen(
            turn.family.person, turn.family.device, self._service.traits(call), self._now_s()
        )
        fields = self._grants.reply(call.keys, call.origin, turn.family, following)
        return Response(seal_reply(call.opened, fields, self._service.now_s()), media_type=MEDIA_TYPE)

    async def logout(self, request: Request) -> Response:
        """End this sign-in, or with `everywhere` all of the person's, and cut the sockets. Twice is no error."""
        call, shown, jkt = await open_shown(self._service, request, LOGOUT_PATH)
        is_everywhere = _is_everywhere(call)
        turn = await self._service.families.end(
            shown.family_id, shown.sha256.hex(), jkt.hex(), call.origin, self._now_s()
        )
        self._note(call, f"logout.{turn.state}", turn.family)
        if turn.state == "refused":
            raise Problem(TOKEN_INVALID)
        await tell(self._service, call, shown.family_id, turn)
        if is_everywhere and turn.family is not None:
            await self._end_all(call, turn.family)
        return Response(seal_reply(call.opened, {}, self._service.now_s()), media_type=MEDIA_TYPE)

    async def _end_all(self, call: Call, family: Family) -> None:
        """What the site has signed before counts no more either."""
        service = self._service
        for device in await service.devices.listed(family.person, self._now_s()):
            await end_device(service, call, family, device)
        await announce_person(service.store, family.sub, self._now_s())

    def _now_s(self) -> int:
        return int(self._service.now_s())

    def _note(self, call: Call, event: str, family: Family | None) -> None:
        log = self._service.log
        account = log.hashed(family.account) if family is not None else ""
        log.write(event, account=account, ip=log.hashed(call.address), origin=call.origin)


async def open_shown(service: Service, request: Request, path: str) -> tuple[Call, RefreshKey, bytes]:
    """The call, the sign-in that it shows, and the jkt of the device that signed for it."""
    call = await open_call(service, request, MEDIA_TYPE, path)
    try:
        shown = shown_key(call.opened.fields)
    except CwError as error:
        raise Problem(SEAL_BROKEN) from error
    jkt = signed_by(call, shown_bytes(REFRESH, call.opened.rid, shown.sha256, call.origin))
    await service.quotas.refresh(call.address)
    await claim(service, call)
    return call, shown, jkt


def _is_everywhere(call: Call) -> bool:
    fields = call.opened.fields
    try:
        return "everywhere" in fields and bool_field(fields, "everywhere")
    except CwError as error:
        raise Problem(SEAL_BROKEN) from error
