"""What the bytes of an object say, and the bytes that its writer makes of that. Same subset of Python as widget/."""

from __future__ import annotations

from typing import Any

from widget.errors import CwError
from widget.room.kinds.text import read_text, write_text
from widget.wire.change import Change
from widget.wire.credential import read_credential, write_credential
from widget.wire.epoch import read_signed_epoch, write_epoch
from widget.wire.event import Event
from widget.wire.frame import read_content, read_header, write_content, write_header
from widget.wire.genesis import read_genesis, write_genesis
from widget.wire.handshake import read_bind, read_hello, write_bind, write_hello
from widget.wire.pair import (
    Blob,
    Grant,
    Pulse,
    Seek,
    Shown,
    State,
    Twice,
    Want,
    Whole,
    read_blob,
    read_pair_packet,
    write_changed,
    write_grant,
    write_pair_header,
    write_pulse,
    write_seek,
    write_shown,
    write_state,
    write_twice,
    write_want,
    write_who,
    write_whole,
)
from widget.wire.relayed import read_relay, write_relay

Told = tuple[dict[str, Any], bytes]
NO_SUCH = 0  # no number of the protocol


def packet(kind: str, data: bytes) -> Told:
    """CwError for what is refused."""
    if kind == "hello":
        return _hello(data)
    if kind == "bind":
        return _bind(data)
    if kind == "credential":
        return _credential(data)
    if kind == "genesis":
        return _genesis(data)
    if kind == "epoch":
        return _epoch(data)
    if kind == "blob":
        return _blob(data)
    if kind == "pair_packet":
        counter, header, sealed = read_pair_packet(data)
        return {"counter": counter, "header": header.hex(), "sealed": sealed.hex()}, write_pair_header(counter) + sealed
    if kind == "frame_header":
        head = read_header(data)
        told = {"frame_type": head.frame_type, "kid": head.kid.hex(), "index": head.index, "counter": head.counter}
        return told, write_header(head.frame_type, head.kid, head.index, head.counter)
    if kind == "content":
        events = read_content(data)
        return {"events": [event_fields(event) for event in events]}, write_content(events)
    if kind == "text_body":
        body = read_text(data)
        told = {"text": body.text, "emotes": body.emotes, "emoji": body.emoji, "again": body.again}
        return told, write_text(body)
    if kind == "relay":
        sid, blob = read_relay(data)
        return {"sid": sid, "blob": blob.hex()}, write_relay(sid, blob)
    raise CwError(NO_SUCH, "no such kind")


def event_fields(event: Event) -> dict[str, Any]:
    body = event.body
    return {
        "room_id": event.room_id.hex(),
        "author": event.author,
        "seq": event.seq,
        "prev": event.prev,
        "kid": event.kid,
        "clock": event.clock,
        "at_ms": event.at_ms,
        "kind": event.kind,
        "body_hash": event.body_hash,
        "signature": event.signature.hex(),
        "body": None if body is None else body.hex(),
    }


def _hello(data: bytes) -> Told:
    hello = read_hello(data)
    told = {
        "attempt": hello.attempt,
        "versions": hello.versions,
        "nonce": hello.nonce.hex(),
        "credential": hello.credential.hex(),
        "psk_proof": hello.psk_proof.hex(),
    }
    return told, write_hello(hello.attempt, hello.versions, hello.nonce, hello.credential, hello.psk_proof)


def _bind(data: bytes) -> Told:
    bind = read_bind(data)
    told = {
        "attempt": bind.attempt,
        "answered": bind.answered,
        "role": bind.role,
        "said": bind.said.hex(),
        "signature": bind.signature.hex(),
        "mac": bind.mac.hex(),
    }
    return told, write_bind(bind.attempt, bind.answered, bind.role, bind.said, bind.signature, bind.mac)


def _credential(data: bytes) -> Told:
    sc = read_credential(data)
    told = {
        "room_id": sc.room_id.hex(),
        "sid": sc.sid,
        "device": sc.device.hex(),
        "signing": sc.signing.hex(),
        "agreement": sc.agreement.hex(),
        "iat_ms": sc.iat_ms,
        "exp_ms": sc.exp_ms,
        "psk_gen": sc.psk_gen,
        "identity_hash": sc.identity_hash.hex(),
        "signature": sc.signature.hex(),
        "identity": sc.identity.hex(),
    }
    return told, write_credential(sc)


def _genesis(data: bytes) -> Told:
    genesis = read_genesis(data)
    told = {
        "host_sub": genesis.host_sub,
        "host_jkt": genesis.host_jkt.hex(),
        "nonce": genesis.nonce.hex(),
        "created_ms": genesis.created_ms,
        "flags": genesis.flags,
        "capacity": genesis.capacity,
        "min_version": genesis.min_version,
        "orgs": genesis.orgs,
    }
    return told, write_genesis(genesis)


def _epoch(data: bytes) -> Told:
    epoch, _, signature = read_signed_epoch(data)
    told = {
        "room_id": epoch.room_id.hex(),
        "n": epoch.n,
        "prev": epoch.prev,
        "issuer": epoch.issuer,
        "reason": epoch.reason,
        "commit": epoch.commit.hex(),
        "book": epoch.book.hex(),
        "roster": [f"{sid} {epoch.roster[sid]}" for sid in epoch.roster],
    }
    return told, write_epoch(epoch) + signature


def _blob(data: bytes) -> Told:
    blob: Blob = read_blob(data)
    told: dict[str, Any]
    if isinstance(blob, Grant):
        told = {"kind": "grant", "epoch": blob.epoch.hex(), "secret": blob.secret.hex()}
        return told, write_grant(blob.epoch, blob.secret)
    if isinstance(blob, State):
        told = {"kind": "state", "n": blob.n, "kid": blob.kid, "members": blob.members}
        return told, write_state(blob.n, blob.kid, blob.members)
    if isinstance(blob, Want):
        return {"kind": "want", "credential_hash": blob.credential_hash}, write_want(blob.credential_hash)
    if isinstance(blob, Shown):
        told = {"kind": "shown", "credential": blob.credential.hex(), "psk_proof": blob.psk_proof.hex()}
        return told, write_shown(blob.credential, blob.psk_proof)
    if isinstance(blob, Change):
        told = {
            "kind": "change", "terms": blob.terms.hex(), "went": blob.went,
            "came": blob.came,
            "signature": blob.signature.hex(), "secret": blob.secret.hex(),
        }  # fmt: skip
        return told, write_changed(blob)
    if isinstance(blob, Whole):
        return {"kind": "whole"}, write_whole()
    if isinstance(blob, Seek):
        return {"kind": "seek", "sid": blob.sid, "at_ms": blob.at_ms}, write_seek(blob.sid, blob.at_ms)
    if isinstance(blob, Pulse):
        told = {"kind": "pulse", "sid": blob.sid, "at_ms": blob.at_ms, "signature": blob.signature.hex()}
        return told, write_pulse(blob)
    if isinstance(blob, Twice):
        told = {"kind": "twice", "issuer": blob.issuer, "one": blob.one.hex(), "other": blob.other.hex()}
        return told, write_twice(blob)
    return {"kind": "who", "sid": blob.sid}, write_who(blob.sid)
