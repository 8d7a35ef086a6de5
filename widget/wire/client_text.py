"""What a client tells the signaling service."""

from __future__ import annotations

from typing import Any

from widget.errors import MALFORMED, CwError
from widget.wire.codec import Writer
from widget.wire.fields import hex_field, parse_object, text_field, write_message
from widget.wire.signal import read_signal
from widget.wire.socket import MAX_TEXT_CHARS, SID_BYTES, Auth, Beat, ClientMessage, Leave, Renew

MAX_TOKEN_CHARS = 4096
DK_BYTES = 65


def auth_bytes(nonce: str, host: str, room: str, sid: str) -> bytes:
    """What `sig` signs: label, 32 bytes of nonce, host of the socket's URL, room id, session id."""
    writer = Writer().raw(b"cw1/ws\x00").hex(nonce, 32).short(host.encode("utf-8"))
    return writer.hex(room, 16).hex(sid, SID_BYTES).done()


def proof_fields(token: str, dk: bytes, sig: bytes) -> dict[str, Any]:
    """Who a client is, for `write_auth` and `write_renew`."""
    return {"token": token, "dk": dk.hex(), "sig": sig.hex()}


def write_auth(proof: dict[str, Any], room: str, sid: str, resume: str) -> str:
    return write_message("auth", {**proof, "room": room, "sid": sid, "resume": resume})


def write_renew(proof: dict[str, Any]) -> str:
    return write_message("renew", proof)


def write_signal(to: str, kind: str, data: str) -> str:
    return write_message("signal", {"to": to, "kind": kind, "data": data})


def write_beat() -> str:
    return write_message("beat", {})


def write_leave() -> str:
    return write_message("leave", {})


def read_client(text: str) -> ClientMessage:
    """What a client said; CwError(MALFORMED) for anything outside the schema."""
    data = parse_object(text, MAX_TEXT_CHARS)
    kind = text_field(data, "t", 16)
    if kind == "auth":
        return _read_auth(data)
    if kind == "signal":
        return read_signal(data, "to")
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
