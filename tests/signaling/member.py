"""A member's side of signaling, spoken through a real WebSocket with the widget's own wire."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import json
import secrets
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed
from websockets.typing import Origin, Subprotocol

from auth.p256 import public_bytes, public_jwk, thumbprint
from auth.tokens import Claims, issue_access, new_jti
from signaling.nonces import Nonces
from signaling.worker import UNKEYED
from widget.wire.client_text import auth_bytes, proof_fields, write_auth, write_renew, write_signal
from widget.wire.genesis import HISTORY, RELAY, Genesis, write_genesis
from widget.wire.relayed import read_relay, write_relay
from widget.wire.server_text import read_server
from widget.wire.socket import Hello, Joined, Problem, ServerMessage

if TYPE_CHECKING:
    from tests.signaling.world import World

ORIGIN = "https://site.test"
PATIENCE_S = 30.0


def base64url(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


class Member:
    """One person on one device: its key, its tokens, its sockets."""

    def __init__(self, world: World, name: str, sub: str | None = None, origin: str = ORIGIN) -> None:
        self.world = world
        self.name = name
        self.origin = origin
        self.via = "mail"
        self.sub = sub or secrets.token_hex(16)
        self.private = ec.generate_private_key(ec.SECP256R1())
        self.public = public_bytes(self.private)
        self.jkt = thumbprint(self.public)

    def sign(self, data: bytes) -> bytes:
        r, s = decode_dss_signature(self.private.sign(data, ec.ECDSA(SHA256())))
        return r.to_bytes(32, "big") + s.to_bytes(32, "big")

    def token(self, **changes: Any) -> str:
        """An access token; `changes` are claims."""
        now_s = int(self.world.moment.now_s())
        fields = {
            "sub": self.sub, "name": self.name, "org": self.origin, "jkt": self.jkt,
            "jti": new_jti(), "iat": now_s, "exp": now_s + 600, "via": self.via, **changes,
        }  # fmt: skip
        return issue_access(self.world.signing, self.world.issuer, Claims(**fields))

    def dpop(self, method: str, url: str, token: str, **changes: Any) -> str:
        header = {"typ": "dpop+jwt", "alg": "ES256", "jwk": public_jwk(self.public)}
        claims = {
            "jti": secrets.token_hex(16), "htm": method, "htu": url, "iat": int(self.world.moment.now_s()),
            "ath": base64url(hashlib.sha256(token.encode()).digest()), "nonce": self.nonce(), **changes,
        }  # fmt: skip
        text = f"{base64url(json.dumps(header).encode())}.{base64url(json.dumps(claims).encode())}"
        return f"{text}.{base64url(self.sign(text.encode()))}"

    def genesis(self, **changes: Any) -> bytes:
        fields: dict[str, Any] = {
            "host_sub": self.sub, "host_jkt": self.jkt, "nonce": secrets.token_bytes(16),
            "created_ms": int(self.world.moment.now_s() * 1000),
            "flags": HISTORY + RELAY, "capacity": 16, "min_version": 1, "orgs": [self.origin], **changes,
        }  # fmt: skip
        return write_genesis(Genesis(**fields))

    async def make(self, name: str = "Tea", worker: int = 0, **changes: Any) -> str:
        """POST /rooms; the room's id."""
        answer = await self.post({"genesis": self.genesis(**changes).hex(), "name": name}, worker=worker)
        assert answer.status_code == 201, answer.text
        return str(answer.json()["id"])

    async def post(
        self, body: object, headers: dict[str, str] | None = None, worker: int = 0, path: str = "/rooms"
    ) -> Any:
        """With a proof of one's own unless `headers` have another."""
        server, token = self.world.servers[worker], self.token()
        given = {
            "origin": self.origin, "content-type": "application/json", "authorization": f"DPoP {token}",
            "dpop": self.dpop("POST", f"{server.http_url}{path}", token), **(headers or {}),
        }  # fmt: skip
        content = body if isinstance(body, bytes) else json.dumps(body).encode()
        kept = {name: value for name, value in given.items() if value != ""}
        return await server.http.post(path, content=content, headers=kept)

    def nonce(self) -> str:
        """What the service would say that it wants in proofs; tests/signaling/test_nonces.py asks it."""
        settings = getattr(self.world, "settings", None)  # served elsewhere, in development, it has no secret
        secret = UNKEYED if settings is None else settings.secret.encode() or UNKEYED
        return Nonces(secret).newest(int(self.world.moment.now_s()))

    async def remove(
        self, room: str, who: Member, ban: bool = False, lift: bool = False, worker: int = 0, **headers: str
    ) -> tuple[int, str]:
        """POST /rooms/{id}/removals: the status, and why not."""
        body = {"sub": who.sub, "ban": ban, "lift": lift}
        return _said(await self.post(body, headers, worker, f"/rooms/{room}/removals"))

    async def appoint(self, room: str, who: Member, on: bool = True, worker: int = 0) -> tuple[int, str]:
        """POST /rooms/{id}/moderators: the status, and why not."""
        return _said(await self.post({"sub": who.sub, "on": on}, None, worker, f"/rooms/{room}/moderators"))

    async def open(
        self,
        worker: int = 0,
        origin: str | None = "",
        path: str = "/ws",
        subprotocols: Sequence[str] = ("cw1",),
        headers: dict[str, str] | None = None,
        **options: Any,
    ) -> Line:
        """A socket that has been greeted; `origin` "" means the member's own."""
        line = await self.knock(worker, origin, path, subprotocols, headers, **options)
        hello = await line.read()
        assert isinstance(hello, Hello), hello
        line.nonce = hello.nonce
        return line

    async def knock(
        self,
        worker: int = 0,
        origin: str | None = "",
        path: str = "/ws",
        subprotocols: Sequence[str] = ("cw1",),
        headers: dict[str, str] | None = None,
        **options: Any,
    ) -> Line:
        """A socket that is open, whatever is said in it."""
        server = self.world.servers[worker]
        chosen = self.origin if origin == "" else origin
        socket = await connect(
            server.ws_url + path,
            origin=None if chosen is None else Origin(chosen),
            subprotocols=[Subprotocol(name) for name in subprotocols] or None,
            additional_headers=headers,
            compression=None,
            **options,
        )
        line = Line(self, socket, server.host)
        self.world.lines.append(line)
        return line

    async def turned_away(self, **options: Any) -> tuple[str, int]:
        """Why the door stayed closed: the problem's code and the close code, and nothing else was said."""
        line = await self.knock(**options)
        said = await line.problem()
        assert await line.raw() == ""
        return said.code, await line.closed()

    async def join(self, room: str, worker: int = 0, sid: str | None = None, resume: str = "", **options: Any) -> Line:
        """A socket in the room; AssertionError when it was refused."""
        line = await self.open(worker, **options)
        line.auth(room, sid=sid, resume=resume)
        joined = await line.read()
        assert isinstance(joined, Joined), joined
        line.joined = joined
        return line


def _said(answer: Any) -> tuple[int, str]:
    return answer.status_code, "" if answer.content == b"" else str(answer.json()["code"])


class Line:
    """An open socket. Messages are queued as they come, so that tests read them in order."""

    joined: Joined

    def __init__(self, member: Member, socket: ClientConnection, host: str) -> None:
        self.member = member
        self.socket = socket
        self.host = host
        self.nonce = ""
        self.room = ""
        self.sid = ""
        self.reading = asyncio.Event()
        self.reading.set()
        self._arrived: asyncio.Queue[str | bytes] = asyncio.Queue()
        self._code: asyncio.Future[int] = asyncio.get_running_loop().create_future()
        self._out: asyncio.Queue[str | bytes] = asyncio.Queue()
        self.tasks = [asyncio.create_task(self._receive()), asyncio.create_task(self._write())]

    async def _receive(self) -> None:
        try:
            while True:
                await self.reading.wait()
                self._arrived.put_nowait(await self.socket.recv())
        except ConnectionClosed:
            self._code.set_result(self.socket.close_code or 1006)
            self._arrived.put_nowait("")

    async def _write(self) -> None:
        try:
            while True:
                await self.socket.send(await self._out.get())
        except ConnectionClosed:
            return

    def send(self, data: str | bytes) -> None:
        self._out.put_nowait(data)

    def say(self, what: str, /, **fields: Any) -> None:
        self.send(json.dumps({"t": what, **fields}))

    def auth(
        self, room: str, sid: str | None = None, resume: str = "", token: str | None = None, sig: bytes | None = None,
        dk: bytes | None = None,
    ) -> None:  # fmt: skip
        self.room, self.sid = room, sid or secrets.token_hex(16)
        member = self.member
        signature = sig or member.sign(auth_bytes(self.nonce, self.host, room, self.sid))
        shown = member.token() if token is None else token
        key = dk or member.public
        self.send(write_auth(proof_fields(shown, key, signature), room, self.sid, resume))

    def renew(self, token: str | None = None) -> None:
        signature = self.member.sign(auth_bytes(self.nonce, self.host, self.room, self.sid))
        self.send(write_renew(proof_fields(token or self.member.token(), self.member.public, signature)))

    def signal(self, to: str, data: str = "sdp", kind: str = "offer") -> None:
        self.send(write_signal(to, kind, data))

    def relay(self, to: str, blob: bytes) -> None:
        self.send(write_relay(to, blob))

    async def raw(self) -> str | bytes:
        return await asyncio.wait_for(self._arrived.get(), PATIENCE_S)

    async def read(self) -> ServerMessage:
        data = await self.raw()
        assert isinstance(data, str), data
        assert data != "", f"closed with {self.socket.close_code}"
        return read_server(data)

    async def blob(self) -> tuple[str, bytes]:
        data = await self.raw()
        assert isinstance(data, bytes), data
        return read_relay(data)

    async def problem(self) -> Problem:
        said = await self.read()
        assert isinstance(said, Problem), said
        return said

    async def refused(self) -> tuple[str, int]:
        """The last problem's code and the close code."""
        code = ""
        while (data := await self.raw()) != "":
            said = read_server(data) if isinstance(data, str) else None
            code = said.code if isinstance(said, Problem) else code
        return code, await self.closed()

    async def closed(self) -> int:
        return await asyncio.wait_for(asyncio.shield(self._code), PATIENCE_S)

    async def echo(self) -> list[ServerMessage]:
        """What had been said before the server answers a beat: everything there is, without waiting for time."""
        self.say("beat")
        heard: list[ServerMessage] = []
        while True:
            said = await self.read()
            if type(said).__name__ == "Beat":
                return heard
            heard.append(said)

    async def cut(self) -> None:
        """As a network does it: no close handshake."""
        self.socket.transport.abort()
        await self.closed()

    async def close(self) -> None:
        await self.socket.close()
        for task in self.tasks:
            task.cancel()
        await asyncio.gather(*self.tasks, return_exceptions=True)
