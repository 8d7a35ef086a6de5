"""Who is signed in, as the service says and as was checked."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from widget.account.sign_in_service import SignInService
from widget.crypto.device import DeviceKey
from widget.crypto.trust import Identity
from widget.errors import RefusedError
from widget.ports import Platform
from widget.wire.fields import hex_field, int_field, text_field
from widget.wire.sign_in import FAMILY_BYTES

MAX_JWT_CHARS: int = 4096
REFRESH_BYTES: int = 48
DAY_S: int = 86400


@dataclass(frozen=True)
class SignedIn:
    """What the service gave us. `ends_ms` is when the access token dies, on the steady clock.

    Where the site vouches, `refresh` is the id of its family alone.
    """

    identity: Identity
    ends_ms: int
    access: str = field(repr=False)
    identity_jwt: str = field(repr=False)
    refresh: str = field(repr=False)


async def checked(
    platform: Platform, service: SignInService, device: DeviceKey, reply: dict[str, Any]
) -> SignedIn:
    """What came, for this device and site; CwError or RefusedError for anything else."""
    identity_jwt = text_field(reply, "identity", MAX_JWT_CHARS)
    identity = await (await service.trust()).check_identity(identity_jwt, platform.clock.now_ms())
    if identity.jkt != device.jkt or identity.org != platform.origin:
        raise RefusedError("identity.wrong", "The sign-in service answered for another device or site.")
    return SignedIn(
        identity=identity,
        ends_ms=platform.clock.steady_ms() + int_field(reply, "expiresIn", 1, DAY_S) * 1000,
        access=text_field(reply, "access", MAX_JWT_CHARS),
        identity_jwt=identity_jwt,
        refresh=hex_field(reply, "refresh", FAMILY_BYTES if identity.via.startswith("site") else REFRESH_BYTES),
    )
