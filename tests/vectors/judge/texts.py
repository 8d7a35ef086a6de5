"""What a text says, and the text that its writer makes of that. Same subset of Python as widget/."""

from __future__ import annotations

from typing import Any

from widget.crypto.fingerprint import sdp_fingerprint
from widget.crypto.genesis import parse_address, show_invite
from widget.crypto.jws import read_jws
from widget.crypto.service_key import parse_service_key, show_service_key
from widget.errors import CwError
from widget.wire.base16 import from_hex
from widget.wire.base32 import from_base32, to_base32
from widget.wire.base64url import from_base64url, to_base64url
from widget.wire.client_text import (
    proof_fields,
    read_client,
    write_auth,
    write_beat,
    write_leave,
    write_renew,
    write_signal,
)
from widget.wire.fields import write_object
from widget.wire.server_text import read_server, write_server
from widget.wire.socket import Auth, Hello, Joined, PeerJoined, PeerLeft, Problem, Renew, Signal, Visit

Said = tuple[dict[str, Any], str]
NO_SUCH = 0


def text(kind: str, given: str) -> Said:
    """CwError or ConfigError for what is refused."""
    if kind == "address":
        address = parse_address(given)
        return {"room_id": address.room_id, "psk": address.psk.hex()}, show_invite(address)
    if kind == "service_key":
        key = parse_service_key(given)
        told = {"seal_public": key.seal_public.hex(), "root_sha256": key.root_sha256.hex()}
        return told, show_service_key(key)
    if kind == "jws":
        jws = read_jws(given, "cwid+jwt")
        told = {"header": write_object(jws.header), "claims": write_object(jws.claims), "kid": jws.kid}
        told["signature"] = jws.signature.hex()
        return told, jws.signed_text + "." + to_base64url(jws.signature)
    if kind == "sdp":
        return {"fingerprint": sdp_fingerprint(given).hex()}, given
    if kind == "base16":
        data = from_hex(given)
        return {"bytes": data.hex()}, data.hex()
    if kind == "base32":
        data = from_base32(given)
        return {"bytes": data.hex()}, to_base32(data)
    if kind == "base64url":
        data = from_base64url(given)
        return {"bytes": data.hex()}, to_base64url(data)
    if kind == "client_message":
        return _client(given)
    if kind == "server_message":
        return _server(given)
    raise CwError(NO_SUCH, "no such kind")


def _client(given: str) -> Said:
    found = read_client(given)
    if isinstance(found, Auth):
        proof = proof_fields(found.token, from_hex(found.dk), from_hex(found.sig))
        told = {"kind": "auth", **proof, "room": found.room, "sid": found.sid, "resume": found.resume}
        return told, write_auth(proof, found.room, found.sid, found.resume)
    if isinstance(found, Renew):
        proof = proof_fields(found.token, from_hex(found.dk), from_hex(found.sig))
        return {"kind": "renew", **proof}, write_renew(proof)
    if isinstance(found, Signal):
        told = {"kind": "signal", "sid": found.sid, "signal": found.kind, "data": found.data}
        return told, write_signal(found.sid, found.kind, found.data)
    beat = write_beat()
    return ({"kind": "beat"}, beat) if given == beat else ({"kind": "leave"}, write_leave())


def _server(given: str) -> Said:
    found = read_server(given)
    told: dict[str, Any] = {"kind": "beat"}
    if isinstance(found, Hello):
        told = {"kind": "hello", "nonce": found.nonce}
    elif isinstance(found, Joined):
        told = {"kind": "joined", "room": found.room.room_id, "name": found.room.name, "resume": found.resume}
        told["members"] = [f"{member.sid} {member.sub} {member.name} {member.joined_ms}" for member in found.members]
        told["ice"] = [f"{server.urls} {server.username} {server.credential}" for server in found.ice]
        told["now_ms"] = found.now_ms
    elif isinstance(found, PeerJoined):
        told = {"kind": "peer+", "sid": found.member.sid, "name": found.member.name}
    elif isinstance(found, Visit):
        told = {"kind": "visit", "id": found.visit_id, "key": found.key}
    elif isinstance(found, PeerLeft):
        told = {"kind": "peer-", "sid": found.sid}
    elif isinstance(found, Signal):
        told = {"kind": "signal", "sid": found.sid, "signal": found.kind, "data": found.data}
    elif isinstance(found, Problem):
        told = {"kind": "error", "code": found.code, "detail": found.detail, "retry_after_s": found.retry_after_s}
    return told, write_server(found)
