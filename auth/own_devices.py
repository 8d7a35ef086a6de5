"""A person's own devices: which there are, ending one, ending all others."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from auth.endings import end_device
from auth.hpke import MEDIA_TYPE, seal_reply
from auth.problems import DEVICE_UNKNOWN, SEAL_BROKEN, TOKEN_INVALID, Problem
from auth.service import Call, Service
from auth.sessions import open_shown
from auth.store.devices import Device
from auth.store.families import Family
from widget.errors import CwError
from widget.wire.fields import bool_field, hex_field

DEVICES_PATH = "/devices"
END_PATH = "/devices/end"
ID_BYTES = 32


class OwnDevices:
    """The calls that show a sign-in and change nothing of it."""

    def __init__(self, service: Service) -> None:
        self._service = service

    async def show(self, request: Request) -> Response:
        """POST /devices"""
        call, family = await self._family(request, DEVICES_PATH)
        return self._reply(call, {"devices": [_shown(device, family.device) for device in await self._listed(family)]})

    async def end(self, request: Request) -> Response:
        """POST /devices/end: a device by its id, or with `others` all but the one that asks."""
        call, family = await self._family(request, END_PATH)
        fields, listed = call.opened.fields, await self._listed(family)
        if _is_others(fields):
            chosen = [device for device in listed if device.id != family.device]
        else:
            wanted = _id(fields)
            chosen = [device for device in listed if device.id == wanted]
            if len(chosen) == 0:
                raise Problem(DEVICE_UNKNOWN)
        for device in chosen:
            await end_device(self._service, call, family, device)
        return self._reply(call, {})

    async def _family(self, request: Request, path: str) -> tuple[Call, Family]:
        """The call, and whose it is; Problem when that sign-in is over."""
        call, shown, jkt = await open_shown(self._service, request, path)
        families = self._service.families
        turn = await families.show(shown.family_id, shown.sha256.hex(), jkt.hex(), call.origin)
        if turn.state != "ok" or turn.family is None:
            raise Problem(TOKEN_INVALID)
        return call, turn.family

    async def _listed(self, family: Family) -> list[Device]:
        return await self._service.devices.listed(family.person, int(self._service.now_s()))

    def _reply(self, call: Call, fields: dict[str, Any]) -> Response:
        return Response(seal_reply(call.opened, fields, self._service.now_s()), media_type=MEDIA_TYPE)


def _shown(device: Device, own: str) -> dict[str, object]:
    return {
        "id": device.id,
        "browser": device.browser,
        "system": device.system,
        "country": device.country,
        "first": device.first_s,
        "last": device.last_s,
        "via": device.via,
        "this": device.id == own,
    }


def _is_others(fields: dict[str, Any]) -> bool:
    if "others" not in fields:
        return False
    try:
        if not bool_field(fields, "others") or "id" in fields:
            raise Problem(SEAL_BROKEN)
    except CwError as error:
        raise Problem(SEAL_BROKEN) from error
    return True


def _id(fields: dict[str, Any]) -> str:
    try:
        return hex_field(fields, "id", ID_BYTES)
    except CwError as error:
        raise Problem(SEAL_BROKEN) from error
