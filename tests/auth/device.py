"""A browser's side of signing in, with the client's own seals and device key."""

from __future__ import annotations

import hashlib
import itertools
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import httpx

from auth.puzzles import is_answer
from widget.crypto.device import DeviceKey, thumbprint
from widget.crypto.sealed_call import SealedCalls, SealedRequest
from widget.crypto.service_key import parse_service_key
from widget.native.crypto import native_crypto
from widget.wire.labels import GUEST, REFRESH, SITE
from widget.wire.sign_in import ANSWER_BITS, ANSWERS, ask_bytes, login_bytes, shown_bytes

ORIGIN = "https://site.test"


def answers_to(puzzle: bytes, bits: int) -> list[int]:
    """The first that solve the puzzle."""
    each = max(0, bits - ANSWER_BITS)
    return list(itertools.islice((n for n in itertools.count() if is_answer(puzzle, n, each)), ANSWERS))


@dataclass
class Answer:
    """`fields` of a sealed reply or of a problem."""

    status: int
    fields: dict[str, Any]
    response: httpx.Response = field(repr=False)

    @property
    def code(self) -> str:
        """The problem's code, "" when it is none."""
        return str(self.fields.get("code", ""))


class Device:
    """One device key at one site. `challenge`, `nonce` and `refresh` are those of the last answers."""

    def __init__(self, http: httpx.AsyncClient, service_key: str, now_s: Callable[[], float], origin: str) -> None:
        self.http = http
        self.now_s = now_s
        self.origin = origin
        self.crypto = native_crypto()
        self.calls = SealedCalls(self.crypto, parse_service_key(service_key), origin)
        self.headers: dict[str, str] = {"user-agent": "Mozilla/5.0 (X11; Linux x86_64) Firefox/153.0"}
        self.key: DeviceKey
        self.challenge = "00" * 16
        self.nonce = "00" * 32
        self.refresh = "00" * 48
        self.tokens: dict[str, Any] = {}

    async def prepare(self) -> Device:
        pair = await self.crypto.signatures.generate()
        self.key = DeviceKey(self.crypto, pair, await thumbprint(self.crypto, pair.public))
        return self

    async def ask(self, email: str, **changed: Any) -> Answer:
        """POST /otp/request."""
        rid = self.calls.new_rid()
        signature = await self.key.sign_labelled(ask_bytes(rid, self.origin))
        proof = {"dk": self.key.public.hex(), "sig": signature.hex()}
        fields = {"email": email, "jkt": self.key.jkt.hex(), **proof, **changed}
        answer = await self.call("/otp/request", fields, rid)
        if answer.status == 200:
            self.challenge, self.nonce = answer.fields["challenge"], answer.fields["nonce"]
        return answer

    async def solve(self, email: str, asked: Answer) -> Answer:
        """Ask again, with the puzzle solved that the answer brought."""
        puzzle = bytes.fromhex(asked.fields["puzzle"])
        return await self.ask(email, puzzle=puzzle.hex(), answers=answers_to(puzzle, asked.fields["bits"]))

    async def enter(self, email: str, code: str, name: str = "", **changed: Any) -> Answer:
        """POST /otp/verify."""
        rid = self.calls.new_rid()
        data = login_bytes(bytes.fromhex(self.challenge), bytes.fromhex(self.nonce), rid, self.origin)
        fields = {
            "email": email,
            "challenge": self.challenge,
            "code": code,
            "name": name,
            "dk": self.key.public.hex(),
            "sig": (await self.key.sign_labelled(data)).hex(),
            **changed,
        }
        return self._keep(await self.call("/otp/verify", fields, rid))

    async def vouch(self, token: str, **changed: Any) -> Answer:
        """POST /site/verify."""
        rid = self.calls.new_rid()
        data = shown_bytes(SITE, rid, hashlib.sha256(token.encode(errors="replace")).digest(), self.origin)
        sig = (await self.key.sign_labelled(data)).hex()
        fields = {"token": token, "dk": self.key.public.hex(), "sig": sig, **changed}
        return self._keep(await self.call("/site/verify", fields, rid))

    async def visit(self, name: str = "", **changed: Any) -> Answer:
        """POST /guest/verify, once."""
        rid = self.calls.new_rid()
        data = shown_bytes(GUEST, rid, hashlib.sha256(name.encode(errors="replace")).digest(), self.origin)
        sig = (await self.key.sign_labelled(data)).hex()
        fields = {"name": name, "dk": self.key.public.hex(), "sig": sig, **changed}
        return self._keep(await self.call("/guest/verify", fields, rid))

    async def be_guest(self, name: str = "") -> Answer:
        """The same with the puzzle solved that it brings."""
        asked = await self.visit(name)
        if asked.code != "puzzle.needed":
            return asked
        puzzle = bytes.fromhex(asked.fields["puzzle"])
        return await self.visit(name, puzzle=puzzle.hex(), answers=answers_to(puzzle, asked.fields["bits"]))

    async def renew(self, refresh: str | None = None, **changed: Any) -> Answer:
        """POST /token."""
        return self._keep(await self._with_refresh("/token", refresh, changed))

    async def leave(self, refresh: str | None = None, **changed: Any) -> Answer:
        """POST /logout."""
        return await self._with_refresh("/logout", refresh, changed)

    async def devices(self, refresh: str | None = None, **changed: Any) -> Answer:
        """POST /devices."""
        return await self._with_refresh("/devices", refresh, changed)

    async def end(self, refresh: str | None = None, **which: Any) -> Answer:
        """POST /devices/end: `id` or `others`."""
        return await self._with_refresh("/devices/end", refresh, which)

    @property
    def id(self) -> str:
        """What the list calls this device."""
        return self.key.jkt.hex()

    async def call(self, path: str, fields: dict[str, Any], rid: bytes | None = None) -> Answer:
        sealed = await self.seal(path, fields, rid)
        return await self.post(path, sealed)

    async def seal(self, path: str, fields: dict[str, Any], rid: bytes | None = None) -> SealedRequest:
        chosen = rid if rid is not None else self.calls.new_rid()
        return await self.calls.request("POST", path, fields, chosen, int(self.now_s() * 1000))

    async def post(self, path: str, sealed: SealedRequest, **headers: str) -> Answer:
        all_headers = {"origin": self.origin, "content-type": "application/cw-hpke", **self.headers, **headers}
        response = await self.http.post(path, content=sealed.body, headers=all_headers)
        if response.status_code == 200:
            return Answer(200, await self.calls.reply(sealed, response.content), response)
        return Answer(response.status_code, json.loads(response.content), response)

    async def _with_refresh(self, path: str, refresh: str | None, changed: dict[str, Any]) -> Answer:
        shown = refresh or self.refresh
        rid = self.calls.new_rid()
        data = shown_bytes(REFRESH, rid, hashlib.sha256(bytes.fromhex(shown)).digest(), self.origin)
        sig = (await self.key.sign_labelled(data)).hex()
        return await self.call(path, {"refresh": shown, "dk": self.key.public.hex(), "sig": sig, **changed}, rid)

    def _keep(self, answer: Answer) -> Answer:
        if answer.status == 200:
            self.tokens = answer.fields
            self.refresh = answer.fields["refresh"]
        return answer
