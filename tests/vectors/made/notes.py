"""Vectors of notes about logs, and of decisions."""

from __future__ import annotations

from dataclasses import replace

from tests.fakes.wire import wire
from tests.vectors.made.events import BARE, EVENT, ID, SID, TWIN, fields_of
from tests.vectors.made.file import File, plain
from tests.vectors.made.packets import U8, U32, patched
from tests.vectors.made.people import bytes_from
from widget.wire.decision import Decision, read_decision, write_decision
from widget.wire.notes import (
    MAX_HEADS,
    MAX_SHOWN,
    Beat,
    Fetch,
    Fork,
    Head,
    Heads,
    Lack,
    read_note,
    write_ask,
    write_book,
)
from widget.wire.pair import Shown


def notes() -> File:
    file = File("note", "bytes", "What two members tell each other about logs: widget/wire/notes.py")
    digests = [bytes_from(f"digest {number}", 8).hex() for number in range(16)]
    heads = [Head(f"{number:032x}", 1, number, ID) for number in range(1, MAX_HEADS + 1)]
    shown = [Shown(b"SC", bytes(32)), Shown(b"SC2", b"")]
    for sentence, kind, value in (
        ("a BEAT", "beat", Beat(False, 3, 5, digests)),
        ("a BEAT that asks", "beat", Beat(True, 3, 5, digests)),
        ("a BEAT of who holds nothing", "beat", Beat(True, 0, 0, ["00" * 8] * 16)),
        ("a BEAT with the greatest numbers", "beat", Beat(False, U32, U32, ["ff" * 8] * 16)),
        ("HEADS of no log", "heads", Heads([])),
        ("HEADS of one log", "heads", Heads(heads[:1])),
        ("HEADS of the most logs", "heads", Heads(heads)),
        ("HEADS of a log that a fork has ended", "heads", Heads([Head(SID, 1, 2**31 + 7, ID)])),
        ("a FETCH", "fetch", Fetch(SID, 1, 50)),
        ("a FETCH of everything", "fetch", Fetch(SID, 0, U32)),
        ("a LACK", "lack", Lack(SID, 1, 50)),
    ):
        file.good(sentence, {"kind": kind, **plain(value)}, data=wire(value))
    for sentence, pair in (
        ("a FORK", [BARE, TWIN]),
        ("a FORK with a body", [EVENT, TWIN]),
        ("a FORK that is none", [BARE, BARE]),
    ):
        file.good(sentence, {"kind": "fork", "events": [fields_of(event) for event in pair]}, data=wire(Fork(pair)))
    book = bytes_from("book", 32).hex()
    file.good("an ASK", {"kind": "ask", "book_hash": book}, data=write_ask(book))
    for sentence, is_last, authors, said in (
        ("a BOOK in which nothing is", True, [], []),
        ("a BOOK to be continued", False, shown, [EVENT]),
        ("the last part of a BOOK", True, shown[:1], [EVENT, BARE]),
        ("a BOOK of the most authors", True, [Shown(b"SC", b"")] * MAX_SHOWN, []),
    ):
        told = {
            "kind": "book",
            "is_last": is_last,
            "authors": plain(authors),
            "events": [fields_of(event) for event in said],
        }
        file.good(sentence, told, data=write_book(is_last, authors, said))
    for name, data in (
        ("a BEAT", wire(Beat(True, 3, 5, digests))),
        ("HEADS", wire(Heads(heads[:2]))),
        ("a FETCH", wire(Fetch(SID, 1, 50))),
        ("a LACK", wire(Lack(SID, 1, 50))),
        ("a FORK", wire(Fork([EVENT, TWIN]))),
        ("a BOOK", write_book(True, shown, [EVENT])),
        ("an ASK", write_ask(book)),
    ):
        file.cut(name, data, read_note)
    for asks in (2, U8):
        file.bad(f"a BEAT that asks {asks}", data=patched(wire(Beat(True, 3, 5, digests)), 1, asks))
    file.bad("HEADS of more than the most logs", data=wire(Heads([*heads, Head("ff" * 16, 1, 1, ID)])))
    for size in (31, 160):
        file.bad(f"a BOOK with a proof of {size} bytes", data=write_book(True, [Shown(b"SC", bytes(size))], []))
    file.bad("a BOOK that is the last twice", data=patched(write_book(True, [], []), 1, 2))
    file.bad("a BOOK of more than the most authors", data=write_book(True, [Shown(b"SC", b"")] * (MAX_SHOWN + 1), []))
    fork = wire(Fork([BARE, TWIN]))
    for count in (0, 1, 3):
        file.bad(f"a FORK of {count}", data=fork[:1] + bytes([count]) + fork[2 : 2 + 180 * count])
    file.bad("a FORK of two authors", data=wire(Fork([BARE, replace(TWIN, author=ID)])))
    file.bad("a FORK with number zero", data=wire(Fork([replace(BARE, seq=0), TWIN])))
    for number in (0, 5, 15, 21, 22, 25, U8):
        file.bad(f"a note of kind {number}", data=bytes([number]))
    file.bad("no note", data=b"")
    return file


def decisions() -> File:
    file = File("decision", "bytes", "What a host or a moderator decides: widget/wire/decision.py")
    cuts, devices = {SID: 7, ID: 0}, [bytes_from("device", 32).hex()]
    decision = Decision(1, ID)
    for sentence, changes in {
        "a removal": {"name": "Eve", "cuts": cuts},
        "a removal for good": {"flags": 1, "name": "Eve", "cuts": cuts},
        "a removal that hides": {"flags": 2, "name": "Eve", "cuts": {SID: U32}},
        "a removal for good that hides": {"flags": 3, "name": "Eve"},
        "a removal of who said nothing": {},
        "a removal of somebody with the longest name": {"name": "n" * 40},
        "a removal of somebody with letters of four bytes": {"name": "\U0001f44b" * 40},
        "a removal from the most sessions": {"cuts": {f"{number:032x}": number for number in range(1, 256)}},
        "somebody is let back in": {"op": 2, "lifts": [ID]},
        "somebody is let back in who was removed often": {"op": 2, "lifts": [ID] * 255},
        "a moderator": {"op": 3, "flags": 1, "name": "Mo"},
        "a moderator no more": {"op": 3, "cuts": cuts},
        "somebody may come in": {"op": 4, "name": "Newcomer"},
        "a new invite": {"op": 5, "sub": "00" * 16, "secret": bytes_from("invite", 16), "devices": devices},
        "a new invite that everybody needs": {"op": 5, "sub": "00" * 16, "secret": bytes_from("invite", 16)},
    }.items():
        value = replace(decision, **changes)  # type: ignore[arg-type]
        told = plain(value) | {"cuts": [f"{sid} {seq}" for sid, seq in value.cuts.items()]}
        file.good(sentence, told, data=write_decision(value))
    data = write_decision(replace(decision, name="Eve", cuts=cuts, lifts=[ID]))
    file.cut("a removal", data, read_decision)
    invite = replace(decision, op=5, secret=bytes(16), devices=devices)
    file.cut("a new invite", write_decision(invite), read_decision)
    for sentence, wrong in {
        "of no kind": {"op": 0},
        "of a kind that there is not": {"op": 6},
        "with a flag that there is not": {"flags": 4},
        "with every flag": {"flags": U8},
        "of somebody with a name too long": {"name": "n" * 41},
    }.items():
        file.bad(f"a decision {sentence}", data=write_decision(replace(decision, **wrong)))  # type: ignore[arg-type]
    file.bad("a name that is no UTF-8", data=patched(data, 19, 0xFF))
    file.bad("a session twice", data=data.replace(bytes.fromhex(ID) + bytes(4), bytes.fromhex(SID) + bytes(4)))
    file.bad("an invite where none belongs", data=write_decision(decision) + bytes(16) + b"\x00")
    file.bad("no bytes", data=b"")
    return file
