"""A site with a login of its own: it signs tokens and publishes its keys over real HTTP, with faults."""

from __future__ import annotations

import asyncio
import itertools
import json
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from joserfc import jws
from joserfc.jwk import ECKey, OKPKey, RSAKey

from auth.p256 import base64url
from auth.site_keys import SiteKey
from tests.fakes.moment import START_S

ISSUER = "https://auth.test"
PATH = "/.well-known/jwks.json"
Private = ECKey | RSAKey | OKPKey
# Made once: an RSA key takes a quarter of a second.
EC, ED, RSA = ECKey.generate_key("P-256"), OKPKey.generate_key("Ed25519"), RSAKey.generate_key(2048)
ALGORITHMS: list[tuple[str, Private]] = [("ES256", EC), ("RS256", RSA), ("EdDSA", ED)]


def signed(key: Any, header: dict[str, Any], payload: bytes) -> str:
    """Also where joserfc would warn, or refuse the header."""
    text = f"{base64url(json.dumps(header).encode())}.{base64url(payload)}"
    model = jws.JWSRegistry.algorithms[header["alg"]]
    return f"{text}.{base64url(model.sign(text.encode(), key))}"


def public_jwk(key: Private, **members: Any) -> dict[str, Any]:
    return {**key.as_dict(private=False), **members}


class LoginSite:
    """`keys` are what it publishes. `fault` is how it misbehaves: slow, drip, huge, redirect, text, packed, 500."""

    def __init__(self) -> None:
        self.key: Private = EC
        self.algorithm = "ES256"
        self.kid = "one"
        self.keys: list[dict[str, Any]] = [public_jwk(EC, kid="one")]
        self.fault = ""
        self.asked = 0
        self.port = 0
        self.now_s = float(START_S)
        self.scheme = "http"
        self._numbers = itertools.count()

    @property
    def url(self) -> str:
        return f"{self.scheme}://localhost:{self.port}{PATH}"

    def claims(self, **changed: Any) -> dict[str, Any]:
        """Without those that are changed to None."""
        now_s = int(self.now_s)
        jti = f"token {next(self._numbers)}"
        claims = {"aud": ISSUER, "sub": "user 7", "name": "Ada", "iat": now_s, "exp": now_s + 300, "jti": jti}
        return {name: value for name, value in {**claims, **changed}.items() if value is not None}

    def token(self, header: dict[str, Any] | None = None, key: Any = None, **changed: Any) -> str:
        head = {"alg": self.algorithm, "typ": "JWT", "kid": self.kid, **(header or {})}
        head = {name: value for name, value in head.items() if value is not None}
        return signed(key or self.key, head, json.dumps(self.claims(**changed)).encode())

    def public(self) -> SiteKey:
        """Its key as it is registered from a PEM file."""
        return SiteKey("", self.algorithm, type(self.key).import_key(public_jwk(self.key)))

    @asynccontextmanager
    async def serving(self, context: ssl.SSLContext | None = None) -> AsyncIterator[LoginSite]:
        server = await asyncio.start_server(self._answer, "127.0.0.1", self.port, ssl=context)
        self.port = server.sockets[0].getsockname()[1]
        self.scheme = "http" if context is None else "https"
        try:
            yield self
        finally:
            server.close()

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await reader.readuntil(b"\r\n\r\n")
            self.asked += 1
            if self.fault == "slow":
                await reader.read()  # until the other side has had enough
            elif self.fault == "drip":
                await self._drip(writer)
            else:
                writer.write(self._response())
                await writer.drain()
        except OSError:
            pass
        finally:
            writer.close()

    async def _drip(self, writer: asyncio.StreamWriter) -> None:
        """Something every 20 ms, for as long as somebody waits for the end."""
        writer.write(b"HTTP/1.1 200 OK\r\ncontent-length: 60000\r\n\r\n")
        while not writer.is_closing():
            writer.write(b" ")
            await writer.drain()
            await asyncio.sleep(0.02)

    def _response(self) -> bytes:
        body = json.dumps({"keys": self.keys}).encode()
        status, more = "200 OK", ""
        if self.fault == "huge":
            body += b" " * 65536
        elif self.fault == "text":
            body = b"<title>Sign in</title>"
        elif self.fault == "redirect":
            status, more = "302 Found", f"location: {self.url}?again\r\n"
        elif self.fault == "packed":
            more = "content-encoding: gzip\r\n"
        elif self.fault == "500":
            status = "500 Oh"
        head = f"HTTP/1.1 {status}\r\ncontent-length: {len(body)}\r\n{more}connection: close\r\n\r\n"
        return head.encode() + body
