"""This device's key, and calls to the sign-in service that it signs for."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from widget.account.sign_in_service import SignInService
from widget.account.working import working
from widget.crypto.device import DeviceKey, erase_device, open_device
from widget.ports import Deferred, Platform
from widget.transport.waiting import start
from widget.wire.base16 import from_hex
from widget.wire.labels import GUEST, REFRESH, SITE
from widget.wire.sign_in import shown_bytes


class DeviceCalls:
    """The key is opened once, by whoever needs it first."""

    def __init__(self, platform: Platform, service: SignInService) -> None:
        self._platform: Platform = platform
        self._service: SignInService = service
        self._device: Deferred | None = None

    async def device_key(self) -> DeviceKey:
        opening = self._device
        if opening is None:
            opening = start(self._platform.clock, self._open)
            self._device = opening
        device: DeviceKey = await opening.wait()
        return device

    def forget(self) -> None:
        """It is opened anew the next time."""
        self._device = None

    async def erase(self) -> None:
        """The next one is another."""
        await erase_device(self._platform.storage)

    async def show_refresh(self, device: DeviceKey, path: str, refresh: str, more: dict[str, Any]) -> dict[str, Any]:
        """A call with a refresh token, or the family of one, in hex."""
        return await self._show(device, path, REFRESH, from_hex(refresh), {"refresh": refresh, **more})

    async def show_token(self, token: str) -> dict[str, Any]:
        """A call with a token of the site's own login."""
        fields: dict[str, Any] = {"token": token}
        return await self._show(await self.device_key(), "/site/verify", SITE, token.encode("utf-8"), fields)

    async def show_name(self, name: str, goes_on: Callable[[], bool]) -> dict[str, Any]:
        """A call with what a guest wants to be called; `goes_on` is asked while a puzzle is solved for it."""
        device = await self.device_key()

        async def ask(solved: dict[str, Any]) -> dict[str, Any]:
            return await self._show(device, "/guest/verify", GUEST, name.encode("utf-8"), {"name": name, **solved})

        return await working(self._platform, goes_on, ask)

    async def _show(
        self, device: DeviceKey, path: str, label: str, shown: bytes, fields: dict[str, Any]
    ) -> dict[str, Any]:
        rid = self._service.new_rid()
        digest = await self._platform.crypto.digest.sha256(shown)
        signature = await device.sign_labelled(shown_bytes(label, rid, digest, self._platform.origin))
        signed: dict[str, Any] = {**fields, "dk": device.public.hex(), "sig": signature.hex()}
        return await self._service.call(path, signed, rid)

    async def _open(self) -> DeviceKey:
        return await open_device(self._platform.crypto, self._platform.storage, self._platform.clock.now_ms())
