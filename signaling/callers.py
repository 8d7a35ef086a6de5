"""What every HTTP call has: who calls, from which site and address, and with what body."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from starlette.requests import Request

from auth.client_ip import address_subject, client_ip
from auth.dpop import NonceError, ProofError, verify_proof
from auth.origins import origin_of
from auth.problems import BODY_TOO_LARGE, BODY_TYPE
from auth.tokens import Claims
from signaling.refusals import (
    MALFORMED,
    ORIGIN_REFUSED,
    PROOF_INVALID,
    PROOF_NONCE,
    RATE_LIMITED,
    TOKEN_INVALID,
    Problem,
)
from signaling.worker import Worker
from widget.errors import CwError
from widget.wire.fields import parse_object

SCHEME = "DPoP "


class Callers:
    """Reads requests; whatever does not hold is a Problem."""

    def __init__(self, worker: Worker) -> None:
        self._worker = worker

    async def claims(self, request: Request) -> Claims:
        return await self._worker.proved(self.address(request), lambda: self._claims(request))

    async def _claims(self, request: Request) -> Claims:
        """Who calls, by token and proof of the device it is bound to (RFC 9449)."""
        worker = self._worker
        header = request.headers.get("authorization", "")
        proofs = request.headers.getlist("dpop")
        if not header.startswith(SCHEME):
            raise Problem(TOKEN_INVALID)
        token = header.removeprefix(SCHEME)
        claims = await worker.sign_ins.claims(token)
        if claims.org != origin_of(request.scope):
            raise Problem(TOKEN_INVALID)
        if len(proofs) != 1:
            raise Problem(PROOF_INVALID)
        now_s, url = int(worker.now_s()), self._public_url(request)
        call: dict[str, Any] = {"method": "POST", "url": url, "token": token, "jkt": claims.jkt, "now_s": now_s}
        try:
            await verify_proof(worker.shared, proofs[0], **call, nonces=worker.nonces.good(now_s))
        except ProofError as error:
            raise Problem(PROOF_INVALID) from error
        except NonceError as error:
            raise Problem(PROOF_NONCE, extra={"nonce": worker.nonces.newest(now_s)}) from error
        return claims

    async def body(self, request: Request) -> dict[str, Any]:
        if request.headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
            raise Problem(BODY_TYPE)
        body = b""
        async for part in request.stream():
            body += part
            if len(body) > self._worker.limits.body_bytes:
                raise Problem(BODY_TOO_LARGE)
        try:
            return parse_object(body.decode("utf-8"), self._worker.limits.body_bytes)
        except (CwError, UnicodeDecodeError) as error:
            raise Problem(MALFORMED) from error

    async def org(self, request: Request) -> str:
        """Whose rooms are asked for: the page's origin; a page of our own origin sends none."""
        origin = origin_of(request.scope)
        if origin is None and "origin" not in request.headers:
            own = urlsplit(self._public_url(request))
            origin = f"{own.scheme}://{own.netloc}"
        if origin is None or not await self._worker.origins.permits(origin):
            raise Problem(ORIGIN_REFUSED)
        return origin

    def address(self, request: Request) -> str:
        return address_subject(client_ip(request.scope, self._worker.settings.trusted_proxies))

    def _public_url(self, request: Request) -> str:
        base = self._worker.settings.public_url
        if base != "":
            below = str(request.scope["path"]).removeprefix(str(request.scope.get("root_path", "")))
            return base.rstrip("/") + below
        return str(request.url.replace(query="", fragment=""))


def refuse_for(wait_s: int) -> None:
    """Seconds to wait, as a refusal; 0 is none."""
    if wait_s > 0:
        raise Problem(RATE_LIMITED, wait_s)
