"""Staying signed in: newer tokens in time, by the service or by the page; and the end, when neither gives any."""

from __future__ import annotations

from collections.abc import Callable

from widget.account.auth_owner import AuthOwner
from widget.account.tokens import Tokens, is_by_site
from widget.core.config import TokenProvider
from widget.core.limits import PAGE_ANSWER_MS, RENEW_AHEAD_MS
from widget.errors import ChatError, RefusedError
from widget.ports import Deferred, Platform
from widget.transport.waiting import Backoff, start, within

OUT: str = "You are not signed in on this site. Sign in there, then come back."


class Renewal:
    """Of one sign-in after the other. `forget` is called when one has ended."""

    def __init__(
        self,
        platform: Platform,
        tokens: Tokens,
        owner: AuthOwner,
        provider: TokenProvider | None,
        forget: Callable[[], None],
    ) -> None:
        self._platform: Platform = platform
        self._tokens: Tokens = tokens
        self._owner: AuthOwner = owner
        self._provider: TokenProvider | None = provider
        self._forget: Callable[[], None] = forget
        self._backoff: Backoff = Backoff(platform.crypto.digest)
        self._is_ending: bool = False
        self._renewing: Deferred | None = None
        self._cancel: Callable[[], None] = lambda: None

    def plan(self) -> None:
        """There are new tokens."""
        self._is_ending = False
        self._backoff.reset()
        self._later(max(1000, self._tokens.left_ms() - RENEW_AHEAD_MS))

    def stop(self) -> None:
        self._cancel()

    async def now(self) -> None:
        """Fetch newer tokens; several callers share one request."""
        renewing = self._renewing
        if renewing is None:
            renewing = start(self._platform.clock, self._renew)
            self._renewing = renewing
        await renewing.wait()

    async def doubt(self) -> None:
        """A service says that this sign-in was ended: the one that knows is asked, or the page."""
        if self._tokens.signed_in is not None:
            self._is_ending = True
            await self.in_time()

    async def site_token(self) -> str:
        """What the page gives; "" when nobody is signed in there, or it cannot be asked."""
        provider = self._provider
        return "" if provider is None else await within(self._platform.clock, provider)

    async def in_time(self) -> None:
        """Renew before access ends, and whenever that failed; with a page that cannot be asked, warn it once."""
        if self._provider is None and is_by_site(self._tokens.who().refresh) and not self._is_ending:
            self._is_ending = True
            self._later(max(PAGE_ANSWER_MS, self._tokens.left_ms()))
            self._owner.auth_ending()
            return
        try:
            await self.now()
        except ChatError as error:
            await self._failed(error)

    async def _renew(self) -> None:
        try:
            token = ""
            if is_by_site(self._tokens.who().refresh):
                token = await self.site_token()
                if token == "":
                    await self._owner.sign_out(self._provider is not None)
                    raise RefusedError("site.out", OUT)
            if await self._tokens.in_turn(lambda: self._go_on_with(token)):
                await self._owner.auth_passed()
            else:
                self._owner.auth_renewed()
        finally:
            self._renewing = None

    async def _go_on_with(self, token: str) -> bool:
        """Whether the page names somebody else by now. OrderError where one has signed out meanwhile."""
        self._tokens.who()
        if token != "":
            return await self._tokens.exchange(token)
        await self._tokens.refresh(await self._tokens.newest())
        return False

    async def _failed(self, error: ChatError) -> None:
        if isinstance(error, RefusedError) and error.code.startswith("site."):
            self._owner.failed(error)
        if self._tokens.signed_in is None:
            return
        pause_ms = self._backoff.next_ms()
        if isinstance(error, RefusedError):
            if is_end(error):
                await self._end(error)
                return
            pause_ms += error.retry_after_s * 1000
        self._later(pause_ms)

    async def _end(self, error: ChatError) -> None:
        if await self._tokens.is_kept():
            await self._tokens.erase()
        self._forget()
        self._platform.siblings.tell(self._tokens.slot)
        self._owner.auth_changed()
        self._owner.failed(error)

    def _later(self, delay_ms: int) -> None:
        self.stop()
        clock = self._platform.clock
        self._cancel = clock.after(delay_ms, lambda: clock.spawn(self.in_time()))


def is_end(error: RefusedError) -> bool:
    """Of the sign-in."""
    return error.code in ("token.invalid", "token.reused")
