"""Vectors of foundings, epochs and the blobs of the pair channel."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from tests.fakes.wire import wire
from tests.vectors.made.file import File, plain
from tests.vectors.made.packets import SIGNATURE, U8, U16, U32, U53, patched
from tests.vectors.made.people import People, bytes_from
from widget.wire.change import Change
from widget.wire.epoch import MAX_ROSTER, Epoch, read_signed_epoch, write_epoch
from widget.wire.genesis import Genesis, read_genesis, write_genesis
from widget.wire.pair import (
    Grant,
    Pulse,
    Seek,
    Shown,
    State,
    Twice,
    Want,
    Who,
    Whole,
    read_blob,
)


def geneses() -> File:
    genesis = Genesis(
        "ab" * 16, bytes_from("jkt", 32), bytes_from("nonce", 16), 1_795_000_000_000, 8, 16, 1, ["https://a.example"]
    )
    file = File("genesis", "bytes", "A room's founding, whose hash is its id: widget/wire/genesis.py")
    for flags in (*range(16), 24, 26, 28, 30):
        value = replace(genesis, flags=flags)
        words = ("private", "approval", "history", "relay", "preview")
        names = [name for bit, name in enumerate(words) if flags >> bit & 1]
        file.good(f"a room with these flags: {', '.join(names) or 'none'}", value, data=write_genesis(value))
    for sentence, changes in {
        "a room for one": {"capacity": 1},
        "a room for the most": {"capacity": U16},
        "a room of a later version": {"min_version": U8},
        "a room of eight sites": {"orgs": [f"https://{number}.example" for number in range(8)]},
        "a room of a site with the longest name": {"orgs": ["o" * 255]},
        "a room of a site with letters of four bytes": {"orgs": ["https://\U0001f44b.example"]},
        "a host with the longest sub": {"host_sub": "s" * 64},
        "a host with a sub of one letter": {"host_sub": "s"},
        "a room without a time": {"created_ms": 0},
        "a room of the last time": {"created_ms": U53},
    }.items():
        value = replace(genesis, **changes)  # type: ignore[arg-type]
        file.good(sentence, value, data=write_genesis(value))
    data = write_genesis(genesis)
    file.cut("a genesis", data, read_genesis)
    for sentence, wrong in {
        "a flag that there is not": {"flags": 32},
        "a look into a room that allows no relaying": {"flags": 16},
        "a look into a private room": {"flags": 25},
        "every flag": {"flags": U8},
        "room for nobody": {"capacity": 0},
        "no version": {"min_version": 0},
        "no site": {"orgs": []},
        "nine sites": {"orgs": ["o"] * 9},
        "a site without a name": {"orgs": [""]},
        "a site with a name too long": {"orgs": ["o" * 256]},
        "a host without a sub": {"host_sub": ""},
        "a host with a sub too long": {"host_sub": "s" * 65},
    }.items():
        file.bad(f"a genesis with {sentence}", data=write_genesis(replace(genesis, **wrong)))  # type: ignore[arg-type]
    for version in (0, 2):
        file.bad(f"a genesis of version {version}", data=patched(data, 0, version))
    file.bad("a genesis whose host is no UTF-8", data=patched(data, 3, 0xFF))
    file.bad("a genesis whose site is no UTF-8", data=patched(data, -1, 0xC3))
    file.bad("a genesis from beyond 2**53 ms", data=patched(data, data.index(genesis.nonce) + 16, 0x20))
    return file


def epochs(people: People) -> File:
    sids = sorted(seat.sid for seat in people.seats.values())
    roster = {sid: bytes_from(sid, 32).hex() for sid in sids[:3]}
    many = {f"{number:032x}": bytes_from(str(number), 32).hex() for number in range(1, MAX_ROSTER + 1)}
    room, prev, commit = bytes_from("room", 16), bytes_from("prev", 32).hex(), bytes_from("commit", 32)
    epoch = Epoch(room_id=room, n=7, prev=prev, issuer=sids[0], reason=2, commit=commit, roster=roster, **_book())
    file = File("epoch", "bytes", "E, an epoch and its signature: widget/wire/epoch.py")

    def good(sentence: str, **changes: Any) -> None:
        value = replace(epoch, **changes)
        fields = plain(value) | {"roster": [f"{sid} {name}" for sid, name in value.roster.items()]}
        file.good(sentence, fields, data=write_epoch(value) + SIGNATURE)

    for reason in range(1, 8):
        good(f"an epoch for reason {reason}", reason=reason)
    good("the first epoch", n=1, prev="00" * 32)
    good("the last number", n=U32)
    good("number zero, which nobody takes", n=0)
    good("an epoch of one", roster={sids[0]: roster[sids[0]]})
    good("an epoch of the most", roster=many)
    good("an epoch whose issuer is not in it, which nobody takes", issuer="00" * 16)
    data = write_epoch(epoch) + SIGNATURE
    file.cut("an epoch", data, read_signed_epoch)

    def bad(sentence: str, **changes: Any) -> None:
        file.bad(sentence, data=write_epoch(replace(epoch, **changes)) + SIGNATURE)

    bad("an epoch for no reason", reason=0)
    bad("an epoch for a reason that there is not", reason=8)
    bad("an epoch of nobody", roster={})
    bad("an epoch of more than the most", roster={"00" * 16: "00" * 32, **many})
    bad("a roster that falls", roster={sid: roster[sid] for sid in reversed(roster)})
    for version in (0, 2):
        file.bad(f"an epoch of version {version}", data=patched(data, 0, version))
    twice = write_epoch(replace(epoch, roster={sids[0]: "00" * 32})).replace(
        b"\x00\x01" + bytes.fromhex(sids[0]), b"\x00\x02" + bytes.fromhex(sids[0])
    )
    file.bad("a roster with somebody twice", data=twice + bytes.fromhex(sids[0]) + bytes(32) + SIGNATURE)
    file.bad("an epoch without its signature", data=write_epoch(epoch))
    file.bad("a signature and no epoch", data=SIGNATURE)
    file.bad("nothing", data=b"")
    return file


def _book() -> dict[str, bytes]:
    """Epochs of older versions name none."""
    return {"book": bytes_from("book", 32)} if "book" in Epoch.__dataclass_fields__ else {}


def blobs(people: People) -> File:
    credential, one = people.seats["cleo"].session.me.credential, bytes_from("one", 132)
    change = Change(
        bytes_from("terms", 117), ["01" * 16, "02" * 16], {"03" * 16: "aa" * 32, "04" * 16: "bb" * 32},
        bytes_from("signature", 64), bytes_from("secret", 32),
    )  # fmt: skip
    file = File("blob", "bytes", "What is told to one peer inside the pair channel: widget/wire/pair.py")
    for sentence, kind, value in (
        ("a GRANT", "grant", Grant(bytes_from("epoch", 200), bytes_from("secret", 32))),
        ("a GRANT without an epoch, which nobody takes", "grant", Grant(b"", bytes(32))),
        ("a STATE before the first epoch", "state", State(0, "00" * 16, 0)),
        ("a STATE", "state", State(7, bytes_from("kid", 16).hex(), 3)),
        ("a STATE with the greatest numbers", "state", State(U32, "ff" * 16, U16)),
        ("a WANT", "want", Want(bytes_from("hash", 32).hex())),
        ("a CREDENTIAL of a public room", "shown", Shown(credential, b"")),
        ("a CREDENTIAL of a private room", "shown", Shown(credential, bytes_from("proof", 32))),
        ("a CREDENTIAL of nothing, which nobody takes", "shown", Shown(b"", b"")),
        ("a WHO", "who", Who(bytes_from("sid", 16).hex())),
        ("a CHANGE by which nobody comes or goes", "change", replace(change, went=[], came={})),
        ("a CHANGE by which two go and two come", "change", change),
        ("a WHOLE", "whole", Whole()),
        ("a SEEK after somebody never heard of", "seek", Seek(bytes_from("sid", 16).hex(), 0)),
        ("a TWICE", "twice", Twice("b0" * 16, one, bytes_from("other", 132))),
        ("a TWICE of one and the same, which proves nothing", "twice", Twice("ff" * 16, one, one)),
        ("a PULSE of the last moment", "pulse", Pulse("ff" * 16, 2**48 - 1, bytes_from("signature", 64))),
    ):
        file.good(sentence, {"kind": kind, **plain(value)}, data=wire(value))
    for name, value in (
        ("a GRANT", Grant(bytes_from("epoch", 20), bytes(32))),
        ("a STATE", State(7, "66" * 16, 3)),
        ("a WANT", Want("88" * 32)),
        ("a CREDENTIAL", Shown(b"SC", bytes(32))),
        ("a WHO", Who("b0" * 16)),
        ("a CHANGE", change),
        ("a SEEK", Seek("b0" * 16, 7)),
        ("a PULSE", Pulse("b0" * 16, 7, bytes(64))),
        ("a TWICE", Twice("b0" * 16, one, one)),
    ):
        file.cut(name, wire(value), read_blob)
    for size in (1, 31, 33, 160):
        file.bad(f"a CREDENTIAL with a proof of {size} bytes", data=wire(Shown(b"SC", bytes(size))))
    for sentence, wrong in {
        "the sids of who went descend": {"went": ["02" * 16, "01" * 16]},
        "somebody goes twice": {"went": ["01" * 16, "01" * 16]},
        "the sids of who came descend": {"came": {"04" * 16: "aa" * 32, "03" * 16: "bb" * 32}},
    }.items():
        file.bad(f"a CHANGE: {sentence}", data=wire(replace(change, **wrong)))  # type: ignore[arg-type]
    file.bad("a WHOLE with more", data=wire(Whole()) + b"\x00")
    for number in (0, 11, 15, 16, U8):
        file.bad(f"a blob of kind {number}", data=bytes([number]) + bytes(16))
    file.bad("no blob", data=b"")
    return file
