"""The devices that were signed out from elsewhere: a signed list that members poll, and trust those no more."""

from __future__ import annotations

from typing import Any

from auth.keys import Keys
from auth.p256 import base64url
from auth.store.shared import Script, Store
from auth.tokens import sign_compact

TYP = "cw-ended+jwt"
# A session in a room lives 12 h by the certificate that it began with (widget/crypto/limits.py), and clocks differ.
REMEMBERED_S = 13 * 3600
MOST = 500  # of a site, the latest; with as many the list has 48 KB
LIFE_S = 300
FRESH_S = 5.0

# A sorted set of devices by when they ended. ARGV 1 device 2 at_s 3 remembered_s 4 most
_NOTE = Script("""
redis.call('ZADD', KEYS[1], 'GT', ARGV[2], ARGV[1])
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', ARGV[2] - ARGV[3])
redis.call('ZREMRANGEBYRANK', KEYS[1], 0, -ARGV[4] - 1)
redis.call('EXPIRE', KEYS[1], ARGV[3])
return 1
""")


async def note_ended(store: Store, origin: str, device: str, at_s: int) -> None:
    """Certificates of this device (hex of its jkt) at this site do not count that were made before `at_s`."""
    await store.run(_NOTE, [_key(origin)], [device, at_s, REMEMBERED_S, MOST])


async def ended(store: Store, origin: str, now_s: int) -> list[tuple[str, int]]:
    """Devices and when they ended, the latest last."""
    parts = await store.command("ZRANGE", _key(origin), now_s - REMEMBERED_S, "+inf", "BYSCORE", "WITHSCORES")
    return [(str(device), int(float(at_s))) for device, at_s in zip(parts[::2], parts[1::2], strict=True)]


class EndedList:
    """One for each worker: a site's list is signed anew every 5 s at most."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._signed: dict[str, tuple[float, str, str]] = {}

    async def document(self, keys: Keys, origin: str, now_s: float) -> str:
        """A JWS: {iss, org, iat, exp, ended: [{jkt, at}]}."""
        kid = keys.signing_key(int(now_s)).kid
        at_s, by, text = self._signed.get(origin, (0.0, "", ""))
        if by == kid and 0 <= now_s - at_s < FRESH_S:
            return text
        text = _signed(keys, origin, await ended(self._store, origin, int(now_s)), int(now_s))
        self._signed[origin] = (now_s, kid, text)
        return text


def _signed(keys: Keys, origin: str, found: list[tuple[str, int]], now_s: int) -> str:
    listed = [{"jkt": base64url(bytes.fromhex(device)), "at": at_s} for device, at_s in found]
    claims: dict[str, Any] = {"iss": keys.issuer, "org": origin, "iat": now_s, "exp": now_s + LIFE_S, "ended": listed}
    return sign_compact(keys.signing_key(now_s), TYP, claims)


def _key(origin: str) -> str:
    return f"cw:ended:{origin}"
