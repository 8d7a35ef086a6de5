"""The sign-in service behind an `Http` port: real seals and tokens of a `Realm`, one code for everybody.

A token of the site's own login is "SUB NAME NUMBER"; it counts once.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from typing import Any

from auth.p256 import verify_signature
from auth.puzzles import is_solved
from tests.fakes.clock import HandClock
from tests.fakes.realm import Realm
from widget.errors import UnreachableError
from widget.ports import Deferred, HttpResponse
from widget.wire.labels import GUEST
from widget.wire.sign_in import shown_bytes

SKEW_MS = 900_000
CODE = "12345678"


class FakeAuth:
    """`refuse` maps a path to the problem code it answers, which says to come back in `retry_after_s`.

    For each of `puzzles` it wants one of so many bits solved before it sends a code, or takes a guest.
    `is_down` makes it unreachable, `hangs` silent.
    """

    def __init__(self, clock: HandClock, realm: Realm, origin: str) -> None:
        self._clock = clock
        self._origin = origin
        self._device: dict[str, bytes] = {}
        self._people: dict[str, tuple[str, str, bytes, str]] = {}
        self.realm = realm
        self.is_down = False
        self.hangs = False
        self._silent: list[Deferred] = []
        self.refuse: dict[str, str] = {}
        self.retry_after_s = 0
        self.puzzles: list[int] = []
        self.given: list[bytes] = []
        self.requests: list[dict[str, Any]] = []
        self.calls: list[str] = []
        self.bodies: list[bytes] = []
        self.access_life_s = 600
        self.families: dict[str, tuple[str, str]] = {}  # of the site's sign-ins: device and person
        self.shown: list[str] = []  # tokens of the site
        self.detail = ""

    def go_on(self) -> None:
        """Answer what it was silent to."""
        for waiting in self._silent:
            waiting.settle(None)

    async def request(self, method: str, path: str, body: bytes) -> HttpResponse:
        self.calls.append(path)
        self.bodies.append(body)
        if self.is_down:
            raise UnreachableError("http.unreachable", "down")
        if self.hangs:
            self._silent.append(self._clock.deferred())
            await self._silent[-1].wait()
        self.realm.now_ms = self._clock.now_ms()
        if path == "/.well-known/cw-keys":
            return HttpResponse(200, self.realm.cw_keys().encode())
        if path == "/.well-known/cw-ended" and path not in self.refuse:
            return HttpResponse(200, self.realm.cw_ended().encode())
        if path in self.refuse:
            return problem(403, self.refuse[path], self.retry_after_s, self.detail)
        try:
            fields = self.realm.open_request(method, path, self._origin, body)
        except ValueError:
            return problem(400, "key.unknown")
        if abs(fields["ts"] - self._clock.now_ms()) > SKEW_MS:
            return problem(400, "seal.stale")
        return self._answer(path, fields)

    def _answer(self, path: str, fields: dict[str, Any]) -> HttpResponse:
        if path == "/otp/request":
            unsolved = self._unsolved(fields)
            if unsolved is not None:
                return unsolved
            answer = {
                "challenge": secrets.token_hex(16),
                "nonce": secrets.token_hex(32),
                "expiresIn": 600,
                "resendAfter": 60,
            }
            return self._sealed(fields, answer)
        if path == "/otp/verify":
            if fields["code"] != CODE:
                return problem(403, "code.wrong")
            sub = hashlib.sha256(fields["email"].encode()).hexdigest()[:32]
            return self._tokens(fields, sub, fields["name"], bytes.fromhex(fields["dk"]))
        if path == "/site/verify":
            return self._by_site(fields)
        if path == "/guest/verify":
            return self._as_guest(fields)
        if len(fields["refresh"]) == 32:
            return self._end_site(path, fields)
        person = self._people.pop(fields["refresh"], None)
        if person is None:
            return problem(401, "token.invalid")
        if path == "/logout":
            return self._sealed(fields, {})
        return self._tokens(fields, *person)

    def _as_guest(self, fields: dict[str, Any]) -> HttpResponse:
        """A device is the same guest each time, if it has signed for its name."""
        device, signature = bytes.fromhex(fields["dk"]), bytes.fromhex(fields["sig"])
        digest = hashlib.sha256(fields["name"].encode()).digest()
        signed = shown_bytes(GUEST, bytes.fromhex(fields["rid"]), digest, self._origin)
        if not verify_signature(device, signature, signed):
            return problem(400, "seal.broken")
        sub = hashlib.sha256(device).hexdigest()[:32]
        return self._unsolved(fields) or self._tokens(fields, sub, fields["name"] or "Owl 12", device, "guest")

    def _unsolved(self, fields: dict[str, Any]) -> HttpResponse | None:
        """A refusal, while there is work left."""
        self.requests.append(fields)
        if len(self.given) > 0 and not self._is_solved(fields):
            return problem(403, "puzzle.wrong")
        return self._puzzle(self.puzzles.pop(0)) if len(self.puzzles) > 0 else None

    def _by_site(self, fields: dict[str, Any]) -> HttpResponse:
        if fields["token"] in self.shown:
            return problem(403, "site.replayed", 0, "This token counts once.")
        self.shown.append(fields["token"])
        sub, name, _number = fields["token"].split(" ")
        person = hashlib.sha256(sub.encode()).hexdigest()[:32]
        device = bytes.fromhex(fields["dk"])
        family = hashlib.sha256(f"{fields['dk']} {sub}".encode()).hexdigest()[:32]
        self.families[family] = (fields["dk"], person)
        answer = {
            "access": self.realm.access(device, person, name, self._origin),
            "identity": self.realm.identity(device, person, name, self._origin, "site"),
            "refresh": family,
            "expiresIn": self.access_life_s,
            "sub": person,
            "name": name,
        }
        return self._sealed(fields, answer)

    def _end_site(self, path: str, fields: dict[str, Any]) -> HttpResponse:
        device, person = self.families.get(fields["refresh"], ("", ""))
        if path != "/logout" or device != fields["dk"]:
            return problem(401, "token.invalid")
        ended = [
            name
            for name, owner in self.families.items()
            if owner[1] == person and (fields["everywhere"] or name == fields["refresh"])
        ]
        for name in ended:
            del self.families[name]
        return self._sealed(fields, {})

    def _puzzle(self, bits: int) -> HttpResponse:
        self.given.append(secrets.token_bytes(31) + bytes([bits]))
        body = {"code": "puzzle.needed", "puzzle": self.given[-1].hex(), "bits": bits}
        return HttpResponse(429, json.dumps(body).encode())

    def _is_solved(self, fields: dict[str, Any]) -> bool:
        puzzle = bytes.fromhex(fields["puzzle"])
        return puzzle == self.given[-1] and is_solved(puzzle, fields["answers"], puzzle[31])

    def _sealed(self, fields: dict[str, Any], answer: dict[str, Any]) -> HttpResponse:
        return HttpResponse(200, self.realm.seal_reply(fields, answer | {"now": self._clock.now_ms()}))

    def _tokens(
        self, fields: dict[str, Any], sub: str, name: str, device: bytes, via: str = "mail"
    ) -> HttpResponse:
        refresh = fields.get("refresh", secrets.token_hex(16))[:32] + secrets.token_hex(32)
        self._people[refresh] = (sub, name, device, via)
        answer = {
            "access": self.realm.access(device, sub, name, self._origin, via),
            "identity": self.realm.identity(device, sub, name, self._origin, via),
            "refresh": refresh,
            "expiresIn": self.access_life_s,
            "sub": sub,
            "name": name,
        }
        return self._sealed(fields, answer)


def problem(status: int, code: str, retry_after_s: int = 0, detail: str = "") -> HttpResponse:
    body = {"type": "about:blank", "title": code, "status": status, "code": code, "retryAfter": retry_after_s}
    if detail != "":
        body["detail"] = detail
    return HttpResponse(status, json.dumps(body).encode())
