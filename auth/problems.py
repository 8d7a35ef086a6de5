"""Refusals as RFC 9457 problem+json: a stable code, and one sentence that says what to do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from starlette.responses import JSONResponse

TYPE = "urn:strixun-chat:problem:"


@dataclass(frozen=True)
class Kind:
    """One sort of refusal. `detail` is shown to people."""

    code: str
    status: int
    title: str
    detail: str


class Problem(Exception):
    """Raised anywhere in a handler; becomes the answer. `extra` are further members, such as attemptsLeft."""

    def __init__(
        self, kind: Kind, retry_after_s: int = 0, extra: Mapping[str, int | str] | None = None
    ) -> None:
        super().__init__(kind.code)
        self.kind: Kind = kind
        self.retry_after_s: int = retry_after_s
        self.extra: dict[str, int | str] = dict(extra or {})


def problem_response(problem: Problem) -> JSONResponse:
    kind = problem.kind
    body: dict[str, str | int] = {
        "type": TYPE + kind.code,
        "title": kind.title,
        "status": kind.status,
        "code": kind.code,
        "detail": kind.detail,
        **problem.extra,
    }
    headers = {"cache-control": "no-store"}
    if problem.retry_after_s > 0:
        body["retryAfter"] = problem.retry_after_s
        headers["retry-after"] = str(problem.retry_after_s)
    if "nonce" in problem.extra:  # RFC 9449, 9: for programs that read headers; a page may read these
        headers["www-authenticate"] = 'DPoP error="use_dpop_nonce"'
        headers["dpop-nonce"] = str(problem.extra["nonce"])
        headers["access-control-expose-headers"] = "DPoP-Nonce, WWW-Authenticate"
    return JSONResponse(body, kind.status, headers, media_type="application/problem+json")


EMAIL_INVALID = Kind("email.invalid", 400, "Not an e-mail address", "Check the e-mail address for typing errors.")
EMAIL_LETTERS = Kind(
    "email.letters",
    400,
    "Letters that mail cannot go to",
    "Mail from here reaches no address with letters beyond a to z before the @; use another address.",
)
CODE_WRONG = Kind("code.wrong", 403, "Wrong code", "That is not the code; check the 8 digits and enter them again.")
CODE_EXPIRED = Kind(
    "code.expired", 403, "Code no longer valid", "Enter the code of the newest mail or ask for a new one."
)
CODE_USED = Kind("code.used", 403, "Code already used", "Each code works once; ask for a new one.")
CODE_LOCKED = Kind(
    "code.locked", 403, "Too many wrong codes", "This code is locked after too many tries; ask for a new one."
)
ACCOUNT_HELD = Kind(
    "account.held",
    429,
    "Sign-in paused",
    "Too many wrong codes for this address; wait for the time shown and try again.",
)
SITE_UNKNOWN = Kind(
    "site.unknown",
    403,
    "Site does not vouch",
    "The host of the chat has no keys of this site: `python -m auth issuers add` takes them.",
)
SITE_TOKEN = Kind(
    "site.token",
    403,
    "Site's token refused",
    "This site's token does not hold; check its claims, and which key of the site the host of the chat has.",
)
SITE_ENDED = Kind(
    "site.ended", 403, "Signed out since", "This device was signed out after the token was made; get a newer one."
)
SITE_REPLAYED = Kind("site.replayed", 403, "Token already used", "Each token of the site counts once; get a new one.")
GUEST_CLOSED = Kind(
    "guest.closed",
    403,
    "No guests here",
    "The host of the chat lets this site have no guests: `python -m auth origins allow --guests` with its origin does.",
)
GUEST_LIMIT = Kind(
    "guest.limit", 429, "Too many guests", "Wait for the time shown and try again, or sign in another way."
)
DEVICE_UNKNOWN = Kind(
    "device.unknown", 404, "No such device", "It may have been signed out already; look at the list again."
)
TOKEN_INVALID = Kind("token.invalid", 401, "Not signed in", "The sign-in has ended; sign in again.")
TOKEN_REUSED = Kind(
    "token.reused",
    401,
    "Signed out for safety",
    "An old sign-in key was used twice, so this sign-in was ended; sign in again.",
)
SEAL_BROKEN = Kind(
    "seal.broken", 400, "Request cannot be opened", "Reload the page to get the current chat program and try again."
)
SEAL_STALE = Kind("seal.stale", 400, "Request too old or too new", "Set this device's clock right and try again.")
SEAL_REPLAY = Kind("seal.replay", 400, "Request seen before", "Send a fresh request instead of repeating this one.")
KEY_UNKNOWN = Kind(
    "key.unknown", 400, "Key not known", "Fetch the newest keys from /.well-known/cw-keys and seal again."
)
PUZZLE_NEEDED = Kind(
    "puzzle.needed",
    429,
    "Many codes are asked for",
    "Solve the puzzle of this answer and ask again with it; a page that does not do so by itself has to be reloaded.",
)
PUZZLE_WRONG = Kind(
    "puzzle.wrong", 403, "Puzzle not solved", "Ask again without a puzzle to get one for this address and device."
)
PUZZLE_EXPIRED = Kind("puzzle.expired", 403, "Puzzle too old", "Ask again without a puzzle to get a new one.")
PUZZLE_USED = Kind("puzzle.used", 403, "Puzzle already used", "Each puzzle counts once; ask again without one.")
RATE_LIMITED = Kind("rate.limited", 429, "Too many requests", "Wait for the time shown and try again.")
ORIGIN_REFUSED = Kind(
    "origin.refused", 403, "Site not allowed", "Ask the owner of the chat service to allow this site's origin."
)
BODY_TOO_LARGE = Kind("body.too_large", 413, "Request too large", "Send a smaller request.")
BODY_TYPE = Kind("body.type", 415, "Wrong content type", "Send the body as the content type that this address takes.")
BACKEND_DOWN = Kind(
    "backend.down", 503, "Service busy", "The service is not available right now; try again in a moment."
)
ROUTE_UNKNOWN = Kind(
    "route.unknown", 404, "No such address", "Check the address of the service in the page's settings."
)
METHOD_REFUSED = Kind("method.refused", 405, "Method not allowed", "Use a method that this address takes.")
INTERNAL = Kind("internal", 500, "Something broke", "This is our fault; try again in a moment.")
