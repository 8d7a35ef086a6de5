"""The site's own login: a visitor for whom the site vouches gets the chat's tokens, bound to the device."""

from __future__ import annotations

import hashlib

from starlette.requests import Request
from starlette.responses import Response

from auth.grants import Grants, Person
from auth.hpke import MEDIA_TYPE, seal_reply
from auth.names import given_name, pseudonym
from auth.once import first_use
from auth.problems import SITE_ENDED, SITE_REPLAYED, SITE_TOKEN, Problem
from auth.revocations import is_person_revoked, is_revoked
from auth.service import Call, Service, claim, open_call
from auth.shown import Shown, shown_text
from auth.site_key_book import SiteKeyBook
from auth.site_token import LONGEST_LIFE_S, SKEW_S, SiteTokenError, UnknownKeyError, Vouched, check_site_token
from auth.tokens import SITE as DOOR
from widget.wire.labels import SITE

SITE_PATH = "/site/verify"
ONCE_S = LONGEST_LIFE_S + 2 * SKEW_S  # as long as a token counts
MAX_TOKEN_CHARS = 100_000  # a body is shorter; what is too long for a token is said later


class SiteDoor:
    """The one call of this door."""

    def __init__(self, service: Service, grants: Grants, book: SiteKeyBook) -> None:
        self._service = service
        self._grants = grants
        self._book = book

    async def verify(self, request: Request) -> Response:
        """POST /site/verify. Asked again, with a newer token of the site, it is the same sign-in going on."""
        service = self._service
        call = await open_call(service, request, MEDIA_TYPE, SITE_PATH)
        shown = shown_text(call, "token", SITE, MAX_TOKEN_CHARS)
        await service.quotas.site(call.address)
        await claim(service, call)
        vouched = await self._vouched(call, shown)
        account, sub = _person(call, vouched)
        kept = await service.memory.name(account, sub, given_name(vouched.name))
        person = Person(account, sub, kept or pseudonym(sub), DOOR)
        fields = await self._grants.vouched(call, person, shown.jkt)
        self._note(call, "ok", account)
        return Response(seal_reply(call.opened, fields, service.now_s()), media_type=MEDIA_TYPE)

    async def _vouched(self, call: Call, shown: Shown) -> Vouched:
        """What the site says of the visitor; Problem when it did not say it, not now, or has said it before."""
        try:
            vouched = await self._checked(call, shown.text)
        except SiteTokenError as error:
            self._note(call, error.reason)
            raise Problem(SITE_TOKEN, extra={} if error.hint == "" else {"hint": error.hint}) from error
        if await self._is_ended(call, shown, vouched):
            self._note(call, "ended")
            raise Problem(SITE_ENDED)
        once = hashlib.sha256(f"{call.origin}\0{vouched.jti}".encode()).hexdigest()[:32]
        if not await first_use(self._service.store, "site", once, ONCE_S):
            self._note(call, "replayed")
            raise Problem(SITE_REPLAYED)
        return vouched

    async def _is_ended(self, call: Call, shown: Shown, vouched: Vouched) -> bool:
        """Whether this device, or the person everywhere, was signed out after the site made the token."""
        store, (_, sub) = self._service.store, _person(call, vouched)
        if await is_revoked(store, shown.jkt, vouched.iat):
            return True
        return await is_person_revoked(store, sub, vouched.iat)

    async def _checked(self, call: Call, token: str) -> Vouched:
        now_s, audience = self._service.now_s(), call.keys.issuer
        try:
            return check_site_token(token, await self._book.keys(call.origin), audience, now_s)
        except UnknownKeyError:
            return check_site_token(token, await self._book.newer(call.origin), audience, now_s)

    def _note(self, call: Call, outcome: str, account: str = "") -> None:
        service = self._service
        service.metrics.vouched.labels(outcome).inc()
        service.log.write(
            "site.ok" if outcome == "ok" else "site.refused",
            reason=outcome,
            account=service.log.hashed(account),
            ip=service.log.hashed(call.address),
            origin=call.origin,
        )


def _person(call: Call, vouched: Vouched) -> tuple[str, str]:
    """Account and sub."""
    account = call.keys.secrets.visitor(call.origin, vouched.sub)
    return account, call.keys.secrets.pseudonym(account, call.origin)
