"""Asking for a code. Where very many are asked for, the device has to work for it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from widget.account.sign_in_service import SignInService
from widget.account.working import working
from widget.crypto.device import DeviceKey
from widget.ports import Platform
from widget.wire.sign_in import ask_bytes


async def ask_for_code(
    platform: Platform, service: SignInService, device: DeviceKey, email: str, goes_on: Callable[[], bool]
) -> dict[str, Any]:
    """The reply to a request for a code, whose signature shows a known device."""

    async def ask(solved: dict[str, Any]) -> dict[str, Any]:
        rid = service.new_rid()
        signature = await device.sign_labelled(ask_bytes(rid, platform.origin))
        fields: dict[str, Any] = {
            "email": email,
            "jkt": device.jkt.hex(),
            **solved,
            "dk": device.public.hex(),
            "sig": signature.hex(),
        }
        return await service.call("/otp/request", fields, rid)

    return await working(platform, goes_on, ask)
