"""Asking for a code. Where very many are asked for, the device has to work for it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from widget.account.sign_in_service import SignInService
from widget.account.solving import solve
from widget.crypto.device import DeviceKey
from widget.errors import RefusedError
from widget.ports import Platform
from widget.wire.base16 import from_hex
from widget.wire.sign_in import ask_bytes

PUZZLES: int = 3  # so many are solved for one code: the next may be harder, for the load grows


async def ask_for_code(
    platform: Platform, service: SignInService, device: DeviceKey, email: str, goes_on: Callable[[], bool]
) -> dict[str, Any]:
    """The reply to a request for a code, whose signature shows a known device."""
    solved: dict[str, Any] = {}
    left = PUZZLES
    while True:
        rid = service.new_rid()
        signature = await device.sign_labelled(ask_bytes(rid, platform.origin))
        fields: dict[str, Any] = {
            "email": email,
            "jkt": device.jkt.hex(),
            **solved,
            "dk": device.public.hex(),
            "sig": signature.hex(),
        }
        try:
            return await service.call("/otp/request", fields, rid)
        except RefusedError as error:
            if error.bits == 0 or left == 0:
                raise
            answers = await solve(platform, from_hex(error.puzzle), error.bits, goes_on)
            solved = {"puzzle": error.puzzle, "answers": answers}
            left -= 1
