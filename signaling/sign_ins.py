"""Which sign-ins count: those of keys that hold, of devices that were not signed out since."""

from __future__ import annotations

from collections.abc import Callable, Set

from auth.revocations import REMEMBERED_S, Revoked, is_revoked
from auth.store.shared import Store as Shared
from auth.tokens import Claims, TokenError
from signaling.keys import Keys, KeysDown
from signaling.limits import Limits
from signaling.refusals import BACKEND_DOWN, REVOKED, TOKEN_INVALID, Problem


class SignIns:
    """Of one worker. `ended` are devices (jkt) that were signed out, and when: for those who are just coming in too."""

    def __init__(self, keys: Keys, shared: Shared, limits: Limits, now_s: Callable[[], float]) -> None:
        self.keys = keys
        self.ended: dict[str, int] = {}
        self._shared = shared
        self._limits = limits
        self._now_s = now_s

    async def claims(self, token: str) -> Claims:
        """Who holds this access token; Problem when nobody, when taken back, or when it cannot be told now."""
        try:
            claims = await self.keys.check(token, self._now_s())
        except TokenError as error:
            raise Problem(TOKEN_INVALID) from error
        except KeysDown as error:
            raise Problem(BACKEND_DOWN, self._limits.keys_retry_s) from error
        if await is_revoked(self._shared, claims.jkt, claims.iat):
            raise Problem(REVOKED)
        return claims

    async def kids(self) -> Set[str] | None:
        """The keys that count now, by id; None while that cannot be told."""
        try:
            return await self.keys.kids(self._now_s())
        except KeysDown:
            return None

    def end(self, found: list[Revoked]) -> dict[str, int]:
        """These are over: what was said while nobody listened as well as what is heard now."""
        ended: dict[str, int] = {}
        for revoked in found:
            ended[revoked.jkt] = max(revoked.at_s, self.ended.get(revoked.jkt, 0))
        self.ended.update(ended)
        return ended

    def has_ended(self, claims: Claims) -> bool:
        return claims.iat < self.ended.get(claims.jkt.hex(), 0)

    def forget(self) -> None:
        """Those whose tokens are long over."""
        old_s = self._now_s() - REMEMBERED_S
        self.ended = {jkt: at_s for jkt, at_s in self.ended.items() if at_s > old_s}
