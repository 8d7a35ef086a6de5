"""The notes of a room and the decisions in it, as `packets.py` does the rest. Same subset of Python as widget/."""

from __future__ import annotations

from typing import Any

from tests.vectors.judge.packets import Told, event_fields
from widget.wire.decision import read_decision, write_decision
from widget.wire.notes import (
    Ask,
    Beat,
    Fetch,
    Fork,
    Heads,
    Lack,
    read_note,
    write_ask,
    write_beat,
    write_book,
    write_fetch,
    write_fork,
    write_heads,
    write_lack,
)


def note(data: bytes) -> Told:
    found = read_note(data)
    if isinstance(found, Beat):
        told: dict[str, Any] = {"kind": "beat", "asks": found.asks, "first": found.first, "last": found.last}
        told["digests"] = found.digests
        return told, write_beat(found.asks, found.first, found.last, found.digests)
    if isinstance(found, Heads):
        heads = [{"author": head.author, "first": head.first, "seq": head.seq, "id": head.id} for head in found.heads]
        return {"kind": "heads", "heads": heads}, write_heads(found.heads)
    if isinstance(found, Fetch):
        told = {"kind": "fetch", "author": found.author, "first": found.first, "last": found.last}
        return told, write_fetch(found.author, found.first, found.last)
    if isinstance(found, Lack):
        told = {"kind": "lack", "author": found.author, "first": found.first, "last": found.last}
        return told, write_lack(found.author, found.first, found.last)
    if isinstance(found, Fork):
        told = {"kind": "fork", "events": [event_fields(event) for event in found.events]}
        return told, write_fork(found.events[0], found.events[1])
    if isinstance(found, Ask):
        return {"kind": "ask", "book_hash": found.book_hash}, write_ask(found.book_hash)
    authors = [{"credential": one.credential.hex(), "psk_proof": one.psk_proof.hex()} for one in found.authors]
    told = {"kind": "book", "is_last": found.is_last, "authors": authors}
    told["events"] = [event_fields(event) for event in found.events]
    return told, write_book(found.is_last, found.authors, found.events)


def decision(data: bytes) -> Told:
    found = read_decision(data)
    told = {
        "op": found.op,
        "sub": found.sub,
        "flags": found.flags,
        "name": found.name,
        "cuts": [f"{sid} {found.cuts[sid]}" for sid in found.cuts],
        "lifts": found.lifts,
        "secret": found.secret.hex(),
        "devices": found.devices,
    }
    return told, write_decision(found)
