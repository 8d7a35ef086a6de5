"""The signaling socket's messages: JSON texts, and one binary message for blind relay.

    server                                client
    hello {nonce}                  ->
                                   <-     auth {token, dk, sig, room, sid, resume}  within 5 s
    joined {room, members, ...}    ->                                          or error, then close 44xx
    peer+ {member} / peer- {sid}   ->
    signal {from, kind, data}      ->  <- signal {to, kind, data}
    binary 01 | from sid16 | blob  ->  <- binary 01 | to sid16 | blob
    beat {}                        ->  <- beat {}                              every 15 s
    error {code, detail, retry}    ->  <- renew {token, dk, sig} / leave {}

A member is named by its session id: `sid`, 16 bytes, as 32 hex digits in JSON. `dk` is the device's public key, 65
bytes in hex, whose thumbprint the token names; `sig` is its signature over `auth_bytes`, 64 bytes in hex.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from widget.errors import MALFORMED, CwError
from widget.model import IceServer
from widget.wire.codec import Writer
from widget.wire.fields import (
    hex_field,
    int_field,
    list_field,
    objects_field,
    parse_object,
    text_field,
    write_object,
)
from widget.wire.room import RoomRecord, read_room, write_room

SUBPROTOCOL = "cw1"
MAX_TEXT_CHARS = 32768
MAX_TOKEN_CHARS = 4096
MAX_SDP_CHARS = 8192
MAX_CANDIDATE_CHARS = 1024
MAX_MEMBERS = 64
MAX_RELAY_BYTES = 16448
RELAY = 1
SID_BYTES = 16
DK_BYTES = 65
SIGNAL_KINDS = ("offer", "answer", "candidate")

CLOSE_MALFORMED = 4400
CLOSE_AUTH = 4401
CLOSE_REVOKED = 4403
CLOSE_NO_ROOM = 4404
CLOSE_SLOW = 4408
CLOSE_REPLACED = 4410
CLOSE_FULL = 4409
CLOSE_REMOVED = 4411
CLOSE_TOO_BIG = 4413
CLOSE_VERSION = 4426
CLOSE_RATE = 4429
CLOSE_BACKEND = 4503


@dataclass(frozen=True)
class Hello:
    """Server: prove who you are over this nonce (64 hex digits)."""

    nonce: str


@dataclass(frozen=True)
class Auth:
    """Client: here I am, let me into this room. `resume` is "" or the ticket of the session that was cut."""

    token: str
    dk: str
    sig: str
    room: str
    sid: str
    resume: str


@dataclass(frozen=True)
class Member:
    """Who is in the room, as the server believes it; peers verify for themselves."""

    sid: str
    sub: str
    name: str
    joined_ms: int


@dataclass(frozen=True)
class Joined:
    """Server: you are in. `members` are the others; `resume` lets the same sid return within 60 s."""

    room: RoomRecord
    members: list[Member]
    resume: str
    ice: list[IceServer]
    now_ms: int


@dataclass(frozen=True)
class PeerJoined:
    member: Member


@dataclass(frozen=True)
class PeerLeft:
    """`sid` has left or fallen silent."""

    sid: str


@dataclass(frozen=True)
class Signal:
    """WebRTC signaling to or from one member. `data` is SDP text, or JSON of RTCIceCandidateInit ("" ends them)."""

    sid: str
    kind: str
    data: str


@dataclass(frozen=True)
class Beat:
    """I am alive; the server answers each with one of its own."""


@dataclass(frozen=True)
class Leave:
    """Client: I go for good, do not wait for me."""


@dataclass(frozen=True)
class Renew:
    """Client: a newer access token for the same session, `sig` over the same nonce."""

    token: str
    dk: str
    sig: str


@dataclass(frozen=True)
class Problem:
    """Server: something was refused. `code` is stable ("room.full"); fatal ones are followed by a close."""

    code: str
    detail: str
    retry_after_s: int


ClientMessage = Auth | Signal | Beat | Leave | Renew
ServerMessage = Hello | Joined | PeerJoined | PeerLeft | Signal | Beat | Problem


def auth_bytes(nonce: str, host: str, room: str, sid: str) -> bytes:
    """What `sig` signs: label, 32 bytes of nonce, host of the socket's URL, room id, session id."""
    writer = Writer().raw(b"cw1/ws\x00").hex(nonce, 32).short(host.encode("utf-8"))
    return writer.hex(room, 16).hex(sid, SID_BYTES).done()


def proof_fields(token: str, dk: bytes, sig: bytes) -> dict[str, Any]:
    """Who a client is, for `write_auth` and `write_renew`."""
    return {"token": token, "dk": dk.hex(), "sig": sig.hex()}


def write_auth(proof: dict[str, Any], room: str, sid: str, resume: str) -> str:
    return _text("auth", {**proof, "room": room, "sid": sid, "resume": resume})


def write_renew(proof: dict[str, Any]) -> str:
    return _text("renew", proof)


def write_signal(to: str, kind: str, data: str) -> str:
    return _text("signal", {"to": to, "kind": kind, "data": data})


def write_beat() -> str:
    return _text("beat", {})


def write_leave() -> str:
    return _text("leave", {})


def read_client(text: str) -> ClientMessage:
    """What a client said; CwError(MALFORMED) for anything outside the schema."""
    data = parse_object(text, MAX_TEXT_CHARS)
    kind = text_field(data, "t", 16)
    if kind == "auth":
        return _read_auth(data)
    if kind == "signal":
        return _read_signal(data, "to")
    if kind == "renew":
        return _read_renew(data)
    if kind == "beat":
        return Beat()
    if kind == "leave":
        return Leave()
    raise CwError(MALFORMED, "unknown message")


def _read_auth(data: dict[str, Any]) -> Auth:
    return Auth(
        token=text_field(data, "token", MAX_TOKEN_CHARS),
        dk=hex_field(data, "dk", DK_BYTES),
        sig=hex_field(data, "sig", 64),
        room=hex_field(data, "room", 16),
        sid=hex_field(data, "sid", SID_BYTES),
        resume=text_field(data, "resume", 64),
    )


def _read_renew(data: dict[str, Any]) -> Renew:
    return Renew(
        token=text_field(data, "token", MAX_TOKEN_CHARS),
        dk=hex_field(data, "dk", DK_BYTES),
        sig=hex_field(data, "sig", 64),
    )


def _read_signal(data: dict[str, Any], who: str) -> Signal:
    kind = text_field(data, "kind", 16)
    if kind not in SIGNAL_KINDS:
        raise CwError(MALFORMED, "unknown kind of signal")
    limit = MAX_CANDIDATE_CHARS if kind == "candidate" else MAX_SDP_CHARS
    return Signal(hex_field(data, who, SID_BYTES), kind, text_field(data, "data", limit))


def write_server(message: ServerMessage) -> str:
    if isinstance(message, Hello):
        return _text("hello", {"nonce": message.nonce})
    if isinstance(message, Joined):
        return _text("joined", _joined_fields(message))
    if isinstance(message, PeerJoined):
        return _text("peer+", {"member": _write_member(message.member)})
    if isinstance(message, PeerLeft):
        return _text("peer-", {"sid": message.sid})
    if isinstance(message, Signal):
        return _text("signal", {"from": message.sid, "kind": message.kind, "data": message.data})
    if isinstance(message, Problem):
        return _text("error", {"code": message.code, "detail": message.detail, "retry": message.retry_after_s})
    return _text("beat", {})


def _joined_fields(message: Joined) -> dict[str, Any]:
    return {
        "room": write_room(message.room),
        "members": [_write_member(member) for member in message.members],
        "resume": message.resume,
        "ice": [_write_ice(server) for server in message.ice],
        "now": message.now_ms,
    }


def read_server(text: str) -> ServerMessage:
    """What the server said; CwError(MALFORMED) for anything outside the schema."""
    data = parse_object(text, MAX_TEXT_CHARS)
    kind = text_field(data, "t", 16)
    if kind == "hello":
        return Hello(hex_field(data, "nonce", 32))
    if kind == "joined":
        return _read_joined(data)
    if kind == "peer+":
        return PeerJoined(_read_member(_object(data, "member")))
    if kind == "peer-":
        return PeerLeft(hex_field(data, "sid", SID_BYTES))
    if kind == "signal":
        return _read_signal(data, "from")
    if kind == "beat":
        return Beat()
    if kind == "error":
        retry_s = int_field(data, "retry", 0, 86400)
        return Problem(text_field(data, "code", 64), text_field(data, "detail", 300), retry_s)
    raise CwError(MALFORMED, "unknown message")


def _read_joined(data: dict[str, Any]) -> Joined:
    return Joined(
        room=read_room(_object(data, "room")),
        members=[_read_member(item) for item in objects_field(data, "members", MAX_MEMBERS)],
        resume=text_field(data, "resume", 64),
        ice=[_read_ice(item) for item in objects_field(data, "ice", 8)],
        now_ms=int_field(data, "now", 0, 2**52),
    )


def _object(data: dict[str, Any], name: str) -> dict[str, Any]:
    value = data.get(name)
    if not isinstance(value, dict):
        raise CwError(MALFORMED, f"field {name} is not an object")
    return value


def _write_member(member: Member) -> dict[str, Any]:
    return {"sid": member.sid, "sub": member.sub, "name": member.name, "joined": member.joined_ms}


def _read_member(data: dict[str, Any]) -> Member:
    return Member(
        sid=hex_field(data, "sid", SID_BYTES),
        sub=text_field(data, "sub", 64),
        name=text_field(data, "name", 40),
        joined_ms=int_field(data, "joined", 0, 2**52),
    )


def _write_ice(server: IceServer) -> dict[str, Any]:
    return {"urls": server.urls, "username": server.username, "credential": server.credential}


def _read_ice(data: dict[str, Any]) -> IceServer:
    urls: list[str] = []
    for url in list_field(data, "urls", 8):
        if not isinstance(url, str):
            raise CwError(MALFORMED, "an ICE url is not a text")
        urls.append(url)
    return IceServer(urls, text_field(data, "username", 256), text_field(data, "credential", 256))


def write_relay(sid: str, blob: bytes) -> bytes:
    """A blob for (client) or from (server) the member `sid`."""
    if len(blob) > MAX_RELAY_BYTES:
        raise CwError(MALFORMED, "relayed blob too large")
    return Writer().u8(RELAY).hex(sid, SID_BYTES).raw(blob).done()


def read_relay(data: bytes) -> tuple[str, bytes]:
    """(sid in hex, blob)."""
    start = 1 + SID_BYTES
    if len(data) < start or data[0] != RELAY or len(data) > start + MAX_RELAY_BYTES:
        raise CwError(MALFORMED, "not a relay message")
    return data[1:start].hex(), data[start:]


def _text(kind: str, fields: dict[str, Any]) -> str:
    return write_object({"t": kind, **fields})
