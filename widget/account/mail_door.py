"""The door of the code by mail: asked for, then shown."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from widget.account.code_request import ask_for_code
from widget.account.pending import Challenge, Pending
from widget.account.sign_in_service import SignInService
from widget.account.signed_in import DAY_S
from widget.core.codes import code_in
from widget.crypto.device import DeviceKey
from widget.errors import OrderError
from widget.model import CodeSent
from widget.ports import Platform
from widget.transport.refusals import refused
from widget.wire.base16 import from_hex
from widget.wire.fields import hex_field, int_field
from widget.wire.sign_in import login_bytes


class MailDoor:
    """What is `pending` here is the code that is on its way."""

    def __init__(self, platform: Platform, service: SignInService, pending: Pending) -> None:
        self._platform: Platform = platform
        self._service: SignInService = service
        self._pending: Pending = pending

    async def ask(self, device: DeviceKey, email: str, name: str, goes_on: Callable[[], bool]) -> CodeSent:
        """Have a code sent to `email`; `goes_on` is asked while a puzzle is solved for it."""
        reply = await ask_for_code(self._platform, self._service, device, email, goes_on)
        asked, nonce = hex_field(reply, "challenge", 16), hex_field(reply, "nonce", 32)
        challenge = Challenge(email, name, asked, nonce, device.jkt.hex())
        sent = CodeSent(email, int_field(reply, "expiresIn", 1, DAY_S), int_field(reply, "resendAfter", 0, DAY_S), name)
        self._pending.begin(challenge, sent.expires_in_s * 1000, sent.resend_after_s * 1000)
        return sent

    async def show(self, device: DeviceKey, code: str) -> dict[str, Any]:
        """The reply to a code, in digits of any script; `code` may quote the whole sentence of the mail."""
        challenge = self._pending.challenge
        if challenge is None:
            raise OrderError("order.code", "No code was requested. Call requestCode() first.")
        rid = self._service.new_rid()
        typed = code_in(code)
        if typed == "":  # which would cost one of the few tries
            raise refused("code.wrong", 0)
        asked, nonce = from_hex(challenge.id), from_hex(challenge.nonce)
        signature = await device.sign_labelled(login_bytes(asked, nonce, rid, self._platform.origin))
        fields: dict[str, Any] = {
            "email": challenge.email,
            "challenge": challenge.id,
            "code": typed,
            "name": challenge.name,
            "dk": device.public.hex(),
            "sig": signature.hex(),
        }
        return await self._service.call("/otp/verify", fields, rid)
