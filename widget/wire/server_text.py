"""What the signaling service tells a client."""

from __future__ import annotations

from typing import Any

from widget.errors import MALFORMED, CwError
from widget.model import IceServer
from widget.wire.fields import (
    hex_field,
    int_field,
    list_field,
    objects_field,
    parse_object,
    text_field,
    write_message,
)
from widget.wire.room import read_room, write_room
from widget.wire.signal import read_signal
from widget.wire.socket import (
    KEY_BYTES,
    MAX_MEMBERS,
    MAX_TEXT_CHARS,
    SID_BYTES,
    Beat,
    Hello,
    Joined,
    Member,
    PeerJoined,
    PeerLeft,
    Problem,
    ServerMessage,
    Signal,
    Visit,
)


def write_server(message: ServerMessage) -> str:
    if isinstance(message, Hello):
        return write_message("hello", {"nonce": message.nonce})
    if isinstance(message, Joined):
        return write_message("joined", _joined_fields(message))
    if isinstance(message, PeerJoined):
        return write_message("peer+", {"member": _write_member(message.member)})
    if isinstance(message, PeerLeft):
        return write_message("peer-", {"sid": message.sid})
    if isinstance(message, Signal):
        return write_message("signal", {"from": message.sid, "kind": message.kind, "data": message.data})
    if isinstance(message, Visit):
        return write_message("visit", {"id": message.visit_id, "key": message.key})
    if isinstance(message, Problem):
        return write_message("error", {"code": message.code, "detail": message.detail, "retry": message.retry_after_s})
    return write_message("beat", {})


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
        return read_signal(data, "from")
    if kind == "visit":
        return Visit(hex_field(data, "id", SID_BYTES), hex_field(data, "key", KEY_BYTES))
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
