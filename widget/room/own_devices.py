"""My other devices: seen, ended and let in."""

from __future__ import annotations

from dataclasses import replace

from widget.account.auth import Auth
from widget.errors import RefusedError
from widget.model import Device
from widget.room.acquaintances import Acquaintances
from widget.room.stay import RoomSession
from widget.transport.refusals import REFUSED


class OwnDevices:
    """Of whoever is signed in. What this device has let in is kept among its acquaintances."""

    def __init__(self, auth: Auth, acquaintances: Acquaintances) -> None:
        self._auth: Auth = auth
        self._acquaintances: Acquaintances = acquaintances

    async def listed(self) -> list[Device]:
        """Those are new that came after this one, and that it has not let in."""
        devices, known = await self._auth.devices(), await self._known()
        since = "".join([device.first_used for device in devices if device.is_this])
        return [
            replace(device, is_new=device.first_used >= since and device.id not in known) for device in devices
        ]

    async def end(self, device_id: str) -> None:
        """Sign out there; on all others for "". Who comes back has to be let in anew."""
        await self._auth.end_device(device_id)
        others = (await self._known())[1:]
        gone = others if device_id == "" else [device_id]
        self._acquaintances.compare(self._auth.who().identity.sub, gone, False)

    async def let_in(self, device_id: str, stay: RoomSession | None) -> None:
        """It is mine, as I tell in each room where both of us are."""
        if device_id not in [device.id for device in await self._auth.devices()]:
            raise RefusedError("device.unknown", REFUSED)
        own = (await self._known())[0]
        self._acquaintances.vouch(self._auth.who().identity.sub, own, device_id)
        if stay is not None:
            await stay.introduce()

    async def follow(self, stay: RoomSession | None) -> None:
        """Another chat of this site has let one in, or met somebody."""
        before = [] if stay is None else await self._known()
        await self._acquaintances.follow()
        if stay is None:
            return
        if await self._known() == before:
            stay.people_changed()
        else:
            await stay.introduce()

    async def _known(self) -> list[str]:
        """This one first."""
        me = self._auth.who().identity
        return await self._acquaintances.mine(me.sub, me.jkt.hex())
