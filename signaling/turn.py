"""TURN credentials by coturn's shared-secret scheme (use-auth-secret): short-lived, and bound to who asked."""

from __future__ import annotations

import base64
import hashlib
import hmac

from signaling.ice_url import urls_of
from signaling.settings import Settings
from widget.model import IceServer


def ice_servers(settings: Settings, sub: str, now_s: float) -> list[IceServer]:
    """What a member needs to get through NATs: own STUN if any, and TURN with a fresh credential if any."""
    servers: list[IceServer] = []
    if settings.stun_url != "":
        servers.append(IceServer(urls_of(settings.stun_url)))
    if settings.turn_url != "" and settings.turn_secret != "":
        name, credential = turn_credential(settings.turn_secret, sub, int(now_s) + settings.limits.ice_life_s)
        servers.append(IceServer(urls_of(settings.turn_url), name, credential))
    return servers


def turn_credential(secret: str, sub: str, ends_s: int) -> tuple[str, str]:
    """("ends:sub", base64(HMAC-SHA-1(secret, "ends:sub"))); coturn counts quotas by what follows the colon."""
    name = f"{ends_s}:{sub}"
    digest = hmac.new(secret.encode(), name.encode(), hashlib.sha1).digest()
    return name, base64.b64encode(digest).decode()
